// Puts advisories together from all records about the same hole. Pure.
import type {
  Advisory,
  AdvisoryReach,
  Catalogue,
  CatalogueUpdate,
  CourseEvent,
  KnownExploited,
  PackageRange,
  UpstreamVersions,
} from '../model/advisory';
import { message } from '../model/message';
import { cisaPage } from './pages';
import {
  type CatalogueRecord,
  type ExploitedRecord,
  type HoleRecord,
  isNewer,
  keyOf,
  type NoteRecord,
  successorOf,
} from './records/record';
import { branchOf, compareReleases } from './versions/releases';

export interface CatalogueOrigin {
  readonly updates: readonly CatalogueUpdate[];
  readonly problems: readonly string[];
}

/**
 * Linear in the number of records; of those of the same key the newest counts. Only the CVE record's own rejection takes a hole
 * away: a notice that a distribution withdraws is that notice alone.
 */
export function assemble(given: readonly CatalogueRecord[], { updates, problems }: CatalogueOrigin): Catalogue {
  const records = oneEach(given);
  const holes = records.filter((one): one is HoleRecord => one.kind === 'hole');
  const notes = new Map(records.flatMap((one) => (one.kind === 'note' ? [[one.about, one] as const] : [])));
  const rejected = new Set(
    records.flatMap(({ kind, source }) => (kind === 'withdrawn' && source.format === 'cve' ? [source.id] : [])),
  );
  // The newest word about each hole: a part of CISA's catalogue that we bring never hides what a whole one says of others.
  const exploited = new Map(
    records
      .filter((one): one is ExploitedRecord => one.kind === 'exploited')
      .sort((a, b) => Number(isNewer(a, b)) - Number(isNewer(b, a)))
      .flatMap(({ entries }) => Object.entries(entries)),
  );
  const advisories = [...groupsOf(holes)].flatMap(([id, group]) =>
    rejected.has(id) ? [] : [advisoryOf(id, group, notes.get(id) ?? null, exploited.get(id) ?? null)],
  );
  const dates = holes.filter(({ source }) => source.by === 'publisher').map(({ source }) => source.modified ?? '');
  return {
    advisories: advisories.sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)),
    asOf: dates.reduce((latest, date) => (date > latest ? date : latest), ''),
    updates,
    problems,
  };
}

function oneEach(given: readonly CatalogueRecord[]): readonly CatalogueRecord[] {
  const records = new Map<string, CatalogueRecord>();
  for (const record of given) {
    const known = records.get(keyOf(record));
    const standing = known ? successorOf(known, record) : record;
    if (standing) records.set(keyOf(record), standing);
  }
  return [...records.values()];
}

/**
 * A record about several holes (a DSA, an USN) adds to those that have a record of their own; where none has, it stands for
 * itself: most of what such records name is not about the door.
 */
function groupsOf(holes: readonly HoleRecord[]): ReadonlyMap<string, readonly HoleRecord[]> {
  const groups = new Map<string, HoleRecord[]>();
  const add = (id: string, hole: HoleRecord): void => {
    const group = groups.get(id);
    if (group) group.push(hole);
    else groups.set(id, [hole]);
  };
  const [own, shared] = [
    holes.filter(({ about }) => about.length === 1),
    holes.filter(({ about }) => about.length > 1),
  ];
  for (const hole of own) add(hole.about[0] ?? hole.source.id, hole);
  for (const hole of shared) {
    const known = hole.about.filter((id) => groups.has(id));
    for (const id of known.length > 0 ? known : [hole.source.id]) add(id, hole);
  }
  return groups;
}

const unknownReach: AdvisoryReach = {
  kind: 'unknown',
  inboundBlock: 'unknown',
  outboundBlock: 'unknown',
  says: message('patch.reach-unknown'),
};

function advisoryOf(
  id: string,
  group: readonly HoleRecord[],
  note: NoteRecord | null,
  listed: KnownExploited | null,
): Advisory {
  const published = group.filter(({ source }) => source.by === 'publisher');
  const ours = group.filter(({ source }) => source.by === 'ours');
  const windows = windowsOf(published, ours);
  const course = inOrder([
    ...group.flatMap((hole) => hole.course),
    ...(note?.course ?? []),
    ...listedEvent(id, listed),
  ]);
  const [main] = [...group].sort((a, b) => rank(b) - rank(a));
  return {
    id,
    title: note?.short ?? main?.title ?? id,
    summary: summaryOf(main),
    sources: [...group, ...(note ? [note] : [])]
      .map(({ source }) => source)
      .sort((a, b) => ((a.modified ?? '') < (b.modified ?? '') ? 1 : -1)),
    published: main?.source.published ?? null,
    ...windows,
    otherProducts: [...new Set(group.flatMap((hole) => hole.otherProducts))],
    packages: group.flatMap((hole) => rangesAbout(id, hole)),
    upstream: upstreamOf(published, ours),
    features: note?.features ?? [],
    reach: note?.reach ?? unknownReach,
    workarounds: [...(note?.workarounds ?? []), ...group.flatMap((hole) => hole.workarounds)],
    course,
    knownExploited: listed ?? group.find((hole) => hole.knownExploited)?.knownExploited ?? exploitedBy(course),
    updates: [...new Set(group.flatMap((hole) => hole.updates))],
  };
}

