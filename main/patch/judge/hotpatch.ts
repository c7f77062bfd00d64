// Windows PCs that may be fixed without a restart, and so with a lower update number than records name (windows.md, hotpatch).
import type { Advisory } from '../../model/advisory';
import type { PatchFact } from '../../model/facts';
import { type Message, message } from '../../model/message';
import { parseWindows } from '../versions/windows';

type WindowsFact = Extract<PatchFact, { kind: 'windows' }>;

/** `unclear`: why it can't be told. Microsoft's "Hotpatch for Windows": Server 2022 Azure Edition, Server 2025, 11 Enterprise from 24H2. */
export function mayBeHotpatched({
  build,
  edition,
  installationType,
  hotpatch,
}: WindowsFact): 'yes' | 'no' | { readonly unclear: Message } {
  if (hotpatch !== null) return hotpatch ? 'yes' : 'no';
  const isServer = installationType !== null && installationType !== 'Client';
  if (build === '10.0.20348')
    return edition === null
      ? { unclear: message('judged.hotpatch.azure') }
      : /Turbine|Azure/i.test(edition)
        ? 'yes'
        : 'no';
  if (build !== '10.0.26100' && build !== '10.0.26200') return 'no';
  if (isServer) return 'yes';
  if (edition === null) return { unclear: message('judged.hotpatch.enterprise') };
  return /Enterprise|Education/i.test(edition) ? 'yes' : 'no';
}

/** The update number of the newest quarterly update, on which hotpatches stand, before the month of a day; null = none is known. */
export type Baselines = (build: string, day: string) => number | null;

interface Baseline {
  readonly month: string;
  readonly ubr: number;
}

/** Baselines of which no record here tells. Used only to call lower numbers vulnerable, so one that is missing or too low does no harm. */
const known: Readonly<Record<string, readonly Baseline[]>> = {
  '10.0.20348': [
    { month: '2025-01', ubr: 3091 },
    { month: '2025-04', ubr: 3453 },
    { month: '2025-07', ubr: 3932 },
  ],
  '10.0.26100': [
    { month: '2025-01', ubr: 2894 },
    { month: '2025-04', ubr: 3775 },
    { month: '2025-07', ubr: 4652 },
  ],
};

/** January, April, July and October: then everybody gets the whole update, with a restart. */
const baselineMonth = /^\d{4}-(?:01|04|07|10)/;

/** Records of a baseline's month name it as what is fixed. Gathered when first asked for: most PCs never need them. */
export function baselinesOf(advisories: readonly Advisory[]): Baselines {
  let all: ReadonlyMap<string, readonly Baseline[]> | null = null;
  return (build, day) => {
    all ??= gather(advisories);
    const before = (all.get(build) ?? []).filter(({ month }) => month < day.slice(0, 7));
    return before.length === 0 ? null : Math.max(...before.map(({ ubr }) => ubr));
  };
}

function gather(advisories: readonly Advisory[]): ReadonlyMap<string, readonly Baseline[]> {
  const all = new Map(Object.entries(known).map(([build, baselines]) => [build, [...baselines]]));
  for (const { published, windows } of advisories) {
    if (published === null || !baselineMonth.test(published)) continue;
    for (const { build, below } of windows) {
      if (below === null || !build.startsWith('10.0.2')) continue;
      const baseline = { month: published.slice(0, 7), ubr: parseWindows(below).ubr ?? 0 };
      const own = all.get(build);
      if (own) own.push(baseline);
      else all.set(build, [baseline]);
    }
  }
  return all;
}
