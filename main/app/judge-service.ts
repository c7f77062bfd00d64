// The judging thread's side of the line: inspects and looks as asked; requests for the helper go back to the app.
import type { Calls, Facts, Seen, ShownReview } from '../../preload/contract';
import type { ActOptions, Engine, InspectOptions } from '../engine/engine';
import type { Ask } from '../engine/flow';
import { ElevationFailed } from '../host/elevation-failed';
import { readAnswer } from '../host/helper-answer';
import type { FactName } from '../model/facts';
import type { Answer } from '../model/request';
import type { Review } from '../model/review';
import type { Failure, FromJudge, Line, Question, ToJudge } from './judge-messages';
import { createRuleShelf } from './rule-shelf';
import { showFacts, showReview } from './show-firewall';

/** `open` gets the way to ask the helper. Messages that come before it is open wait. */
export function serveJudge(line: Line<FromJudge, ToJudge>, open: (ask: Ask) => Promise<Engine>): void {
  const running = new Map<number, AbortController>();
  const asking = new Map<number, { give(answer: Answer): void; fail(error: Error): void }>();
  let asked = 0;

  const ask: Ask = (request, signal) =>
    new Promise((resolve, reject) => {
      const mine = ++asked;
      const stop = (): void => line.postMessage({ kind: 'stop-asking', ask: mine });
      const ended = (): void => {
        asking.delete(mine);
        signal?.removeEventListener('abort', stop);
      };
      asking.set(mine, {
        give: (answer) => {
          ended();
          resolve(answer);
        },
        fail: (error) => {
          ended();
          reject(error);
        },
      });
      line.postMessage({ kind: 'ask', ask: mine, request });
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  const engine = open(ask);
  // Another thread's numbers must never be taken for this one's.
  const shelf = createRuleShelf(Date.now());

  const show = (review: Review | null, { ruleset, network }: Partial<Facts>): ShownReview | null => {
    if (!review) return null;
    const { review: number, counts } = shelf.put(review, ruleset?.state === 'known' ? ruleset.value : null);
    return { number, counts, ...showReview(review, network?.state === 'known' ? network.value : null) };
  };

  const work = async (question: Question, id: number): Promise<void> => {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      line.postMessage(await answer(question, id, { signal: stop.signal }));
    } catch (error) {
      line.postMessage({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) });
    } finally {
      running.delete(id);
    }
  };

  const answer = async (question: Question, id: number, options: ActOptions): Promise<FromJudge> => {
    if (question.kind === 'rules') return { kind: 'rules', id, found: shelf.find(question.query) };
    return question.kind === 'inspect'
      ? { kind: 'inspected', id, seen: await inspect(await engine, id, options) }
      : { kind: 'looked', id, looked: await look(await engine, id, options) };
  };

  const inspect = async (on: Engine, id: number, options: InspectOptions): Promise<Seen> => {
    const told: Partial<Record<FactName, unknown>> = {};
    let last: Review | null = null;
    const {
      facts,
      verdicts: judged,
      ...report
    } = await on.inspect({
      ...options,
      onFact: (name, fact) => {
        told[name] = fact;
        // The engine's callback keeps name and fact together, which a union of objects says in another way.
        line.postMessage({ kind: 'fact', id, name, fact: showFacts({ [name]: fact })[name] } as FromJudge);
      },
      onVerdicts: ({ review, ...verdicts }) => {
        line.postMessage({ kind: 'verdicts', id, verdicts });
        if (review === last) return;
        last = review;
        line.postMessage({ kind: 'review', id, review: show(review, told as Partial<Facts>) });
      },
    });
    const { review, ...verdicts } = judged;
    const untold = Object.fromEntries(Object.entries(facts).filter(([name, fact]) => told[name as FactName] !== fact));
    const seen: Seen = { ...report, facts: showFacts(untold), verdicts };
    return review === last && review !== null ? seen : { ...seen, review: show(review, facts) };
  };

  const look = async (on: Engine, id: number, options: ActOptions): Promise<Calls['pc:look'][1]> => {
    const onStep = (step: Extract<FromJudge, { kind: 'step' }>['step']): void =>
      line.postMessage({ kind: 'step', id, step });
    const looked = await on.look({ ...options, onStep });
    if (!('report' in looked)) return looked;
    const { facts, verdicts: judged, ...report } = looked.report;
    const { review, ...verdicts } = judged;
    return { seen: { ...report, facts: showFacts(facts), verdicts, review: show(review, facts) } };
  };

  const take = ({ ask: id, answer: text }: Extract<ToJudge, { kind: 'answered' }>): void => {
    const asked = asking.get(id);
    try {
      asked?.give(readAnswer(text));
    } catch (error) {
      asked?.fail(error as Error);
    }
  };

  line.on('message', (message) => {
    switch (message.kind) {
      case 'inspect':
      case 'look':
      case 'rules':
        void work(message, message.id);
        break;
      case 'stop':
        running.get(message.id)?.abort();
        break;
      case 'answered':
        take(message);
        break;
      case 'not-answered':
        asking.get(message.ask)?.fail(errorOf(message.why));
        break;
    }
  });
}

const errorOf = ({ message, elevation }: Failure): Error =>
  elevation ? new ElevationFailed(elevation.reason, message, elevation.todo) : new Error(message);
