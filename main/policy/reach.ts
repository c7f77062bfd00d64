// What a review's reach says of one interface, and which verdict it makes. Pure.
import type { Reach, Review } from '../model/review';

/** open = every address of a family on some interface but loopback; partly = some; closed = none. */
export function verdictOf(reach: readonly Reach[]): 'open' | 'partly' | 'closed' {
  const lists = reach.filter(({ interface: name }) => name !== 'lo').flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
  if (lists.some((networks) => networks.some((network) => network.endsWith('/0')))) return 'open';
  return lists.some((networks) => networks.length > 0) ? 'partly' : 'closed';
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
