// Whether this PC is patched, as one answer: never "patched" while anything is open or not known. Pure.
import type { ShownPatch } from '../../preload/contract';

/**
 * missing = holes that updates would mend; restart = all that is missing waits for a restart; unknown = something could not be
 * judged; old = nothing is missing, by a catalogue that is too old to trust; patched = nothing is missing.
 */
export type PatchAnswer = 'missing' | 'restart' | 'unknown' | 'old' | 'patched';

/** `patch` null = not judged. */
export function patchAnswer(patch: ShownPatch | null): PatchAnswer {
  if (patch?.catalogue == null) return 'unknown';
  const { counts, restartPending, catalogue } = patch;
  if (counts.vulnerable > 0) return restartPending >= counts.vulnerable ? 'restart' : 'missing';
  if (restartPending > 0) return 'restart';
  if (counts.unknown > 0) return 'unknown';
  return catalogue.tooOld || catalogue.days === null ? 'old' : 'patched';
}
