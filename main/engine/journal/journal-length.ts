// Which lines of a long journal may go: what is over, the oldest first. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { JournalEntry } from '../../model/journal';
import { afterEntry, emptyRecord, readRecord } from './state-on-record';

export interface JournalLine {
  readonly text: string;
  /** null = it can't be read: cut short by a crash, or of another version. */
  readonly entry: JournalEntry | null;
}

/**
 * At most `enough` bytes, where what must stay allows it; what the lines add up to (`readRecord`) is the same before and after. Whole
 * shields that are over go first. Where that is not enough, of the shield that stands go the times at which it was put back, but the
 * last; then what it was before its last change.
 */
export function shortened(lines: readonly JournalLine[], enough: number): readonly JournalLine[] {
  const record = readRecord(entriesOf(lines));
  const isSame = (fewer: readonly JournalLine[]): boolean => isDeepStrictEqual(readRecord(entriesOf(fewer)), record);
  let left = lines;
  for (const step of [withoutOver, withoutRestores, sinceLastChange]) {
    if (bytesOf(left) <= enough) return left;
    const fewer = step(left, enough);
    if (isSame(fewer)) left = fewer;
  }
  return left;
}

const entriesOf = (lines: readonly JournalLine[]): JournalEntry[] =>
  lines.flatMap(({ entry }) => (entry === null ? [] : [entry]));
/** With the end of each line. */
const size = ({ text }: JournalLine): number => Buffer.byteLength(text) + 1;
const bytesOf = (lines: readonly JournalLine[]): number => lines.reduce((sum, one) => sum + size(one), 0);

/** From the end of a shield on: the first end after which it is short enough, else the last one. */
function withoutOver(lines: readonly JournalLine[], enough: number): readonly JournalLine[] {
  let record = emptyRecord;
  let rest = bytesOf(lines);
  let cut = 0;
  for (const [index, line] of lines.entries()) {
    rest -= size(line);
    if (line.entry === null) continue;
    record = afterEntry(record, line.entry);
    if (!isDeepStrictEqual(record, emptyRecord)) continue;
    cut = index + 1;
    if (rest <= enough) break;
  }
  return lines.slice(cut);
}

function withoutRestores(lines: readonly JournalLine[], enough: number): readonly JournalLine[] {
  const lastRestored = lines.findLastIndex(({ entry }) => entry?.step === 'restored');
  let over = bytesOf(lines) - enough;
  return lines.filter((line, index) => {
    const mayGo =
      over > 0 &&
      index !== lastRestored &&
      index !== lines.length - 1 &&
      (line.entry?.step === 'restored' || line.entry?.step === 'not-restored');
    if (mayGo) over -= size(line);
    return !mayGo;
  });
}

const sinceLastChange = (lines: readonly JournalLine[]): readonly JournalLine[] =>
  lines.slice(
    Math.max(
      0,
      lines.findLastIndex(({ entry }) => entry?.step === 'raising'),
    ),
  );
