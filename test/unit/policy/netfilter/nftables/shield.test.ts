// Our shield as a real nft 1.0.6 printed it, whole and with every rule spoiled in turn: nothing spoiled is ever called closed.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Shield } from '../../../../../main/model/shield';
import { cidr } from '../../../../../main/policy/address-sets';
import { findShield } from '../../../../../main/policy/netfilter/nftables/shield';
import { failureOf, spoken } from '../../../in-english';

const fixture = (name: string): string => readFileSync(`test/fixtures/nft/${name}`, 'utf8');
const now = new Date('2026-11-24T21:40:00.000Z');
const shield: Shield = {
  id: '7f3a9c1e',
  since: '2026-11-24T20:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [cidr('10.77.1.21/32'), cidr('192.168.4.0/22')], ipv6: [cidr('fd77:1::21/128')] },
  outbound: true,
  rules: true,
  workarounds: [],
  reason: null,
};
const leased: Shield = {
  ...shield,
  until: '2026-12-01T21:30:00.000Z',
  atEnd: 'lift',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
};

interface Listing {
  nftables: Record<string, Record<string, unknown>>[];
}
const listing = (): Listing => JSON.parse(fixture('shield.json'));
const stateOf = (changed: Listing, text = fixture('shield.nft'), wanted = shield): string =>
  findShield(JSON.stringify(changed), text, now).judge(wanted).state;
const isOurRule = (object: Listing['nftables'][number]): boolean => object.rule?.table === 'breakwater';

