// What one platform's rules say of one advisory, before it is put into words for everybody.
import type { VerdictCode } from '../../model/advisory';
import type { Message, Words } from '../../model/message';

export interface Judged {
  readonly state: 'patched' | 'vulnerable' | 'not-affected' | 'unknown';
  readonly code: VerdictCode;
  /** Without the advisory's name. */
  readonly because: Message;
  readonly fixedIn: string | null;
  readonly remedy: Words | null;
  readonly restartPending: boolean;
  /** Id of the record that decided; null = none did. */
  readonly record: string | null;
}

/** Of several the one that is not safe decides, and what concerns this PC comes before what does not. */
export const urgency = { vulnerable: 0, unknown: 1, patched: 2, 'not-affected': 3 } as const;

const nothing = { fixedIn: null, remedy: null, restartPending: false, record: null } as const;

export const unknown = (because: Message, more: Partial<Judged> = {}): Judged => ({
  ...nothing,
  state: 'unknown',
  code: 'unclear',
  because,
  ...more,
});
export const notAffected = (because: Message, more: Partial<Judged> = {}): Judged => ({
  ...nothing,
  state: 'not-affected',
  code: 'not-affected',
  because,
  ...more,
});
export const patched = (because: Message, more: Partial<Judged> = {}): Judged => ({
  ...nothing,
  state: 'patched',
  code: 'fixed',
  because,
  ...more,
});
export const vulnerable = (because: Message, more: Partial<Judged> = {}): Judged => ({
  ...nothing,
  state: 'vulnerable',
  code: 'below-fix',
  because,
  ...more,
});
