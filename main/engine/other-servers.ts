// SMB servers that no installed package brought: whoever was seen once may come back, as a container does some time after a restart. Pure.
import type { OtherServers, ReasonPatch } from '../model/kept';
import { readableTime } from './times';

/** Milliseconds without them, in one start of the PC, after which they are taken to be gone for good. */
const quiet = 10 * 60_000;

/** What is remembered after a look. `seen`: who runs now; null = it could not be told. `boot`: this start of the PC. */
export function remember(
  last: OtherServers | null,
  seen: readonly string[] | null,
  now: Date,
  boot: string | null,
): OtherServers | null {
  const at = now.toISOString();
  if (seen === null) return last && { ...last, goneSince: null };
  if (seen.length > 0) return { who: seen.join(' and '), seenAt: at, goneSince: null };
  if (last === null) return null;
  const goneSince = last.goneSince !== null && last.goneSince.boot === boot ? last.goneSince : { at, boot };
  return { ...last, goneSince };
}

/** What packages say of a PC where others were seen counts when those have been gone for long enough. */
export function withoutOthers(patch: ReasonPatch, others: OtherServers | null, now: Date): ReasonPatch {
  if (others === null || (patch.state !== 'patched' && patch.state !== 'not-affected')) return patch;
  const { who, seenAt, goneSince } = others;
  if (goneSince !== null && now.getTime() - Date.parse(goneSince.at) >= quiet) return patch;
  const why = `${who} was here at ${readableTime(seenAt)}, is not what is installed, and may come back, as a container does after a restart: ten minutes without it are waited for.`;
  return { state: 'unknown', because: [`By what is installed: ${patch.because.join(' ')}`, why] };
}
