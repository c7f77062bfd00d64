// The rules come first: a look puts them back whatever else fails, and says what failed.

import { existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readJournal } from '../../../../main/engine/journal/journal';
import { readRecord } from '../../../../main/engine/journal/state-on-record';
import { readKept } from '../../../../main/engine/keeper/status-file';
import { act } from '../../../../main/engine/shield/act';
import { processMark } from '../../../../main/host/process-mark';
import type { Ran } from '../../../../main/host/run-program';
import type { Outcome } from '../../../../main/model/outcome';
import type { Shield } from '../../../../main/model/shield';
import { type Spoken, spoken } from '../../in-english';
import { type FakeHost, fakeHost } from '../fake-host';
import { plainShield } from '../plain-shield';

const shield: Shield = { ...plainShield, reason: 'CVE-2017-0144' };
const other: Shield = { ...shield, id: 'ffffffff' };
let folder: string;
let pc: FakeHost;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bw-first-'));
  pc = fakeHost(folder);
  judging(async () => says('vulnerable'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

async function outcomeOf(request: Parameters<typeof act>[0]): Promise<Spoken<Outcome>> {
  const answer = await act(request, pc, '/opt/breakwater/helper.js');
  if (!('outcome' in answer)) throw new Error(JSON.stringify(answer));
  return spoken(answer.outcome);
}
const base = { version: 1, notAfter: '2026-11-24T12:01:00.000Z' } as const;
const raise = (wanted = shield) => outcomeOf({ ...base, act: 'shield', shield: wanted });
const look = (word: 'keep' | 'restore' = 'keep') => outcomeOf({ version: 1, act: word });
const kept = () => readKept(folder, false).kept;
const steps = async () => (await readJournal(folder, false)).entries.map(({ step }) => step);
/** What a judge in a process of its own comes to. */
function judging(apart: () => Promise<Ran>): void {
  pc = Object.assign(pc, { administration: { ...pc.administration, apart } });
}
const ended = (stdout: string, more: object = {}): Ran => ({
  ...{ kind: 'ended', code: 0, signal: null, complaint: '', tooMuch: false, stdout },
  ...more,
});
const says = (state: string, reason: string | null = shield.reason): Ran =>
  ended(JSON.stringify({ act: 'judge', reason, judged: { patch: { state, because: ['So.'] }, others: [] } }));
/** Who holds the lock: this test's parent, which lives. */
const lockOfAnother = () => writeFile(join(folder, 'lock'), `${process.ppid} boot-1 ${processMark(process.ppid)} 1 a`);
/** As if each wait for it were over. */
const impatient = (): void => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 6_000));
};
/** Nothing can be written beside the record, as on a full disk; what is there can be read. Gives the way back. */
async function unwritable(): Promise<() => Promise<void>> {
  const aside = `${folder}-aside`;
  const texts = new Map<string, string>();
  for (const name of ['journal.jsonl', 'status.json'])
    if (existsSync(join(folder, name))) texts.set(name, await readFile(join(folder, name), 'utf8'));
  await rename(folder, aside);
  // Each name is a folder's, so that no file of that name, and no draft of it, can be made; but for the record, which only grows.
  await mkdir(folder);
  await writeFile(join(folder, 'journal.jsonl'), texts.get('journal.jsonl') ?? '');
  await mkdir(join(folder, 'lock'));
  await writeFile(join(folder, 'status.json'), texts.get('status.json') ?? '');
  await mkdir(join(folder, 'status.json.draft'));
  await chmod(folder, 0o755);
  return async () => {
    await rm(folder, { recursive: true });
    await rename(aside, folder);
  };
}

