// The day of a record: records grow old, and what had no fix on that day may have one now. Pure.
import type { Advisory } from '../model/advisory';

/**
 * ISO 8601; undefined where the record is not among the advisory's, or says no day. Of records of the same id the notes say
 * nothing of versions, the publisher's own decides before ours, and of several the earliest day is no more than is known.
 */
export function dayOfRecord({ sources }: Advisory, record: string): string | undefined {
  const named = sources.filter(({ id, format }) => id === record && format !== 'note');
  const published = named.filter(({ by }) => by === 'publisher');
  const dates = (published.length > 0 ? published : named).flatMap(({ modified }) => modified ?? []);
  return dates.sort()[0]?.slice(0, 10);
}
