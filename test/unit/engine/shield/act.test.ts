// Each privileged act with each of its steps failing: what is said is what is so, and the next run finds its way.
import { rmSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judgeShield } from '../../../../main/engine/inspect/shield-verdict';
import { readJournal } from '../../../../main/engine/journal/journal';
import { readRecord } from '../../../../main/engine/journal/state-on-record';
import { act } from '../../../../main/engine/shield/act';
import { verbatim } from '../../../../main/model/message';
import type { Outcome } from '../../../../main/model/outcome';
import type { Shield } from '../../../../main/model/shield';
import { type Spoken, spoken } from '../../in-english';
import { type FakeHost, fakeHost } from '../fake-host';
import { plainShield } from '../plain-shield';

const shield = plainShield;
const wider: Shield = { ...shield, id: 'ffffffff', since: '2026-11-24T12:30:00.000Z', outbound: true };
const base = { version: 1, notAfter: '2026-11-24T12:01:00.000Z' } as const;

let folder: string;
let pc: FakeHost;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bw-act-'));
  pc = fakeHost(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const outcomeOf = async (request: Parameters<typeof act>[0]): Promise<Spoken<Outcome>> => {
  const answer = await act(request, pc, '/opt/breakwater/helper.js');
  if (!('outcome' in answer)) throw new Error(JSON.stringify(answer));
  return spoken(answer.outcome);
};
const raise = (wanted = shield) => outcomeOf({ ...base, act: 'shield', shield: wanted });
const lift = () => outcomeOf({ ...base, act: 'lift' });
const settle = () => outcomeOf({ ...base, act: 'settle' });
const steps = async () => (await readJournal(folder, false)).entries.map(({ step }) => step);
const record = async () => readRecord((await readJournal(folder, false)).entries);
const failAt = (call: string, nth = 1) => {
  pc.calls.length = 0;
  pc.before = (at, count) => {
    if (at === call && count === nth) throw new Error(`${call} failed`);
  };
};
const verdictNow = async () => {
  const source = { kind: 'system', name: 'test' } as const;
  const at = pc.time;
  return spoken(
    judgeShield({
      journal: { state: 'known', value: await readJournal(folder, false), source, at },
      ruleset: { state: 'known', value: await pc.administration.readShield(), source, at },
      keeper: { state: 'failed', why: verbatim('test'), source, at },
      ...{ boot: null, now: pc.now(), findShield: pc.findShield, rulesExpire: true },
    }),
  );
};
const heal = () => {
  pc.before = () => undefined;
};

describe('putting a shield up', () => {
  it('is recorded before, after and when proven', async () => {
    expect(await raise()).toMatchObject({ kind: 'done', unchanged: false, shield: { state: 'up', shield } });
    expect(await steps()).toEqual(['raising', 'changed', 'proved']);
  });

  it('twice changes nothing the second time', async () => {
    await raise();
    const calls = pc.calls.length;
    expect(await raise()).toMatchObject({ kind: 'done', unchanged: true });
    expect(pc.calls.slice(calls)).toEqual(['readShield']);
    expect(await steps()).toHaveLength(3);
  });

  it('with another scope keeps the id and the beginning', async () => {
    await raise();
    expect(await raise(wider)).toMatchObject({
      kind: 'done',
      shield: { shield: { id: shield.id, since: shield.since, outbound: true } },
    });
  });

  it("where a stranger's table has our name is left alone", async () => {
    pc.rules = 'foreign';
    expect(await raise()).toMatchObject({ kind: 'failed-undone' });
    expect(await lift()).toMatchObject({ kind: 'failed-undone' });
    expect(pc.rules).toBe('foreign');
    expect(await steps()).toEqual([]);
  });

  it('whose time is past is refused', async () => {
    expect(await raise({ ...shield, until: '2026-11-24T11:00:00.000Z' })).toMatchObject({ kind: 'refused' });
    expect(pc.rules).toBeNull();
  });

  it('that fails is undone, and says why', async () => {
    failAt('putUp');
    expect(await raise()).toMatchObject({ kind: 'failed-undone', what: expect.stringContaining('putUp failed') });
    expect(pc.rules).toBeNull();
    expect(await steps()).toEqual(['raising', 'undone']);
  });

  it('whose rules do not appear is undone', async () => {
    pc.takes = false;
    expect(await raise()).toMatchObject({
      kind: 'failed-undone',
      what: expect.stringContaining('did not show the door shut'),
    });
    expect(await record()).toMatchObject({ standing: null, interrupted: null });
  });

  it("whose proof can't be read is undone", async () => {
    failAt('readShield', 2);
    expect(await raise()).toMatchObject({ kind: 'failed-undone' });
    expect(pc.rules).toBeNull();
  });

  it('that fails over another shield leaves that one up', async () => {
    await raise();
    failAt('putUp');
    expect(await raise(wider)).toMatchObject({
      kind: 'failed-undone',
      todo: expect.stringContaining('is up as it was'),
    });
    expect(pc.rules).toEqual(shield);
    expect((await record()).standing?.shield).toEqual(shield);
    failAt('readShield', 2);
    expect(await raise(wider)).toMatchObject({ kind: 'failed-undone' });
    expect(pc.rules).toEqual(shield);
  });

  it("that fails and can't be undone says what is left and how to clear it", async () => {
    pc.before = (call, nth) => {
      if (call === 'takeDown' || (call === 'readShield' && nth === 2)) throw new Error(`${call} failed`);
    };
    expect(await raise()).toMatchObject({ kind: 'failed-left', clear: 'sudo clear it' });
    expect(await steps()).toEqual(['raising', 'changed', 'left']);
    heal();
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: false });
    expect(pc.rules).toBeNull();
  });

  it('repairs rules that were changed by somebody', async () => {
    await raise();
    pc.rules = { ...shield, outbound: true };
    expect(await raise()).toMatchObject({ kind: 'done', unchanged: false, shield: { state: 'up' } });
    expect(pc.rules).toEqual(shield);
  });
});

