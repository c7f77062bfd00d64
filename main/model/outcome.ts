// How an act ended, in the same five ways everywhere.
import type { Words } from './message';
import type { ShieldVerdict } from './verdicts';

/** A message for people: what happened, what was changed, what to do. */
export interface Told {
  readonly title: Words;
  readonly what: Words;
  readonly todo: Words;
}

export type Outcome =
  /** Done and proven. `unchanged` = it was so already. */
  | {
      readonly kind: 'done';
      readonly unchanged: boolean;
      readonly shield: ShieldVerdict;
      readonly notes: readonly Words[];
    }
  /** Done, but it could not be told whether all is as it should be. */
  | ({ readonly kind: 'unknown'; readonly shield: ShieldVerdict | null } & Told)
  /** The request makes no sense or would have no effect; nothing was changed. */
  | ({ readonly kind: 'refused' } & Told)
  /** No administrator rights: not given, not asked for, or no way to ask. Nothing was changed. */
  | ({ readonly kind: 'not-permitted' } & Told)
  /** Failed; everything is as it was before. */
  | ({ readonly kind: 'failed-undone' } & Told)
  /** Failed, and something is left; `clear` is the command that clears it. */
  | ({ readonly kind: 'failed-left'; readonly clear: string } & Told);
