// "Until ..." of a shield that stands, as its verdict tells what ends it.
import type { ShieldEnd } from '../../preload/contract';
import { words } from '../words';

/** "this PC is patched for CVE-2020-0796, or you lift it". `reason` and `toTime` write the shield's reason and a moment. */
export function untilWords(
  { patchOf, noPatch, opensAt, warnsFrom }: ShieldEnd,
  reason: string | null,
  toTime: (iso: string) => string,
): string {
  const { untilEnds } = words.shield;
  const ends = [
    ...(patchOf === null ? [] : [untilEnds.patched(patchOf)]),
    ...(opensAt === null ? [] : [toTime(opensAt)]),
    untilEnds.byHand,
  ].join(', or ');
  const why = noPatch === null || opensAt !== null ? null : words.shield.noPatch[noPatch](reason ?? '');
  return [
    why === null ? ends : `${ends}, as ${why}`,
    ...(warnsFrom === null ? [] : [untilEnds.warns(toTime(warnsFrom))]),
  ].join('; ');
}
