// The judging thread's side of the line: inspects and looks as asked; requests for the helper go back to the app.
import type { Calls, ReviewText, Seen } from '../../preload/contract';
import type { ActOptions, Engine, InspectOptions } from '../engine/engine';
import type { Ask } from '../engine/flow';
import { ElevationFailed } from '../host/elevation-failed';
import type { Report } from '../model/report';
import type { Answer } from '../model/request';
import type { Review } from '../model/review';
import type { Failure, FromJudge, Line, ToJudge } from './judge-messages';

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

  const work = async (kind: 'inspect' | 'look', id: number): Promise<void> => {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      const options = { signal: stop.signal };
      if (kind === 'inspect')
        line.postMessage({ kind: 'inspected', id, seen: await inspect(await engine, id, options) });
      else line.postMessage({ kind: 'looked', id, looked: await look(await engine, id, options) });
    } catch (error) {
      line.postMessage({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) });
    } finally {
      running.delete(id);
    }
  };

  const inspect = async (on: Engine, id: number, options: InspectOptions): Promise<Seen> => {
    const told = new Set<unknown>();
    let review: ReviewText | null = null;
    let last: Review | null = null;
    const report = await on.inspect({
      ...options,
      onFact: (name, fact) => {
        told.add(fact);
        // The engine's callback keeps name and fact together, which a union of objects says in another way.
        line.postMessage({ kind: 'fact', id, name, fact } as FromJudge);
      },
      onVerdicts: ({ review: now, ...verdicts }) => {
        line.postMessage({ kind: 'verdicts', id, verdicts });
        if (now === last) return;
        last = now;
        review = JSON.stringify(now);
        line.postMessage({ kind: 'review', id, review });
      },
    });
    const seen = seenOf(report);
    const untold = Object.entries(report.facts).filter(([, fact]) => !told.has(fact));
    return { ...seen, facts: Object.fromEntries(untold), review: seen.review === review ? null : seen.review };
  };

  const look = async (on: Engine, id: number, options: ActOptions): Promise<Calls['pc:look'][1]> => {
    const onStep = (step: Extract<FromJudge, { kind: 'step' }>['step']): void =>
      line.postMessage({ kind: 'step', id, step });
    const looked = await on.look({ ...options, onStep });
    return 'report' in looked ? { seen: seenOf(looked.report) } : looked;
  };

  line.on('message', (message) => {
    switch (message.kind) {
      case 'inspect':
      case 'look':
        void work(message.kind, message.id);
        break;
      case 'stop':
        running.get(message.id)?.abort();
        break;
      case 'answered':
        asking.get(message.ask)?.give(message.answer);
        break;
      case 'not-answered':
        asking.get(message.ask)?.fail(errorOf(message.why));
        break;
    }
  });
}

function seenOf({ verdicts: { review, ...verdicts }, ...report }: Report): Seen {
  return { ...report, verdicts, review: JSON.stringify(review) };
}

const errorOf = ({ message, elevation }: Failure): Error =>
  elevation ? new ElevationFailed(elevation.reason, message, elevation.todo) : new Error(message);