describe('rules that are gone are back', () => {
  it('and noted before anything is judged', async () => {
    await raise();
    pc.rules = null;
    let seen: unknown;
    judging(async () => {
      seen = [pc.rules, kept()?.state, kept()?.restores, existsSync(join(folder, 'lock'))];
      return says('vulnerable');
    });
    expect(await look()).toMatchObject({ kind: 'done', unchanged: false });
    // Nor does anybody else wait for the judge.
    expect(seen).toEqual([shield, 'whole', 1, false]);
    expect(kept()).toMatchObject({ restores: 1, patch: { state: 'vulnerable' } });
  });

  it.each<[string, () => Promise<Ran>, RegExp]>([
    ['takes too long', async () => ended('', { code: 137 }), /longer than 20 seconds/],
    ['is killed', async () => ended('', { code: null, signal: 'SIGKILL' }), /longer than 20 seconds/],
    ['does not end', async () => ({ kind: 'not-run', why: 'it did not end' }), /it did not end/],
    ['can not be started', async () => ({ kind: 'not-there' }), /could not be started/],
    ['breaks off', async () => ended('', { code: 1, complaint: 'no memory' }), /no memory/],
    [
      'says something else',
      async () => ended('{"act":"judge","judged":{"patch":{"state":"fine"}}}'),
      /can not be read/,
    ],
    ['says nothing', async () => ended(''), /can not be read/],
    ['speaks of another shield', async () => says('patched', 'CVE-2020-0796'), /another reason/],
  ])('where the judge %s; whether it is patched is not known, and nothing is lifted', async (_, apart, why) => {
    await raise();
    pc.rules = null;
    judging(apart);
    expect(await look()).toMatchObject({ kind: 'done' });
    expect(pc.rules).toEqual(shield);
    expect(kept()).toMatchObject({
      state: 'whole',
      patch: { state: 'unknown', because: [expect.stringMatching(why)] },
    });
  });

  it.each(['keep', 'restore'] as const)('by "%s" where nothing can be written, and that is told', async (word) => {
    await raise();
    const before = await readFile(join(folder, 'journal.jsonl'), 'utf8');
    const heal = await unwritable();
    pc.rules = null;
    for (let nth = 0; nth < 2; nth++) {
      pc.rules = null;
      expect(await look(word)).toMatchObject({
        kind: 'unknown',
        what: expect.stringMatching(/can be written beside the record.*were put back/),
      });
      expect(pc.rules).toEqual(shield);
    }
    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toBe(before);
    await heal();
    expect(await look(word)).toMatchObject({ kind: 'done', unchanged: true });
  });

  it('where the record alone can not be written: it is noted, and not called a failure', async () => {
    await raise();
    pc.rules = null;
    const path = join(folder, 'journal.jsonl');
    pc.before = (call) => {
      // Between reading the record and writing it.
      if (call !== 'putUp') return;
      renameSync(path, `${path}.aside`);
      mkdirSync(path);
    };
    judging(async () => {
      rmdirSync(path);
      renameSync(`${path}.aside`, path);
      return says('vulnerable');
    });
    const before = await readFile(path, 'utf8');
    expect(await look()).toMatchObject({
      kind: 'unknown',
      what: expect.stringMatching(/record can't be written: EISDIR/),
    });
    expect(pc.rules).toEqual(shield);
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(kept()).toMatchObject({ state: 'whole', restores: 1, warnings: [{ code: 'not-written' }] });
    pc.before = () => undefined;
    judging(async () => says('vulnerable'));
    expect(await look()).toMatchObject({ kind: 'done', unchanged: true });
    expect(kept()?.warnings).toEqual([]);
  });

  it('where another process holds the lock for too long, unless that is in the middle of a change', async () => {
    await raise();
    await lockOfAnother();
    pc.rules = null;
    impatient();
    expect(await look()).toMatchObject({
      kind: 'unknown',
      what: expect.stringMatching(/Another Breakwater.*put back/),
    });
    expect(pc.rules).toEqual(shield);
    expect(await steps()).toEqual(['raising', 'changed', 'proved']);
    const line = { seq: 9, at: '2026-11-24T12:00:00.000Z', boot: 'boot-1', step: 'lowering', shield, why: null };
    await writeFile(join(folder, 'journal.jsonl'), `${JSON.stringify(line)}\n`, { flag: 'a' });
    pc.rules = null;
    for (const word of ['keep', 'restore'] as const)
      expect(await look(word)).toMatchObject({ kind: 'failed-undone', title: 'Busy' });
    expect(pc.rules).toBeNull();
  });

  it('and taken away again where the holder of the lock took the shield down meanwhile', async () => {
    await raise();
    await lockOfAnother();
    pc.rules = null;
    impatient();
    const line = {
      seq: 9,
      at: '2026-11-24T12:00:00.000Z',
      boot: 'boot-1',
      step: 'lowered',
      shield,
      restAsBefore: true,
    };
    const { putUp } = pc.administration;
    const racing = async (...args: Parameters<typeof putUp>): Promise<void> => {
      await writeFile(join(folder, 'journal.jsonl'), `${JSON.stringify(line)}\n`, { flag: 'a' });
      await putUp(...args);
    };
    Object.assign(pc, { administration: { ...pc.administration, putUp: racing } });
    expect(await look()).toMatchObject({ kind: 'failed-undone', title: 'Busy' });
    expect(pc.rules).toBeNull();
  });

  it('also without what can not be put on record before it is switched off', async () => {
    const switching: Shield = { ...shield, workarounds: ['smb1-off'] };
    pc.smb1 = false;
    await raise(switching);
    pc.smb1 = true;
    pc.rules = null;
    pc.before = (call) => {
      if (call === 'readWas') throw new Error('no registry');
    };
    expect(await look('restore')).toMatchObject({
      kind: 'unknown',
      what: expect.stringMatching(/smb1-off.*no registry/),
    });
    expect([pc.rules, pc.smb1]).toEqual([{ ...switching, workarounds: [] }, true]);
  });
});

describe('what is judged', () => {
  it('is of no use to another shield than it was asked for', async () => {
    await raise();
    judging(async () => {
      pc.rules = null;
      await raise(other);
      return says('patched');
    });
    expect(await look()).toMatchObject({ kind: 'done' });
    expect(readRecord((await readJournal(folder, false)).entries).standing?.shield).toEqual(other);
    expect(pc.rules).toEqual(other);
  });

  it('lifts where it is patched, in the same look that put the rules back', async () => {
    await raise();
    pc.rules = null;
    judging(async () => says('patched'));
    expect(await look()).toMatchObject({ kind: 'done', shield: { state: 'none' } });
    expect(await steps()).toEqual(['raising', 'changed', 'proved', 'restored', 'lowering', 'lowered']);
  });
});

it('twenty looks that fail in other words each time are recorded once, and warned of by one code and time', async () => {
  await raise();
  pc.rules = null;
  let nth = 0;
  const news: string[] = [];
  pc.before = (call) => {
    if (call === 'putUp') throw new Error(`no module at 12:${++nth}`);
  };
  for (let i = 0; i < 20; i++) {
    pc.time = `2026-11-24T12:${10 + i}:00.000Z`;
    news.push((await look()).kind);
  }
  expect(new Set(news)).toEqual(new Set(['failed-undone']));
  expect((await steps()).slice(3)).toEqual(['not-restored']);
  expect(kept()?.warnings).toEqual([
    { code: 'not-put-back', since: '2026-11-24T12:10:00.000Z', text: expect.stringContaining('no module at 12:40') },
  ]);
});
