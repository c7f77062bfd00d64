// Whether only administrators could have written a program: nothing else may run with their rights.
// Synchronous: an inspection asks this, too, and loading the other kind of file access takes longer.
import { lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

/** The part of an absolute path that somebody else could have written: the file itself or a folder above it; null = none. */
export function writableByOthers(path: string): string | null {
  for (let item = path; ; item = dirname(item)) {
    const stats = statsOf(item);
    if (
      !stats ||
      stats.isSymbolicLink() ||
      stats.uid !== 0 ||
      ((stats.mode & 0o022) !== 0 && (stats.mode & 0o1000) === 0)
    )
      return item;
    if (dirname(item) === item) return null;
  }
}

function statsOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
}
