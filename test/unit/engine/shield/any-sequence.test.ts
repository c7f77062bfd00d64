// Any sequence of acts, with steps that fail once, again and again, or after they took effect: once all is well again, the keeper's looks
// reach what is on record, and nothing of ours is left where nothing is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJournal } from '../../../../main/engine/journal/journal';
import { readRecord } from '../../../../main/engine/journal/state-on-record';
import { act } from '../../../../main/engine/shield/act';
import type { Shield } from '../../../../main/model/shield';
import { type FakeHost, fakeHost } from '../fake-host';
import { plainShield } from '../plain-shield';

const shields: readonly Shield[] = [
  plainShield,
  { ...plainShield, outbound: true },
  { ...plainShield, workarounds: ['smb1-off'] },
];
const calls = [
  'readWas',
  'takeBack',
  'readShield',
  'putUp',
  'takeDown',
  'readRest',
  'startKeeping',
  'stopKeeping',
] as const;

const step = fc.record({
  what: fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('raise' as const), shield: fc.constantFrom(...shields) }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'lift' as const }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'keep' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'restore' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'wipe' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'break' as const }) },
  ),
  faults: fc.array(
    fc.record({
      call: fc.constantFrom(...calls),
      from: fc.integer({ min: 1, max: 3 }),
      times: fc.constantFrom(1, 2, 99),
    }),
    { maxLength: 2 },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(pc: FakeHost, { what, faults }: Step): Promise<string> {
  pc.calls.length = 0;
  pc.before = (call, nth) => {
    if (faults.some((fault) => fault.call === call && nth >= fault.from && nth < fault.from + fault.times))
      throw new Error(`${call} failed`);
  };
  const base = { version: 1, notAfter: '2026-11-24T12:01:00.000Z' } as const;
  if (what.kind === 'wipe') pc.rules = null;
  else if (what.kind === 'break')
    pc.schedule = pc.schedule.state === 'whole' ? { state: 'broken', why: 'odd' } : pc.schedule;
  else {
    const request = what.kind === 'raise' ? ({ ...base, act: 'shield', shield: what.shield } as const) : null;
    const answer = await act(
      request ??
        (what.kind === 'lift' ? { ...base, act: 'lift' } : { version: 1, act: what.kind as 'keep' | 'restore' }),
      pc,
      '/opt/breakwater/helper.js',
    );
    return 'outcome' in answer ? answer.outcome.kind : answer.act;
  }
  return 'done';
}

it('comes to what is on record', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (sequence) => {
      const folder = await mkdtemp(join(tmpdir(), 'bw-any-'));
      try {
        const pc = fakeHost(folder);
        let wished: Shield | null | 'either' = null;
        for (const one of sequence) {
          const kind = await take(pc, one);
          if (one.what.kind === 'raise') wished = kind === 'done' ? one.what.shield : wished;
          if (one.what.kind === 'lift')
            wished = kind === 'failed-undone' ? wished : kind === 'done' || kind === 'unknown' ? null : 'either';
        }
        for (let looks = 0; looks < 3; looks++)
          expect(await take(pc, { what: { kind: 'keep' }, faults: [] })).toMatch(/^(?:done|unknown)$/);
        const { standing, interrupted, left, was } = readRecord((await readJournal(folder, false)).entries);
        const shield = standing?.shield ?? null;
        expect([interrupted, shield === null ? left : null]).toEqual([null, null]);
        expect([pc.rules, pc.schedule.state]).toEqual(shield === null ? [null, 'absent'] : [shield, 'whole']);
        expect(pc.smb1).toBe(!shield?.workarounds.includes('smb1-off'));
        expect(Object.keys(was)).toEqual(shield?.workarounds ?? []);
        if (wished !== 'either') expect(shield).toEqual(wished);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
    { seed: 445, numRuns: 1500 },
  );
}, 120_000);