/** A notice about several holes closes each in some releases only, and one that stands for itself all that it names. */
const rangesAbout = (id: string, { source, packages }: HoleRecord): readonly PackageRange[] =>
  packages.flatMap(({ holes, ...range }) =>
    holes === undefined || holes.includes(id) || id === source.id ? [range] : [],
  );

/** The publisher's own title and words, once where they are the same. */
function summaryOf(main: HoleRecord | undefined): string {
  if (!main) return '';
  const isRepeated = main.title === '' || main.summary.startsWith(main.title.slice(0, 40));
  return isRepeated ? main.summary : [main.title, main.summary].filter((text) => text !== '').join('. ');
}

/**
 * The first published record that names fixed releases; ours in its place where it names the same branches, none of them with an
 * earlier fix, and so says more and nothing less strict. Else one that says at least what it is about.
 */
function upstreamOf(published: readonly HoleRecord[], ours: readonly HoleRecord[]): Advisory['upstream'] {
  const told = (holes: readonly HoleRecord[]): readonly UpstreamVersions[] =>
    holes.flatMap(({ upstream }) => upstream ?? []);
  const [all, filled] = [told(published), told(ours).find(({ fixed }) => fixed.length > 0)];
  const own = all.find(({ fixed }) => fixed.length > 0) ?? null;
  if (filled && (own === null || isAsStrict(filled, own))) return filled;
  return own ?? all[0] ?? told(ours)[0] ?? null;
}

const isAsStrict = (ours: UpstreamVersions, { product, fixed }: UpstreamVersions): boolean =>
  ours.product === product &&
  fixed.every((one) =>
    ours.fixed.some((other) => branchOf(other) === branchOf(one) && compareReleases(other, one) >= 0),
  );

/** The record that speaks for the hole: a CVE record before a distribution's, a published one before ours. */
const rank = ({ source, title }: HoleRecord): number =>
  (source.format === 'cve' ? 4 : 0) + (source.by === 'publisher' ? 2 : 0) + (title === '' ? -5 : 0);

/** Ours fills in for a published record without versions; one with versions is better than ours. */
function windowsOf(
  published: readonly HoleRecord[],
  ours: readonly HoleRecord[],
): Pick<Advisory, 'windows' | 'windowsUnversioned' | 'windowsUnclear' | 'windowsUnaffected'> {
  const hasVersions = published.some(({ windows }) => windows.length > 0);
  const supplement = ours.some(({ windows, windowsUnaffected }) => windows.length + windowsUnaffected.length > 0);
  const used = hasVersions || !supplement ? published : ours;
  return {
    windows: used.flatMap(({ windows }) => windows),
    windowsUnversioned: used.flatMap(({ windowsUnversioned }) => windowsUnversioned),
    windowsUnclear: used.flatMap(({ windowsUnclear }) => windowsUnclear ?? []),
    windowsUnaffected: used.flatMap(({ windowsUnaffected }) => windowsUnaffected),
  };
}

const listedEvent = (id: string, listed: KnownExploited | null): readonly CourseEvent[] =>
  listed ? [{ stage: 'known-exploited', date: listed.since, source: cisaPage(id) }] : [];

function exploitedBy(course: readonly CourseEvent[]): KnownExploited | null {
  const event = course.find(({ stage }) => stage === 'known-exploited');
  return event?.date ? { since: event.date, due: null, ransomware: 'unknown' } : null;
}

export const stages: readonly CourseEvent['stage'][] = [
  'published',
  'patch-out',
  'exploit-public',
  'scanning-seen',
  'known-exploited',
];

/** One event a stage, the earliest that is dated; by date, undated ones at their stage's place. */
function inOrder(events: readonly CourseEvent[]): readonly CourseEvent[] {
  const first = stages.flatMap((stage) => {
    const own = events.filter((event) => event.stage === stage);
    const dated = own.filter(({ date }) => date !== null).sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1));
    return dated[0] ?? own[0] ?? [];
  });
  return first.sort((a, b) =>
    a.date === null || b.date === null || a.date === b.date
      ? stages.indexOf(a.stage) - stages.indexOf(b.stage)
      : a.date < b.date
        ? -1
        : 1,
  );
}
