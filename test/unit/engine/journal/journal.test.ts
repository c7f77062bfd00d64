// The journal on a real disk: kept, readable to all, and never misread however it was cut.
import { appendFile, chmod, chown, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalPath, openRecorder, parseJournal, readJournal } from '../../../../main/engine/journal/journal';
import { readRecord } from '../../../../main/engine/journal/state-on-record';
import type { Shield } from '../../../../main/model/shield';

const shield: Shield = {
  id: '0123abcd',
  since: '2026-11-24T12:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: 'CVE-2020-0796',
};
const other: Shield = { ...shield, outbound: true };
const now = (): Date => new Date('2026-11-24T12:00:00.000Z');
let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'bw-journal-')), 'state');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));
const recorder = () => openRecorder(folder, false, now, 'boot-1');

describe('the journal', () => {
  it('that is not there is empty', async () => {
    expect(await readJournal(folder, true)).toMatchObject({ entries: [], damage: null });
  });

  it('keeps entries in order across openings, readable to everybody and writable to its owner', async () => {
    await (await recorder()).add({ step: 'raising', shield, before: null, was: {} });
    await (await recorder()).add({ step: 'proved', shield, proof: ['shut'] });
    const { entries } = await readJournal(folder, false);
    expect(entries.map(({ seq, step, boot }) => [seq, step, boot])).toEqual([
      [1, 'raising', 'boot-1'],
      [2, 'proved', 'boot-1'],
    ]);
    expect((await stat(journalPath(folder))).mode & 0o777).toBe(0o644);
  });

  it('only grows', async () => {
    const first = await recorder();
    await first.add({ step: 'raising', shield, before: null, was: {} });
    const before = await readFile(journalPath(folder), 'utf8');
    await first.add({ step: 'changed' });
    expect((await readFile(journalPath(folder), 'utf8')).startsWith(before)).toBe(true);
  });

  it('cut at any byte gives the entries before the cut, says so, and goes on from there', async () => {
    const writing = await recorder();
    await writing.add({ step: 'raising', shield, before: null, was: {} });
    const whole = (await readFile(journalPath(folder), 'utf8')).length;
    await writing.add({ step: 'proved', shield, proof: ['shut'] });
    const text = await readFile(journalPath(folder), 'utf8');
    for (let cut = whole + 1; cut < text.length - 1; cut += 7) {
      await writeFile(journalPath(folder), text.slice(0, cut));
      const journal = await readJournal(folder, false);
      expect(journal.entries.map(({ step }) => step)).toEqual(['raising']);
      expect(journal.damage).toMatch(/1 line /);
      expect(readRecord(journal.entries).interrupted?.step).toBe('raising');
      await (await recorder()).add({ step: 'undone', why: 'cut off', restored: null });
      expect((await readJournal(folder, false)).entries.map(({ seq, step }) => [seq, step])).toEqual([
        [1, 'raising'],
        [2, 'undone'],
      ]);
    }
  });

  it('with lines of another version keeps the rest', () => {
    const good = JSON.stringify({ seq: 1, at: '2026-11-24T12:00:00.000Z', boot: null, step: 'changed' });
    const { entries, damage } = parseJournal(`${good}\n{"step":"teleported"}\n\u0000\u0001\n${good}\n`);
    expect(entries).toHaveLength(2);
    expect(damage).toMatch(/2 lines/);
  });

  it.runIf(process.getuid?.() === 0)('that somebody else could have written does not count', async () => {
    await (await recorder()).add({ step: 'proved', shield, proof: [] });
    expect((await readJournal(folder, true)).entries).toHaveLength(1);
    await chmod(journalPath(folder), 0o666);
    await expect(readJournal(folder, true)).rejects.toThrow(/not an administrator/);
    await chmod(journalPath(folder), 0o644);
    await chown(folder, 65534, 65534);
    await expect(readJournal(folder, true)).rejects.toThrow(/not an administrator/);
    await chown(folder, 0, 0);
    await rm(journalPath(folder));
    await symlink('/etc/hostname', journalPath(folder));
    await expect(readJournal(folder, true)).rejects.toThrow(/not an administrator/);
  });

  it('that is a folder is an error, not "no shield"', async () => {
    await recorder();
    await rm(journalPath(folder), { force: true });
    await (await import('node:fs/promises')).mkdir(journalPath(folder));
    await expect(readJournal(folder, false)).rejects.toThrow(/can't be read/);
  });

  it('without its last line feed does not swallow the next entry', async () => {
    await (await recorder()).add({ step: 'proved', shield, proof: [] });
    await appendFile(journalPath(folder), '{"seq":2,"at"');
    await (await recorder()).add({ step: 'lowering', shield, why: null, was: {} });
    expect((await readJournal(folder, false)).entries.map(({ step }) => step)).toEqual(['proved', 'lowering']);
  });
});

describe('what the entries add up to', () => {
  const base = { seq: 1, at: '2026-11-24T12:00:00.000Z', boot: 'boot-1' } as const;
  it.each([
    ['nothing', [], null, null],
    [
      'a proven shield',
      [{ step: 'raising', shield, before: null, was: {} }, { step: 'changed' }, { step: 'proved', shield, proof: [] }],
      shield,
      null,
    ],
    [
      'a change of scope that was cut off',
      [
        { step: 'proved', shield, proof: [] },
        { step: 'raising', shield: other, before: shield, was: {} },
      ],
      shield,
      'raising',
    ],
    [
      'a change of scope that was undone',
      [
        { step: 'raising', shield: other, before: shield, was: {} },
        { step: 'undone', why: '', restored: shield },
      ],
      shield,
      null,
    ],
    [
      'a lifted shield',
      [
        { step: 'proved', shield, proof: [] },
        { step: 'lowering', shield, why: null, was: {} },
        { step: 'lowered', shield, restAsBefore: true },
      ],
      null,
      null,
    ],
    [
      'a lift that was cut off',
      [
        { step: 'proved', shield, proof: [] },
        { step: 'lowering', shield, why: null, was: {} },
      ],
      shield,
      'lowering',
    ],
  ] as const)('%s', (_, steps, standing, interrupted) => {
    const record = readRecord(steps.map((step) => ({ ...base, ...step })));
    expect(record.standing?.shield ?? null).toEqual(standing);
    expect(record.interrupted?.step ?? null).toBe(interrupted);
  });
});
