// The order of upstream releases, "4.17.12": numbers between dots.

/** Below 0 where `a` is earlier. Both must be numbers between dots. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** "4.17.12" is of the branch "4.17"; "6.15" is of its own. */
export const branchOf = (release: string): string => release.split('.').slice(0, 2).join('.');
