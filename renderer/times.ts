// Times as people read them: the PC's own clock and zone, months in letters so that no two orders can be mixed up.

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const second = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** "5 Aug 2026" of an ISO 8601 date or time, as its publisher dates it: a day has no zone. */
export const toDay = (iso: string): string => format(day, iso);
/** "5 Aug 2026, 14:03" of an ISO 8601 time; what is no time comes back as it is. */
export const toMinute = (iso: string): string => format(minute, iso);
/** "5 Aug 2026, 14:03:27". */
export const toSecond = (iso: string): string => format(second, iso);

function format(by: Intl.DateTimeFormat, iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : by.format(time);
}
