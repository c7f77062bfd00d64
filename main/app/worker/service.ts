// The judging thread's side of the line: inspects and looks as asked; requests for the helper go back to the app.
import type { Engine } from '../../engine/engine';
import type { Ask } from '../../engine/flow';
import { ElevationFailed } from '../../host/elevation/elevation-failed';
import { readAnswer } from '../../host/elevation/helper-answer';
import type { Answer } from '../../model/request';
import { createJudgeDesk } from './context';
import type { Failure, FromJudge, Line, Question, ToJudge } from './protocol';

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
  const desk = createJudgeDesk(open(ask));

  const work = async (question: Question, id: number): Promise<void> => {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      line.postMessage(await desk.answer(question, id, (message) => line.postMessage(message), stop.signal));
    } catch (error) {
      line.postMessage({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) });
    } finally {
      running.delete(id);
    }
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
      case 'take-records':
      case 'call':
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
