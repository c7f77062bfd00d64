// Which number a script gets, for every way a command can end.
import { describe, expect, test } from 'vitest';
import { judgeProbe } from '../../../main/cli/commands/probe';
import {
  exitForInspection,
  exitForOutcome,
  exitForProbe,
  exitForReview,
  exitForShield,
} from '../../../main/cli/exit-codes';
import type { Part } from '../../../main/engine/engine';
import type { SmbServer } from '../../../main/model/facts';
import { verbatim } from '../../../main/model/message';
import type { Outcome } from '../../../main/model/outcome';
import type { Severity, ShieldState } from '../../../main/model/verdicts';
import { report } from './fakes';

describe('inspect', () => {
  const code = (more: Parameters<typeof report>[0], only: readonly Part[] | null = null) =>
    exitForInspection(report(more), only && new Set(only));

  test.each([
    ['closed', 0],
    ['open', 1],
    ['unknown', 6],
  ] as const)('a door that is %s is %i', (door, expected) => {
    expect(code({ door })).toBe(expected);
  });

  test('a finding of high severity is bad news whatever the door', () => {
    for (const door of ['closed', 'unknown'] as const) expect(code({ door, severity: 'high' })).toBe(1);
  });

  test.each<Severity>(['medium', 'low', 'info'])('a finding of %s severity is not', (severity) => {
    expect(code({ door: 'closed', severity })).toBe(0);
  });

  test("a file server's settings that were not read are a doubt: 6, unless there is bad news", () => {
    const server: SmbServer = {
      product: 'samba',
      configuration: '/x',
      settings: [],
      shares: [],
      unread: [verbatim('/y')],
    };
    const source = { kind: 'file', name: '/x' } as const;
    const facts = { servers: { state: 'known', value: [server], source, at: '2026-01-01T00:00:00.000Z' } } as const;
    expect(code({ door: 'closed', facts })).toBe(6);
    expect(code({ door: 'closed', facts }, ['smb'])).toBe(6);
    expect(code({ door: 'closed', facts }, ['firewall'])).toBe(0);
    expect(code({ door: 'open', facts })).toBe(1);
  });

  test('with --only, the parts asked for decide', () => {
    expect(code({ door: 'unknown' }, ['smb'])).toBe(0);
    expect(code({ door: 'closed', shield: 'none' }, ['shield'])).toBe(1);
    expect(code({ door: 'closed', shield: 'up' }, ['shield', 'firewall'])).toBe(0);
    expect(code({ door: 'closed' }, ['patch'])).toBe(6);
    expect(code({ door: 'open' }, ['patch', 'firewall'])).toBe(1);
  });
});

test.each<[ShieldState, number]>([
  ['up', 0],
  ['none', 1],
  ['damaged', 1],
  ['expired', 1],
  ['foreign', 1],
  ['recorded', 6],
  ['interrupted', 6],
  ['unknown', 6],
])('status: a shield that is %s is %i', (state, expected) => {
  expect(exitForShield(state)).toBe(expected);
});

test.each<[Outcome['kind'], number]>([
  ['done', 0],
  ['refused', 2],
  ['not-permitted', 3],
  ['failed-undone', 4],
  ['failed-left', 5],
  ['unknown', 6],
])('shield and lift: %s is %i', (kind, expected) => {
  expect(exitForOutcome({ kind })).toBe(expected);
});

test.each([
  ['closed', 0],
  ['partly', 1],
  ['open', 1],
  ['unknown', 6],
] as const)('review: %s is %i', (verdict, expected) => {
  expect(exitForReview({ verdict, unsure: [] })).toBe(expected);
});

describe('probe', () => {
  const at = (connection: Parameters<typeof judgeProbe>[2][number]['connection']) =>
    ({ address: '203.0.113.9', connection, smb: null }) as const;
  const door = (...connections: Parameters<typeof at>[0][]) => judgeProbe('host', 445, connections.map(at), false).door;

  test('one address that takes connections makes the door open', () => {
    expect(door('refused', 'accepted')).toBe('open');
  });

  test('refused and silent are shut from here; no way there adds nothing', () => {
    expect(door('refused')).toBe('shut');
    expect(door('silent')).toBe('shut');
    expect(door('refused', 'unreachable')).toBe('shut');
  });

  test('what tells nothing is not known, never shut', () => {
    expect(door('unreachable')).toBe('unknown');
    expect(door('refused', 'forbidden')).toBe('unknown');
    expect(door('refused', 'unknown')).toBe('unknown');
    expect(door()).toBe('unknown');
  });

  test("where this PC's own shield may have answered, a refusal tells nothing", () => {
    expect(judgeProbe('host', 445, [at('refused')], true).door).toBe('unknown');
  });

  test('without doubts it is 0, with one 6, and a high finding is 1', () => {
    const high = report({ severity: 'high' }).verdicts.findings;
    const doubts = [{ code: 'door', about: null, says: verbatim('a reason') }] as const;
    expect(exitForProbe({ doubts: [], findings: [] })).toBe(0);
    expect(exitForProbe({ doubts, findings: [] })).toBe(6);
    expect(exitForProbe({ doubts, findings: high })).toBe(1);
  });
});
