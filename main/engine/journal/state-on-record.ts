// What the journal's entries add up to: which shield should be up, and whether a change was cut off. Pure.
import type { JournalEntry } from '../../model/journal';
import type { Shield, ShieldWorkaround, Was } from '../../model/shield';
import { workaroundNames } from '../shield/shield-schema';

export interface Record {
  /** The shield that should be up, with its last proof; null = none. */
  readonly standing: {
    readonly shield: Shield;
    readonly provedAt: string;
    readonly boot: string | null;
    readonly proof: readonly string[];
  } | null;
  /** The beginning of a change that has no end. */
  readonly interrupted: Extract<JournalEntry, { step: 'raising' | 'lowering' }> | null;
  /** Something a failed undo left behind, until the next change. */
  readonly left: Extract<JournalEntry, { step: 'left' }> | null;
  /** How things were before workarounds that may be in force by us; also after a failed undo. */
  readonly was: Was;
}

/** Of a PC where Breakwater never did anything. */
export const emptyRecord: Record = { standing: null, interrupted: null, left: null, was: {} };

export const readRecord = (entries: readonly JournalEntry[]): Record => entries.reduce(afterEntry, emptyRecord);

/** What one more entry makes of it. */
export function afterEntry(record: Record, entry: JournalEntry): Record {
  switch (entry.step) {
    case 'raising':
    case 'lowering':
      return { ...record, interrupted: entry, was: entry.was };
    case 'proved':
      return {
        standing: { shield: entry.shield, provedAt: entry.at, boot: entry.boot, proof: entry.proof },
        interrupted: null,
        left: null,
        was: only(record.was, entry.shield.workarounds),
      };
    case 'undone':
      return {
        standing: entry.restored && { shield: entry.restored, provedAt: entry.at, boot: entry.boot, proof: [] },
        interrupted: null,
        left: null,
        was: entry.was ?? only(record.was, entry.restored?.workarounds ?? []),
      };
    case 'lowered':
      return emptyRecord;
    case 'left':
      return {
        standing: entry.standing && record.standing,
        interrupted: null,
        left: entry,
        was: entry.was ?? record.was,
      };
    case 'restored':
      // Puts nothing on record that was not: it only says when and in which start of the PC the rules were last proven.
      return record.standing
        ? { ...record, left: null, standing: { ...record.standing, provedAt: entry.at, boot: entry.boot } }
        : record;
    case 'changed':
    case 'not-restored':
      return record;
  }
}

/** What is on record of all others. */
export const without = (was: Was, workarounds: readonly ShieldWorkaround[]): Was =>
  only(
    was,
    workaroundNames.filter((one) => !workarounds.includes(one)),
  );

/** What is on record of these workarounds. */
export function only(was: Was, workarounds: readonly ShieldWorkaround[]): Was {
  return Object.fromEntries(Object.entries(was).filter(([name]) => workarounds.includes(name as ShieldWorkaround)));
}
