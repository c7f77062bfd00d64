// What may be asked of the helper, and what it answers: all that crosses the line to administrator rights.
import type { Ruleset } from './facts';
import type { ReasonInForce } from './kept';
import type { Outcome } from './outcome';
import type { Shield } from './shield';

/** `notAfter` (ISO 8601 UTC): a request that waited longer for permission is refused, so that giving up is final. */
export type Request =
  | ({ readonly version: 1; readonly notAfter: string } & (
      | { readonly act: 'look' }
      | { readonly act: 'shield'; readonly shield: Shield }
      | { readonly act: 'lift' }
      /** Finish or undo a change that was cut off. */
      | { readonly act: 'settle' }
    ))
  /**
   * The keeper's, which the system's schedule makes and nobody has to allow: `keep` looks after the shield on record as agreed
   * (puts its rules back, lifts it when its end has come); `restore` only puts rules back, while the PC starts.
   */
  | { readonly version: 1; readonly act: 'keep' }
  | { readonly version: 1; readonly act: 'restore' }
  /** What `keep` asks a process of its own: whether this PC is patched for the reason of the shield on record. Changes nothing. */
  | { readonly version: 1; readonly act: 'judge' };

export type Answer =
  | { readonly schema: 'breakwater/answer@1'; readonly act: 'look'; readonly ruleset: Ruleset }
  | {
      readonly schema: 'breakwater/answer@1';
      readonly act: 'shield' | 'lift' | 'settle' | 'keep' | 'restore';
      readonly outcome: Outcome;
    }
  | {
      readonly schema: 'breakwater/answer@1';
      readonly act: 'judge';
      /** What it was judged for; null = no reason was given, or no shield is on record. */
      readonly reason: string | null;
      readonly judged: ReasonInForce;
    }
  | { readonly schema: 'breakwater/answer@1'; readonly act: 'refused'; readonly why: string };
