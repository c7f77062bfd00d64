import { readableTime } from '../../shared/times';
import type { Grammar } from '../render';

// No Intl but for the app: on the command line's path it costs ten milliseconds, and English needs little of it.
export const grammar: Grammar = {
  tag: 'en',
  plural: (count) => (count === 1 ? 'one' : 'other'),
  and: 'and',
  or: 'or',
  quotes: ['"', '"'],
  number: (value) => String(value).replace(/\B(?=(?:\d{3})+$)/g, ','),
  time: readableTime,
  local: (iso) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
  date: (iso) => iso.slice(0, 10),
};
