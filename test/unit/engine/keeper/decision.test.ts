// The keeper's decision: it lifts on knowledge only, and what is not known leaves the shield up.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, judgeClock, type KeepFacts } from '../../../../main/engine/keeper/decision';
import type { ReasonPatch } from '../../../../main/model/kept';
import { verbatim } from '../../../../main/model/message';
import type { Judgement, Shield } from '../../../../main/model/shield';

const shield: Shield = {
  id: '0123abcd',
  since: '2026-11-24T12:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: 'CVE-2017-7494',
};
const date = '2026-12-01T12:00:00.000Z';
const before = '2026-11-30T12:00:00.000Z';
const after = '2026-12-02T12:00:00.000Z';
const patch = (state: ReasonPatch['state']): ReasonPatch => ({ state, because: [`It is ${state}.`] });
const rules = (state: Judgement['state']): Judgement => ({ state, lines: [verbatim(`The rules are ${state}.`)] });

function facts(changes: Partial<KeepFacts> & { now?: string; of?: Partial<Shield> } = {}): KeepFacts {
  const its = { ...shield, ...changes.of };
  return {
    shield: its,
    found: { state: 'ours' },
    judgement: rules('closed'),
    patch: patch('vulnerable'),
    clock: judgeClock(new Date(changes.now ?? before), its, null),
    ...changes,
  };
}

describe('a shield', () => {
  it.each([
    // of, now, patch, act, waits for
    [{}, before, 'vulnerable', 'nothing', 'The patch for CVE-2017-7494.'],
    [{}, before, 'unknown', 'nothing', 'The patch for CVE-2017-7494.'],
    [{}, before, 'not-affected', 'nothing', 'Somebody has to lift it: this PC is not affected'],
    [{}, before, 'patched', 'lift', null],
    [{ reason: null }, before, 'unknown', 'nothing', 'Somebody has to lift it: no advisory was named'],
    [{ until: date, atEnd: 'lift' }, before, 'vulnerable', 'nothing', 'The patch for CVE-2017-7494, or 2026-12-01'],
    [{ until: date, atEnd: 'lift' }, before, 'patched', 'lift', null],
    [{ until: date, atEnd: 'lift' }, after, 'vulnerable', 'lift', null],
    [{ until: date, atEnd: 'lift' }, after, 'unknown', 'lift', null],
    [{ until: date, atEnd: 'lift', reason: null }, before, 'unknown', 'nothing', 'Its date, 2026-12-01'],
    [{ until: date, atEnd: 'lift', reason: null }, after, 'unknown', 'lift', null],
    [{ until: date }, before, 'vulnerable', 'nothing', 'The patch for CVE-2017-7494.'],
    [{ until: date }, after, 'vulnerable', 'nothing', 'The patch for CVE-2017-7494.'],
    [{ until: date }, after, 'unknown', 'nothing', 'The patch for CVE-2017-7494.'],
    [{ until: date }, after, 'patched', 'lift', null],
    [{ until: date }, before, 'not-affected', 'nothing', 'Its date, 2026-12-01'],
    [{ until: date }, after, 'not-affected', 'lift', null],
    [{ until: date, reason: null }, before, 'unknown', 'nothing', 'at its date, 2026-12-01 12:00 UTC, it only warns'],
    [{ until: date, reason: null }, after, 'unknown', 'nothing', 'Somebody has to lift it'],
  ] as const)('%j at %s, %s: %s', (of, now, state, act, waitsFor) => {
    const decision = decide(facts({ of, now, patch: patch(state) }));
    expect(decision.act).toBe(act);
    if (waitsFor === null) expect(decision.waitsFor).toBeNull();
    else expect(decision.waitsFor).toContain(waitsFor);
  });

  it('past its date on a PC that is not patched warns, with the reason', () => {
    for (const state of ['vulnerable', 'unknown'] as const) {
      const { warnings } = decide(facts({ of: { until: date }, now: after, patch: patch(state) }));
      expect(warnings).toEqual([
        expect.objectContaining({ text: expect.stringMatching(new RegExp(`2026-12-01 12:00 UTC.*It is ${state}`)) }),
      ]);
    }
    expect(decide(facts({ of: { until: date }, now: before })).warnings).toEqual([]);
  });

  it('whose rules do not hold is put back, whatever is known of the patch but that it is in', () => {
    for (const state of ['not-closed', 'expired'] as const)
      for (const of of [{}, { until: date }, { until: date, atEnd: 'lift' }] as const)
        expect(decide(facts({ of, judgement: rules(state) }))).toMatchObject({
          act: 'restore',
          why: `The rules are ${state}.`,
        });
    expect(decide(facts({ judgement: rules('not-closed'), patch: patch('patched') })).act).toBe('lift');
    expect(decide(facts({ of: { until: date }, now: after, judgement: rules('not-closed') })).act).toBe('restore');
  });

  it("beside a stranger's table with our name is left alone", () => {
    expect(decide(facts({ found: { state: 'foreign' }, patch: patch('patched') })).act).toBe('foreign');
  });
});

