// The day of a record: records grow old, and what had no fix on that day may have one now. Pure.
import type { Advisory } from '../model/advisory';

/** ISO 8601; undefined where the record is not among the advisory's, or says no day. */
export const dayOfRecord = ({ sources }: Advisory, record: string): string | undefined =>
  sources.find(({ id }) => id === record)?.modified?.slice(0, 10);
