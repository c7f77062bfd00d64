// All that the window knows and is doing, and what can be asked of it.
import type {
  About,
  ActStep,
  AdvisoriesFound,
  AdvisoryQuery,
  DoorVerdict,
  FactName,
  Finding,
  Outcome,
  Plan,
  RecordsTaken,
  RuleQuery,
  RulesFound,
  SeenFacts,
  ShieldVerdict,
  ShownAdvisory,
  ShownPatch,
  ShownReview,
  Told,
  WishForm,
} from '../../preload/contract';
import type { Draft } from '../guide/wish-draft';

export type Step = 'check' | 'shield' | 'patch' | 'lift';
export const steps: readonly Step[] = ['check', 'shield', 'patch', 'lift'];

/** The pages beside the guide. */
type Page = 'firewall' | 'advisories' | 'details';

const pages: readonly Page[] = ['firewall', 'advisories', 'details'];
export const isPage = (place: Place): place is Page => pages.some((page) => page === place);

/** Where in the window something is. */
export type Place = Step | Page;

export const placeOf = ({ view, step }: Pick<Moving, 'view' | 'step'>): Place => (view === 'guide' ? step : view);

export type ActName = 'shield' | 'lift' | 'settle' | 'look';

/** The one act that may be under way at a time. */
export type Act =
  | { readonly kind: 'none' }
  | { readonly kind: 'planning'; readonly of: 'shield' | 'lift' }
  /** The plan could not be made; `outcome` says why. */
  | { readonly kind: 'not-planned'; readonly of: 'shield' | 'lift'; readonly outcome: Told }
  | { readonly kind: 'planned'; readonly token: string; readonly plan: Plan }
  | Running
  /** `isSeen` = its place has been on show since it ended. */
  | {
      readonly kind: 'ended';
      readonly of: ActName;
      readonly place: Place;
      readonly outcome: Outcome;
      readonly isSeen: boolean;
    };

interface Running {
  readonly kind: 'running';
  readonly of: ActName;
  /** Where it was begun: there its outcome is shown. */
  readonly place: Place;
  readonly at: ActStep | null;
  readonly isCancelling: boolean;
}

/** A call that the app did not answer: what happened, what to do, and the app's own words. */
interface Trouble extends Told {
  readonly detail: string;
}

/** Where somebody is in the window. */
export interface Moving {
  readonly view: 'guide' | Page;
  readonly step: Step;
  /** Whether somebody moved to where the window is now: then the new heading takes the focus. */
  readonly hasMoved: boolean;
  show(step: Step): void;
  showPage(page: Page): void;
}

/** What the catalogue says of the reason that a shield is up for. */
export interface ReasonShown {
  readonly reason: string;
  /** Number of the verdict that it is of. */
  readonly patch: number;
  /** none = the catalogue has none such; outdated = there is another verdict by now; null = it could not be asked. */
  readonly found: ShownAdvisory | 'none' | 'outdated' | null;
}

/** What is known of the PC. */
export interface Checking {
  readonly isChecking: boolean;
  readonly isStopped: boolean;
  /** ISO 8601 UTC, of the last check that came to its end. */
  readonly checkedAt: string | null;
  /** Facts that came in since the check that is running, or the last one, began. */
  readonly arrived: readonly FactName[];
  readonly facts: Partial<SeenFacts>;
  /** null = not judged yet. */
  readonly door: DoorVerdict | null;
  readonly shield: ShieldVerdict | null;
  readonly findings: readonly Finding[];
  /** null = the rules were not read, or not judged yet. */
  readonly review: ShownReview | null;
  /** null = not judged yet. */
  readonly patch: ShownPatch | null;
  readonly isCheckingPatch: boolean;
  /** null = no shield is up for a reason, or it was not asked yet. */
  readonly reason: ReasonShown | null;
  check(): Promise<void>;
  stopCheck(): Promise<void>;
  look(): Promise<void>;
  /** Reads and judges the patches alone. */
  checkPatch(): Promise<void>;
  /** null as for `findRules`. */
  findAdvisories(query: AdvisoryQuery): Promise<AdvisoriesFound | null>;
  /** Lets somebody choose newer records, and judges by them; null = none were chosen, or the call failed. */
  updateAdvisories(): Promise<RecordsTaken | null>;
  openUpdates(): Promise<void>;
  /** null = the app can't tell: the review is not the last one any more, or the call failed (then there is trouble). */
  findRules(query: RuleQuery): Promise<RulesFound | null>;
}

/** What is being changed. */
export interface Acting {
  readonly act: Act;
  /** The shield form as it stands; null = nobody has touched it. */
  readonly draft: Draft | null;
  setDraft(draft: Draft): void;
  plan(wish: WishForm): Promise<void>;
  planLift(): Promise<void>;
  carryOut(): Promise<void>;
  settle(): Promise<void>;
  cancel(): Promise<void>;
  /** Drops the plan shown, or puts the outcome away. */
  closeAct(): void;
}

export interface WindowState extends Moving, Checking, Acting {
  readonly about: About | null;
  readonly isNoteHidden: boolean;
  readonly trouble: Trouble | null;
  /** Listens to the app, and starts the first check. Returns the function that stops listening. */
  open(): () => void;
  openReference(url: string): Promise<void>;
  closeTrouble(): void;
  hideNote(): void;
}
