// The app's side of the line: an engine whose reading and judging is done by another thread.
import type {
  Calls,
  FactName,
  RecordsTaken,
  Seen,
  SeenFacts,
  ShownPatch,
  ShownReview,
  VerdictsSoFar,
} from '../../../preload/contract';
import type { ActOptions, Engine, InspectOptions } from '../../engine/engine';
import type { AskForText } from '../../engine/open';
import { ElevationFailed } from '../../host/elevation/elevation-failed';
import type { Failure, FromJudge, Line, Question, ThreadCall, ToJudge } from './protocol';

/** A thread that runs `serveJudge` (`Worker`). */
export interface JudgeThread extends Line<ToJudge, FromJudge> {
  on(event: 'message', listener: (message: FromJudge) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): Promise<unknown>;
}

type Looked = Calls['pc:look'][1];

/** What hears an inspection while it goes on. */
export interface InspectionEars extends Pick<InspectOptions, 'signal'> {
  readonly onFact?: <N extends FactName>(name: N, fact: SeenFacts[N]) => void;
  readonly onVerdicts?: (verdicts: VerdictsSoFar) => void;
  /** Only when it has changed. */
  readonly onReview?: (review: ShownReview | null) => void;
  /** Only when it has changed. */
  readonly onPatch?: (patch: ShownPatch | null) => void;
}

/** What of the engine only the thread uses. */
type InThread = 'inspect' | 'look' | 'readPolicy' | 'advisories' | 'checkAdvisories' | 'updateAdvisories';

/** The engine as the app has it: what is seen comes as it crosses to the window. */
export interface AppEngine extends Omit<Engine, InThread> {
  /** Rejects only where the thread fails. */
  inspect(ears?: InspectionEars): Promise<Seen>;
  look(options?: ActOptions): Promise<Looked>;
  /** Takes newer records into the catalogue. `from`: absolute path of a file. */
  takeRecords(from: string): Promise<RecordsTaken>;
  /** Answers a call of the window that the thread can answer. */
  call<N extends ThreadCall>(name: N, ...args: Calls[N][0]): Promise<Calls[N][1]>;
}

/** What is under way, and whom to tell. */
interface Job {
  take(message: FromJudge): void;
  fail(error: Error): void;
}

/**
 * Everything but inspecting and looking stays with `engine`; `ask` asks the helper from this thread, for a worker can't change its
 * folder as elevation needs. A thread that dies is told as an error by whatever was under way; the next call starts another one.
 */
export function judgeElsewhere(
  engine: Engine,
  ask: AskForText,
  start: () => JudgeThread,
): AppEngine & { close(): Promise<void> } {
  let thread: JudgeThread | null = null;
  let jobs = 0;
  const running = new Map<number, Job>();
  const asking = new Map<number, AbortController>();

  const answer = async (to: JudgeThread, { ask: id, request }: Extract<FromJudge, { kind: 'ask' }>): Promise<void> => {
    const stop = new AbortController();
    asking.set(id, stop);
    try {
      to.postMessage({ kind: 'answered', ask: id, answer: await ask(request, stop.signal) });
    } catch (error) {
      to.postMessage({ kind: 'not-answered', ask: id, why: failureOf(error) });
    } finally {
      asking.delete(id);
    }
  };

  const die = (dead: JudgeThread, why: string): void => {
    if (thread !== dead) return;
    thread = null;
    for (const stop of asking.values()) stop.abort();
    const error = new Error(`The part of Breakwater that judges the rules has failed: ${why}`);
    for (const job of running.values()) job.fail(error);
    running.clear();
  };

  const open = (): JudgeThread => {
    if (thread) return thread;
    const mine = start();
    thread = mine;
    mine.on('message', (message) => {
      if (message.kind === 'ask') void answer(mine, message);
      else if (message.kind === 'stop-asking') asking.get(message.ask)?.abort();
      else running.get(message.id)?.take(message);
    });
    mine.on('error', ({ message }) => die(mine, message));
    mine.on('exit', () => die(mine, 'it has ended.'));
    return mine;
  };

  /** Runs one job; `take` gets what comes before its end, `done` picks the end. */
  const run = <T>(
    question: Question,
    signal: AbortSignal | undefined,
    hear: (message: FromJudge) => void,
    done: (message: FromJudge) => T | null,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++jobs;
      const to = open();
      const stop = (): void => to.postMessage({ kind: 'stop', id });
      const end = (): void => {
        running.delete(id);
        signal?.removeEventListener('abort', stop);
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      running.set(id, {
        fail,
        take(message) {
          if (message.kind === 'failed') return fail(new Error(message.why));
          const result = done(message);
          if (result === null) return hear(message);
          end();
          resolve(result);
        },
      });
      to.postMessage({ ...question, id });
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });

  return {
    ...engine,
    inspect: (ears = {}) =>
      run(
        { kind: 'inspect' },
        ears.signal,
        (message) => tell(ears, message),
        (message) => (message.kind === 'inspected' ? message.seen : null),
      ),
    look: ({ signal, onStep } = {}) =>
      run<Looked>(
        { kind: 'look' },
        signal,
        (message) => {
          if (message.kind === 'step') onStep?.(message.step);
        },
        (message) => (message.kind === 'looked' ? message.looked : null),
      ),
    takeRecords: (from) =>
      run(
        { kind: 'take-records', from },
        undefined,
        () => undefined,
        (message) => (message.kind === 'records-taken' ? message.taken : null),
      ),
    async call<N extends ThreadCall>(name: N, ...args: Calls[N][0]): Promise<Calls[N][1]> {
      const { answer: given } = await run(
        // Name and arguments are kept together, which a union of objects says in another way.
        { kind: 'call', name, args } as Question,
        undefined,
        () => undefined,
        (message) => (message.kind === 'answer' ? message : null),
      );
      return given as Calls[N][1];
    },
    async close() {
      const mine = thread;
      thread = null;
      await mine?.terminate();
    },
  };
}

function tell({ onFact, onVerdicts, onReview, onPatch }: InspectionEars, message: FromJudge): void {
  if (message.kind === 'fact') onFact?.(message.name, message.fact as never);
  else if (message.kind === 'verdicts') onVerdicts?.(message.verdicts);
  else if (message.kind === 'review') onReview?.(message.review);
  else if (message.kind === 'patch') onPatch?.(message.patch);
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { message, elevation: error instanceof ElevationFailed ? { reason: error.reason, todo: error.todo } : null };
}
