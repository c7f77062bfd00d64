// What a published record tells, whichever format it came in: the pieces that advisories are put together from.
import type {
  AdvisoryFeature,
  AdvisoryReach,
  CourseEvent,
  KnownExploited,
  PackageRange,
  RecordSource,
  UpstreamVersions,
  WindowsBuildSpan,
  WindowsRange,
  Workaround,
} from '../../model/advisory';

export type CatalogueRecord = HoleRecord | WithdrawnRecord | ExploitedRecord | NoteRecord;

export interface HoleRecord {
  readonly kind: 'hole';
  readonly source: RecordSource;
  /** The CVE ids that it is about; its own id where it names none. */
  readonly about: readonly string[];
  readonly title: string;
  readonly summary: string;
  readonly windows: readonly WindowsRange[];
  readonly windowsUnversioned: readonly string[];
  readonly windowsUnclear?: readonly WindowsBuildSpan[];
  readonly windowsUnaffected: readonly WindowsBuildSpan[];
  readonly otherProducts: readonly string[];
  readonly packages: readonly RecordRange[];
  readonly upstream: UpstreamVersions | null;
  /** Updates that it names by number: "KB4551762". */
  readonly updates: readonly string[];
  readonly workarounds: readonly Workaround[];
  readonly course: readonly CourseEvent[];
  readonly knownExploited: KnownExploited | null;
}

/** `holes`: the CVE ids that this range is about, where its record tells for each; else all that the record is about. */
export interface RecordRange extends PackageRange {
  readonly holes?: readonly string[];
}

/** Rejected or withdrawn: takes the place of the record of the same id. */
export interface WithdrawnRecord {
  readonly kind: 'withdrawn';
  readonly source: RecordSource;
}

/** CISA's catalogue, or a part of it. */
export interface ExploitedRecord {
  readonly kind: 'exploited';
  readonly source: RecordSource;
  readonly entries: Readonly<Record<string, KnownExploited>>;
}

/** What Breakwater itself says of a hole: how it is reached, and what helps. */
export interface NoteRecord {
  readonly kind: 'note';
  readonly source: RecordSource;
  readonly about: string;
  readonly short: string;
  readonly reach: AdvisoryReach;
  readonly features: readonly AdvisoryFeature[];
  readonly workarounds: readonly Workaround[];
  readonly course: readonly CourseEvent[];
}

/** A record that is refused, by its name, and why. */
export interface Refused {
  readonly name: string;
  readonly why: string;
}

/** Which record takes the place of which: the same feed's record of the same id. */
export const keyOf = ({ source: { format, by, id } }: CatalogueRecord): string => `${format} ${by} ${id}`;

/** Whether `a` is later than `b`; a record without a date is the earliest. */
export function isNewer(a: CatalogueRecord, b: CatalogueRecord): boolean {
  const [left, right] = [a.source.modified ?? '', b.source.modified ?? ''];
  return left > right;
}
