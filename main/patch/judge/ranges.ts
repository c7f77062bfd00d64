// Where one installed version stands to the ranges of a record.
import type { Advisory, PackageRange, UpstreamUnfixed, UpstreamVersions } from '../../model/advisory';
import { type Message, message } from '../../model/message';
import { dayOfRecord } from '../record-day';
import { whereOrdered } from '../versions/dpkg';
import type { Compare } from '../versions/packaging';
import { isBeforeEnd, isFrom, type Stretch } from '../versions/range';
import { branchOf, compareReleases } from '../versions/releases';
import type { LinuxRelease } from './releases-of-linux';

export type Standing =
  /** never = no version of this release ever had it; before = older than the hole. */
  | { readonly state: 'never' | 'before' }
  | { readonly state: 'fixed'; readonly by: string }
  /** Later than the last affected one: which is the first fixed is not told. */
  | { readonly state: 'past'; readonly last: string }
  | { readonly state: 'vulnerable'; readonly by: string | null }
  | { readonly state: 'unclear'; readonly why: Message };

export const standingIn = (range: PackageRange, version: string, release: LinuxRelease): Standing =>
  whereOrdered(
    () => standing(range, version, release),
    ({ said }) => ({ state: 'unclear', why: said }),
  );

function standing(range: PackageRange, version: string, release: LinuxRelease): Standing {
  const { stretches, versions, isUnclear } = range;
  const { compare } = release;
  if (isUnclear) return { state: 'unclear', why: message('judged.why.partial') };
  if (stretches.length === 0 && versions.length === 0) return { state: 'never' };
  if (versions.some((one) => isSame(one, version, release)))
    return stretches.length === 0
      ? { state: 'vulnerable', by: null }
      : { state: 'unclear', why: message('judged.why.listed-outside') };
  if (stretches.length === 0) return { state: 'unclear', why: message('judged.why.not-listed') };
  const standings = stretches.map((stretch) => inStretch(stretch, version, release));
  // As long as one of them tells of no fix, that of another does not help.
  return (
    standings.find((at) => at.state === 'vulnerable' && at.by === null) ??
    worstOf(
      standings.map((at) => ({ at })),
      compare,
    )?.at ?? { state: 'never' }
  );
}

function inStretch(stretch: Stretch, version: string, release: LinuxRelease): Standing {
  const { fixed, lastAffected } = stretch;
  const end = fixed ?? lastAffected;
  const why = end === null ? null : notComparable(version, end, release);
  if (why !== null) return { state: 'unclear', why };
  if (!isFrom(stretch, version, release.compare)) return { state: 'before' };
  if (end === null || isBeforeEnd(stretch, version, release.compare)) return { state: 'vulnerable', by: fixed };
  return fixed === null ? { state: 'past', last: end } : { state: 'fixed', by: fixed };
}

/** A text that is no version is not the installed one. */
const isSame = (listed: string, version: string, { compare }: LinuxRelease): boolean =>
  whereOrdered(
    () => compare(listed, version) === 0,
    () => false,
  );

/**
 * Feeds of RPM distributions leave the epoch out at times, and so do people: a version with one would then always look later. And a
 * version that is told without its release is the same as any of its releases to rpm (rpm-version(7)).
 */
function notComparable(version: string, other: string, { packaging, compare }: LinuxRelease): Message | null {
  const [own, its] = [epochOf(version), epochOf(other)];
  if (own !== its) return message(`judged.why.no-epoch-${own === 0 ? 'here' : 'there'}`, { version: other });
  if (packaging === 'rpm' && !version.includes('-') && other.includes('-') && compare(version, other) === 0)
    return message('judged.why.which-release', { version, decides: other });
  return null;
}

const epochOf = (version: string): number => Number(/^(\d+):/.exec(version)?.[1] ?? 0);

const severity: Readonly<Record<Standing['state'], number>> = {
  never: 0,
  before: 1,
  fixed: 2,
  past: 2,
  unclear: 3,
  vulnerable: 4,
};

/** The version at which it ends, as far as one is known. */
export const endOf = (at: Standing): string | null =>
  at.state === 'past' ? at.last : at.state === 'fixed' || at.state === 'vulnerable' ? at.by : null;

/** Records that disagree are taken at their worst, and of the same at the highest end; undefined = there are none. */
export function worstOf<T extends { readonly at: Standing }>(standings: readonly T[], compare: Compare): T | undefined {
  const isWorse = ({ at }: T, than: Standing): boolean => {
    const difference = severity[at.state] - severity[than.state];
    const [end, other] = [endOf(at), endOf(than)];
    return difference > 0 || (difference === 0 && end !== null && other !== null && isLater(end, other, compare));
  };
  const [first, ...others] = standings;
  return first && others.reduce((worst, one) => (isWorse(one, worst.at) ? one : worst), first);
}

