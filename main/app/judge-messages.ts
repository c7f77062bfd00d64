// What passes between the app and the thread that reads and judges.

import type { ActOptions, Engine } from '../engine/engine';
import type { ElevationFailed } from '../host/elevation-failed';
import type { FactName, Facts } from '../model/facts';
import type { Report } from '../model/report';
import type { Answer, Request } from '../model/request';
import type { Review } from '../model/review';
import type { Verdicts } from '../model/verdicts';

/** `id` names the inspection or look that a message is about, `ask` the request for the helper. */
export type ToJudge =
  | { readonly kind: 'inspect' | 'look' | 'stop'; readonly id: number }
  | { readonly kind: 'answered'; readonly ask: number; readonly answer: Answer }
  | { readonly kind: 'not-answered'; readonly ask: number; readonly why: Failure };

export type FromJudge =
  | ({ readonly kind: 'fact'; readonly id: number } & {
      readonly [N in FactName]: { readonly name: N; readonly fact: Facts[N] };
    }[FactName])
  /** The review comes along only when it has changed: it may name many rules. */
  | {
      readonly kind: 'verdicts';
      readonly id: number;
      readonly verdicts: Omit<Verdicts, 'review'>;
      readonly review?: Review | null;
    }
  | { readonly kind: 'step'; readonly id: number; readonly step: Parameters<NonNullable<ActOptions['onStep']>>[0] }
  | { readonly kind: 'inspected'; readonly id: number; readonly report: Report }
  | { readonly kind: 'looked'; readonly id: number; readonly seen: Awaited<ReturnType<Engine['look']>> }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string }
  | { readonly kind: 'ask'; readonly ask: number; readonly request: Request }
  | { readonly kind: 'stop-asking'; readonly ask: number };

/** An error as it can cross between threads; `elevation` null = of any other kind. */
export interface Failure {
  readonly message: string;
  readonly elevation: Pick<ElevationFailed, 'reason' | 'todo'> | null;
}

/** One end of the line between the two (`Worker`, `MessagePort`). */
export interface Line<Out, In> {
  postMessage(message: Out): void;
  on(event: 'message', listener: (message: In) => void): unknown;
}