describe('taking it down', () => {
  it('leaves everything else as it was, and says so', async () => {
    await raise();
    expect(await lift()).toMatchObject({
      kind: 'done',
      unchanged: false,
      shield: { state: 'none' },
      notes: [expect.stringContaining('every other rule')],
    });
    expect(await steps()).toEqual(['raising', 'changed', 'proved', 'lowering', 'lowered']);
  });

  it('with none up changes nothing', async () => {
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: true });
    expect(await steps()).toEqual([]);
  });

  it('whose rules are gone already closes the record', async () => {
    await raise();
    pc.rules = null;
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: true });
    expect((await record()).standing).toBeNull();
  });

  it("while others change rules says that it can't tell", async () => {
    await raise();
    pc.before = (call, nth) => {
      if (call === 'readRest' && nth === 2) pc.rest = 'another rest';
    };
    expect(await lift()).toMatchObject({ kind: 'unknown', shield: { state: 'none' } });
    expect(pc.rules).toBeNull();
  });

  it('that fails leaves the shield up and on record', async () => {
    await raise();
    failAt('takeDown');
    expect(await lift()).toMatchObject({ kind: 'failed-undone', title: 'The shield is still up' });
    expect((await record()).standing?.shield).toEqual(shield);
    heal();
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: false });
  });
});

describe('a change that was cut off', () => {
  const begun = (entry: object) =>
    appendFile(
      join(folder, 'journal.jsonl'),
      `${JSON.stringify({ seq: 9, at: '2026-11-24T12:00:00.000Z', boot: 'boot-1', ...entry })}\n`,
    );

  it('between record and rules is undone at the next run', async () => {
    await raise();
    await begun({ step: 'raising', shield: { ...wider, id: shield.id }, before: shield });
    expect(await settle()).toMatchObject({ kind: 'done', unchanged: false, shield: { state: 'up', shield } });
    expect(await record()).toMatchObject({ interrupted: null, standing: { shield } });
  });

  it('between rules and proof is proven at the next run', async () => {
    await begun({ step: 'raising', shield, before: null, was: {} });
    pc.rules = shield;
    expect(await settle()).toMatchObject({
      kind: 'done',
      shield: { state: 'up' },
      notes: [expect.stringContaining('proven now')],
    });
    expect(await steps()).toEqual(['raising', 'proved']);
  });

  it('while coming down is finished at the next run, whatever is asked', async () => {
    await raise();
    await begun({ step: 'lowering', shield });
    expect(await settle()).toMatchObject({ kind: 'done', shield: { state: 'none' } });
    expect(pc.rules).toBeNull();
  });

  it.each(['', '{"seq":3,"at":"2026-11'])('whose line lacks its end (%j) swallows no other', async (cut) => {
    await raise();
    const path = join(folder, 'journal.jsonl');
    const lowering = JSON.stringify({
      seq: 9,
      at: pc.time,
      boot: 'boot-1',
      step: 'lowering',
      shield,
      why: null,
      was: {},
    });
    await appendFile(path, cut === '' ? lowering : `${lowering}\n${cut}`);
    expect(await settle()).toMatchObject({ kind: 'done', shield: { state: 'none' } });
    expect((await steps()).slice(-2)).toEqual(['lowering', 'lowered']);
    expect((await record()).standing).toBeNull();
  });

  it('because its record could not be written is not called unchanged', async () => {
    await raise();
    pc.rules = null;
    const stop = pc.administration.stopKeeping;
    Object.assign(pc.administration, {
      stopKeeping: async () => {
        await stop();
        await rm(folder, { recursive: true });
      },
    });
    expect(await lift()).toMatchObject({ kind: 'failed-left', title: 'The shield is down, but its record is open' });
  });

  it('because a step rejects in the middle is said to be so', async () => {
    await raise();
    pc.before = (call) => {
      if (call === 'takeDown') throw new Error('no module');
      if (call === 'readRest') void rmSync(folder, { recursive: true });
    };
    expect(await lift()).toMatchObject({ kind: 'unknown', title: 'It broke off in the middle' });
  });

  it('is nothing to settle when there is none', async () => {
    expect(await settle()).toMatchObject({ kind: 'done', unchanged: true });
  });
});

