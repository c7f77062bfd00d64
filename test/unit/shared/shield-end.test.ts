// What ends a shield: every combination of terms and knowledge, and never a promise that nothing keeps.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../main/engine/keeper/decision';
import type { ReasonPatch } from '../../../main/model/kept';
import { type EndFacts, shieldEnd } from '../../../main/shared/shield-end';

const reason = 'CVE-2020-0796';
const date = '2026-12-24T12:00:00.000Z';
const plain = { reason, until: null, atEnd: 'extend', rules: true } as const;
const dated = { ...plain, until: date } as const;
const lifted = { ...dated, atEnd: 'lift' } as const;
const kept: EndFacts = { isProtected: true, rulesExpire: true, patch: null };
const patch = (state: ReasonPatch['state'], code?: 'not-in-catalogue'): ReasonPatch => ({
  state,
  because: [],
  ...(code ? { code } : {}),
});
const byPatch = { patchOf: reason, noPatch: null };

describe('what ends a shield', () => {
  it.each([
    ['the patch, where something waits for it', plain, kept, { ...byPatch, opensAt: null, warnsFrom: null }],
    ['the patch, of a hole that is open', plain, { ...kept, patch: patch('vulnerable') }, byPatch],
    ['the patch, while nothing tells whether it is in', plain, { ...kept, patch: patch('unknown') }, byPatch],
    [
      'nobody but a person, without a reason',
      { ...plain, reason: null },
      kept,
      { patchOf: null, noPatch: 'no-reason' },
    ],
    [
      "nobody but a person, for a ticket's number",
      { ...plain, reason: 'INC0012345' },
      { ...kept, patch: patch('unknown', 'not-in-catalogue') },
      { patchOf: null, noPatch: 'not-in-catalogue', opensAt: null },
    ],
    [
      'nobody but a person, where nothing looks after it',
      plain,
      { ...kept, isProtected: false },
      { patchOf: null, noPatch: 'no-protection', opensAt: null, warnsFrom: null },
    ],
    [
      'not known, where it is not known whether anything looks after it',
      plain,
      { ...kept, isProtected: null },
      { patchOf: null, noPatch: 'protection-not-known' },
    ],
    [
      'nobody but a person, where no patch is needed',
      plain,
      { ...kept, patch: patch('not-affected') },
      { patchOf: null, noPatch: 'not-affected', opensAt: null },
    ],
    ['a warning only, at a date to be extended', dated, kept, { ...byPatch, opensAt: null, warnsFrom: date }],
    [
      'the date, where no patch is needed',
      dated,
      { ...kept, patch: patch('not-affected') },
      { patchOf: null, opensAt: date, warnsFrom: null },
    ],
    ['the patch or the date', lifted, kept, { ...byPatch, opensAt: date, warnsFrom: null }],
    [
      'the date alone, where only the rules let go',
      lifted,
      { ...kept, isProtected: false },
      { patchOf: null, opensAt: date },
    ],
    [
      'a warning only, where neither rules nor anything else lets go',
      lifted,
      { isProtected: false, rulesExpire: false, patch: null },
      { patchOf: null, opensAt: null, warnsFrom: date },
    ],
    [
      'a warning only, where there are no rules to let go',
      { ...lifted, rules: false },
      { ...kept, isProtected: false },
      { opensAt: null, warnsFrom: date },
    ],
  ] as const)('is %s', (_, terms, facts, end) => {
    expect(shieldEnd(terms, facts)).toMatchObject(end);
  });

  it('agrees with what background protection does, whatever is agreed and known', () => {
    const shields = fc.record({
      reason: fc.constantFrom(null, reason, 'INC0012345'),
      until: fc.constantFrom(null, date),
      atEnd: fc.constantFrom('lift' as const, 'extend' as const),
    });
    const patches = fc.constantFrom(
      patch('patched'),
      patch('vulnerable'),
      patch('not-affected'),
      patch('unknown'),
      patch('unknown', 'not-in-catalogue'),
    );
    fc.assert(
      fc.property(shields, patches, (terms, known) => {
        const patchNow = terms.reason === null ? patch('unknown') : known;
        const shield = {
          ...{ ...terms, id: '0123abcd', since: '2026-11-24T12:00:00.000Z', rules: true },
          ...{ allow: { ipv4: [], ipv6: [] }, outbound: false, workarounds: [] },
        };
        const act = (at: string, now: ReasonPatch) =>
          decide({
            shield,
            found: { state: 'ours' },
            judgement: { state: 'closed', lines: [] },
            patch: now,
            clock: { now: new Date(at), wrong: null },
          }).act;
        const end = shieldEnd(shield, { ...kept, patch: patchNow });
        const [before, after] = ['2026-11-25T12:00:00.000Z', '2026-12-25T12:00:00.000Z'];
        if (end.opensAt !== null) expect(act(after, patchNow)).toBe('lift');
        else if (patchNow.state !== 'patched') expect(act(after, patchNow)).toBe('nothing');
        if (end.patchOf !== null) expect(act(before, patch('patched'))).toBe('lift');
        if (patchNow.state !== 'patched') expect(act(before, patchNow)).toBe('nothing');
      }),
      { numRuns: 300 },
    );
  });
});
