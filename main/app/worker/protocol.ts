// What passes between the app and the thread that reads and judges.
import type {
  Calls,
  RecordsTaken,
  Seen,
  SeenFacts,
  ShownPatch,
  ShownReview,
  VerdictsSoFar,
} from '../../../preload/contract';
import type { ActOptions } from '../../engine/engine';
import type { ElevationFailed } from '../../host/elevation/elevation-failed';
import type { FactName } from '../../model/facts';
import type { Request } from '../../model/request';

/** Calls of the window that are answered in the thread: what they ask about is there. */
export type ThreadCall = 'firewall:rules' | 'patch:check' | 'advisories:find' | 'advisories:show';

export type Question =
  | { readonly kind: 'inspect' | 'look' }
  /** `from`: absolute path of a file that somebody chose. */
  | { readonly kind: 'take-records'; readonly from: string }
  | { readonly [N in ThreadCall]: { readonly kind: 'call'; readonly name: N; readonly args: Calls[N][0] } }[ThreadCall];

/** `id` names the job (an inspection, a look, a call) that a message is about, `ask` the request for the helper. */
export type ToJudge =
  | (Question & { readonly id: number })
  | { readonly kind: 'stop'; readonly id: number }
  /** The helper's answer as text: reading it may take long. */
  | { readonly kind: 'answered'; readonly ask: number; readonly answer: string }
  | { readonly kind: 'not-answered'; readonly ask: number; readonly why: Failure };

export type FromJudge =
  | ({ readonly kind: 'fact'; readonly id: number } & {
      readonly [N in FactName]: { readonly name: N; readonly fact: SeenFacts[N] };
    }[FactName])
  | { readonly kind: 'verdicts'; readonly id: number; readonly verdicts: VerdictsSoFar }
  /** Only when it has changed. */
  | { readonly kind: 'review'; readonly id: number; readonly review: ShownReview | null }
  /** Only when it has changed. */
  | { readonly kind: 'patch'; readonly id: number; readonly patch: ShownPatch | null }
  | { readonly kind: 'step'; readonly id: number; readonly step: Parameters<NonNullable<ActOptions['onStep']>>[0] }
  | { readonly kind: 'inspected'; readonly id: number; readonly seen: Seen }
  | { readonly kind: 'looked'; readonly id: number; readonly looked: Calls['pc:look'][1] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Calls[ThreadCall][1] }
  | { readonly kind: 'records-taken'; readonly id: number; readonly taken: RecordsTaken }
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