describe('a clock', () => {
  it.each([
    ['earlier than the shield', '2026-11-24T11:59:59.000Z', null, /before the shield was put up/],
    ['years ahead', '2031-01-01T00:00:00.000Z', null, /more than a year after the last look/],
    ['years ahead of the last look', '2028-01-01T00:00:00.000Z', '2026-12-24T12:00:00.000Z', /more than a year/],
  ])('%s is wrong: nothing is lifted, and the rules are put back', (_, now, lastLook, why) => {
    for (const of of [{ until: date, atEnd: 'lift' }, { until: date }, {}] as const) {
      const its = { ...shield, ...of };
      const clock = judgeClock(new Date(now), its, lastLook);
      expect(clock.wrong).toMatch(why);
      expect(clock.now.toISOString()).toBe(lastLook ?? shield.since);
      for (const state of ['patched', 'vulnerable', 'unknown', 'not-affected'] as const) {
        const whole = decide(facts({ of, clock, patch: patch(state) }));
        expect(whole.act).toBe('nothing');
        expect(whole.warnings).toEqual([expect.objectContaining({ text: expect.stringMatching(why) })]);
        expect(decide(facts({ of, clock, patch: patch(state), judgement: rules('expired') })).act).toBe('restore');
      }
    }
  });

  it('after a long sleep is believed', () => {
    expect(judgeClock(new Date('2027-11-24T00:00:00.000Z'), shield, null).wrong).toBeNull();
    expect(judgeClock(new Date('2028-06-01T00:00:00.000Z'), shield, '2027-11-24T00:00:00.000Z').wrong).toBeNull();
  });
});

it('nothing but "patched", or a date that has come, ever lifts', () => {
  const time = fc.date({ min: new Date('2026-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(
      fc.record({
        until: fc.option(time.map((at) => at.toISOString())),
        atEnd: fc.constantFrom('lift' as const, 'extend' as const),
        reason: fc.option(fc.constant('CVE-2017-7494')),
        now: time,
        lastLook: fc.option(time.map((at) => at.toISOString())),
        state: fc.constantFrom('vulnerable' as const, 'unknown' as const, 'not-affected' as const),
        found: fc.constantFrom('ours' as const, 'absent' as const, 'foreign' as const),
        judged: fc.constantFrom('closed' as const, 'expired' as const, 'not-closed' as const),
      }),
      ({ until, atEnd, reason, now, lastLook, state, found, judged }) => {
        const its: Shield = { ...shield, until, atEnd, reason };
        const { act, waitsFor } = decide({
          shield: its,
          found: { state: found },
          judgement: rules(judged),
          patch: patch(state),
          clock: judgeClock(now, its, lastLook),
        });
        const hasCome = until !== null && now.getTime() >= Date.parse(until);
        if (act === 'lift') expect(hasCome && (atEnd === 'lift' || state === 'not-affected')).toBe(true);
        else expect(waitsFor).not.toBeNull();
        if (found !== 'foreign' && judged !== 'closed') expect(act).not.toBe('nothing');
      },
    ),
  );
});
