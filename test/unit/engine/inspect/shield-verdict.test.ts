// The shield's state from record and rules: up only after a look, and never a guess.
import { describe, expect, it } from 'vitest';
import { judgeShield } from '../../../../main/engine/inspect/shield-verdict';
import type { Step } from '../../../../main/engine/journal/journal';
import type { Fact, Ruleset } from '../../../../main/model/facts';
import type { Journal } from '../../../../main/model/journal';
import type { KeeperFact, Kept } from '../../../../main/model/kept';
import { verbatim } from '../../../../main/model/message';
import type { Shield } from '../../../../main/model/shield';
import { spoken } from '../../in-english';
import { fakeHost } from '../fake-host';

const shield: Shield = {
  id: '0123abcd',
  since: '2026-11-24T10:00:00.000Z',
  until: '2026-11-24T18:00:00.000Z',
  atEnd: 'lift',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: null,
};
const source = { kind: 'file', name: 'x' } as const;
const at = '2026-11-24T12:00:00.000Z';
const proved: Step = { step: 'proved', shield, proof: [] };
const keeper: Fact<KeeperFact> = {
  state: 'known',
  value: { schedule: { state: 'whole' }, kept: null, doubt: null },
  source,
  at,
};
const lookedAt: Kept = {
  schema: 'breakwater/kept@1',
  at: '2026-11-24T12:59:00.000Z',
  sureAt: '2026-11-24T12:59:00.000Z',
  boot: 'boot-1',
  state: 'whole',
  shield,
  wholeAt: '2026-11-24T12:59:00.000Z',
  restoredAt: at,
  restores: 3,
  counted: null,
  hours: [],
  patch: null,
  otherServers: null,
  waitsFor: 'The patch.',
  warnings: [],
  ended: null,
};
const refused: Fact<Ruleset> = { state: 'not-permitted', why: verbatim('only an administrator may look'), source, at };

const inWords = (...facts: Parameters<typeof judgeShield>) => spoken(judgeShield(...facts));

function state(
  steps: readonly Step[],
  rules: Shield | 'foreign' | null | 'not looked' | 'broken',
  options: { boot?: string; now?: string; damage?: string; keeper?: Fact<KeeperFact> } = {},
) {
  const journal: Journal = {
    path: 'x',
    damage: options.damage ?? null,
    entries: steps.map((step, seq) => ({ seq, at, boot: 'boot-1', ...step })),
  };
  const ruleset: Fact<Ruleset> =
    rules === 'not looked'
      ? refused
      : rules === 'broken'
        ? { ...refused, state: 'failed', why: verbatim('nft could not start') }
        : {
            state: 'known',
            source,
            at,
            value: {
              kind: 'nftables',
              whole: true,
              json: JSON.stringify(rules),
              shieldText: null,
              legacyTables: [],
              beside: null,
              torn: false,
            },
          };
  return inWords({
    journal: { state: 'known', value: journal, source, at },
    ruleset,
    keeper: options.keeper ?? keeper,
    boot: options.boot ?? 'boot-1',
    now: new Date(options.now ?? '2026-11-24T13:00:00.000Z'),
    findShield: fakeHost('/').findShield,
    rulesExpire: true,
  });
}

