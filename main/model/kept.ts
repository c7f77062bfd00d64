// What the keeper saw and did at its last look: the status file that everybody on the PC may read.
import type { Counted, Shield } from './shield';

/** Whether this PC is patched for the shield's reason. */
export interface ReasonPatch {
  readonly state: 'patched' | 'vulnerable' | 'not-affected' | 'unknown';
  /** not-in-catalogue = no advisory is known by that name, so nothing can tell its patch; absent = it is judged, or was not told. */
  readonly code?: 'not-in-catalogue';
  /** Plain words, a sentence each. */
  readonly because: readonly string[];
}

/** What the keeper goes by. */
export interface ReasonInForce {
  readonly patch: ReasonPatch;
  /** SMB servers here that no installed package brought; null = it could not be told, or is not asked. */
  readonly others: readonly string[] | null;
}

/** SMB servers that no installed package brought, seen while the shield was up. */
export interface OtherServers {
  /** "smbd (process 812, /opt/samba/sbin/smbd)" */
  readonly who: string;
  readonly seenAt: string;
  /** The first look without them in that start of the PC, in seconds since that; null = they run, or it could not be told. */
  readonly goneSince: { readonly uptime: number; readonly boot: string | null } | null;
}

/** First packets turned away in one hour, by source. */
export interface AttemptsInHour {
  /** The hour's beginning, ISO 8601 UTC. */
  readonly hour: string;
  readonly sources: readonly { readonly address: string; readonly packets: number }[];
  /** Of sources that are not named, as there were too many. */
  readonly otherPackets: number;
}

/** How the shield that was there last came to its end by the keeper's hand. */
interface KeptEnd {
  readonly at: string;
  readonly shield: Shield;
  readonly why: string;
}

/** What people should know. New is what has a new code: the text of the same thing may tell of other minutes and numbers each time. */
export interface CodedText {
  readonly code: WarningCode;
  /** A sentence, at most a few. */
  readonly text: string;
}

/** earlier = of a note by a version that gave no codes. */
export type WarningCode =
  | 'clock-wrong'
  | 'date-passed'
  | 'foreign-table'
  | 'not-lifted'
  | 'not-put-back'
  | 'not-written'
  | 'schedule-broken'
  | 'left-switched-off'
  | 'record-long'
  | 'earlier';

interface Warning extends CodedText {
  /** The first of the looks that found it without a break, ISO 8601 UTC; null = not known. */
  readonly since: string | null;
}

export interface Kept {
  readonly schema: 'breakwater/kept@1';
  /** When it looked, ISO 8601 UTC. */
  readonly at: string;
  /** When it last looked by a clock that could be believed; null = never for this shield. */
  readonly sureAt: string | null;
  /** Which start of the PC that was in. */
  readonly boot: string | null;
  /** whole = the rules were read and judged shut; open = they should be, and are not; none = no shield should be up. */
  readonly state: 'whole' | 'open' | 'none';
  readonly shield: Shield | null;
  /** When the rules were last seen whole. */
  readonly wholeAt: string | null;
  /** When they were last put back, since they had been wiped or changed; and how often for this shield. */
  readonly restoredAt: string | null;
  readonly restores: number;
  readonly counted: Counted | null;
  /** The newest hour last; the last two days. */
  readonly hours: readonly AttemptsInHour[];
  readonly patch: ReasonPatch | null;
  /** null = none was seen. */
  readonly otherServers: OtherServers | null;
  /** What the shield waits for, a sentence for people; null = there is none. */
  readonly waitsFor: string | null;
  readonly warnings: readonly Warning[];
  readonly ended: KeptEnd | null;
}

/** The schedule that runs the keeper, as found on this PC. */
export type KeeperSchedule =
  /** Everything is there, as this version writes it. */
  | { readonly state: 'whole' }
  /** Something of it is missing or was changed. */
  | { readonly state: 'broken'; readonly why: string }
  | { readonly state: 'absent' }
  /** No keeper can stand on this PC. */
  | { readonly state: 'impossible'; readonly why: string };

export interface KeeperFact {
  readonly schedule: KeeperSchedule;
  /** Its last look; null = it never looked, or what it wrote can't be believed (`doubt` says why). */
  readonly kept: Kept | null;
  readonly doubt: string | null;
}
