import type { Grammar } from '../render';

// No Intl but for the app: on the command line's path it costs ten milliseconds, and German needs little of it.
export const grammar: Grammar = {
  tag: 'de',
  plural: (count) => (count === 1 ? 'one' : 'other'),
  and: 'und',
  or: 'oder',
  quotes: ['„', '“'],
  number: (value) =>
    String(value)
      .replace('.', ',')
      .replace(/\B(?=(?:\d{3})+(?:,|$))/g, '.'),
  time: (iso) => (isDay.test(iso) ? `${day(iso)}, ${iso.slice(11, 16)} UTC` : iso),
  local: (iso) => new Intl.DateTimeFormat('de-DE', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
  date: (iso) => (isDay.test(iso) ? day(iso) : iso),
};

const isDay = /^\d{4}-\d\d-\d\d/;
/** "01.12.2026" */
const day = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('.');