describe('the shield', () => {
  it('is up only when its rules were read and hold', () => {
    expect(state([proved], shield)).toMatchObject({ state: 'up', shield, provedAt: '2026-11-24T13:00:00.000Z' });
    expect(state([proved], { ...shield, outbound: true })).toMatchObject({ state: 'damaged', provedAt: at });
    expect(state([proved], null)).toMatchObject({ state: 'damaged', because: [expect.stringContaining('gone')] });
  });

  it('that nobody may look at is on record at best', () => {
    expect(state([proved], 'not looked')).toMatchObject({
      state: 'recorded',
      provedAt: at,
      because: [expect.stringContaining('only an administrator')],
    });
    expect(state([], 'not looked')).toMatchObject({ state: 'none' });
    expect(state([], 'broken')).toMatchObject({ state: 'unknown', shield: null });
    expect(state([proved], 'broken')).toMatchObject({ state: 'recorded' });
  });

  it('that its keeper has just seen whole is kept, for those who may not look', () => {
    const seen = (kept: Partial<Kept>, schedule: KeeperFact['schedule'] = { state: 'whole' }): Fact<KeeperFact> => ({
      state: 'known',
      value: { schedule, kept: { ...lookedAt, ...kept }, doubt: null },
      source,
      at,
    });
    const told = (kept: Partial<Kept>, options: { now?: string; boot?: string } = {}) =>
      state([proved], 'not looked', { keeper: seen(kept), ...options });
    expect(told({})).toMatchObject({
      state: 'kept',
      provedAt: lookedAt.at,
      because: [expect.stringContaining('Seen whole at 2026-11-24 12:59 UTC')],
      kept: { restores: 3 },
    });
    expect(told({ warnings: [{ code: 'date-passed', text: 'Its date has passed.', since: at }] }).because).toContain(
      'Its date has passed.',
    );
    expect(told({ state: 'open' }).state).toBe('damaged');
    // Old, of another start of the PC, of another shield, or of this one with another scope: that says nothing of now.
    expect(told({ at: '2026-11-24T12:57:00.000Z' }).state).toBe('recorded');
    expect(told({ at: '2026-11-24T14:00:00.000Z' }).state).toBe('recorded');
    expect(told({ boot: 'boot-0' }).state).toBe('recorded');
    expect(told({ shield: { ...shield, id: 'ffffffff' } })).toMatchObject({ state: 'recorded', kept: null });
    expect(told({ shield: { ...shield, outbound: true } }).state).toBe('recorded');
    // Who may look does not need its word.
    expect(state([proved], null, { keeper: seen({}) }).state).toBe('damaged');
    expect(state([proved], shield, { keeper: seen({ state: 'open' }) }).state).toBe('up');
    expect(state([], null, { keeper: seen({}) })).toMatchObject({ state: 'none', kept: null });
  });

  it('that nothing looks after says so, and why', () => {
    const without = (schedule: KeeperFact['schedule']) =>
      state([proved], shield, {
        keeper: { state: 'known', value: { schedule, kept: null, doubt: 'status.json is damaged' }, source, at },
      }).because;
    expect(without({ state: 'impossible', why: 'systemd does not run this PC' })).toContainEqual(
      expect.stringContaining('Nothing looks after this shield: systemd does not run this PC'),
    );
    for (const schedule of [{ state: 'absent' }, { state: 'broken', why: 'a file is gone' }] as const)
      expect(without(schedule)).toContainEqual(expect.stringContaining('keeper is not there as it should be'));
    expect(without({ state: 'whole' }).at(-1)).toBe('status.json is damaged');
  });

  it('that is to stay past its date does so', () => {
    const staying: Shield = { ...shield, atEnd: 'extend' };
    const steps: readonly Step[] = [{ step: 'proved', shield: staying, proof: [] }];
    const options = { now: '2026-11-24T19:00:00.000Z' };
    expect(state(steps, staying, options).state).toBe('up');
    expect(state(steps, 'not looked', options).state).toBe('recorded');
    expect(state(steps, null, options).state).toBe('damaged');
  });

  it('does not outlive a restart, which can be told without rights', () => {
    expect(state([proved], 'not looked', { boot: 'boot-2' })).toMatchObject({
      state: 'damaged',
      because: [expect.stringContaining('restart')],
    });
  });

  it('that a failed change has left in doubt is so to everybody, until somebody has looked after that', () => {
    const left: Step = { step: 'left', why: 'It could not be undone.', clear: 'x', standing: shield, was: {} };
    expect(state([proved, left], 'not looked')).toMatchObject({
      state: 'damaged',
      because: expect.arrayContaining(['It could not be undone.']),
    });
    const value = { schedule: { state: 'whole' }, kept: lookedAt, doubt: null } as const;
    const keeper = { state: 'known', value, source, at } as const;
    expect(state([proved, left], 'not looked', { boot: 'boot-1', keeper }).state).toBe('kept');
    expect(state([proved, { ...left, standing: null }], 'not looked')).toMatchObject({
      state: 'damaged',
      shield: null,
    });
  });

  it('whose time is over by a clock that runs ahead is kept where the keeper saw it whole after that', () => {
    const seen = (lookAt: string, now: string) => {
      const value = {
        schedule: { state: 'whole' },
        kept: { ...lookedAt, at: lookAt, warnings: [{ code: 'clock-wrong', text: 'The clock.', since: at }] },
        doubt: null,
      } as const;
      return state([proved], 'not looked', { now, boot: 'boot-1', keeper: { state: 'known', value, source, at } });
    };
    expect(seen('2026-11-24T18:00:30.000Z', '2026-11-24T18:01:00.000Z')).toMatchObject({
      state: 'kept',
      because: expect.arrayContaining(['The clock.']),
    });
    expect(seen('2026-11-24T17:59:50.000Z', '2026-11-24T18:00:10.000Z').state).toBe('expired');
  });

  it('is expired after its time, with or without a look', () => {
    expect(state([proved], null, { now: '2026-11-24T18:00:00.000Z' }).state).toBe('expired');
    expect(state([proved], 'not looked', { now: '2026-11-24T18:00:01.000Z' }).state).toBe('expired');
  });

  it("without a record is none, damaged when rules with our mark are there, foreign when they are somebody else's", () => {
    expect(state([], null).state).toBe('none');
    expect(state([], shield)).toMatchObject({
      state: 'damaged',
      because: expect.arrayContaining([expect.stringContaining('no record')]),
    });
    expect(state([proved], 'foreign').state).toBe('foreign');
  });

  it('in a change that was cut off is interrupted, whatever the rules say', () => {
    for (const rules of [shield, null, 'not looked'] as const)
      expect(state([{ step: 'raising', shield, before: null, was: {} }], rules).state).toBe('interrupted');
    expect(state([proved, { step: 'lowering', shield, why: null, was: {} }], shield).state).toBe('interrupted');
  });

  it('says what is wrong with its record', () => {
    expect(state([proved], shield, { damage: 'the last line is cut short' }).because).toContain(
      'the last line is cut short',
    );
    const journal: Fact<Journal> = { state: 'failed', why: verbatim('no access'), source, at };
    expect(
      inWords({
        journal,
        ruleset: refused,
        keeper,
        boot: null,
        now: new Date(at),
        findShield: fakeHost('/').findShield,
        rulesExpire: true,
      }).state,
    ).toBe('unknown');
  });

  it("whose rules can't be understood is unknown", () => {
    const journal: Fact<Journal> = { state: 'known', value: { path: '', entries: [], damage: null }, source, at };
    const ruleset: Fact<Ruleset> = {
      state: 'known',
      value: { kind: 'simulated', shield: null, counted: null },
      source,
      at,
    };
    const findShield = () => {
      throw new Error('cut short');
    };
    expect(
      inWords({ journal, ruleset, keeper, boot: null, now: new Date(at), findShield, rulesExpire: true }),
    ).toMatchObject({
      state: 'unknown',
      because: ['cut short'],
    });
  });
});
