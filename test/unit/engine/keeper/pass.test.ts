// The keeper's looks and its schedule, with each step failing: what is on record stays right, and the next look tries again.

import { appendFile, chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJournal } from '../../../../main/engine/journal/journal';
import { readRecord } from '../../../../main/engine/journal/state-on-record';
import { readKept } from '../../../../main/engine/keeper/status-file';
import { act } from '../../../../main/engine/shield/act';
import type { Outcome } from '../../../../main/model/outcome';
import type { Shield } from '../../../../main/model/shield';
import { type Spoken, spoken } from '../../in-english';
import { type FakeHost, fakeHost } from '../fake-host';
import { plainShield } from '../plain-shield';

const shield = plainShield;
const dated: Shield = { ...shield, until: '2026-11-25T12:00:00.000Z' };
const leased: Shield = { ...dated, atEnd: 'lift' };
const later = '2026-11-25T13:00:00.000Z';

let folder: string;
let pc: FakeHost;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bw-keeper-'));
  pc = fakeHost(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function outcomeOf(request: Parameters<typeof act>[0]): Promise<Spoken<Outcome>> {
  const answer = await act(request, pc, '/opt/breakwater/helper.js');
  if (!('outcome' in answer)) throw new Error(JSON.stringify(answer));
  return spoken(answer.outcome);
}
const base = { version: 1, notAfter: '2026-11-24T12:01:00.000Z' } as const;
const raise = (wanted = shield) => outcomeOf({ ...base, act: 'shield', shield: wanted });
const lift = () => outcomeOf({ ...base, act: 'lift' });
const keep = () => outcomeOf({ version: 1, act: 'keep' });
const restore = () => outcomeOf({ version: 1, act: 'restore' });
const entries = async () => (await readJournal(folder, false)).entries;
const steps = async () => (await entries()).map(({ step }) => step);
const record = async () => readRecord(await entries());
const kept = () => readKept(folder, false).kept;
const failAt = (call: string, nth = 1) => {
  pc.calls.length = 0;
  pc.before = (at, count) => {
    if (at === call && count === nth) throw new Error(`${call} failed`);
  };
};
const heal = () => {
  pc.before = () => undefined;
};
const begun = (entry: object) =>
  appendFile(
    join(folder, 'journal.jsonl'),
    `${JSON.stringify({ seq: 9, at: '2026-11-24T12:00:00.000Z', boot: 'boot-1', ...entry })}\n`,
  );

describe("the keeper's schedule", () => {
  it('is set up after the rules, and is part of the proof', async () => {
    expect(await raise()).toMatchObject({ kind: 'done' });
    expect(pc.calls).toEqual(['readShield', 'putUp', 'startKeeping', 'readShield']);
    expect((await record()).standing?.proof).toContain('The keeper looks after it: all the time.');
  });

  it('that can not be set up takes the shield with it', async () => {
    failAt('startKeeping');
    expect(await raise()).toMatchObject({
      kind: 'failed-undone',
      what: expect.stringContaining('startKeeping failed'),
    });
    expect([pc.rules, pc.schedule.state]).toEqual([null, 'absent']);
    expect(await steps()).toEqual(['raising', 'changed', 'undone']);
  });

  it('that can not be set up leaves the shield that was up before', async () => {
    await raise();
    pc.schedule = { state: 'broken', why: 'a file is gone' };
    failAt('startKeeping');
    expect(await raise({ ...shield, outbound: true })).toMatchObject({ kind: 'failed-undone' });
    expect(pc.rules).toEqual(shield);
    expect((await record()).standing?.shield).toEqual(shield);
  });

  it('is not asked for where none can stand, and the proof says so', async () => {
    pc.schedule = { state: 'impossible', why: 'systemd does not run this PC' };
    const outcome = await raise();
    expect(outcome).toMatchObject({
      kind: 'done',
      shield: {
        state: 'up',
        because: expect.arrayContaining([expect.stringContaining('Nothing looks after')]),
      },
    });
    expect(pc.calls).not.toContain('startKeeping');
    expect((await record()).standing?.proof.at(-1)).toContain('systemd does not run this PC');
  });

  it('that is gone is set up again with the same shield', async () => {
    await raise();
    pc.schedule = { state: 'absent' };
    expect(await raise()).toMatchObject({ kind: 'done', unchanged: false });
    expect(pc.schedule.state).toBe('whole');
    expect(await raise()).toMatchObject({ kind: 'done', unchanged: true });
  });

  it('goes with the shield', async () => {
    await raise();
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: false });
    expect(pc.schedule.state).toBe('absent');
    expect(await steps()).toEqual(['raising', 'changed', 'proved', 'lowering', 'lowered']);
  });

  it('that can not be taken away is said to be left, and the next lift ends it', async () => {
    await raise();
    failAt('stopKeeping');
    expect(await lift()).toMatchObject({ kind: 'failed-left', clear: 'sudo clear it' });
    expect(pc.rules).toBeNull();
    heal();
    expect(await lift()).toMatchObject({ kind: 'done' });
    expect(pc.schedule.state).toBe('absent');
    expect(await record()).toMatchObject({ standing: null, interrupted: null, left: null });
  });

  it('without a shield is taken away by a lift, and by the keeper itself', async () => {
    pc.schedule = { state: 'whole' };
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: true });
    expect(pc.schedule.state).toBe('absent');
    pc.schedule = { state: 'whole' };
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: true });
    expect(pc.schedule.state).toBe('absent');
  });

  it('that was cut off in the middle is finished with the change', async () => {
    pc.rules = shield;
    pc.schedule = { state: 'broken', why: 'half of it' };
    await begun({ step: 'raising', shield, before: null, was: {} });
    expect(await keep()).toMatchObject({ kind: 'done' });
    expect([pc.schedule.state, (await record()).standing?.shield]).toEqual(['whole', shield]);
    await begun({ step: 'lowering', shield });
    expect(await keep()).toMatchObject({ kind: 'done' });
    expect([pc.schedule.state, pc.rules, (await record()).standing]).toEqual(['absent', null, null]);
  });
});

