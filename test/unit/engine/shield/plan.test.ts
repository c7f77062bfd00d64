// What a plan says of how the shield is looked after and how it ends: nothing that is not so on this PC.
import { describe, expect, it } from 'vitest';
import { type PlanFacts, planLift, planShield } from '../../../../main/engine/shield/plan';
import type { KeeperSchedule, ReasonPatch } from '../../../../main/model/kept';
import { verbatim } from '../../../../main/model/message';
import type { Plan } from '../../../../main/model/plan';
import type { Shield } from '../../../../main/model/shield';
import { cidr } from '../../../../main/policy/address-sets';
import { inEnglish } from '../../in-english';
import { fakeHost } from '../fake-host';

const shield: Shield = {
  id: '0123abcd',
  since: '2026-11-24T12:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: 'CVE-2023-3961',
};
const until = '2026-12-01T12:00:00.000Z';
const source = { kind: 'system', name: 'x' } as const;
const at = shield.since;
const impossible: KeeperSchedule = { state: 'impossible', why: 'systemd does not run this PC' };

function facts(schedule: KeeperSchedule, patch: ReasonPatch['state'] | null = 'vulnerable'): PlanFacts {
  const host = fakeHost('/nowhere');
  return {
    host: {
      ...host,
      describeShield: () => [{ what: 'rules', command: 'nft', input: null }],
      describeLift: () => [{ what: 'no rules', command: 'nft', input: null }],
      keeping: {
        ...host.keeping,
        describeStart: (helper) => [{ what: 'keeper', command: helper, input: null }],
        describeStop: (helper) => [{ what: 'no keeper', command: helper, input: null }],
      },
    },
    helper: '/opt/breakwater/helper.js',
    sessions: { state: 'known', value: [], source, at },
    managers: {
      state: 'known',
      value: [{ name: 'nftables', title: 'nftables', state: 'active', because: verbatim('') }],
      source,
      at,
    },
    within: null,
    standing: { state: 'none', shield: null, because: [], provedAt: null, counted: null, kept: null, end: null },
    schedule,
    patch: patch === null ? null : { state: patch, because: ['So it is.'] },
    permission: null,
    minding: [],
  };
}
const whats = ({ changes }: Plan) => changes.map(({ what }) => what);
const planned = (of: Partial<Shield>, of2: PlanFacts) => planShield({ ...shield, ...of }, of2);
const text = (plan: Plan) => plan.effects.map(inEnglish).join('\n');
const warned = (plan: Plan) => plan.warnings.map(inEnglish);

