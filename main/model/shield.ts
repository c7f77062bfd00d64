// A shield: our temporary rules as a lease.

import type { Networks } from './address';
import type { Message } from './message';

/** What someone asks for. Times ISO 8601 UTC. */
export interface Wish {
  /** Sources that may still connect. An exception opens nothing that other rules close. */
  readonly allow: Networks;
  /** Also stop this PC from reaching SMB servers beyond its local networks. */
  readonly outbound: boolean;
  /** An advisory's id, or null. Letters, digits, dot, hyphen, underscore; at most 64. */
  readonly reason: string | null;
  /** null = until patched. With a date and a reason: until whichever comes first. */
  readonly until: string | null;
  /**
   * What happens at the date where this PC is not known to be patched: `lift` opens the door all the same (the kernel itself does);
   * `extend` keeps it shut and warns. Says nothing where `until` is null.
   */
  readonly atEnd: 'lift' | 'extend';
  /** What else is switched off while it is up; sorted, each once. */
  readonly workarounds: readonly ShieldWorkaround[];
}

/** What ends a shield, beside a person who may lift it at any time. Times ISO 8601 UTC. */
export interface ShieldEnd {
  /** The reason whose patch ends it; null = no patch does. */
  readonly patchOf: string | null;
  /** Why no patch ends it; null = one does. */
  readonly noPatch: 'no-reason' | 'no-protection' | 'protection-not-known' | 'not-affected' | 'not-in-catalogue' | null;
  /** From when on the ports open whatever is patched; null = at no date. */
  readonly opensAt: string | null;
  /** From when on Breakwater warns, and the shield stays; null = never. */
  readonly warnsFrom: string | null;
}

/** Parts of Windows' SMB server that can be switched off: the whole service, SMBv1, compression. */
export type ShieldWorkaround = 'compression-off' | 'server-off' | 'smb1-off';

/** How things were before workarounds changed them, by workaround; one that was in force already has none. */
export type Was = Readonly<Partial<Record<ShieldWorkaround, WasBefore>>>;

export interface WasBefore {
  /** Numbers in the registry by name; null = it was not there. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Services that ran and were stopped, in the order in which they are started again. */
  readonly ran: readonly string[];
}

/** A wish with an identity: what the rules carry as our mark. */
export interface Shield extends Wish {
  /** Whether firewall rules are part of it: not where they would have no effect, and a workaround shuts the door instead. */
  readonly rules: boolean;
  /** Eight lower-case hexadecimal digits. */
  readonly id: string;
  readonly since: string;
}

export interface Attempt {
  readonly address: string;
  readonly packets: number;
  /** Forgotten by the kernel at this time unless seen again, ISO 8601 UTC; null = not told. */
  readonly until: string | null;
}

/** What the shield's own rules have counted (packets). */
export interface Counted {
  readonly blocked: number;
  readonly allowed: number;
  readonly outboundBlocked: number;
  /** First packets of connections turned away, by source, most first. */
  readonly attempts: readonly Attempt[];
}

/** Our rules as found. */
export interface ShieldFound {
  /** foreign = something has our name but not our mark: never touched. */
  readonly state: 'absent' | 'ours' | 'foreign';
  /** The id in the mark; null unless ours. */
  readonly id: string | null;
  readonly counted: Counted | null;
  /** Judges the rules one by one against a shield: the lines of the proof, or why it does not hold. Pure. */
  judge(shield: Shield): Judgement;
}

export interface Judgement {
  /** expired = our rules, whole, but the kernel has let go of the ports. */
  readonly state: 'closed' | 'expired' | 'not-closed';
  readonly lines: readonly Message[];
}