describe('a look of the keeper', () => {
  it('at a whole shield changes nothing but its note', async () => {
    await raise();
    const before = await readFile(join(folder, 'journal.jsonl'), 'utf8');
    pc.time = '2026-11-24T12:00:30.000Z';
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: true, notes: [] });
    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toBe(before);
    expect(kept()).toMatchObject({ at: pc.time, wholeAt: pc.time, state: 'whole', shield, restores: 0, warnings: [] });
  });

  it('puts rules back that were wiped or changed, and says when', async () => {
    await raise();
    for (const [nth, rules] of [null, { ...shield, outbound: true }].entries()) {
      pc.rules = rules;
      pc.time = `2026-11-24T12:0${nth}:30.000Z`;
      expect(await keep()).toMatchObject({ kind: 'done', unchanged: false, shield: { state: 'up' } });
      expect(pc.rules).toEqual(shield);
      expect(kept()).toMatchObject({ restoredAt: pc.time, restores: nth + 1, wholeAt: pc.time });
      expect((await record()).standing).toMatchObject({ shield, provedAt: pc.time });
    }
    expect((await steps()).slice(3)).toEqual(['restored', 'restored']);
  });

  it('that can not put rules back says so each time, records it once, and tries again', async () => {
    await raise();
    pc.rules = null;
    pc.takes = false;
    for (let i = 0; i < 3; i++) {
      expect(await keep()).toMatchObject({ kind: 'failed-undone', title: 'The shield could not be put back' });
      expect(kept()).toMatchObject({
        state: 'open',
        warnings: [expect.objectContaining({ text: expect.stringContaining('could not be put back') })],
      });
      expect((await record()).standing?.shield).toEqual(shield);
    }
    expect((await steps()).slice(3)).toEqual(['not-restored']);
    pc.takes = true;
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: false });
    expect(kept()).toMatchObject({ state: 'whole', warnings: [] });
  });

  it('that can not lift says so to everybody', async () => {
    await raise(leased);
    pc.time = later;
    pc.before = (call) => {
      if (call === 'takeDown') throw new Error('no module');
    };
    expect(await keep()).toMatchObject({ kind: 'failed-undone', title: 'The shield is still up' });
    expect(kept()).toMatchObject({
      at: later,
      warnings: [expect.objectContaining({ text: expect.stringMatching(/should be lifted.*as agreed.*no module/) })],
    });
    heal();
    expect(await keep()).toMatchObject({ kind: 'done', shield: { state: 'none' } });
  });

  it('lifts where the other rules can not be read, and says that it can not tell of them', async () => {
    await raise(leased);
    pc.time = later;
    pc.before = (call) => {
      if (call === 'readRest') throw new Error('too slow');
    };
    expect(await keep()).toMatchObject({ kind: 'unknown', title: 'The shield is down' });
    expect([pc.rules, pc.schedule.state, (await record()).standing]).toEqual([null, 'absent', null]);
  });

  it('lifts at the date where that is agreed, and notes why', async () => {
    await raise(leased);
    pc.time = later;
    expect(await keep()).toMatchObject({
      kind: 'done',
      shield: { state: 'none' },
      notes: [expect.stringMatching(/date has come/)],
    });
    expect([pc.rules, pc.schedule.state]).toEqual([null, 'absent']);
    expect(kept()).toMatchObject({
      state: 'none',
      ended: { at: later, shield: leased, why: expect.stringMatching(/as agreed/) },
    });
    expect((await entries()).find(({ step }) => step === 'lowering')).toMatchObject({
      why: expect.stringMatching(/as agreed/),
    });
  });

  it('stays shut at the date where that is agreed, and warns once in the log', async () => {
    await raise(dated);
    pc.time = later;
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: true, notes: [expect.stringMatching(/has passed/)] });
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: true, notes: [] });
    expect(pc.rules).toEqual(dated);
    expect(kept()?.warnings).toEqual([expect.objectContaining({ text: expect.stringContaining('has passed') })]);
  });

  it('by a clock that can not be right leases rules from the last moment that is sure', async () => {
    await raise(leased);
    pc.time = '2026-11-24T18:00:00.000Z';
    await keep();
    // The same warning with another date in it is no news.
    const news = [[expect.stringMatching(/clock says/)], []];
    for (const [nth, wrong] of ['2020-01-01T00:00:00.000Z', '2040-01-01T00:00:00.000Z'].entries()) {
      pc.time = wrong;
      pc.rules = null;
      expect(await keep()).toMatchObject({
        kind: 'done',
        notes: [...(news[nth] ?? []), expect.stringMatching(/were put back/)],
      });
      expect(pc.rules).toEqual(leased);
      expect(pc.leasedFrom).toBe('2026-11-24T18:00:00.000Z');
      expect(kept()?.sureAt).toBe('2026-11-24T18:00:00.000Z');
    }
    pc.time = later;
    expect(await keep()).toMatchObject({ kind: 'done', shield: { state: 'none' } });
  });

  it('mends its schedule, and warns where it can not', async () => {
    await raise();
    pc.schedule = { state: 'broken', why: 'a file is gone' };
    failAt('startKeeping');
    expect(await keep()).toMatchObject({ kind: 'done', notes: [expect.stringMatching(/could not be mended/)] });
    expect(kept()?.warnings).toEqual([expect.objectContaining({ text: expect.stringContaining('a file is gone') })]);
    heal();
    expect(await keep()).toMatchObject({
      kind: 'done',
      unchanged: false,
      notes: [expect.stringMatching(/was mended/)],
    });
    expect(pc.schedule.state).toBe('whole');
  });

  it('sets its schedule up again where all of it was taken away', async () => {
    await raise();
    pc.schedule = { state: 'absent' };
    expect(await keep()).toMatchObject({ kind: 'done', notes: [expect.stringMatching(/was mended/)] });
    expect(pc.schedule.state).toBe('whole');
    pc.schedule = { state: 'impossible', why: 'systemd does not run this PC' };
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: true, notes: [] });
  });

  it.each([
    ['1970', '1970-01-01T00:10:00.000Z'],
    ['years ahead', '2034-01-01T00:00:00.000Z'],
    ['thirteen months ago', '2025-10-20T12:00:00.000Z'],
  ])('at a shield from %s lifts nothing, until somebody puts it up again by the clock as it is', async (_, since) => {
    pc.time = since;
    await raise({ ...shield, since });
    pc.time = '2026-11-24T12:00:00.000Z';
    await keep();
    expect(kept()?.warnings).toEqual([
      expect.objectContaining({ text: expect.stringMatching(/clock says.*put the shield up again/) }),
    ]);
    expect(await raise({ ...leased, id: 'ffffffff' })).toMatchObject({
      kind: 'done',
      unchanged: false,
      shield: { shield: { ...leased, id: 'ffffffff' } },
    });
    expect(await keep()).toMatchObject({ kind: 'done' });
    expect(kept()?.warnings).toEqual([]);
    pc.time = later;
    expect(await keep()).toMatchObject({ kind: 'done', shield: { state: 'none' } });
  });

  it('clears what a failed change has left', async () => {
    await raise();
    pc.before = (call, nth) => {
      if (call === 'takeDown' || (call === 'readShield' && nth === 4)) throw new Error(`${call} failed`);
    };
    expect(await lift()).toMatchObject({ kind: 'failed-left' });
    expect(pc.rules).toEqual(shield);
    heal();
    expect(await keep()).toMatchObject({ kind: 'done' });
    expect([pc.rules, pc.schedule.state]).toEqual([null, 'absent']);
    expect(await record()).toMatchObject({ standing: null, left: null });
  });

  it("beside a stranger's table leaves that alone", async () => {
    await raise();
    pc.rules = 'foreign';
    expect(await keep()).toMatchObject({ kind: 'failed-undone', title: 'Somebody else uses our name' });
    expect(pc.rules).toBe('foreign');
    expect(kept()).toMatchObject({ state: 'open' });
  });
});

