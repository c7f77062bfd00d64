// A long journal: what is over goes, and what the rest adds up to is the same.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalPath, openRecorder, parseJournal } from '../../../../main/engine/journal/journal';
import { shortened } from '../../../../main/engine/journal/journal-length';
import { readRecord } from '../../../../main/engine/journal/state-on-record';
import type { JournalEntry } from '../../../../main/model/journal';
import type { Shield } from '../../../../main/model/shield';
import { plainShield } from '../plain-shield';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-long-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const named = (nth: number): Shield => ({ ...plainShield, id: nth.toString(16).padStart(8, '0') });
const numbered = (steps: readonly object[]): JournalEntry[] =>
  steps.map((step, nth) => ({ seq: nth + 1, at: '2026-11-24T12:00:00.000Z', boot: 'b', ...step }) as JournalEntry);
const raised = (shield: Shield, before: Shield | null = null): object[] => [
  { step: 'raising', shield, before, was: {} },
  { step: 'changed' },
  { step: 'proved', shield, proof: ['shut'] },
];
const lowered = (shield: Shield): object[] => [
  { step: 'lowering', shield, why: null, was: {} },
  { step: 'lowered', shield, restAsBefore: true },
];
const restored = { step: 'restored', why: 'x'.repeat(400) };
const linesOf = (entries: readonly JournalEntry[]) => entries.map((entry) => ({ text: JSON.stringify(entry), entry }));
const entriesOf = (lines: ReturnType<typeof shortened>) =>
  lines.flatMap(({ entry }) => (entry === null ? [] : [entry]));
const bytes = (lines: readonly { readonly text: string }[]): number =>
  lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);

