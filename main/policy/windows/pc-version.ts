// Which Windows a saved registry is of, as far as rules ask: its version, and the newest version of rules that it understands. Pure.
import type { WindowsReviewHost } from '../../model/review';
import { places, rulesKey } from './places';
import { keyAt, numberAt, type Registry, textAt } from './registry';

export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** The newest version of rules this Windows understands: 0x021e = 2.30; null where that is not told. */
export function policyVersion(registry: Registry): Version | null {
  const version = numberAt(registry, places.local, 'PolicyVersion');
  return version === null || version >> 8 !== 2 ? null : { major: 2, minor: version & 0xff };
}

/** Windows' version ("6.1" is Windows 7), from the build, its own key, or the version of rules [MS-GPFAS appendix A note 1]. */
export function windowsVersion(registry: Registry, host: WindowsReviewHost | null): Version | null {
  const [, builtMajor, builtMinor] = /^(\d+)\.(\d+)\./.exec(host?.build ?? '') ?? [];
  if (builtMajor !== undefined) return { major: Number(builtMajor), minor: Number(builtMinor) };
  const major = numberAt(registry, places.windowsVersion, 'CurrentMajorVersionNumber');
  if (major !== null)
    return { major, minor: numberAt(registry, places.windowsVersion, 'CurrentMinorVersionNumber') ?? 0 };
  const [, six, minor] = /^(\d+)\.(\d+)$/.exec(textAt(registry, places.windowsVersion, 'CurrentVersion') ?? '') ?? [];
  // Windows 10 and later call themselves 6.3 there.
  if (six !== undefined && `${six}.${minor}` !== '6.3') return { major: Number(six), minor: Number(minor) };
  const policy = policyVersion(registry)?.minor ?? newestRule(registry);
  if (policy >= firstOfTen) return { major: 10, minor: 0 };
  return policyVersion(registry) === null ? null : (byPolicy.get(policy) ?? null);
}

const firstOfTen = 24;
const byPolicy: ReadonlyMap<number, Version> = new Map([
  [0, { major: 6, minor: 0 }],
  [1, { major: 6, minor: 0 }],
  [10, { major: 6, minor: 1 }],
  [20, { major: 6, minor: 2 }],
  [22, { major: 6, minor: 3 }],
]);

/** Of local rules: no Windows writes rules of a later version than its own. */
function newestRule(registry: Registry): number {
  let newest = 0;
  for (const value of keyAt(registry, rulesKey('local'))?.values.values() ?? []) {
    const [, minor] = (value.kind === 'text' && /^v2\.(\d{1,3})\|/.exec(value.text)) || [];
    newest = Math.max(newest, Number(minor ?? 0));
  }
  return newest;
}