describe('a shield that should be up stays so', () => {
  const other: Shield = { ...shield, id: 'ffffffff', since: '2026-11-24T12:30:00.000Z' };

  it('where putting it up by hand fails after its rules were wiped: the next look puts it back', async () => {
    await raise();
    pc.rules = null;
    pc.before = (call) => {
      if (call === 'putUp') throw new Error('no module');
    };
    expect(await keep()).toMatchObject({ kind: 'failed-undone' });
    expect(await raise(other)).toMatchObject({
      kind: 'failed-left',
      title: 'The shield may not be whole',
      todo: expect.stringContaining('it goes on putting it back'),
    });
    expect([(await record()).standing?.shield, pc.schedule.state]).toEqual([shield, 'whole']);
    heal();
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: false });
    expect(pc.rules).toEqual(shield);
  });

  it('where putting it up by hand is cut off after its rules were wiped', async () => {
    await raise();
    await begun({ step: 'raising', shield: other, before: shield });
    pc.rules = null;
    await restore();
    expect(await keep()).toMatchObject({ kind: 'done' });
    expect([pc.rules, pc.schedule.state, (await record()).standing?.shield]).toEqual([shield, 'whole', shield]);
  });

  it('with a keeper that is not whole, which is left to mend itself, and that is said', async () => {
    await raise();
    pc.schedule = { state: 'broken', why: 'another version wrote it' };
    pc.before = (call) => {
      if (call === 'startKeeping') throw new Error('no room on the disk');
    };
    expect(await raise({ ...shield, outbound: true })).toMatchObject({
      kind: 'failed-undone',
      todo: expect.stringMatching(/is up as it was\. Its keeper's schedule is not whole.*no room on the disk/),
    });
    expect([pc.rules, pc.schedule.state]).toEqual([shield, 'broken']);
    heal();
    expect(await keep()).toMatchObject({ kind: 'done', notes: [expect.stringMatching(/was mended/)] });
  });

  it('but not where it was to end by itself meanwhile: then the change is undone whole', async () => {
    await raise(leased);
    pc.time = later;
    pc.rules = null;
    failAt('putUp');
    expect(await raise({ ...other, since: later })).toMatchObject({ kind: 'failed-undone' });
    expect([pc.rules, pc.schedule.state, (await record()).standing]).toEqual([null, 'absent', null]);
  });

  it('with its own lease, where a change to a shorter one failed after its rules were there', async () => {
    await raise(leased);
    pc.calls.length = 0;
    pc.schedule = { state: 'absent' };
    failAt('startKeeping');
    await raise({ ...leased, until: '2026-11-24T12:00:30.000Z' });
    expect(pc.calls.filter((call) => call === 'putUp')).toHaveLength(2);
    expect(pc.rules).toEqual(leased);
  });

  it('whatever a clock says that can not be right', async () => {
    await raise(leased);
    pc.time = '2028-01-01T00:00:00.000Z';
    failAt('putUp');
    await raise({ ...other, since: pc.time });
    expect([pc.rules, pc.leasedFrom, pc.schedule.state]).toEqual([leased, shield.since, 'whole']);
    await begun({ step: 'raising', shield: { ...leased, outbound: true }, before: leased, was: {} });
    heal();
    expect(await keep()).toMatchObject({ kind: 'done' });
    expect([pc.rules, (await record()).standing?.shield]).toEqual([leased, leased]);
  });

  it('with its own lease, at the next look, where what a failed change left looks whole', async () => {
    await raise(leased);
    pc.calls.length = 0;
    pc.before = (call, nth) => {
      if (call === 'readShield' && nth > 1) throw new Error('too slow');
    };
    expect(await raise({ ...leased, until: '2026-11-24T12:30:00.000Z' })).toMatchObject({ kind: 'failed-left' });
    heal();
    pc.rules = leased;
    pc.leasedFrom = null;
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: false, notes: [expect.stringMatching(/in doubt/)] });
    expect([pc.leasedFrom, (await record()).left]).toEqual([pc.time, null]);
    expect(await keep()).toMatchObject({ kind: 'done', unchanged: true });
  });

  it('is what the record of such a change says', async () => {
    await raise();
    pc.rules = null;
    await raise(other);
    expect((await entries()).filter(({ step }) => step === 'raising').at(-1)).toMatchObject({ before: shield });
  });

  it.each([1, 2])('where a change of it fails, and undoing that fails %i times', async (times) => {
    await raise();
    failAt('putUp');
    const failing = pc.before;
    let reads = 0;
    pc.before = (call, nth) => {
      failing(call, nth);
      if (call === 'readShield' && nth > 1 && reads++ < times) throw new Error('too slow');
    };
    expect(await raise({ ...shield, outbound: true })).toMatchObject({
      kind: 'failed-left',
      what: expect.stringMatching(/putUp failed.*Undoing it failed too: too slow/),
    });
    expect(await record()).toMatchObject({ standing: { shield }, left: { step: 'left' } });
    if (times === 2) expect(await keep()).toMatchObject({ kind: 'failed-undone', what: 'too slow' });
    expect(await keep()).toMatchObject({ kind: 'done' });
    expect(await restore()).toMatchObject({ kind: 'done', unchanged: true });
    expect([pc.rules, pc.schedule.state]).toEqual([shield, 'whole']);
  });

  it('where a change of it is cut off, and settling that fails', async () => {
    await raise();
    await begun({ step: 'raising', shield: { ...shield, outbound: true }, before: shield });
    failAt('readShield', 2);
    expect(await keep()).toMatchObject({ kind: 'failed-left' });
    heal();
    for (let looks = 0; looks < 2; looks++) expect(await keep()).toMatchObject({ kind: 'done' });
    expect([pc.rules, pc.schedule.state, (await record()).standing?.shield]).toEqual([shield, 'whole', shield]);
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: false });
    expect([pc.rules, (await record()).left]).toEqual([null, null]);
  });
});

