// The one flow as the command line and the window use it: inspect, plan, carry out, settle.
import type { ReviewQuery, SavedPolicy } from '../host/host';
import type { Catalogue, PatchVerdict, PcForPatch } from '../model/advisory';
import type { FactName, Facts, Platform } from '../model/facts';
import type { Outcome } from '../model/outcome';
import type { Plan } from '../model/plan';
import type { Report } from '../model/report';
import type { Review } from '../model/review';
import type { Wish } from '../model/shield';
import type { ShieldVerdict, Verdicts } from '../model/verdicts';
import type { CatalogueUpdated } from './advisories/catalogue-update';

export type Part = 'smb' | 'firewall' | 'patch' | 'shield';

export interface InspectOptions {
  /** null or absent = everything. */
  readonly only?: ReadonlySet<Part> | null;
  /** Each fact as it arrives. */
  readonly onFact?: <N extends FactName>(name: N, fact: Facts[N]) => void;
  /** The verdicts so far, again after each fact. */
  readonly onVerdicts?: (verdicts: Verdicts) => void;
  readonly signal?: AbortSignal;
}

export interface ActOptions {
  /** Gives up waiting for permission; a change that has begun is finished all the same. */
  readonly signal?: AbortSignal;
  readonly onStep?: (step: 'asking-permission' | 'changing' | 'reading-again') => void;
}

/** The firewall's rules as they are now, ready to be judged and to be saved; or why they could not be read. */
export type PolicyRead = {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly platform: Platform;
  readonly network: Facts['network'];
  readonly listeners: Facts['listeners'];
} & (
  | { readonly unread: Exclude<Facts['ruleset'], { state: 'known' }> }
  | {
      readonly policy: {
        /** null = can't be told. Pure. */
        review(query: ReviewQuery): Review | null;
        /** As files for `review --from` and `inspect --from`; null where there is nothing to save (simulated PCs). Rejects with an Error. */
        saved(): Promise<SavedPolicy | null>;
      };
    }
);

export type Planned = { readonly kind: 'plan'; readonly plan: Plan } | Exclude<Outcome, { kind: 'done' }>;

/** The catalogue of advisories, or why there is none. */
export type CatalogueRead = { readonly catalogue: Catalogue } | { readonly catalogue: null; readonly why: string };

export interface Engine {
  /** The simulated PC's name, or null on a real one. */
  readonly simulated: string | null;
  /** Files that change when software is installed or removed, or a restart becomes due; empty = none can be watched here. */
  readonly softwarePlaces: readonly string[];
  /** Files of updates of the catalogue; they need not be there. */
  readonly cataloguePlaces: readonly string[];
  /** The file that the keeper writes at each of its looks; it need not be there. */
  readonly keeperPlace: string;
  now(): Date;
  /** Never rejects: what can't be read is a fact that says why. */
  inspect(options?: InspectOptions): Promise<Report>;
  /** Reads the firewall's rules with permission, and judges again with everything else. */
  look(options?: ActOptions): Promise<{ readonly report: Report } | { readonly outcome: Outcome }>;
  /** The shield alone: quick on a PC with many rules. */
  status(): Promise<{ readonly at: string; readonly shield: ShieldVerdict }>;
  /** The firewall's rules, for a review or for keeping. */
  readPolicy(options?: Pick<InspectOptions, 'signal'>): Promise<PolicyRead>;
  /** The catalogue as it is on this PC now. */
  advisories(): Promise<CatalogueRead>;
  /** Every advisory against a described PC, or this one (null). */
  checkAdvisories(pc: PcForPatch | null, options?: Pick<InspectOptions, 'signal'>): Promise<PatchVerdict>;
  /** Takes in records from a file, a folder or an https address. `agreed`: also those that name an earlier fix. Rejects with `NotUpdated`. */
  updateAdvisories(
    from: string,
    options?: Pick<InspectOptions, 'signal'> & { readonly agreed?: boolean },
  ): Promise<CatalogueUpdated>;
  planShield(wish: Wish): Promise<Planned>;
  planLift(): Promise<Planned>;
  /** Carries out a plan: asks for permission where needed, changes, reads again, judges. */
  carryOut(plan: Plan, options?: ActOptions): Promise<Outcome>;
  /** Finishes or undoes a change that was cut off; done + unchanged when there is none. */
  settle(options?: ActOptions): Promise<Outcome>;
}