describe('a workaround', () => {
  const withWorkaround: Shield = { ...shield, workarounds: ['smb1-off'] };

  it('is remembered before it comes in force, and goes with the shield', async () => {
    expect(await raise(withWorkaround)).toMatchObject({ kind: 'done', shield: { state: 'up' } });
    expect(pc.smb1).toBe(false);
    expect((await record()).was).toEqual({ 'smb1-off': { values: { SMB1: 1 }, ran: [] } });
    expect(pc.calls.indexOf('readWas')).toBeLessThan(pc.calls.indexOf('putUp'));
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: false });
    expect([pc.smb1, (await record()).was]).toEqual([true, {}]);
  });

  it('that was in force before stays so', async () => {
    pc.smb1 = false;
    await raise(withWorkaround);
    expect(await lift()).toMatchObject({ kind: 'done' });
    expect([pc.smb1, pc.calls.includes('takeBack')]).toEqual([false, false]);
  });

  it('goes where the shield is changed to one without it, and is remembered where the change keeps it', async () => {
    await raise(withWorkaround);
    await raise({ ...withWorkaround, outbound: true });
    expect(pc.calls.filter((call) => call === 'readWas')).toHaveLength(1);
    expect((await record()).was['smb1-off']).toBeDefined();
    await raise(shield);
    expect([pc.smb1, (await record()).was]).toEqual([true, {}]);
  });

  it.each(['readWas', 'putUp', 'startKeeping'] as const)('is undone where %s fails', async (call) => {
    failAt(call);
    expect(await raise(withWorkaround)).toMatchObject({ kind: 'failed-undone' });
    heal();
    expect([pc.smb1, pc.rules, (await record()).standing]).toEqual([true, null, null]);
  });

  it('that can not be taken back is left, said so, and taken back by the next try', async () => {
    await raise(withWorkaround);
    failAt('takeBack');
    expect(await lift()).toMatchObject({ kind: 'failed-left' });
    heal();
    expect([pc.smb1, (await record()).left?.step]).toEqual([false, 'left']);
    // It is not taken for nothing, so that lifting is not either.
    const told = await verdictNow();
    expect(told.state).toBe('damaged');
    expect(told.because.join(' ')).toContain('Still switched off by it: smb1-off');
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: false });
    expect([pc.smb1, (await record()).was]).toEqual([true, {}]);
  });

  it('of the shield before is taken back where the change to one without it was cut off', async () => {
    await raise(withWorkaround);
    await appendFile(
      join(folder, 'journal.jsonl'),
      `${JSON.stringify({ seq: 9, at: pc.time, boot: 'boot-1', step: 'raising', shield, before: withWorkaround, was: (await record()).was })}\n`,
    );
    pc.rules = shield;
    expect(await settle()).toMatchObject({ kind: 'done' });
    expect([pc.smb1, await record()]).toMatchObject([true, { standing: { shield }, was: {} }]);
  });

  it('that was in force before, and is switched off again by the keeper, goes back with the shield', async () => {
    pc.smb1 = false;
    await raise(withWorkaround);
    pc.smb1 = true;
    expect(await outcomeOf({ version: 1, act: 'keep' })).toMatchObject({ kind: 'done', unchanged: false });
    expect([pc.smb1, Object.keys((await record()).was)]).toEqual([false, ['smb1-off']]);
    expect(await lift()).toMatchObject({ kind: 'done' });
    expect([pc.smb1, (await record()).was]).toEqual([true, {}]);
  });

  it('that is still owed stays so through a lift that fails, and goes with the next', async () => {
    await raise();
    failAt('putUp');
    const failing = pc.before;
    pc.before = (call, nth) => {
      if (call === 'putUp' && nth === 1) pc.smb1 = false;
      if (call === 'takeBack') throw new Error('takeBack failed');
      failing(call, nth);
    };
    expect(await raise(withWorkaround)).toMatchObject({ kind: 'failed-left' });
    failAt('takeDown');
    expect(await lift()).toMatchObject({ kind: 'failed-undone', title: 'The shield is still up' });
    expect(Object.keys((await record()).was)).toEqual(['smb1-off']);
    heal();
    expect(await lift()).toMatchObject({ kind: 'done' });
    expect([pc.smb1, (await record()).was]).toEqual([true, {}]);
  });

  it('that was taken back is not owed any more, where only the schedule could not be taken away', async () => {
    await raise(withWorkaround);
    failAt('stopKeeping');
    expect(await lift()).toMatchObject({ kind: 'failed-left' });
    expect([pc.smb1, (await record()).was]).toEqual([true, {}]);
    // Switched off by somebody else: not ours to switch on.
    pc.smb1 = false;
    heal();
    expect(await lift()).toMatchObject({ kind: 'done' });
    expect(pc.smb1).toBe(false);
  });

  it.each([
    ['a lift', null],
    ['a change of another shield', shield],
  ] as const)('that %s could not take back is taken back by the keeper', async (_, standing) => {
    await raise(standing ?? withWorkaround);
    pc.before = (call) => {
      if (call === 'takeBack' || (standing && call === 'startKeeping')) throw new Error(`${call} failed`);
    };
    if (standing) pc.schedule = { state: 'broken', why: 'a file is gone' };
    expect(await (standing ? raise(withWorkaround) : lift())).toMatchObject({ kind: 'failed-left' });
    expect(pc.smb1).toBe(false);
    heal();
    expect(await outcomeOf({ version: 1, act: 'keep' })).toMatchObject({ kind: 'done' });
    expect([pc.smb1, (await record()).was, (await record()).standing?.shield ?? null]).toEqual([true, {}, standing]);
  });

  it('and the rules are gone, and said to be, where that can not be written down', async () => {
    await raise(withWorkaround);
    const write = pc.administration.stopKeeping;
    Object.assign(pc.administration, {
      stopKeeping: async () => {
        await write();
        await rm(folder, { recursive: true });
      },
    });
    expect(await lift()).toMatchObject({
      kind: 'failed-left',
      title: 'The shield is down, but its record is open',
      what: expect.stringMatching(/are gone.*could not be written down/),
    });
    expect([pc.rules, pc.smb1]).toEqual([null, true]);
  });

  it('of a change that failed, and can not be taken back, is told beside the shield that stays, and goes with that', async () => {
    await raise();
    pc.before = (call) => {
      if (call === 'startKeeping' || call === 'takeBack') throw new Error(`${call} failed`);
    };
    pc.schedule = { state: 'broken', why: 'a file is gone' };
    expect(await raise(withWorkaround)).toMatchObject({ kind: 'failed-left' });
    heal();
    expect((await verdictNow()).because.join(' ')).toContain('Still switched off by a change that failed: smb1-off');
    expect((await record()).standing?.shield).toEqual(shield);
    expect(await lift()).toMatchObject({ kind: 'done', unchanged: false });
    expect([pc.smb1, (await record()).was]).toEqual([true, {}]);
  });

  it.each([1, 2, 3, 4])(
    'cut off after %i entries of the journal is finished or undone by the next run',
    async (kept) => {
      await raise(withWorkaround);
      await lift();
      const path = join(folder, 'journal.jsonl');
      const lines = (await readFile(path, 'utf8')).split('\n').slice(0, kept);
      await writeFile(path, `${lines.join('\n')}\n`);
      // As it is then at the latest: rules up, workaround in force.
      pc.rules = withWorkaround;
      pc.smb1 = false;
      expect(await settle()).toMatchObject({ kind: 'done' });
      const { standing, was } = await record();
      expect(standing === null ? [pc.smb1, was] : [pc.smb1, Object.keys(was)]).toEqual(
        standing === null ? [true, {}] : [false, ['smb1-off']],
      );
    },
  );
});
