// What a window shows of the advisories and of this PC's patches: of bounded size, however many records the catalogue has.
import type {
  AdvisoryVerdict,
  AttackStage,
  CatalogueUpdate,
  CourseEvent,
  KnownExploited,
  PatchVerdict,
  RecordSource,
  Workaround,
} from './advisory';
import type { Few } from './shown-firewall';

export type PatchState = AdvisoryVerdict['state'];

/** How many advisories have come to this stage and no further (null = to none that is known). */
export interface StageCount {
  readonly stage: AttackStage | null;
  readonly all: number;
  /** To how many of those this PC is vulnerable. */
  readonly here: number;
  /** Of how many of those it can't be told. */
  readonly untold: number;
}

export interface ShownPatch extends Pick<PatchVerdict, 'catalogue' | 'problems'> {
  /** Names this verdict when its advisories are asked for. */
  readonly number: number;
  readonly counts: Readonly<Record<PatchState, number>>;
  /** How many of the vulnerable, and of the unknown, are fixed by what is installed, as far as a restart shows. */
  readonly waiting: Readonly<Record<'vulnerable' | 'unknown', number>>;
  /** How many of the unknown are, or may be, holes of the file server of this PC: those of other programs say nothing of it. */
  readonly untold: number;
  /** In the order of an attack. */
  readonly stages: readonly StageCount[];
  /** What this PC is vulnerable to, the most urgent first. */
  readonly urgent: readonly AdvisoryVerdict[];
  readonly moreUrgent: number;
  /** What could not be judged, likewise. */
  readonly unknown: readonly AdvisoryVerdict[];
  readonly moreUnknown: number;
}

export interface ShownAdvisory extends AdvisoryVerdict {
  readonly summary: string;
  /** In order of time. */
  readonly course: readonly CourseEvent[];
  /** null = not in CISA's catalogue of known exploited vulnerabilities (KEV). */
  readonly kev: KnownExploited | null;
  readonly sources: readonly RecordSource[];
  readonly moreSources: number;
  readonly workarounds: readonly Workaround[];
  /** Updates that fix it, for people: "KB4551762". */
  readonly updates: Few;
}

/** What became of records that somebody wanted to take into the catalogue. */
export type RecordsTaken =
  | {
      readonly kind: 'taken';
      readonly added: number;
      readonly replaced: number;
      /** How many were here already, as new or newer. */
      readonly kept: number;
      /** Why a record was refused, by its name; the rest is taken all the same. */
      readonly refused: readonly { readonly name: string; readonly why: string }[];
      readonly moreRefused: number;
    }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly why: string };

export interface AdvisoryQuery {
  /** The verdict's number. */
  readonly patch: number;
  /** Every word of it stands in the advisories that are wanted, whatever the case; empty = all. */
  readonly text: string;
  /** Where the wanted page begins. */
  readonly first: number;
}

/** A page of the advisories that contain the text. */
export interface AdvisoriesFound {
  readonly count: number;
  /** Where the page begins: where asked, or where the last page does if that is beyond the end. */
  readonly first: number;
  readonly page: readonly ShownAdvisory[];
  /** Where records came from beside the ones that Breakwater brings. */
  readonly updates: readonly CatalogueUpdate[];
}