describe('a plan', () => {
  it('sets the keeper up where there is none or a broken one, and takes away what is there', () => {
    expect(whats(planned({}, facts({ state: 'absent' })))).toEqual(['rules', 'keeper']);
    expect(whats(planned({}, facts({ state: 'broken', why: '' })))).toEqual(['rules', 'keeper']);
    expect(whats(planned({}, facts({ state: 'whole' })))).toEqual(['rules']);
    expect(whats(planned({}, facts(impossible)))).toEqual(['rules']);
    const up = { state: 'up', shield, because: [], provedAt: null, counted: null, kept: null, end: null } as const;
    expect(whats(planLift({ ...facts({ state: 'whole' }), standing: up }))).toEqual(['no rules', 'no keeper']);
    expect(whats(planLift({ ...facts(impossible), standing: up }))).toEqual(['no rules']);
    expect(whats(planLift(facts({ state: 'absent' })))).toEqual([]);
    expect(whats(planLift(facts({ state: 'whole' })))).toEqual(['no rules', 'no keeper']);
  });

  it('is empty for the shield that is up, unless its keeper is missing', () => {
    const up = { state: 'up', shield, because: [], provedAt: null, counted: null, kept: null, end: null } as const;
    expect(planned({}, { ...facts({ state: 'whole' }), standing: up }).changes).toEqual([]);
    expect(whats(planned({}, { ...facts({ state: 'absent' }), standing: up }))).toEqual(['rules', 'keeper']);
    expect(planned({ until }, { ...facts({ state: 'whole' }), standing: up }).changes).not.toEqual([]);
    const since = '1970-01-01T00:00:00.000Z';
    const ofAnotherClock = { ...up, shield: { ...shield, since } };
    expect(planned({}, { ...facts({ state: 'whole' }), standing: ofAnotherClock }).changes).not.toEqual([]);
    const dated = { ...up, shield: { ...shield, until } };
    expect(planned({ until, atEnd: 'lift' }, { ...facts({ state: 'whole' }), standing: dated }).changes).not.toEqual(
      [],
    );
  });

  it.each([
    [{}, 'It is lifted by itself once this PC is patched for CVE-2023-3961, or when you lift it.'],
    [{ reason: null }, 'It stays until you lift it.'],
    [{ until, atEnd: 'lift' }, 'by itself at 2026-12-01 12:00 UTC or once this PC is patched for CVE-2023-3961'],
    [{ until, atEnd: 'lift', reason: null }, 'It ends by itself at 2026-12-01 12:00 UTC, or when you lift it.'],
    [{ until }, 'Where that is not so at 2026-12-01 12:00 UTC, Breakwater warns, and the shield stays up'],
    [{ until, reason: null }, 'From 2026-12-01 12:00 UTC on Breakwater warns; the shield stays up until you lift it.'],
  ] as const)('%j says how it ends', (of, says) => {
    const plan = planned(of, facts({ state: 'absent' }));
    expect(text(plan)).toContain(says);
    expect(text(plan)).toContain('A keeper looks after it (all the time)');
    expect(warned(plan).join('')).not.toMatch(/restart|nftables/);
  });

  it('where no keeper can stand promises nothing of one, and says what is not done', () => {
    const plan = planned({}, facts(impossible));
    expect(text(plan)).not.toMatch(/keeper|by itself/);
    expect(warned(plan)).toEqual([
      expect.stringContaining('systemd does not run this PC. It does not outlive a restart'),
      expect.stringContaining('nftables.service wipes all rules'),
      expect.stringContaining('Nothing lifts it when the patch is in'),
    ]);
    expect(text(planned({ until, atEnd: 'lift' }, facts(impossible)))).toContain('It ends by itself at 2026-12-01');
  });

  it.each([
    ['patched', /patched for CVE-2023-3961 already: the keeper lifts the shield at its first look\. So it is\./],
    ['not-affected', /not affected by CVE-2023-3961, so there is no patch that would end the shield\. So it is\./],
    ['unknown', /can't be told now; while that is so, no patch ends the shield\. So it is\./],
  ] as const)('for a PC that is %s warns', (state, says) => {
    expect(warned(planned({}, facts({ state: 'absent' }, state)))).toEqual([expect.stringMatching(says)]);
  });

  it("says one thing of a ticket's number as the reason: nothing but a person ends it", () => {
    const patch = { state: 'unknown', code: 'not-in-catalogue', because: [] } as const;
    const plan = planned({ reason: 'INC0012345' }, { ...facts({ state: 'absent' }), patch });
    expect(plan.end).toMatchObject({ patchOf: null, noPatch: 'not-in-catalogue' });
    expect(text(plan)).toContain('It stays until you lift it.');
    expect(text(plan)).not.toContain('by itself');
    expect(warned(plan)).toEqual([expect.stringMatching(/has no INC0012345.*stays until you lift it/)]);
  });

  it('names only those as cut off whom it keeps out', () => {
    const remote = (address: string) => ({ address, port: 50_000 });
    const local = { address: '10.0.0.5', port: 445 };
    const session = { direction: 'in', family: 'ipv4', local, owner: null } as const;
    const value = [
      { ...session, remote: remote('10.0.0.20') },
      { ...session, remote: remote('10.0.0.21') },
    ];
    const sessions = { state: 'known', value, source, at } as const;
    const allow = { ipv4: [cidr('10.0.0.20/32')], ipv6: [] };
    expect(text(planned({ allow }, { ...facts({ state: 'absent' }), sessions }))).toMatch(/cut[^.]*: 10\.0\.0\.21\./);
    const both = { ipv4: [cidr('10.0.0.0/24')], ipv6: [] };
    expect(text(planned({ allow: both }, { ...facts({ state: 'absent' }), sessions }))).toContain('may go on');
  });

  it.each([
    [{ kind: 'container', name: 'docker' }, /^This is a container \(docker\): .*Run Breakwater there\.$/],
    [{ kind: 'wsl', name: 'WSL' }, /^This is a Linux inside Windows \(WSL\)\. .*run Breakwater on Windows\.$/],
  ] as const)('says first what this PC is inside of: %j', (within, says) => {
    expect(warned(planned({}, { ...facts({ state: 'absent' }), within }))[0]).toMatch(says);
  });

  it('for a PC that is vulnerable needs no warning, and without a reason warns that nothing ends it', () => {
    expect(planned({}, facts({ state: 'absent' })).warnings).toEqual([]);
    expect(warned(planned({ reason: null }, facts({ state: 'absent' }, null)))).toEqual([
      expect.stringContaining('No advisory is named as the reason'),
    ]);
    expect(planned({ reason: null, until, atEnd: 'lift' }, facts({ state: 'absent' }, null)).warnings).toEqual([]);
  });
});
