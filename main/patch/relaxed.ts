// Whether a record says less of a hole than the one in whose place it would come: an earlier fix makes PCs patched that were not. Pure.
import type { PackageRange } from '../model/advisory';
import type { CatalogueRecord, HoleRecord } from './records/record';
import { whereOrdered } from './versions/dpkg';
import { compareBy, packagingOf } from './versions/packaging';
import { branchOf, compareReleases } from './versions/releases';
import { windowsVersionOf } from './versions/windows';

/**
 * What it takes back, for people: "samba of Debian:12 fixed in 2:4.1 instead of 2:4.2"; empty = nothing. That a hole without a fix gets
 * one is how records go on, and takes nothing back.
 */
export function takenBack(known: CatalogueRecord, record: CatalogueRecord): readonly string[] {
  if (known.kind !== 'hole' || record.kind !== 'hole') return [];
  return [...ofPackages(known, record), ...ofWindows(known, record), ...ofUpstream(known, record)];
}

function ofPackages(known: HoleRecord, record: HoleRecord): readonly string[] {
  const keys = [...new Set(known.packages.map(({ ecosystem, name }) => `${name} of ${ecosystem}`))];
  return keys.flatMap((key) => {
    const about = ({ packages }: HoleRecord): readonly PackageRange[] =>
      packages.filter(({ ecosystem, name }) => `${name} of ${ecosystem}` === key);
    const [before, after] = [about(known), about(record)];
    const isAffected = (ranges: readonly PackageRange[]): boolean =>
      ranges.some(({ stretches, versions }) => stretches.length + versions.length > 0);
    if (after.length > 0 && isAffected(before) && !isAffected(after)) return [`${key} never had it`];
    const packaging = packagingOf(before[0]?.ecosystem ?? '');
    const order = packaging === null ? null : compareBy[packaging];
    const [old, now] = [before, after].map((ranges) => highest(ranges.flatMap(fixesOf), order ?? (() => 0)));
    return old !== undefined && now !== undefined && order !== null && isEarlier(now, old, order)
      ? [`${key} fixed in ${now} instead of ${old}`]
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

function ofWindows({ windows: before }: HoleRecord, { windows: after }: HoleRecord): readonly string[] {
  const ubr: Order = (a, b) => (windowsVersionOf(a)?.ubr ?? 0) - (windowsVersionOf(b)?.ubr ?? 0);
  const keys = [...new Set(before.map(({ build, kind }) => `${build} ${kind}`))];
  return keys.flatMap((key) => {
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

function ofUpstream({ upstream: before }: HoleRecord, { upstream: after }: HoleRecord): readonly string[] {
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
