// What ends a shield: the one answer for plan, verdict, background protection, command line and window. Pure.
import type { ReasonPatch } from '../model/kept';
import type { Shield, ShieldEnd } from '../model/shield';

export interface EndFacts {
  /** Whether something on this PC looks after the shield and lifts it; null = not known. */
  readonly isProtected: boolean | null;
  /** Whether rules of ours let go of the ports at the agreed date with no program running. */
  readonly rulesExpire: boolean;
  /** Whether this PC is patched for the shield's reason; null = not asked. */
  readonly patch: ReasonPatch | null;
}

type Terms = Pick<Shield, 'reason' | 'until' | 'atEnd' | 'rules'>;

/** As background protection decides (engine/keep.ts): by the patch, or at the date where that was agreed or no patch can come. */
export function shieldEnd(shield: Terms, facts: EndFacts): ShieldEnd {
  const noPatch = whyNoPatch(shield, facts);
  const opensAt = opensAtDate(shield, facts) ? shield.until : null;
  return {
    patchOf: noPatch === null ? shield.reason : null,
    noPatch,
    opensAt,
    warnsFrom: opensAt === null ? shield.until : null,
  };
}

function whyNoPatch({ reason }: Terms, { isProtected, patch }: EndFacts): ShieldEnd['noPatch'] {
  if (reason === null) return 'no-reason';
  if (isProtected === null) return 'protection-not-known';
  if (!isProtected) return 'no-protection';
  if (patch?.state === 'not-affected') return 'not-affected';
  return patch?.code ?? null;
}

/** A shield that is to be extended waits for the patch, but where this PC is not affected there is none to wait for. */
function opensAtDate({ atEnd, rules }: Terms, { isProtected, rulesExpire, patch }: EndFacts): boolean {
  if (atEnd === 'lift') return isProtected === true || (rulesExpire && rules);
  return isProtected === true && patch?.state === 'not-affected';
}