describe('putting back while the PC starts', () => {
  it('puts up what is on record, with the rest of its lease', async () => {
    await raise(leased);
    pc.rules = null;
    pc.time = '2026-11-25T11:00:00.000Z';
    expect(await restore()).toMatchObject({ kind: 'done', unchanged: false });
    expect([pc.rules, pc.leasedFrom]).toEqual([leased, pc.time]);
    expect(kept()).toMatchObject({ state: 'whole', restores: 1 });
  });

  it('puts nothing up whose lease is over, and lifts nothing', async () => {
    await raise(leased);
    pc.rules = null;
    pc.time = later;
    expect(await restore()).toMatchObject({ kind: 'done', unchanged: true });
    expect([pc.rules, pc.schedule.state]).toEqual([null, 'whole']);
  });

  it('puts up a shield whose date has passed where it is to stay', async () => {
    await raise(dated);
    pc.rules = null;
    pc.time = later;
    await restore();
    expect(pc.rules).toEqual(dated);
  });

  it('does not forget what a lost note may have told of', async () => {
    await raise();
    await keep();
    await writeFile(join(folder, 'status.json'), '');
    await restore();
    expect(kept()?.otherServers?.who).toContain('lost note');
  });

  it('leaves a change that was cut off to the next look, but puts up what was there before it', async () => {
    await raise();
    await begun({ step: 'raising', shield: { ...shield, outbound: true }, before: shield });
    pc.rules = null;
    await restore();
    expect(pc.rules).toEqual(shield);
    expect((await record()).interrupted?.step).toBe('raising');
    await begun({ step: 'lowering', shield });
    pc.rules = null;
    await restore();
    expect(pc.rules).toBeNull();
  });

  it.each([
    ['from before the PC started', `${process.pid} boot-0`],
    ['whose text was lost when the power failed', ''],
    ['of a process that is gone', '4194000 boot-1'],
  ])('does not wait for a lock %s', async (_, lock) => {
    await raise();
    pc.rules = null;
    await writeFile(join(folder, 'lock'), lock);
    expect(await restore()).toMatchObject({ kind: 'done', unchanged: false });
    expect((await readdir(folder)).sort()).toEqual(['journal.jsonl', 'status.json']);
  });

  it('waits for one that is alive, and lets many begin at once', async () => {
    await raise();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => keep()));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('done'));
  });
});

