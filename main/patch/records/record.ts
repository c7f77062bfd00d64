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
interface WithdrawnRecord {
  readonly kind: 'withdrawn';
  readonly source: RecordSource;
}

/** CISA's catalogue, or a part of it. */
export interface ExploitedRecord {
  readonly kind: 'exploited';
  readonly source: RecordSource;
  readonly entries: Readonly<Record<string, KnownExploited>>;
  /** CVE ids of entries that were refused, null = one that names none; absent = none was. */
  readonly unread?: readonly (string | null)[];
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

/**
 * Which record takes the place of which: the same feed's record of the same id. Our copy of a distribution's OSV record is that
 * record, whoever wrote it down; a CVE record of ours only fills in, and our part of CISA's catalogue is never the whole.
 */
export const keyOf = ({ source: { format, by, id } }: CatalogueRecord): string =>
  `${format} ${format === 'osv' ? 'publisher' : by} ${id}`;

/** Whether `a` is later than `b`; a record without a date is the earliest. */
export function isNewer(a: CatalogueRecord, b: CatalogueRecord): boolean {
  const [left, right] = [a.source.modified ?? '', b.source.modified ?? ''];
  return left > right;
}

/** What stands once `record` meets the one of its key that is `known`: null = that one stays. */
export function successorOf(known: CatalogueRecord, record: CatalogueRecord): CatalogueRecord | null {
  if (isNewer(known, record)) return null;
  if (!isNewer(record, known) && !isBetter(record, known)) return null;
  return record.kind === 'exploited' && known.kind === 'exploited' ? withUnread(record, known) : record;
}

/** Of the same date: the publisher's own before our copy, and a catalogue of CISA's that could be read whole. */
const isBetter = (record: CatalogueRecord, known: CatalogueRecord): boolean =>
  (record.source.by === 'publisher' && known.source.by === 'ours') ||
  (record.kind === 'exploited' && known.kind === 'exploited' && !record.unread && known.unread !== undefined);

/** An entry that was refused takes nothing away: what was said of that hole before stays. */
function withUnread(record: ExploitedRecord, { entries }: ExploitedRecord): ExploitedRecord {
  const { unread = [] } = record;
  const kept = Object.entries(entries).filter(([id]) => unread.includes(id) || unread.includes(null));
  return kept.length === 0 ? record : { ...record, entries: { ...Object.fromEntries(kept), ...record.entries } };
}

/** Days that the publisher's clock or this PC's may be wrong by. */
const daysOff = 2;

/**
 * Why a record can't be of the day that it tells, null = it can: one from the future would stay in the place of all that come
 * before that day. A withdrawal does not count before its day at all.
 */
export function whyAhead({ kind, source: { modified } }: CatalogueRecord, now: Date): string | null {
  const latest = now.getTime() + (kind === 'withdrawn' ? 0 : daysOff * 86_400_000);
  if (modified === null || Date.parse(modified) <= latest) return null;
  return `it is dated in the future (${modified}; by this PC's clock it is ${now.toISOString()})`;
}
