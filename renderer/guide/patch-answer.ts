// Whether this PC is patched, as one answer: never "patched" while anything is open or not known. Pure.
import type { ShieldVerdict, ShownPatch } from '../../preload/contract';
import type { ReasonShown, WindowState } from '../state/window-state';
import { standingShield } from './standing-shield';

/**
 * missing = holes that updates would mend; restart = all that is missing waits for a restart; unknown = something could not be
 * judged; old = nothing is missing, by a catalogue that is too old to trust; reason = nothing is missing, but that this PC is patched
 * for what its shield is up for is not known, or its keeper says that it is not; patched = nothing is missing.
 */
export type PatchAnswer = 'missing' | 'restart' | 'unknown' | 'old' | 'reason' | 'patched';

type Known = Pick<WindowState, 'patch' | 'shield' | 'reason'>;

/** `patch` null = not judged. */
export function patchAnswer({ patch, shield, reason }: Known): PatchAnswer {
  if (patch?.catalogue == null) return 'unknown';
  const { counts, waiting, untold, catalogue } = patch;
  if (counts.vulnerable > waiting.vulnerable) return 'missing';
  if (catalogue.passedOver > 0 || untold > waiting.unknown) return 'unknown';
  if (counts.vulnerable > 0) return 'restart';
  if (catalogue.tooOld || catalogue.days === null) return 'old';
  if (waiting.unknown > 0) return 'restart';
  return isSafeFor(shield, patch, reason) ? 'patched' : 'reason';
}

/** What a shield is up for counts by the catalogue, and by its keeper, who sees more: which servers run. */
function isSafeFor(shield: ShieldVerdict | null, patch: ShownPatch, reason: ReasonShown | null): boolean {
  const wanted = shield?.shield?.reason ?? null;
  if (wanted === null) return true;
  const seen = standingShield(shield) ? shield?.kept?.patch : null;
  if (seen && seen.state !== 'patched' && seen.state !== 'not-affected') return false;
  if (reason === null || reason.reason !== wanted || reason.patch !== patch.number) return false;
  return (
    typeof reason.found === 'object' &&
    reason.found !== null &&
    ['patched', 'not-affected'].includes(reason.found.state)
  );
}