const isLater = (a: string, b: string, compare: Compare): boolean =>
  whereOrdered(
    () => compare(a, b) > 0,
    () => false,
  );

export function noFixIn(title: string, advisory: Advisory, record: string): Message {
  const day = dayOfRecord(advisory, record);
  return day ? message('judged.no-fix-on', { title, day, record }) : message('judged.no-fix-yet', { title });
}

/** Of upstream's own releases; one that an affected range holds is neither fixed nor older. */
export function standingUpstream(upstream: UpstreamVersions, release: string): Standing {
  const at = byFixes(upstream, release);
  const isHeld = upstream.ranges?.some(
    ({ from, below }) => compareReleases(release, from) >= 0 && compareReleases(release, below) < 0,
  );
  return isHeld && (at.state === 'fixed' || at.state === 'before')
    ? { state: 'unclear', why: message('judged.why.contradiction', { version: release }) }
    : at;
}

/** Each branch has its own fix. */
function byFixes(upstream: UpstreamVersions, release: string): Standing {
  const { product, introduced, fixed, unclear } = upstream;
  const branch = branchOf(release);
  if (unclear?.includes(branch))
    return { state: 'unclear', why: message('judged.why.contradiction', { version: branch }) };
  const own = fixed.find((one) => branchOf(one) === branch);
  const open = standingUnfixed(upstream, release, own);
  if (open !== null) return open;
  if (introduced !== null && compareReleases(release, introduced) < 0) {
    const below = fixed.filter((one) => compareReleases(one, introduced) < 0);
    // A fix for an older branch shows that the hole was brought there.
    if (own === undefined || !below.includes(own))
      return below.some((one) => compareReleases(one, release) < 0)
        ? {
            state: 'unclear',
            why: message('judged.why.older-branches', { version: introduced }),
          }
        : { state: 'before' };
  }
  if (own !== undefined)
    return compareReleases(release, own) >= 0 ? { state: 'fixed', by: own } : { state: 'vulnerable', by: own };
  const [newest] = fixed;
  if (newest === undefined) return { state: 'unclear', why: message('judged.why.no-fixed-release') };
  if (compareReleases(release, newest) > 0)
    return upstream.unfixed?.some(({ through }) => through === null || compareReleases(through, newest) > 0)
      ? { state: 'unclear', why: message('judged.why.later-branches', { branch: branchOf(newest) }) }
      : { state: 'fixed', by: newest };
  // Fixes are brought back to older branches of the kernel; a record with all of them names more than one.
  if (product === 'linux' && fixed.length === 1)
    return {
      state: 'unclear',
      why: message('judged.why.one-branch', { version: newest, branch }),
    };
  return { state: 'vulnerable', by: newest };
}

/** By what the record tells of without a fix; null = it has no such thing about the branch. `own` is the branch's own fix. */
function standingUnfixed(
  { unfixed = [] }: UpstreamVersions,
  release: string,
  own: string | undefined,
): Standing | null {
  const branch = branchOf(release);
  const about = unfixed.filter(
    ({ from, through }) =>
      (from === null || compareReleases(branch, branchOf(from)) >= 0) &&
      (through === null || compareReleases(branch, branchOf(through)) <= 0),
  );
  const isFixed = own !== undefined && compareReleases(release, own) >= 0;
  const endsHere = ({ through }: UpstreamUnfixed): boolean => through !== null && branchOf(through) === branch;
  // What ends in a later branch says less of this one than what ends here, or its own fix.
  const isToldHere = isFixed || about.some((one) => one.certain && endsHere(one));
  const hit = about.find((one) => isWithin(one, release) && (endsHere(one) || !isToldHere));
  if (hit) return { state: 'vulnerable', by: own !== undefined && !isFixed ? own : null };
  const isClosed = ({ certain, through }: UpstreamUnfixed): boolean =>
    certain && through !== null && own !== undefined && isFixed && compareReleases(own, through) > 0;
  return about.every(isClosed) ? null : { state: 'unclear', why: message('judged.why.branch-not-told', { branch }) };
}

const isWithin = ({ from, through, certain }: UpstreamUnfixed, release: string): boolean =>
  certain &&
  (from === null || compareReleases(release, from) >= 0) &&
  through !== null &&
  compareReleases(release, through) <= 0;
