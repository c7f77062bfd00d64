// What follows from the facts. Judged by pure functions; unknown is an answer.
import type { Cidr, Family } from './address';
import type { PatchVerdict } from './advisory';
import type { Kept } from './kept';
import type { Message } from './message';
import type { Review } from './review';
import type { Counted, Shield, ShieldEnd } from './shield';

export type Severity = 'high' | 'medium' | 'low' | 'info';

export interface Finding {
  /** Stable, for scripts: "smb1-accepted". */
  readonly id: string;
  readonly severity: Severity;
  readonly title: Message;
  /** What it means and what to do. */
  readonly detail: Message;
  /** An https address of the specification, advisory or manual. */
  readonly reference: string;
  /** What it rests on: "answer of 127.0.0.1:445". */
  readonly because: Message;
}

/** One of the PC's own addresses at which an SMB port waits. */
export interface Exposure {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly interface: string;
  readonly family: Family;
  readonly address: string;
  /** The network next to it, from which no router is needed. */
  readonly subnet: Cidr;
  /** Who listens: "smbd (812)", "the kernel", "not permitted to see". */
  readonly listener: Message;
  /**
   * Who may come in over this interface. shielded = our proven rules turn new connections away (but for the exceptions);
   * closed = other firewall rules let nobody in; partly = they let some in; unknown = they could not be judged.
   */
  readonly state: 'shielded' | 'open' | 'partly' | 'closed' | 'unknown';
}

/** Can others reach SMB on this PC? closed only where it is proven, where the rules let nobody in, or nothing listens beyond loopback. */
export interface DoorVerdict {
  readonly state: 'closed' | 'open' | 'unknown';
  readonly because: readonly Message[];
  readonly exposures: readonly Exposure[];
}

export type ShieldState =
  /** No rules of ours, no record of a shield that should be up. */
  | 'none'
  /** Rules re-read and judged just now. */
  | 'up'
  /** Seen whole by the keeper minutes ago at most; we may not look ourselves. */
  | 'kept'
  /** Recorded as proven since this start of the PC, but we may not look now. */
  | 'recorded'
  /** Should be up, but its rules are not (wiped, restarted, changed). */
  | 'damaged'
  /** Its date has passed; the kernel has let go of the ports. */
  | 'expired'
  /** A change was cut off between plan and proof. */
  | 'interrupted'
  /** A table with our name that does not carry our mark. */
  | 'foreign'
  | 'unknown';

export interface ShieldVerdict {
  readonly state: ShieldState;
  readonly shield: Shield | null;
  /** Each line of the proof, or why there is none. */
  readonly because: readonly Message[];
  /** Those of `because` that somebody should mind whatever the state is; absent = none. */
  readonly warnings?: readonly Message[];
  /** When the rules were last read and found whole, ISO 8601 UTC. */
  readonly provedAt: string | null;
  readonly counted: Counted | null;
  /** The keeper's last look, where it is about this shield (or, with none up, how the last one ended). */
  readonly kept: Kept | null;
  /** What ends it; null where there is no shield. */
  readonly end: ShieldEnd | null;
}

export interface Verdicts {
  readonly door: DoorVerdict;
  readonly shield: ShieldVerdict;
  readonly findings: readonly Finding[];
  /** Who may connect to TCP 445 by the firewall's rules; null where they could not be read. */
  readonly review: Review | null;
  /** Every advisory against this PC; null where the patch was not asked about. */
  readonly patch: PatchVerdict | null;
}
