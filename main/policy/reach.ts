// What a review's reach says of one interface, and which verdict it makes. Pure.
import type { NotSaved, Reach, Review } from '../model/review';

/**
 * open = every address of a family on some interface but loopback; partly = some; closed = none. Where a part of the policy is missing
 * that could let somebody in, none is unknown: who gets in by the rest gets in all the same.
 */
export function verdictOf(reach: readonly Reach[], missing: readonly NotSaved[] = []): Review['verdict'] {
  const lists = reach.filter(({ interface: name }) => name !== 'lo').flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
  if (lists.some((networks) => networks.some((network) => network.endsWith('/0')))) return 'open';
  if (lists.some((networks) => networks.length > 0)) return 'partly';
  return missing.length > 0 ? 'unknown' : 'closed';
}

/**
 * What it says of one interface: its own entries, else those of the names it begins like ("wl*"), else "*"; none = shut.
 * An interface can have several, for different addresses of the PC.
 */
export function entriesOf({ reach }: Pick<Review, 'reach'>, name: string): readonly Reach[] {
  const own = reach.filter((entry) => entry.interface === name);
  if (own.length > 0) return own;
  const alike = reach.filter(
    (entry) =>
      entry.interface.length > 1 && entry.interface.endsWith('*') && name.startsWith(entry.interface.slice(0, -1)),
  );
  return alike.length > 0 ? alike : reach.filter((entry) => entry.interface === '*');
}