describe("the keeper's note", () => {
  it.each([
    ['empty', ''],
    ['cut short', '{"schema":"breakwater/kept@1","at":"2026-11-2'],
    ['of another kind', '{"schema":"breakwater/inspect@1"}'],
    ['of another shape', '{"schema":"breakwater/kept@1","at":"now"}'],
    ['a list', '[]'],
  ])('that is %s is not believed, says why, and is written anew at the next look', async (_, text) => {
    await raise();
    await writeFile(join(folder, 'status.json'), text);
    expect(readKept(folder, false)).toEqual({ kept: null, doubt: expect.stringContaining('status.json') });
    await keep();
    expect(kept()).toMatchObject({ state: 'whole' });
  });

  it('can be read whatever is complained of', async () => {
    await raise();
    pc.rules = null;
    pc.before = (call) => {
      if (call === 'putUp') throw new Error('x'.repeat(9_000));
    };
    await keep();
    expect(readKept(folder, true)).toMatchObject({
      doubt: null,
      kept: {
        state: 'open',
        warnings: [expect.objectContaining({ text: expect.stringMatching(/could not be put back: x+\u2026$/) })],
      },
    });
  });

  it('and the record can be read by everybody, whatever the umask of who puts the shield up', async () => {
    const state = join(folder, 'new');
    pc = fakeHost(state);
    const before = process.umask(0o077);
    try {
      await raise();
      await keep();
    } finally {
      process.umask(before);
    }
    const modes = await Promise.all(
      ['.', 'journal.jsonl', 'status.json'].map(async (name) => (await stat(join(state, name))).mode & 0o777),
    );
    expect(modes).toEqual([0o755, 0o644, 0o644]);
  });

  it('that somebody else could have written is not believed', async () => {
    await raise();
    await keep();
    await chmod(join(folder, 'status.json'), 0o666);
    expect(readKept(folder, true)).toEqual({ kept: null, doubt: expect.stringContaining('does not count') });
  });
});
