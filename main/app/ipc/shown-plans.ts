// The plans that the window shows: kept here under random tokens, so that only what was shown can be carried out, and once.
import { randomBytes } from 'node:crypto';
import type { Plan } from '../../model/plan';

/** A plan rests on facts that grow old. */
const lifetime = 10 * 60_000;
const most = 16;

export interface ShownPlans {
  /** Returns the token (32 hexadecimal digits) under which the plan is kept. */
  keep(plan: Plan): string;
  /** The plan, which is then forgotten; null = unknown, used, or older than ten minutes. */
  take(token: string): Plan | null;
}

/** `clock` in milliseconds, never going back (not the time of day, which people change). */
export function createShownPlans(clock: () => number): ShownPlans {
  const kept = new Map<string, { readonly plan: Plan; readonly end: number }>();
  const forgetOld = (): void => {
    for (const [token, { end }] of kept) if (clock() >= end) kept.delete(token);
    for (const token of kept.keys()) if (kept.size >= most) kept.delete(token);
  };
  return {
    keep(plan) {
      forgetOld();
      const token = randomBytes(16).toString('hex');
      kept.set(token, { plan, end: clock() + lifetime });
      return token;
    },
    take(token) {
      const found = kept.get(token);
      kept.delete(token);
      return found && clock() < found.end ? found.plan : null;
    },
  };
}
