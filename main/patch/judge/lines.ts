// Which record decides for an installed version: that of its own line, of another line with a feed, or none.
import type { PackageRange } from '../../model/advisory';
import { compareDpkg } from '../versions/dpkg';
import {
  isOfLine,
  isOfUnstable,
  isRebuild,
  isVendorOf,
  type LineOfRelease,
  lineOf,
  namedBy,
  numberOf,
  type PackageLine,
  productOf,
} from '../versions/line';
import { type LinuxFact, type LinuxRelease, releaseOf } from './releases-of-linux';

/** An installed version as lines are told by it. */
export interface Build {
  /** The source, or a package of a source's family. */
  readonly name: string;
  readonly version: string;
  /** Who packed it (rpm's tag VENDOR); null = not told. */
  readonly vendor: string | null;
}

/** A release whose records decide, with those of them that are about the package. */
export interface Feed {
  readonly release: LinuxRelease;
  readonly ranges: readonly PackageRange[];
  /** Of the version what is compared with them. */
  readonly version: string;
}

type Host = Pick<LinuxFact, 'distribution' | 'release'>;

/** The line of a version on this PC. */
export const lineHere = ({ name, version }: Build, { distribution }: Host): PackageLine =>
  lineOf(name, version, distribution);

/**
 * The feed of the build's own line: this PC's release first, then the one that its markers name. Null = no record tells of its line,
 * and no other's bound may be held against it. `ranges` are those about this package, of every release.
 */
export function feedOf(build: Build, ranges: readonly PackageRange[], pc: Host): Feed | null {
  const line = lineHere(build, pc);
  const own = releaseOf(pc.distribution, pc.release);
  const candidates = [
    ...(own ? [own] : []),
    ...[...namedBy(line, build.name), ...unmarked(line, build, ranges)].flatMap(
      ({ distribution, release }) => releaseOf(distribution, release) ?? [],
    ),
  ];
  for (const release of candidates) {
    const chosen = rangesOf(ranges, release);
    if (chosen.length > 0 && isIts(line, build, release, chosen, pc))
      return { release, ranges: chosen, version: line.version };
  }
  return unstable(line, build, ranges);
}

/** What decides in a release: paid support counts where ordinary support has nothing. */
function rangesOf(ranges: readonly PackageRange[], { main, extra }: LinuxRelease): readonly PackageRange[] {
  const of = (names: readonly string[]): readonly PackageRange[] =>
    ranges.filter(({ ecosystem }) => names.includes(ecosystem));
  const [ordinary, more] = [of(main), of(extra)];
  return ordinary.length > 0 ? [...ordinary, ...(main[0]?.startsWith('Red Hat') ? more : [])] : more;
}

function isIts(
  line: PackageLine,
  { name, vendor }: Build,
  { line: release }: LinuxRelease,
  chosen: readonly PackageRange[],
  { distribution }: Host,
): boolean {
  const bounds = chosen.flatMap(boundsOf);
  const isClone = release.distribution === 'rhel' && isRebuild(distribution);
  if (!isClone) return isOfLine(line, release, { name, vendor, bounds });
  // An unchanged rebuild has Red Hat's version; of a later one nobody says what went into it.
  const isNever = chosen.every(({ stretches, versions }) => stretches.length + versions.length === 0);
  const isUnchanged = isNever || bounds.some((bound) => numberOf(bound) === line.upstream);
  const isTheirs = vendor === null || isVendorOf(distribution, vendor);
  return isUnchanged && isTheirs && isOfLine(line, release, { name, vendor: null, bounds });
}

const boundsOf = ({ stretches, versions }: PackageRange): readonly string[] => [
  ...stretches.flatMap(({ introduced, fixed, lastAffected }) =>
    [introduced, fixed, lastAffected].flatMap((end) => (end === null || end === '0' ? [] : end)),
  ),
  ...versions,
];

/** Releases of Debian that a version without any marker may be of: a kernel's branch tells; else the newest one may have it from unstable. */
function unmarked(
  { maker, release }: PackageLine,
  { name }: Build,
  ranges: readonly PackageRange[],
): readonly LineOfRelease[] {
  if (maker !== 'debian' || release !== null) return [];
  const releases = debianReleases(ranges);
  return (productOf(name) === 'kernel' ? releases : releases.slice(0, 1)).map((one) => ({
    distribution: 'debian',
    release: one,
  }));
}

/** Newest first. */
const debianReleases = (ranges: readonly PackageRange[]): readonly string[] =>
  [...new Set(ranges.flatMap(({ ecosystem }) => /^Debian:(\d+)$/.exec(ecosystem)?.[1] ?? []))].sort(
    (a, b) => Number(b) - Number(a),
  );

/**
 * Unstable has no ecosystem of its own: a bound without marker in the newest release's record is the one with which it was fixed there.
 * Its kernels are of several branches at a time, so one bound says nothing of others.
 */
function unstable(line: PackageLine, { name }: Build, ranges: readonly PackageRange[]): Feed | null {
  if (line.maker !== 'debian' || line.release !== null || productOf(name) === 'kernel') return null;
  const releases = debianReleases(ranges);
  const newest = releases[0];
  if (newest === undefined) return null;
  const of = (release: string): readonly PackageRange[] =>
    ranges.filter(({ ecosystem }) => ecosystem === `Debian:${release}`);
  const told = of(newest);
  const isNever = releases.flatMap(of).every(({ stretches, versions }) => stretches.length + versions.length === 0);
  const isUnmarked = told.every(
    ({ stretches, versions }) =>
      versions.length === 0 &&
      stretches.length > 0 &&
      stretches.every(({ fixed }) => fixed !== null && isOfUnstable(fixed)),
  );
  if (!isNever && !isUnmarked) return null;
  return { release: debianUnstable, ranges: told, version: line.version };
}

const debianUnstable: LinuxRelease = {
  title: 'Debian unstable',
  line: { distribution: 'debian', release: 'unstable' },
  main: [],
  extra: [],
  packaging: 'dpkg',
  compare: compareDpkg,
};