describe('what goes', () => {
  it('are whole shields that are over, the oldest first, and no more than has to', () => {
    const lines = linesOf(numbered([1, 2, 3].flatMap((nth) => [...raised(named(nth)), ...lowered(named(nth))])));
    const two = bytes(lines.slice(5));
    expect(shortened(lines, bytes(lines))).toEqual(lines);
    expect(shortened(lines, two)).toEqual(lines.slice(5));
    expect(shortened(lines, two - 1)).toEqual(lines.slice(10));
  });

  it('is never the beginning of the shield that stands, but times at which it was put back', () => {
    const steps = [...raised(named(1)), ...lowered(named(1)), ...raised(named(2)), ...Array(50).fill(restored)];
    const lines = linesOf(numbered(steps));
    const fewer = shortened(lines, 4_000);
    expect(bytes(fewer)).toBeLessThanOrEqual(4_000);
    expect(fewer.slice(0, 3)).toEqual(lines.slice(5, 8));
    expect(fewer.at(-1)).toEqual(lines.at(-1));
  });

  it('is nothing of what was cut off or left behind', () => {
    const lines = linesOf(
      numbered([
        ...raised(named(1)),
        {
          step: 'left',
          why: 'y'.repeat(500),
          clear: 'c',
          standing: named(1),
          was: { 'smb1-off': { values: {}, ran: [] } },
        },
        { step: 'lowering', shield: named(1), why: null, was: { 'smb1-off': { values: {}, ran: [] } } },
      ]),
    );
    const fewer = shortened(lines, 10);
    expect(readRecord(entriesOf(fewer))).toEqual(readRecord(entriesOf(lines)));
  });

  it('leaves what the lines add up to as it was, whatever they are', () => {
    const was = fc.constantFrom({}, { 'smb1-off': { values: { SMB1: 1 }, ran: [] } });
    const shield = fc.integer({ min: 1, max: 3 }).map(named);
    const maybe = fc.option(shield);
    const step = fc.oneof(
      fc.record({ step: fc.constant('raising'), shield, before: maybe, was }),
      fc.record({ step: fc.constant('lowering'), shield: maybe, why: fc.constant(null), was }),
      fc.record({ step: fc.constant('proved'), shield, proof: fc.constant(['shut']) }),
      fc.record({ step: fc.constant('undone'), why: fc.string(), restored: maybe }),
      fc.record({ step: fc.constant('lowered'), shield: maybe, restAsBefore: fc.boolean() }),
      fc.record({ step: fc.constant('left'), why: fc.string(), clear: fc.constant('c'), standing: maybe, was }),
      fc.constant({ step: 'changed' }),
      fc.constant(restored),
      fc.constant({ step: 'not-restored', code: 'refused', why: 'no' }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 20_000 }), (steps, enough) => {
        const entries = numbered(steps);
        const lines = linesOf(entries);
        const fewer = shortened(lines, enough);
        expect(readRecord(entriesOf(fewer))).toEqual(readRecord(entries));
        expect(lines.filter((line) => fewer.includes(line))).toEqual(fewer);
        if (bytes(lines) <= enough) expect(fewer).toEqual(lines);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the file', () => {
  const open = () => openRecorder(folder, false, () => new Date('2026-11-24T12:00:00.000Z'), 'b');
  const record = () => readRecord(parseJournal(readFileSync(journalPath(folder), 'utf8')).entries);
  /** Of 11 MB: a shield that is over, and one that stands. */
  function write(): void {
    const over = [...raised(named(1)), ...Array(12_000).fill(restored), ...lowered(named(1))];
    const steps = [...over, ...raised(named(2)), ...Array(12_000).fill(restored)];
    const lines = linesOf(numbered(steps)).map(({ text }) => `${text}\n`);
    writeFileSync(journalPath(folder), lines.join(''));
    expect(statSync(journalPath(folder)).size).toBeGreaterThan(11_000_000);
  }

  it('is left alone until it is longer than 10 MB, then gets shorter, keeps its rights, and goes on', async () => {
    write();
    const [before, recorder] = [record(), await open()];
    await recorder.trim();
    const { size, mode } = statSync(journalPath(folder));
    expect(size).toBeLessThan(5.3e6);
    expect(mode & 0o777).toBe(0o644);
    expect(record()).toEqual(before);
    expect((await recorder.add({ step: 'restored', why: 'later' })).seq).toBe(24_009);
    expect(parseJournal(readFileSync(journalPath(folder), 'utf8'))).toMatchObject({ damage: null });
    const after = readFileSync(journalPath(folder), 'utf8');
    await (await open()).trim();
    expect(readFileSync(journalPath(folder), 'utf8')).toBe(after);
    expect(readdirSync(folder)).toEqual(['journal.jsonl']);
  });

  it('is as it was where it can not be replaced, or nothing may go', async () => {
    write();
    const before = readFileSync(journalPath(folder), 'utf8');
    const recorder = await open();
    // Something that rm(3) does not take away stands in the draft's place.
    mkdirSync(`${journalPath(folder)}.draft`);
    await expect(recorder.trim()).rejects.toThrow();
    expect(readFileSync(journalPath(folder), 'utf8')).toBe(before);
    rmSync(`${journalPath(folder)}.draft`, { recursive: true });
    const long = { step: 'proved', shield: named(1), proof: ['z'.repeat(11_000_000)] };
    const lines = linesOf(numbered([raised(named(1))[0] ?? {}, long]));
    writeFileSync(journalPath(folder), lines.map(({ text }) => `${text}\n`).join(''));
    await expect((await open()).trim()).rejects.toThrow('not over');
  });

  it('is the old one or the new one whenever its writer is killed', async () => {
    write();
    const before = record();
    const whole = readFileSync(journalPath(folder), 'utf8');
    const script = join(folder, 'trim.cjs');
    buildSync({
      stdin: {
        contents: `import { openRecorder } from './main/engine/journal/journal';
          openRecorder(process.argv[2], false, () => new Date(), 'b').then((one) => { process.stdout.write('begun'); return one.trim(); });`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      outfile: script,
      logLevel: 'error',
    });
    const fates = new Set<string>();
    for (let wait = 0; wait < 10; wait++) {
      if (readFileSync(journalPath(folder), 'utf8') !== whole) writeFileSync(journalPath(folder), whole);
      const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'ignore'] });
      const over = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      setTimeout(() => child.kill('SIGKILL'), wait * 50);
      await over;
      const text = readFileSync(journalPath(folder), 'utf8');
      fates.add(text === whole ? 'old' : 'new');
      expect(parseJournal(text).damage).toBeNull();
      expect(record()).toEqual(before);
    }
    expect(fates.has('old')).toBe(true);
    await (await open()).trim();
    expect(existsSync(`${journalPath(folder)}.draft`)).toBe(false);
  }, 120_000);
});
