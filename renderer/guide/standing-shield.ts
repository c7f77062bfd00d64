// Whether a shield is up as far as anybody can tell now. Pure.
import type { Shield, ShieldVerdict } from '../../preload/contract';

/** The shield whose rules were seen whole just now, by us or by its keeper; null = there is none. */
export const standingShield = (verdict: ShieldVerdict | null): Shield | null =>
  verdict?.state === 'up' || verdict?.state === 'kept' ? verdict.shield : null;
