// What every platform offers: the same questions answered, and one privileged half. Platform differences end here.
import type { Fact, FactName, Facts, Listener, NetworkFact, Platform, Ruleset } from '../model/facts';
import type { KeeperSchedule } from '../model/kept';
import type { Message } from '../model/message';
import type { Change } from '../model/plan';
import type { Review } from '../model/review';
import type { Counted, Shield, ShieldFound, ShieldWorkaround, Was } from '../model/shield';
import type { Ran } from './run-program';

/** The facts a platform reads; the journal and the keeper's word are the engine's own. */
export type HostFactName = Exclude<FactName, 'journal' | 'keeper'>;
export type HostFacts = Pick<Facts, HostFactName>;

/** Called once for each wanted fact, in the order they arrive. */
export type OnHostFact = <N extends HostFactName>(name: N, fact: Facts[N]) => void;

/** Judges what was read of a PC, this one or another: reads and changes nothing itself. */
export interface Judging {
  readonly platform: Platform;
  /** The clock that dates facts and leases; fixed on a simulated PC. */
  now(): Date;
  /** Our rules in the ruleset as read. Pure; throws an Error with a message for people where the text can't be read. */
  findShield(ruleset: Ruleset): ShieldFound;
  /** Who may connect in by these rules, our own among them; null = can't be told, since they were read in part. Pure. */
  review(policy: FirewallPolicy, query: ReviewQuery): Review | null;
  /** Whether a rule may pass a connection on to another port, program or PC than the one it was made to. Pure. */
  passesOn(ruleset: Ruleset): boolean;
  /** Whether rules of ours let go of the ports at the agreed date with no program running. */
  readonly rulesExpire: boolean;
}

/** A PC that can be inspected: nothing of it can be changed through this. */
export interface InspectedPc extends Judging {
  /** The simulated PC's name, or null on a real one. Shown in every output. */
  readonly simulated: string | null;
  /**
   * Reads the wanted facts, all independent ones at once; what was not wanted comes back as `not-asked`.
   * A fact that can't be read says why; this never rejects. `signal` ends it early (the rest is `failed`).
   */
  readFacts(wanted: ReadonlySet<HostFactName>, onFact: OnHostFact, signal?: AbortSignal): Promise<HostFacts>;
}

/** A PC that is not this one, by what was saved of it. */
export interface SavedHost extends InspectedPc {
  readonly simulated: null;
  /** Where its facts were saved, and when (ISO 8601 UTC); and whether somebody's word counts that all was saved. */
  readonly saved: { readonly path: string; readonly at: string; readonly complete?: true };
}

/** The unprivileged half of this PC, or of a simulated one: reads as the user, and says how changes will look. */
export interface Host extends InspectedPc {
  /** Where the journal lies: on a real PC only administrators may write there and everyone may read. */
  readonly stateFolder: string;
  /** Only as much of the ruleset as `findShield` needs: quick on a PC with many rules. */
  readShieldRules(): Promise<Fact<Ruleset>>;
  /**
   * The policy, and what else an inspection elsewhere goes by, as files; null where there is nothing to save. Rejects with an Error with a
   * message for people where something of it can't be read.
   */
  savePolicy(policy: FirewallPolicy, signal?: AbortSignal): Promise<SavedPolicy | null>;
  /** The changes that put this shield up, for people to read. Pure. */
  describeShield(shield: Shield): readonly Change[];
  describeLift(): readonly Change[];
  /** Why a shield would have no effect by these rules and switches, and what to mind where it has; a sentence each. Pure. */
  obstacles(ruleset: Ruleset): Obstacles;
  /** What can be switched off beside or instead of rules, with what each does and costs; empty where there is nothing. */
  readonly workarounds: Readonly<Partial<Record<ShieldWorkaround, string>>>;
  /** What rules of ours are like here. */
  readonly ruleNature: {
    readonly outliveRestart: boolean;
    /** Whether connections that are open when a shield goes up are cut. */
    readonly cutOpenConnections: boolean;
  };
  /** What runs the keeper on this platform: a schedule of the system that is there only while a shield is up. */
  readonly keeping: Keeping;
  /** Files that change when software is installed or removed, or a restart becomes due; absent = none can be watched here. */
  readonly softwarePlaces?: readonly string[];
  /** What the permission question will look like, for people: "Your desktop will ask for an administrator's password ...". */
  readonly permissionQuestion: string;
  /** How this process gets its helper to run as administrator; null on a simulated PC, where nothing needs permission. */
  readonly elevation: Elevation | null;
  /** The half that changes things: used by the helper only. */
  readonly administration: Administration;
}

/** `helper` is everywhere the absolute path of the helper's script, which the schedule runs. */
export interface Keeping {
  /** The schedule as found; reads only, needs no rights. Never rejects. */
  find(helper: string): Promise<KeeperSchedule>;
  /** The changes that set the schedule up and take it away, for people to read. Pure. */
  describeStart(helper: string): readonly Change[];
  describeStop(helper: string): readonly Change[];
  /** When it looks, for people: "every 30 seconds, after package updates, and when the PC starts". */
  readonly rhythm: string;
}

