// Whether a record says less of a hole than the one in whose place it would come: an earlier fix makes PCs patched that were not. Pure.
import type { Advisory, PackageRange } from '../model/advisory';
import { assemble } from './assemble';
import type { CatalogueRecord } from './records/record';
import { merge } from './stored';
import { whereOrdered } from './versions/dpkg';
import { compareBy, packagingOf } from './versions/packaging';
import { branchOf, compareReleases } from './versions/releases';
import { windowsVersionOf } from './versions/windows';

/** What a PC is judged by. */
type Versions = Pick<Advisory, 'packages' | 'windows' | 'upstream'>;

/**
 * Which of these records would take back something of what counts now, and what, each by itself: an earlier fix, a Windows
 * that is not named any more and so would not be affected; also by a record under another id or of another feed. That a hole without a fix gets one is
 * how records go on, and takes nothing back.
 */
export function relaxing(
  here: readonly CatalogueRecord[],
  given: readonly CatalogueRecord[],
): ReadonlyMap<CatalogueRecord, readonly string[]> {
  const before = advisoriesOf(here);
  const after = advisoriesOf(merge(here, given).records);
  const losing = new Set([...before].flatMap(([id, one]) => (lostBetween(one, after.get(id)).length > 0 ? [id] : [])));
  if (losing.size === 0) return new Map();
  const isAbout = (record: CatalogueRecord): boolean => holesOf(record).some((id) => losing.has(id));
  const few = here.filter(isAbout);
  const standing = advisoriesOf(few);
  const found = new Map<CatalogueRecord, readonly string[]>();
  for (const record of given.filter(isAbout)) {
    const alone = advisoriesOf(merge(few, [record]).records);
    const lost = [...standing].flatMap(([id, one]) => (losing.has(id) ? lostBetween(one, alone.get(id)) : []));
    if (lost.length > 0) found.set(record, [...new Set(lost)]);
  }
  return found;
}

const holesOf = (record: CatalogueRecord): readonly string[] =>
  record.kind === 'hole'
    ? [record.source.id, ...record.about]
    : record.kind === 'note'
      ? [record.about]
      : [record.source.id];

const advisoriesOf = (records: readonly CatalogueRecord[]): ReadonlyMap<string, Advisory> =>
  new Map(assemble(records, { updates: [], problems: [] }).advisories.map((one) => [one.id, one]));

/** Of a hole that its publisher has withdrawn nothing is said any more: that is told by itself. */
const lostBetween = (known: Advisory, now: Advisory | undefined): readonly string[] =>
  now === undefined ? [] : takenBack(known, now);

/** "samba of Debian:12 fixed in 2:4.1 instead of 2:4.2"; empty = nothing. */
function takenBack(known: Versions, now: Versions): readonly string[] {
  return [...ofPackages(known, now), ...ofWindows(known, now), ...ofUpstream(known, now)];
}

function ofPackages(known: Versions, now: Versions): readonly string[] {
  const keys = [...new Set(known.packages.map(({ ecosystem, name }) => `${name} of ${ecosystem}`))];
  return keys.flatMap((key) => {
    const about = ({ packages }: Versions): readonly PackageRange[] =>
      packages.filter(({ ecosystem, name }) => `${name} of ${ecosystem}` === key);
    const [before, after] = [about(known), about(now)];
    const isAffected = (ranges: readonly PackageRange[]): boolean =>
      ranges.some(({ stretches, versions }) => stretches.length + versions.length > 0);
    // One that is not named at all any more is not known, which takes nothing back.
    if (after.length > 0 && isAffected(before) && !isAffected(after)) return [`${key} never had it`];
    const packaging = packagingOf(before[0]?.ecosystem ?? '');
    const order = packaging === null ? null : compareBy[packaging];
    const [old, fix] = [before, after].map((ranges) => highest(ranges.flatMap(fixesOf), order ?? (() => 0)));
    return old !== undefined && fix !== undefined && order !== null && isEarlier(fix, old, order)
      ? [`${key} fixed in ${fix} instead of ${old}`]
      : [];
  });
}

const fixesOf = ({ stretches }: PackageRange): readonly string[] => stretches.flatMap(({ fixed }) => fixed ?? []);

type Order = (a: string, b: string) => number;

const highest = (texts: readonly string[], order: Order): string | undefined =>
  texts.reduce<string | undefined>(
    (top, one) => (top === undefined || isEarlier(top, one, order) ? one : top),
    undefined,
  );

const isEarlier = (a: string, b: string, order: Order): boolean =>
  whereOrdered(
    () => order(a, b) < 0,
    () => false,
  );

function ofWindows({ windows: before }: Versions, { windows: after }: Versions): readonly string[] {
  const ubr: Order = (a, b) => (windowsVersionOf(a)?.ubr ?? 0) - (windowsVersionOf(b)?.ubr ?? 0);
  const keys = [...new Set(before.map(({ build, kind }) => `${build} ${kind}`))];
  return keys.flatMap((key) => {
    if (!after.some(({ build, kind }) => `${build} ${kind}` === key)) return [`Windows ${key} is not named any more`];
    const [old, now] = [before, after].map((ranges) =>
      highest(
        ranges.flatMap(({ build, kind, below }) => (below !== null && `${build} ${kind}` === key ? below : [])),
        ubr,
      ),
    );
    return old !== undefined && now !== undefined && ubr(now, old) < 0
      ? [`Windows fixed in ${now} instead of ${old}`]
      : [];
  });
}

function ofUpstream({ upstream: before }: Versions, { upstream: after }: Versions): readonly string[] {
  if (before === null || after === null || before.product !== after.product) return [];
  const lower = after.fixed.flatMap((now) => {
    const old = before.fixed.find((one) => branchOf(one) === branchOf(now));
    return old !== undefined && compareReleases(now, old) < 0
      ? [`${after.product} fixed in ${now} instead of ${old}`]
      : [];
  });
  const isLater =
    after.introduced !== null &&
    (before.introduced === null || compareReleases(after.introduced, before.introduced) > 0);
  return isLater ? [...lower, `${after.product} affected from ${after.introduced} on only`] : lower;
}
