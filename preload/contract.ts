// The doorway's contract: everything that crosses between the window and the app, grouped by subject.
// Both ends are derived from `Calls` and `Events`: a call that one side lacks does not compile.
import type { Fact, FactName, Facts } from '../main/model/facts';
import type { Outcome } from '../main/model/outcome';
import type { Plan } from '../main/model/plan';
import type { Report } from '../main/model/report';
import type { ShieldWorkaround } from '../main/model/shield';
import type { RuleQuery, RulesFound, ShownReview, ShownRuleset } from '../main/model/shown-firewall';
import type {
  AdvisoriesFound,
  AdvisoryQuery,
  RecordsTaken,
  ShownAdvisory,
  ShownPatch,
} from '../main/model/shown-patch';
import type { ShieldVerdict, Verdicts } from '../main/model/verdicts';

export type * from '../main/model/address';
export type * from '../main/model/advisory';
export type * from '../main/model/facts';
export type * from '../main/model/journal';
export type * from '../main/model/kept';
export type * from '../main/model/outcome';
export type * from '../main/model/plan';
export type * from '../main/model/report';
export type * from '../main/model/review';
export type * from '../main/model/shield';
export type * from '../main/model/shown-firewall';
export type * from '../main/model/shown-patch';
export type * from '../main/model/smb';
export type * from '../main/model/verdicts';

/** What the window offers for a shield, as typed: parsed and checked in the app before anything is planned. */
export interface WishForm {
  /** Addresses or CIDRs as typed. */
  readonly allow: readonly string[];
  readonly outbound: boolean;
  /** "patched", an ISO date, or a duration such as "7d". */
  readonly until: string;
  /** What happens at a date on a PC that is not known to be patched; null where there is no date. */
  readonly atEnd: 'lift' | 'extend' | null;
  readonly workarounds: readonly ShieldWorkaround[];
  readonly reason: string | null;
}

/** A plan, or the reason why there is none (bad input names the field's problem). */
export type Planned =
  | { readonly kind: 'plan'; readonly token: string; readonly plan: Plan }
  | Extract<Outcome, { kind: 'refused' | 'not-permitted' }>;

export interface About {
  readonly version: string;
  /** The simulated PC's name, or null: shown as a banner and in the title. */
  readonly simulated: string | null;
  /** Said when the window runs on the older try-out runtime, else null. */
  readonly runtimeNote: string | null;
}

/** All but the review and the patch verdict, which cross by themselves, and not whole. */
export type VerdictsSoFar = Omit<Verdicts, 'review' | 'patch'>;

/** The facts as the window has them: the firewall's rules may be many megabytes, and stay where they were judged. */
export interface SeenFacts extends Omit<Facts, 'ruleset'> {
  readonly ruleset: Fact<ShownRuleset>;
}

/** What an inspection saw, without what was told meanwhile. */
export interface Seen extends Omit<Report, 'facts' | 'verdicts'> {
  /** Those that `pc:fact` did not tell. */
  readonly facts: Partial<SeenFacts>;
  readonly verdicts: VerdictsSoFar;
  /** null = there is none; absent = as `pc:review` told last. */
  readonly review?: ShownReview | null;
  /** null = there is none; absent = as `pc:patch` told last. */
  readonly patch?: ShownPatch | null;
}

/** What decides whether this PC is patched, read again by itself. */
interface PatchSeen extends Pick<Seen, 'at'> {
  readonly facts: Partial<SeenFacts>;
  readonly patch: ShownPatch | null;
}

/** Steps of an act, in order; the window shows them as progress. */
export type ActStep = 'asking-permission' | 'changing' | 'reading-again';

/** Calls from the window to the app: channel -> [arguments, answer]. */
export interface Calls {
  'app:about': [[], About];
  /** Opens one of the references that a finding names in the user's browser; anything else is refused. */
  'app:open-reference': [[url: string], undefined];
  /** Reads and judges this PC; facts arrive as `pc:fact` meanwhile. */
  'pc:inspect': [[], Seen];
  /** Stops the inspection that is running. */
  'pc:stop': [[], undefined];
  /** Reads the firewall's rules with permission and judges again. */
  'pc:look': [[], { readonly seen: Seen } | { readonly outcome: Outcome }];
  /** A page of the rules of the review that was told last; null = it is not the last one any more. */
  'firewall:rules': [[query: RuleQuery], RulesFound | null];
  /** Reads and judges only whether this PC is patched: quick, and asks for no permission. */
  'patch:check': [[], PatchSeen];
  /** A page of the advisories of the verdict that was told last; null = it is not the last one any more. */
  'advisories:find': [[query: AdvisoryQuery], AdvisoriesFound | null];
  /** Of what a shield's reason names the one that decides. none = the catalogue has none such; outdated = the verdict is not the last one any more. */
  'advisories:show': [[patch: number, reason: string], ShownAdvisory | 'none' | 'outdated'];
  /** Lets somebody choose a file of newer records, and takes them in; null = no file was chosen. */
  'advisories:update': [[], RecordsTaken | null];
  /** Opens Windows Update. */
  'app:open-updates': [[], undefined];
  'shield:plan': [[wish: WishForm], Planned];
  'shield:plan-lift': [[], Planned];
  /** Carries out the plan that was shown, named by its token, once. */
  'shield:carry-out': [[token: string], Outcome];
  /** Finishes or undoes a change that was cut off. */
  'shield:settle': [[], Outcome];
  /** Gives up waiting for permission. */
  'shield:cancel': [[], undefined];
}

/** Messages from the app to the window: channel -> payload. */
export interface Events {
  'pc:fact': { readonly [N in FactName]: { readonly name: N; readonly fact: SeenFacts[N] } }[FactName];
  /** Again after each fact. */
  'pc:verdicts': VerdictsSoFar;
  /** Only when it has changed. */
  'pc:review': ShownReview | null;
  /** Only when it has changed. */
  'pc:patch': ShownPatch | null;
  /** Software was installed or removed, or a restart became due: `patch:check` may answer something else now. */
  'pc:software-changed': null;
  'shield:step': ActStep;
  /** The keeper has looked, or acted: how the shield stands now. */
  'shield:seen': ShieldVerdict;
}

export type CallName = keyof Calls;
export type EventName = keyof Events;

/** What the bridge puts on `window.breakwater`. */
export interface Doorway {
  call<C extends CallName>(name: C, ...args: Calls[C][0]): Promise<Calls[C][1]>;
  /** Returns the function that stops listening. */
  on<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
}