export interface Elevation {
  isAdministrator(): boolean;
  /** What runs a script of ours as this program does: arguments up to the script's path. */
  readonly node: readonly string[];
  /** What the script's runtime needs to be told by its environment; null = nothing, or `node` does. */
  readonly env: { [name: string]: string } | null;
  /** What each part of the command may consist of: no character that anything on the way gives a meaning. */
  readonly plain: RegExp;
  /** How people get rights without being asked, a sentence: "Run this command as administrator (sudo)." */
  readonly byHand: string;
  /** The part of an absolute path that somebody else could have written: the file or a folder above it; null = none. */
  writableByOthers(path: string): string | null;
  /** Brings this process where the question can be put safely; throws `ElevationFailed` where it can't. */
  prepare(): void;
  /** Why nothing was granted, by how the asking ended; null = something may have run as administrator. Never rejects. */
  refused(ended: Refused): Promise<Refusal | null>;
  /** Ends the permission questions that this process has open. One that was answered already goes on. */
  endPrompts(): void;
}

/** How the asking ended without an answer of the helper. */
export interface Refused {
  /** The exit code of the program that asked, or of what it ran; null = it was never run, or did not end by itself. */
  readonly code: number | null;
  /** What it said, cut short and made harmless; to be shown, never decided by. */
  readonly says: string;
}

export interface Refusal {
  readonly reason: 'denied' | 'no-agent';
  /** Plain words: what happened, and what to do. */
  readonly what: string;
  readonly todo: string;
}

export interface Obstacles {
  /** Empty = it would have an effect. */
  readonly refuse: readonly Message[];
  /** Another way to shut the door, where it is refused; null = it is not. */
  readonly instead: Message | null;
  readonly warn: readonly Message[];
}

/** What may be connected to. */
export interface ReviewQuery {
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
  /** Only connections count that rules lead to another port or PC: nobody waits at this one. Ignored where rules can't do so. */
  readonly onlyLed?: boolean;
}

/** A policy to be judged elsewhere. */
export interface SavedPolicy {
  /** Text by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the files are of different moments, as the rules changed each time they were read. */
  readonly torn: boolean;
  /** Keys of the registry that would stand in them and could not be read. */
  readonly unread: readonly string[];
}

/** The rules with what of the PC they are about; null = not known. */
export interface FirewallPolicy {
  readonly ruleset: Ruleset;
  readonly network: NetworkFact | null;
  readonly listeners: readonly Listener[] | null;
}

/** The privileged half. Each step is atomic and harmless to repeat; each rejects with an Error whose message is for people. */
export interface Administration {
  bootId(): Promise<string | null>;
  /** Seconds since the PC was started, which no setting of the clock changes. */
  uptime(): number;
  readRuleset(): Promise<Ruleset>;
  /** Only as much of the ruleset as `findShield` needs. */
  readShield(): Promise<Ruleset>;
  /**
   * Puts the shield up in one step, replacing ours if there, going on from what was counted. A lease is counted down from `from`,
   * which is now wherever the clock can be believed.
   */
  putUp(shield: Shield, carried: Counted | null, from: Date): Promise<void>;
  /** Takes away our rules only; harmless when there are none. */
  takeDown(): Promise<void>;
  /** `putUp` brings a shield's workarounds in force, too; null where there are none. */
  readonly workarounds: WorkaroundActs | null;
  /** Everything that is not ours, without what changes by itself (counters, handles). */
  readRest(): Promise<string>;
  /**
   * Runs the helper with one plain word in a process of its own, which ends by SIGKILL after so many seconds, whatever holds it up; null =
   * this platform has no way to.
   */
  readonly apart: ((helper: string, word: 'judge', seconds: number) => Promise<Ran>) | null;
  /** Sets the keeper's schedule up, and makes sure that it runs. Not called where `Keeping.find` says impossible. */
  startKeeping(helper: string): Promise<void>;
  /** Takes the schedule away; harmless when there is none, and when called by what it runs. */
  stopKeeping(): Promise<void>;
  /** What an administrator would type to clear our rules and the keeper's schedule by hand. */
  readonly clearCommand: string;
}

interface WorkaroundActs {
  /** How things are before these come in force; those that are in force already have no entry. */
  read(workarounds: readonly ShieldWorkaround[]): Promise<Was>;
  /** Puts each back as it was, unless somebody has changed it since; harmless to repeat. Rejects where one does not go back. */
  takeBack(was: Was): Promise<void>;
}

/** Where every shield has its effect. */
export const noObstacles: Obstacles = { refuse: [], instead: null, warn: [] };

/** A fact that is known. */
export function known<T>(value: T, source: Fact<T>['source'], at: Date): Fact<T> {
  return { state: 'known', value, source, at: at.toISOString() };
}
