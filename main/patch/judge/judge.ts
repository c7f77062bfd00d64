// The verdict on one PC: every advisory judged, with what follows for the door. Pure; nothing is "patched" from missing data.
import type {
  Advisory,
  AdvisoryVerdict,
  Catalogue,
  CatalogueAge,
  PatchVerdict,
  PcForPatch,
} from '../../model/advisory';
import { type Message, message, type Words } from '../../model/message';
import { stages } from '../assemble';
import { type Baselines, baselinesOf } from './hotpatch';
import { type Judged, unknown, urgency } from './judged';
import { judgeLinux } from './linux';
import { judgeWindows } from './windows';

/** Days after which the catalogue is too old: Microsoft and the distributions publish every month. */
const oldAfterDays = 45;

/** Every advisory against one PC; `now` only tells how old the catalogue is. `catalogue` null = there is none, and `why`. */
export function judgePatches(
  catalogue: Catalogue | null,
  pc: PcForPatch,
  now: Date,
  why: Words | null = null,
): PatchVerdict {
  if (catalogue === null) return { catalogue: null, verdicts: [], problems: [why ?? message('patch.no-catalogue')] };
  const baselines = baselinesOf(catalogue.advisories);
  const age = ageOf(catalogue, now);
  const verdicts = catalogue.advisories.map((advisory) => verdictOf(advisory, pc, baselines));
  return { catalogue: age, verdicts: verdicts.sort(byUrgency), problems: [...ageProblems(age), ...catalogue.problems] };
}

/** One advisory against one PC, by its id in any case; null where the catalogue has none such. */
export function judgeAdvisory(catalogue: Catalogue, id: string, pc: PcForPatch): AdvisoryVerdict | null {
  const advisory = findAdvisory(catalogue, id);
  return advisory ? verdictOf(advisory, pc, baselinesOf(catalogue.advisories)) : null;
}

/** By its id, or by the id of one of its records ("DSA-5071-1"): as it is written, or else in any case. */
export function findAdvisory({ advisories }: Catalogue, id: string): Advisory | null {
  const wanted = id.toUpperCase();
  return (
    advisories.find((one) => one.id === id) ??
    advisories.find((one) => one.id.toUpperCase() === wanted) ??
    advisories.find((one) => one.sources.some((source) => source.id.toUpperCase() === wanted)) ??
    null
  );
}

export function ageOf({ asOf, advisories, problems }: Catalogue, now: Date): CatalogueAge {
  const days = asOf === '' ? null : Math.floor((now.getTime() - Date.parse(asOf)) / 86_400_000);
  // A day is left for clocks that are a little behind.
  const isAhead = days !== null && days < -1;
  return {
    asOf,
    days: isAhead || days === null ? null : Math.max(0, days),
    tooOld: days !== null && days > oldAfterDays,
    advisories: advisories.length,
    passedOver: problems.length,
  };
}

function ageProblems({ asOf, days, tooOld }: CatalogueAge): readonly Message[] {
  if (asOf === '') return [message('patch.empty-catalogue')];
  const day = asOf.slice(0, 10);
  if (days === null) return [message('patch.clock-behind', { day })];
  return tooOld ? [message('patch.too-old', { day, days })] : [];
}

function verdictOf(advisory: Advisory, pc: PcForPatch, baselines: Baselines): AdvisoryVerdict {
  const judged = judge(advisory, pc, baselines);
  const doorClosed = judged.state === 'vulnerable' || judged.state === 'unknown' ? closedBy(advisory, pc) : null;
  const { id, title, reach, course, knownExploited, sources } = advisory;
  return {
    id,
    title,
    state: judged.state,
    code: judged.code,
    because:
      doorClosed === null
        ? judged.because
        : message('judged.entry-closed', { said: judged.because, closed: doorClosed }),
    fixedIn: judged.fixedIn,
    remedy: judged.remedy,
    knownExploited: knownExploited !== null,
    doorClosed,
    restartPending: judged.restartPending,
    reach,
    stage: stages.filter((stage) => course.some((event) => event.stage === stage)).at(-1) ?? null,
    source: sources.find((source) => source.id === judged.record) ?? null,
  };
}

function judge(advisory: Advisory, { software, why }: PcForPatch, baselines: Baselines): Judged {
  if (software === null)
    return unknown(message('judged.software-unknown', { why: why ?? message('judged.software-not-read') }));
  return software.kind === 'windows' ? judgeWindows(advisory, software, baselines) : judgeLinux(advisory, software);
}

/** A hole that is reached through a feature can't be reached while that is off. */
function closedBy({ features, reach }: Advisory, pc: PcForPatch): Message | null {
  if (reach.kind !== 'server') return null;
  const off = features.map((feature) => pc.features[feature]).find((state) => state?.on === false);
  return off?.because ?? null;
}

/** What to look at first: by state, then known exploited ones, then the newest. */
function byUrgency(a: AdvisoryVerdict, b: AdvisoryVerdict): number {
  return (
    urgency[a.state] - urgency[b.state] || Number(b.knownExploited) - Number(a.knownExploited) || (a.id < b.id ? 1 : -1)
  );
}
