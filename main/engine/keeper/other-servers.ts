// SMB servers that no installed package brought: whoever was seen once may come back, as a container does some time after a restart. Pure.
import type { OtherServers, ReasonPatch } from '../../model/kept';
import { readableTime } from '../../shared/times';

/** Seconds without them, in one start of the PC, after which they are taken to be gone for good. */
const quiet = 10 * 60;

/** When a look was: by the clock, for people, and since which start of the PC, which no clock changes. */
export interface Moment {
  readonly now: Date;
  /** Seconds. */
  readonly uptime: number;
  readonly boot: string | null;
}

/** What is remembered after a look. `seen`: who runs now; null = it could not be told. */
export function remember(last: OtherServers | null, seen: readonly string[] | null, at: Moment): OtherServers | null {
  if (seen === null) return last && { ...last, goneSince: null };
  if (seen.length > 0) return { who: seen.join(' and '), seenAt: at.now.toISOString(), goneSince: null };
  if (last === null) return null;
  const { boot } = at;
  const goneSince =
    last.goneSince !== null && last.goneSince.boot === boot && last.goneSince.uptime <= at.uptime
      ? last.goneSince
      : { uptime: Math.floor(at.uptime), boot };
  return { ...last, goneSince };
}

/** In place of a note that is there and can't be read: it may have told of some. */
export const forgotten = ({ now }: Moment): OtherServers => ({
  who: "Another SMB server, of which the keeper's lost note may have told,",
  seenAt: now.toISOString(),
  goneSince: null,
});

/** What packages say of a PC where others were seen counts when those have been gone for long enough. */
export function withoutOthers(patch: ReasonPatch, others: OtherServers | null, { uptime }: Moment): ReasonPatch {
  if (others === null || (patch.state !== 'patched' && patch.state !== 'not-affected')) return patch;
  const { who, seenAt, goneSince } = others;
  if (goneSince !== null && uptime - goneSince.uptime >= quiet) return patch;
  const why = `${who} was here at ${readableTime(seenAt)}, is not what is installed, and may come back, as a container does after a restart: ten minutes without it are waited for.`;
  return { state: 'unknown', because: [`By what is installed: ${patch.because.join(' ')}`, why] };
}
