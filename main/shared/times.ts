// Times as people read them.

/** "2026-12-01 12:00 UTC" of an ISO 8601 UTC time; as it stands where it is none. */
export function readableTime(iso: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso) ?? [];
  return day === undefined ? iso : `${day} ${time} UTC`;
}

/** From the very moment on; null = there is no such moment. */
export const isPast = (end: string | null, now: Date): end is string =>
  end !== null && now.getTime() >= Date.parse(end);
