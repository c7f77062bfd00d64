// Windows PCs that may be fixed without a restart, and so with a lower update number than records name (windows.md, hotpatch).
import type { Advisory } from '../../model/advisory';
import type { PatchFact } from '../../model/facts';
import { parseWindows } from '../versions/windows';

type WindowsFact = Extract<PatchFact, { kind: 'windows' }>;

/** yes, no, or why it can't be told. Microsoft's "Hotpatch for Windows": Server 2022 Azure Edition, Server 2025, 11 Enterprise from 24H2. */
export function mayBeHotpatched({ build, edition, installationType, hotpatch }: WindowsFact): 'yes' | 'no' | string {
  if (hotpatch !== null) return hotpatch ? 'yes' : 'no';
  const isServer = installationType !== null && installationType !== 'Client';
  if (build === '10.0.20348')
    return edition === null
      ? 'its edition is not told, and Azure Edition can be'
      : /Turbine|Azure/i.test(edition)
        ? 'yes'
        : 'no';
  if (build !== '10.0.26100' && build !== '10.0.26200') return 'no';
  if (isServer) return 'yes';
  if (edition === null) return 'its edition is not told, and Enterprise can be';
  return /Enterprise|Education/i.test(edition) ? 'yes' : 'no';
}

/** Update numbers of the quarterly updates that hotpatches stand on, as far as records tell of them. */
export type Baselines = (build: string, published: string) => number | null;

const baselineMonths = ['01', '04', '07', '10'];
export const isBaselineMonth = (published: string): boolean => baselineMonths.includes(published.slice(5, 7));

/** The newest baseline of a build that is known to have come before a day: what a record of such a month names as fixed. */
export function baselinesOf(advisories: readonly Advisory[]): Baselines {
  let known: ReadonlyMap<string, readonly Baseline[]> | null = null;
  return (build, published) => {
    // Most PCs never need them.
    known ??= gather(advisories);
    const before = (known.get(build) ?? []).filter((one) => one.published <= published);
    return before.length === 0 ? null : Math.max(...before.map(({ ubr }) => ubr));
  };
}

interface Baseline {
  readonly published: string;
  readonly ubr: number;
}

function gather(advisories: readonly Advisory[]): ReadonlyMap<string, readonly Baseline[]> {
  const known = new Map<string, Baseline[]>();
  for (const { published, windows } of advisories) {
    if (published === null || !isBaselineMonth(published)) continue;
    for (const { build, below } of windows) {
      if (below === null || !build.startsWith('10.0.2')) continue;
      const baseline = { published, ubr: parseWindows(below).ubr ?? 0 };
      const own = known.get(build);
      if (own) own.push(baseline);
      else known.set(build, [baseline]);
    }
  }
  return known;
}
