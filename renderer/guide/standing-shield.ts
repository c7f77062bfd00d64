// Whether a shield is up as far as anybody can tell now, and whether there is anything to tell of one. Pure.
import type { Shield, ShieldVerdict } from '../../preload/contract';

/** The shield whose rules were seen whole just now, by us or by its keeper; null = there is none. */
export const standingShield = (verdict: ShieldVerdict | null): Shield | null =>
  verdict?.state === 'up' || verdict?.state === 'kept' ? verdict.shield : null;

/** Whether more is to be told than "no shield": one that is there in whatever state, or the last one, which its keeper ended. */
export const isWorthTelling = (verdict: ShieldVerdict | null): boolean =>
  verdict !== null && (verdict.state !== 'none' || Boolean(verdict.kept?.ended));
