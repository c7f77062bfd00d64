// All advisories as they were last judged for this PC, kept where they were judged: the window asks for a page of them at a time.
import type {
  AdvisoriesFound,
  Advisory,
  AdvisoryQuery,
  AdvisoryVerdict,
  AttackStage,
  Catalogue,
  PatchState,
  PatchVerdict,
  ShownAdvisory,
  ShownPatch,
  StageCount,
} from '../../../preload/contract';
import { type Message, verbatim } from '../../model/message';
import { isNamed } from '../../patch/named';
import { english } from '../../text/en';
import { sayIn, wordsIn } from '../../text/render';
import { cut, fewOf, pageBegin, wordsOf } from './paging';

/** The window's language. */
const words = wordsIn(sayIn(english));

/** How many advisories are on one page; of each the most characters and entries that cross to the window. */
const pageSize = 20;
const mostCharacters = 1500;
const mostEntries = 8;
/** How many of the urgent ones, and of those that could not be judged, are told at once. */
const mostAtOnce = 10;

const stageOrder: readonly (AttackStage | null)[] = [
  null,
  'published',
  'patch-out',
  'exploit-public',
  'scanning-seen',
  'known-exploited',
];

export interface AdvisoryShelf {
  /** Puts another verdict in place of the last one. */
  put(verdict: PatchVerdict): ShownPatch;
  /** null = that verdict is not the last one. `catalogue` is the one it was judged by. */
  find(query: AdvisoryQuery, catalogue: Catalogue | null): AdvisoriesFound | null;
  /** Of what a reason names the one that decides. */
  show(patch: number, reason: string, catalogue: Catalogue | null): ShownAdvisory | 'none' | 'outdated';
}

/** `number` of the first verdict. */
export function createAdvisoryShelf(number: number): AdvisoryShelf {
  let last = number - 1;
  let verdicts: readonly AdvisoryVerdict[] | null = null;

  return {
    put(verdict) {
      last++;
      verdicts = verdict.verdicts;
      return summaryOf(last, verdict);
    },
    find({ patch, text, first }, catalogue) {
      if (patch !== last || verdicts === null) return null;
      const wanted = wordsOf(text);
      const described = byId(catalogue);
      const found = wanted.length === 0 ? verdicts : verdicts.filter((one) => has(one, described.get(one.id), wanted));
      const begin = pageBegin(first, found.length, pageSize);
      return {
        count: found.length,
        first: begin,
        page: found.slice(begin, begin + pageSize).map((one) => shown(one, described.get(one.id))),
        updates: catalogue?.updates.slice(0, mostEntries) ?? [],
      };
    },
    show(patch, reason, catalogue) {
      if (patch !== last || verdicts === null) return 'outdated';
      const named = new Set(catalogue?.advisories.filter((one) => isNamed(reason, one)).map(({ id }) => id));
      // The most urgent comes first.
      const verdict = verdicts.find(({ id }) => named.has(id));
      return verdict ? shown(verdict, byId(catalogue).get(verdict.id)) : 'none';
    },
  };
}

function summaryOf(number: number, { catalogue, problems, verdicts }: PatchVerdict): ShownPatch {
  const of = (state: PatchState): readonly AdvisoryVerdict[] => verdicts.filter((one) => one.state === state);
  const [vulnerable, unknown] = [of('vulnerable'), of('unknown')];
  return {
    number,
    catalogue,
    problems: problems.slice(0, mostEntries).map((problem) => cut(words(problem), mostCharacters).text),
    counts: {
      patched: of('patched').length,
      vulnerable: vulnerable.length,
      'not-affected': of('not-affected').length,
      unknown: unknown.length,
    },
    waiting: { vulnerable: vulnerable.filter(isWaiting).length, unknown: unknown.filter(isWaiting).length },
    untold: unknown.filter(({ reach }) => reach.kind === 'server' || reach.kind === 'unknown').length,
    stages: stageOrder.map((stage) => countAt(stage, verdicts)),
    urgent: vulnerable.slice(0, mostAtOnce).map(cutVerdict),
    moreUrgent: Math.max(0, vulnerable.length - mostAtOnce),
    unknown: unknown.slice(0, mostAtOnce).map(cutVerdict),
    moreUnknown: Math.max(0, unknown.length - mostAtOnce),
  };
}

function countAt(stage: StageCount['stage'], verdicts: readonly AdvisoryVerdict[]): StageCount {
  const there = verdicts.filter((one) => one.stage === stage);
  const count = (wanted: PatchState): number => there.filter(({ state }) => state === wanted).length;
  return { stage, all: there.length, here: count('vulnerable'), untold: count('unknown') };
}

const isWaiting = ({ restartPending }: AdvisoryVerdict): boolean => restartPending;

const byId = (catalogue: Catalogue | null): ReadonlyMap<string, Advisory> =>
  new Map(catalogue?.advisories.map((one) => [one.id, one]));

function has(verdict: AdvisoryVerdict, advisory: Advisory | undefined, wanted: readonly string[]): boolean {
  const { id, title, state, because, remedy, knownExploited } = verdict;
  const more = advisory ? [advisory.summary, ...advisory.updates, ...advisory.sources.map((source) => source.id)] : [];
  const line = [
    id,
    title,
    state,
    words(because),
    remedy === null ? '' : words(remedy),
    knownExploited ? 'known exploited' : '',
    ...more,
  ]
    .join('\n')
    .toLowerCase();
  return wanted.every((word) => line.includes(word));
}

function shown(verdict: AdvisoryVerdict, advisory: Advisory | undefined): ShownAdvisory {
  const sources = advisory?.sources ?? [];
  return {
    ...cutVerdict(verdict),
    summary: cut(advisory?.summary ?? '', mostCharacters).text,
    course: advisory?.course.slice(0, 2 * mostEntries) ?? [],
    kev: advisory?.knownExploited ?? null,
    sources: sources.slice(0, mostEntries),
    moreSources: Math.max(0, sources.length - mostEntries),
    workarounds: advisory?.workarounds.slice(0, mostEntries) ?? [],
    updates: fewOf(advisory?.updates ?? [], mostEntries),
  };
}

/** A record's own words in it are as long as they please. */
function short(because: Message): Message {
  const said = words(because);
  return said.length > mostCharacters ? verbatim(cut(said, mostCharacters).text) : because;
}

const cutVerdict = (verdict: AdvisoryVerdict): AdvisoryVerdict => ({
  ...verdict,
  title: cut(verdict.title, mostCharacters).text,
  because: short(verdict.because),
});
