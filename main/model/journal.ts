// The record of wishes, changes and proofs; enough to finish or undo after a crash.
import type { Shield, Was } from './shield';

/**
 * One line of the journal. A change begins with `raising` or `lowering` and ends with `proved`, `undone`, `lowered` or `left`;
 * a beginning without an end is an interrupted change. Putting rules back is one step: cut off, it is begun anew by the next look.
 */
export type JournalEntry = {
  readonly seq: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The PC's boot at that moment: no rule outlives a restart. */
  readonly boot: string | null;
} /** `was`: of every workaround of this shield and the one before; after a change, of what is still in force by it (absent = of `restored`'s own). */ & (
  | { readonly step: 'raising'; readonly shield: Shield; readonly before: Shield | null; readonly was: Was }
  | { readonly step: 'changed' }
  | { readonly step: 'proved'; readonly shield: Shield; readonly proof: readonly string[] }
  | { readonly step: 'undone'; readonly why: string; readonly restored: Shield | null; readonly was?: Was | undefined }
  /** The keeper put the standing shield's rules back and read them whole; or could not, which changes nothing of the record. */
  | { readonly step: 'restored'; readonly why: string }
  /** `code`: refused = the rules were not taken; not-whole = read again, they do not hold; null = of a version that gave none. */
  | { readonly step: 'not-restored'; readonly code: 'refused' | 'not-whole' | null; readonly why: string }
  /** `why`: the keeper's reason; null = somebody asked for it. */
  | { readonly step: 'lowering'; readonly shield: Shield | null; readonly why: string | null; readonly was: Was }
  | { readonly step: 'lowered'; readonly shield: Shield | null; readonly restAsBefore: boolean }
  /** `standing`: the shield that should still be up, whatever its rules are now; null = none should. */
  | {
      readonly step: 'left';
      readonly why: string;
      readonly clear: string;
      readonly standing: Shield | null;
      readonly was?: Was | undefined;
    }
);

export interface Journal {
  readonly path: string;
  readonly entries: readonly JournalEntry[];
  /** Plain words where the end of the file was cut short by a crash, else null; the whole entries before it count. */
  readonly damage: string | null;
}
