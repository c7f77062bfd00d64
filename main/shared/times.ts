// Times as people read them.

/** "2026-12-01 12:00 UTC" of an ISO 8601 UTC time. */
export const readableTime = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** From the very moment on; null = there is no such moment. */
export const isPast = (end: string | null, now: Date): end is string =>
  end !== null && now.getTime() >= Date.parse(end);
