// What the judging thread works on: inspections, looks, and the window's questions about what was judged last.
import type {
  Calls,
  Facts,
  PatchVerdict,
  RecordsTaken,
  Review,
  Seen,
  ShownPatch,
  ShownReview,
} from '../../../preload/contract';
import type { ActOptions, Engine, InspectOptions } from '../../engine/engine';
import type { FactName } from '../../model/facts';
import { createAdvisoryShelf } from '../ipc/advisory-pager';
import { createRuleShelf } from '../ipc/rule-pager';
import { showFacts, showReview } from '../ipc/show-firewall';
import type { FromJudge, Question, ThreadCall } from './protocol';

/** How many refused records are told by name. */
const mostRefused = 8;

export interface JudgeDesk {
  /** Works on one question; `tell` gets what comes before the answer. Rejects where the engine does. */
  answer(question: Question, id: number, tell: (message: FromJudge) => void, signal: AbortSignal): Promise<FromJudge>;
}

export function createJudgeDesk(opened: Promise<Engine>): JudgeDesk {
  // Another thread's numbers must never be taken for this one's.
  const rules = createRuleShelf(Date.now());
  const advisories = createAdvisoryShelf(Date.now());

  const showRules = (review: Review | null, { ruleset, network }: Partial<Facts>): ShownReview | null => {
    if (!review) return null;
    const { review: number, counts } = rules.put(review, ruleset?.state === 'known' ? ruleset.value : null);
    return { number, counts, ...showReview(review, network?.state === 'known' ? network.value : null) };
  };
  const showPatch = (patch: PatchVerdict | null): ShownPatch | null => patch && advisories.put(patch);

  const inspect = async (id: number, tell: (message: FromJudge) => void, options: InspectOptions): Promise<Seen> => {
    const told: Partial<Record<FactName, unknown>> = {};
    let review: Review | null = null;
    let patch: PatchVerdict | null = null;
    const engine = await opened;
    const { facts, verdicts, ...report } = await engine.inspect({
      ...options,
      onFact: (name, fact) => {
        told[name] = fact;
        // The engine's callback keeps name and fact together, which a union of objects says in another way.
        tell({ kind: 'fact', id, name, fact: showFacts({ [name]: fact })[name] } as FromJudge);
      },
      onVerdicts: ({ review: nowReview, patch: nowPatch, ...so }) => {
        tell({ kind: 'verdicts', id, verdicts: so });
        if (nowReview !== review) {
          review = nowReview;
          tell({ kind: 'review', id, review: showRules(review, told as Partial<Facts>) });
        }
        if (nowPatch !== patch) {
          patch = nowPatch;
          tell({ kind: 'patch', id, patch: showPatch(patch) });
        }
      },
    });
    const { review: lastReview, patch: lastPatch, ...rest } = verdicts;
    const untold = Object.fromEntries(Object.entries(facts).filter(([name, fact]) => told[name as FactName] !== fact));
    return {
      ...report,
      facts: showFacts(untold),
      verdicts: rest,
      ...(lastReview !== null && lastReview === review ? {} : { review: showRules(lastReview, facts) }),
      ...(lastPatch !== null && lastPatch === patch ? {} : { patch: showPatch(lastPatch) }),
    };
  };

  const look = async (options: ActOptions): Promise<Calls['pc:look'][1]> => {
    const looked = await (await opened).look(options);
    if (!('report' in looked)) return looked;
    const { facts, verdicts, ...report } = looked.report;
    const { review, patch, ...rest } = verdicts;
    const shown = { review: showRules(review, facts), patch: showPatch(patch) };
    return { seen: { ...report, facts: showFacts(facts), verdicts: rest, ...shown } };
  };

  const takeRecords = async (from: string): Promise<RecordsTaken> => {
    try {
      const { added, replaced, kept, refused: bad, heldBack } = await (await opened).updateAdvisories(from);
      const refused = [...heldBack, ...bad];
      const shown = refused.slice(0, mostRefused).map(({ name, why }) => ({ name, why }));
      const moreRefused = refused.length - shown.length;
      return { kind: 'taken', added: added.length, replaced: replaced.length, kept, refused: shown, moreRefused };
    } catch (error) {
      // Whatever went wrong, the update is written whole or not at all.
      return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
    }
  };

  const calls: { readonly [N in ThreadCall]: (...args: Calls[N][0]) => Promise<Calls[N][1]> } = {
    'firewall:rules': async (query) => rules.find(query),
    async 'patch:check'() {
      const { at, facts, verdicts } = await (await opened).inspect({ only: new Set(['patch']) });
      const { system, listeners, servers, patch } = facts;
      return { at, facts: { system, listeners, servers, patch }, patch: showPatch(verdicts.patch) };
    },
    'advisories:find': async (query) => advisories.find(query, await catalogue()),
    'advisories:show': async (patch, name) => advisories.show(patch, name, await catalogue()),
  };
  const catalogue = async () => (await (await opened).advisories()).catalogue;

  return {
    async answer(question, id, tell, signal) {
      if (question.kind === 'call')
        return { kind: 'answer', id, answer: await (calls[question.name] as AnyCall)(...question.args) };
      if (question.kind === 'take-records')
        return { kind: 'records-taken', id, taken: await takeRecords(question.from) };
      if (question.kind === 'inspect') return { kind: 'inspected', id, seen: await inspect(id, tell, { signal }) };
      return { kind: 'looked', id, looked: await look({ signal, onStep: (step) => tell({ kind: 'step', id, step }) }) };
    },
  };
}

/** Name and arguments belong together, which the union of questions keeps, and this forgets. */
type AnyCall = (...args: readonly unknown[]) => Promise<Calls[ThreadCall][1]>;
