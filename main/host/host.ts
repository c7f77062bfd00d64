// What every platform offers: the same questions answered, and one privileged half. Platform differences end here.
import type { Fact, Facts, Platform, Ruleset } from '../model/facts';
import type { Change } from '../model/plan';
import type { Counted, Shield } from '../model/shield';

/** The facts a platform reads; the journal is the engine's own. */
export type HostFacts = Omit<Facts, 'journal'>;
export type HostFactName = keyof HostFacts;

/** Called once for each wanted fact, in the order they arrive. */
export type OnHostFact = <N extends HostFactName>(name: N, fact: HostFacts[N]) => void;

/** The unprivileged half: reads as the user, and says how changes will look. */
export interface Host {
  readonly platform: Platform;
  /** The simulated PC's name, or null on a real one. Shown in every output. */
  readonly simulated: string | null;
  /** Where the journal lies: on a real PC only administrators may write there and everyone may read. */
  readonly stateFolder: string;
  /** The clock that dates facts and leases; fixed on a simulated PC. */
  now(): Date;
  /**
   * Reads the wanted facts, all independent ones at once; what was not wanted comes back as `not-asked`.
   * A fact that can't be read says why; this never rejects. `signal` ends it early (the rest is `failed`).
   */
  readFacts(wanted: ReadonlySet<HostFactName>, onFact: OnHostFact, signal?: AbortSignal): Promise<HostFacts>;
  /** Our rules in the ruleset as read. Pure. */
  findShield(ruleset: Ruleset): ShieldFound;
  /** The changes that put this shield up, for people to read. Pure. */
  describeShield(shield: Shield): readonly Change[];
  describeLift(): readonly Change[];
  /** What the permission question will look like, for people: "Your desktop will ask for an administrator's password ...". */
  readonly permissionQuestion: string;
  /** The half that changes things: used by the helper only. */
  readonly administration: Administration;
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
  readonly lines: readonly string[];
}

/** The privileged half. Each step is atomic and harmless to repeat; each rejects with an Error whose message is for people. */
export interface Administration {
  bootId(): Promise<string | null>;
  readRuleset(): Promise<Ruleset>;
  /** Only as much of the ruleset as `findShield` needs. */
  readShield(): Promise<Ruleset>;
  /** Puts the shield up in one step, replacing ours if there, going on from what was counted. */
  putUp(shield: Shield, carried: Counted | null): Promise<void>;
  /** Takes away our rules only; harmless when there are none. */
  takeDown(): Promise<void>;
  /** Everything that is not ours, without what changes by itself (counters, handles). */
  readRest(): Promise<string>;
  /** What an administrator would type to clear our rules by hand. */
  readonly clearCommand: string;
}

/** A fact that is known. */
export function known<T>(value: T, source: Fact<T>['source'], at: Date): Fact<T> {
  return { state: 'known', value, source, at: at.toISOString() };
}