describe('a shield read back', () => {
  it('is ours, closed, and tells what it counted', () => {
    const found = findShield(fixture('shield.json'), fixture('shield.nft'), now);
    expect(found).toMatchObject({
      state: 'ours',
      id: '7f3a9c1e',
      counted: { blocked: 12, allowed: 3, outboundBlocked: 1 },
    });
    expect(found.counted?.attempts.map(({ address, packets }) => [address, packets])).toEqual([
      ['2001:db8::9', 9],
      ['203.0.113.9', 7],
    ]);
    const judgement = spoken(found.judge(shield));
    expect(judgement.state).toBe('closed');
    expect(judgement.lines).toContain(
      'TCP 445 at prerouting: new connections are turned away, IPv4 and IPv6, from everywhere but 10.77.1.21/32, 192.168.4.0/22, fd77:1::21/128.',
    );
  });

  it('with a lease is closed for the leased shield only', () => {
    const found = findShield(fixture('lease.json'), fixture('lease.nft'), now);
    expect(found.judge(leased).state).toBe('closed');
    expect(found.judge({ ...leased, until: null }).state).toBe('not-closed');
    expect(
      findShield(fixture('shield.json'), fixture('shield.nft'), now).judge({
        ...shield,
        until: leased.until,
        atEnd: 'lift',
      }).state,
    ).toBe('not-closed');
  });

  it('whose ports the kernel has let go of is expired after its time, and damaged before it', () => {
    const gone = JSON.parse(fixture('lease.json')) as Listing;
    for (const object of gone.nftables) if (String(object.set?.name).startsWith('leased_')) delete object.set?.elem;
    const judge = (at: string) =>
      findShield(JSON.stringify(gone), fixture('lease.nft'), new Date(at)).judge(leased).state;
    expect(judge('2026-12-01T21:30:01.000Z')).toBe('expired');
    expect(judge('2026-11-30T00:00:00.000Z')).toBe('not-closed');
  });

  it('is not closed for a shield with fewer exceptions, or with another id', () => {
    expect(stateOf(listing(), fixture('shield.nft'), { ...shield, allow: { ipv4: [], ipv6: [] } })).toBe('not-closed');
    expect(stateOf(listing(), fixture('shield.nft'), { ...shield, id: '00000000' })).toBe('not-closed');
  });

  const lastRule = listing().nftables.filter(isOurRule).length;
  // Rules that only count, or only close: without one of them it may still be closed, but never by luck: see the list below.
  const harmless = new Set(['accept', 'counter', 'set', 'reject']);
  it.each(Array.from({ length: lastRule }, (_, index) => index))(
    'without its rule %i is not called closed, unless that rule closes nothing',
    (index) => {
      const changed = listing();
      const rules = changed.nftables.filter(isOurRule);
      const [rule] = [rules[index]];
      changed.nftables = changed.nftables.filter((object) => object !== rule);
      const expressions = (rule?.rule?.expr ?? []) as Record<string, unknown>[];
      const ending = Object.keys(expressions.at(-1) ?? {})[0] ?? '';
      const counts = expressions.some((expression) => 'set' in expression || 'counter' in expression);
      const isOutward = rule?.rule?.chain === 'outward' && ending === 'reject';
      expect(stateOf(changed)).toBe((harmless.has(ending) || counts) && !isOutward ? 'closed' : 'not-closed');
    },
  );

  it.each(Array.from({ length: lastRule + 1 }, (_, index) => index))(
    "with a stranger's accept before rule %i is not closed",
    (index) => {
      const changed = listing();
      const rules = changed.nftables.filter(isOurRule);
      const chain = (rules[index] ?? rules.at(-1))?.rule?.chain;
      const stranger = { rule: { family: 'inet', table: 'breakwater', chain, handle: 99, expr: [{ accept: null }] } };
      const place = rules[index] ? changed.nftables.indexOf(rules[index]) : changed.nftables.length;
      changed.nftables.splice(place, 0, stranger);
      // After a rule that ends every packet, an accept changes nothing.
      const afterDrop =
        index > 0 &&
        rules[index - 1]?.rule?.chain === chain &&
        JSON.stringify(rules[index - 1]?.rule?.expr) === '[{"drop":null}]';
      const atOutwardEnd = rules[index] === undefined;
      expect(stateOf(changed)).toBe(afterDrop || atOutwardEnd ? 'closed' : 'not-closed');
    },
  );

  it.each(['before', 'inside', 'judge', 'outward'])('with the chain "%s" emptied is not closed', (chain) => {
    const changed = listing();
    changed.nftables = changed.nftables.filter((object) => !(isOurRule(object) && object.rule?.chain === chain));
    expect(stateOf(changed)).toBe('not-closed');
  });

  it.each([
    [
      'later than redirects',
      (chain: Record<string, unknown>) => {
        chain.prio = 0;
      },
    ],
    [
      'on another hook',
      (chain: Record<string, unknown>) => {
        chain.hook = 'forward';
      },
    ],
    [
      'no longer a base chain',
      (chain: Record<string, unknown>) => {
        delete chain.hook;
      },
    ],
  ])('with a base chain %s is not closed', (_, spoil) => {
    const changed = listing();
    for (const { chain } of changed.nftables)
      if (chain?.name === 'before' && chain.table === 'breakwater') spoil(chain);
    expect(stateOf(changed)).toBe('not-closed');
  });

  it('with a port taken out of its sets is not closed', () => {
    const changed = listing();
    for (const { set } of changed.nftables) if (set?.name === 'leased_tcp') set.elem = [139];
    expect(stateOf(changed)).toBe('not-closed');
  });

  it.each([139, 445])('whose way out is shut for TCP %i only is not closed', (port) => {
    const changed = listing();
    let count = 0;
    for (const { rule } of changed.nftables) {
      if (rule?.table !== 'breakwater' || rule.chain !== 'outward') continue;
      for (const expression of rule.expr as { match?: { right: unknown } }[])
        if (expression.match?.right === '@leased_tcp') {
          expression.match.right = port;
          count++;
        }
    }
    expect(count).toBe(2);
    expect(stateOf(changed)).toBe('not-closed');
    expect(stateOf(changed, fixture('shield.nft'), { ...shield, outbound: false })).toBe('closed');
  });

  it.each(['compression-off', 'server-off', 'smb1-off'] as const)(
    'that promises %s, which nothing here can judge, is not closed',
    (workaround) => {
      for (const rules of [true, false])
        expect(stateOf(listing(), fixture('shield.nft'), { ...shield, rules, workarounds: [workaround] })).toBe(
          'not-closed',
        );
    },
  );

  it('that promises nothing is not closed', () => {
    expect(stateOf(listing(), fixture('shield.nft'), { ...shield, rules: false })).toBe('not-closed');
  });

  it('with an exception slipped in, or one of a kind we do not know, is not closed', () => {
    for (const sneaked of ['10.9.9.9', { range: ['10.0.0.1', '10.0.0.9'] }, { concat: ['10.0.0.1', 445] }]) {
      const changed = listing();
      for (const { set } of changed.nftables) if (set?.name === 'allow4') (set.elem as unknown[]).push(sneaked);
      expect(stateOf(changed)).toBe('not-closed');
    }
  });

  it.each([
    [
      'a verdict map',
      { vmap: { key: { payload: { protocol: 'tcp', field: 'dport' } }, data: { set: [[445, { accept: null }]] } } },
    ],
    ['a named verdict map', { vmap: { key: { payload: { protocol: 'tcp', field: 'dport' } }, data: '@strangers' } }],
    ['a queue', { queue: { num: 0, flags: 'bypass' } }],
    ['an iptables extension', { xt: { type: 'target', name: 'TPROXY' } }],
    ['something newer than this program', { teleport: null }],
    ['an object of two keys', { counter: null, accept: null }],
  ])('with %s before our rules is not closed', (_, expression) => {
    for (const chain of ['before', 'inside', 'judge']) {
      const changed = listing();
      const place = changed.nftables.findIndex((object) => isOurRule(object) && object.rule?.chain === chain);
      changed.nftables.splice(place, 0, {
        rule: { family: 'inet', table: 'breakwater', chain, handle: 99, expr: [expression] },
      });
      expect(stateOf(changed)).toBe('not-closed');
    }
  });

  it('that is switched off is not closed, whether JSON or text tells', () => {
    const changed = listing();
    for (const { table } of changed.nftables) if (table?.name === 'breakwater') table.flags = '';
    expect(stateOf(changed)).toBe('not-closed');
    expect(stateOf(listing(), fixture('shield.nft').replace('{\n', '{\n\tflags dormant\n'))).toBe('not-closed');
  });

  it('without our mark is foreign', () => {
    const text = fixture('shield.nft').replace(/\tcomment .*\n/, '\tcomment "mine"\n');
    expect(findShield(fixture('shield.json'), text, now)).toMatchObject({ state: 'foreign', id: null });
  });

  it('that is cut short, of another schema, or no JSON at all is an error, never an answer', () => {
    const json = fixture('shield.json');
    for (const bad of [
      '',
      json.slice(0, 900),
      json.replace('"json_schema_version": 1', '"json_schema_version": 2'),
      '[]',
      'null',
      '{"nftables": 5}',
    ])
      expect(failureOf(() => findShield(bad, fixture('shield.nft'), now))).toMatch(/could not read/);
    expect(
      failureOf(() =>
        findShield('{"nftables": [{"metainfo": {"json_schema_version": 1}}]}', fixture('shield.nft'), now),
      ),
    ).toMatch(/changed while/);
  });
});
