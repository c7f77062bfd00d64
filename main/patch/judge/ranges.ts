// Where one installed version stands to the ranges of a record.
import type { Advisory, PackageRange, UpstreamVersions } from '../../model/advisory';
import { dayOfRecord } from '../record-day';
import { whereOrdered } from '../versions/dpkg';
import { branchOf, compareReleases } from '../versions/releases';
import { isBeforeEnd, isFrom } from '../versions/stretch';
import type { LinuxRelease } from './releases-of-linux';

export type Standing =
  /** never = no version of this release ever had it; before = older than the hole. */
  | { readonly state: 'never' | 'before' }
  | { readonly state: 'fixed'; readonly by: string }
  | { readonly state: 'vulnerable'; readonly by: string | null }
  | { readonly state: 'unclear'; readonly why: string };

export const standingIn = (range: PackageRange, version: string, release: LinuxRelease): Standing =>
  whereOrdered(
    () => standing(range, version, release),
    ({ message }) => ({ state: 'unclear', why: message }),
  );

function standing({ stretches, versions }: PackageRange, version: string, release: LinuxRelease): Standing {
  const { compare } = release;
  if (stretches.length === 0 && versions.length === 0) return { state: 'never' };
  if (versions.some((one) => isSame(one, version, release)))
    return stretches.length === 0
      ? { state: 'vulnerable', by: null }
      : { state: 'unclear', why: 'the record lists it as affected, but outside of its own ranges' };
  let [begun, fixed] = [false, null as string | null];
  for (const stretch of stretches) {
    if (!isFrom(stretch, version, compare)) continue;
    begun = true;
    const end = stretch.fixed ?? stretch.lastAffected;
    const why = end === null ? null : notComparable(version, end, release);
    if (why !== null) return { state: 'unclear', why };
    if (isBeforeEnd(stretch, version, compare)) return { state: 'vulnerable', by: stretch.fixed };
    fixed = end;
  }
  if (stretches.length === 0)
    return { state: 'unclear', why: 'the record lists affected versions one by one, and this one is not among them' };
  return begun && fixed !== null ? { state: 'fixed', by: fixed } : { state: 'before' };
}

/** A text that is no version is not the installed one. */
const isSame = (listed: string, version: string, { compare }: LinuxRelease): boolean =>
  whereOrdered(
    () => compare(listed, version) === 0,
    () => false,
  );

/**
 * Feeds of RPM distributions leave the epoch out at times: a version with one would then always look later. And a version that
 * is told without its release is the same as any of its releases to rpm (rpm-version(7)).
 */
function notComparable(version: string, other: string, { packaging, compare }: LinuxRelease): string | null {
  if (packaging !== 'rpm') return null;
  if (!/^\d+:/.test(other) && !/^(?:0:)?[^:]*$/.test(version))
    return `the record's version ${other} has no epoch, and the installed ${version} has one`;
  if (!version.includes('-') && other.includes('-') && compare(version, other) === 0)
    return `which release of ${version} it is was not told, and ${other} decides`;
  return null;
}

const severity: Readonly<Record<Standing['state'], number>> = {
  never: 0,
  before: 1,
  fixed: 2,
  unclear: 3,
  vulnerable: 4,
};

/** Records that disagree are taken at their worst; undefined = there are none. */
export const worstOf = <T extends { readonly at: Standing }>(standings: readonly T[]): T | undefined =>
  [...standings].sort((a, b) => severity[b.at.state] - severity[a.at.state])[0];

export function noFixIn(title: string, advisory: Advisory, record: string): string {
  const day = dayOfRecord(advisory, record);
  return day ? `${title} had no fixed version on ${day}, says ${record}` : `${title} has no fixed version yet`;
}

/** Of upstream's own releases: each branch has its own fix. */
export function standingUpstream({ product, introduced, fixed, unclear }: UpstreamVersions, release: string): Standing {
  if (introduced !== null && compareReleases(release, introduced) < 0) return { state: 'before' };
  if (unclear?.includes(branchOf(release)))
    return { state: 'unclear', why: `the record contradicts itself about ${branchOf(release)}` };
  const own = fixed.find((one) => branchOf(one) === branchOf(release));
  if (own !== undefined)
    return compareReleases(release, own) >= 0 ? { state: 'fixed', by: own } : { state: 'vulnerable', by: own };
  const [newest] = fixed;
  if (newest === undefined) return { state: 'unclear', why: 'the record names no fixed release' };
  if (compareReleases(release, newest) > 0) return { state: 'fixed', by: newest };
  // Fixes are brought back to older branches of the kernel; a record with all of them names more than one.
  if (product === 'linux' && fixed.length === 1)
    return {
      state: 'unclear',
      why: `the record tells of ${newest} only, and not whether ${branchOf(release)} was given the fix`,
    };
  return { state: 'vulnerable', by: newest };
}
