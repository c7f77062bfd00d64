// The PC's own addresses beyond those of its interfaces, and ports that rules lead to: who reaches what there.

import { describe, expect, it } from 'vitest';
import type { ReviewHost } from '../../../../main/model/review';
import { holds, setOf } from '../../../../main/policy/address-sets';
import { reviewLinux } from '../../../../main/policy/netfilter/review';
import { spoken } from '../../in-english';
import { bare, drop, from, listing, match, payload, port445, reachOf, type TestChain, table } from './ruleset-builder';

const interfaces = { lo: ['127.0.0.1/8', '::1/128'], eth0: ['10.0.0.5/24', 'fd00::5/64'] };
const local = ['127.0.0.0/8', '10.0.0.5/32', '::1/128', 'fd00::5/128'];
const review = (host: Partial<ReviewHost>, chains: readonly TestChain[], onlyLed = false) =>
  spoken(
    reviewLinux(
      { ...bare, rulesetJson: listing(table(chains)), host: { interfaces, ...host } },
      { proto: 'tcp', port: 445, onlyLed },
    ),
  );
const input = (...rules: readonly (readonly unknown[])[]): TestChain => ({ name: 'in', hook: 'input', rules });
const to = (right: unknown, protocol = 'ip') => match(payload(protocol, 'daddr'), right);
const listed = [
  [to('10.0.0.5'), drop],
  [to('fd00::5', 'ip6'), drop],
];

describe('addresses that no interface has', () => {
  it.each([
    ['one more address', { local: [...local, '10.99.0.1/32'] }],
    ['a whole network', { local: [...local, '10.99.0.0/24'] }],
    ['a very large network', { local: [...local, '10.96.0.0/12'] }],
    ['a network of IPv6', { local: [...local, '2001:db8::/64'] }],
    ['an address of a VRF', { local, localElsewhere: ['10.5.0.1/32'] }],
    [
      'a prefix on loopback, of a PC of which no more was saved',
      { interfaces: { ...interfaces, lo: ['10.99.0.1/24'] } },
    ],
  ])('are reached where rules name only those of the interfaces: %s', (_, host) => {
    const found = review(host, [input(...listed)]);
    expect(found.verdict).toBe('open');
  });

  it('are none where the kernel has no others', () => {
    expect(review({ local }, [input(...listed)]).verdict).toBe('closed');
  });

  it('are told address by address as far as they are few', () => {
    const named = to({ set: [{ prefix: { addr: '10.99.0.0', len: 25 } }, '10.0.0.5'] });
    const few = review({ local: [...local, '10.99.0.0/24'] }, [input([named, drop], [to('fd00::5', 'ip6'), drop])]);
    const told = few.reach.filter((entry) => entry.interface !== 'lo').flatMap((entry) => entry.to ?? []);
    expect(told).toHaveLength(128);
    expect(told).toContain('10.99.0.200');
    expect(few.unsure).toEqual([]);
    const many = review({ local: [...local, '10.96.0.0/12'] }, [input([named, drop], [to('fd00::5', 'ip6'), drop])]);
    expect(many.reach.find((entry) => entry.interface === '*')).not.toHaveProperty('to');
    expect(many.unsure).toEqual([expect.objectContaining({ rule: "the PC's own addresses" })]);
  });

  it('of the type local are told by the kernel’s table, and not known of others', () => {
    const type = (side: string) => ({
      match: { op: '==', left: { fib: { result: 'type', flags: [side] } }, right: 'local' },
    });
    const closed = [input([type('daddr'), port445, drop])];
    expect(review({ local: [...local, '10.99.0.0/24'] }, closed)).toMatchObject({ verdict: 'closed', unsure: [] });
    const vrf = review({ local, localElsewhere: ['10.5.0.1/32'] }, closed);
    expect(vrf).toMatchObject({ verdict: 'open', unsure: [expect.anything()] });
    const spoofed = [input([type('saddr'), drop])];
    const kept = review({ local, localElsewhere: ['10.5.0.1/32'] }, spoofed).reach.find(
      ({ interface: name }) => name === '*',
    );
    expect(['10.5.0.1', '10.0.0.5'].map((source) => holds(setOf('ipv4', kept?.ipv4 ?? []), source))).toEqual([
      true,
      false,
    ]);
  });
});

it('what was not told of own addresses is named where rules ask for them, and only there', () => {
  const noted = expect.objectContaining({ rule: "the PC's own addresses" });
  expect(review({}, [input(...listed)]).unsure).toContainEqual(noted);
  expect(review({ local }, [input(...listed)]).unsure).toEqual([]);
  expect(review({}, [input([from('10.0.0.0/8'), drop])]).unsure).toEqual([]);
});

describe('loopback’s addresses', () => {
  const shut = [
    input(
      [match({ meta: { key: 'iifname' } }, 'eth0'), to('10.0.0.5'), drop],
      [match({ meta: { key: 'nfproto' } }, 'ipv6'), drop],
    ),
  ];
  const onEth0 = (host: Partial<ReviewHost>) => review(host, shut).reach.filter((entry) => entry.interface === 'eth0');
  it('are reached by neighbours where the interface lets them', () => {
    expect(onEth0({ local, loopbackOn: ['eth0'] })[0]?.ipv4).toEqual(['0.0.0.0/0']);
    expect(onEth0({ local, loopbackOn: ['*'] })[0]?.ipv4).toEqual(['0.0.0.0/0']);
  });
  it('are not otherwise', () => {
    expect(onEth0({ local, loopbackOn: ['wlan0'] })).toEqual([
      { interface: 'eth0', profile: null, ipv4: [], ipv6: [] },
    ]);
  });
});

describe('a family', () => {
  const ip4 = [input([match({ meta: { key: 'nfproto' } }, 'ipv4'), drop])];
  it('without any address on the PC is not open', () => {
    expect(review({ local: ['127.0.0.0/8', '10.0.0.5/32'] }, ip4).verdict).toBe('closed');
  });
  it.each([
    ['that has loopback’s address', { local: ['127.0.0.0/8', '10.0.0.5/32', '::1/128'] }],
    ['of a PC whose own addresses are not known', { interfaces: { eth0: ['10.0.0.5/24'] } }],
  ])('%s is, since more may come', (_, host) => {
    expect(reachOf(review(host, ip4))).toBe('| ::/0');
  });
});

describe('a port that rules lead to', () => {
  const led = (port: unknown, how: unknown = { redirect: { port } }): readonly TestChain[] => [
    { name: 'pre', hook: 'prerouting', type: 'nat', prio: -100, rules: [[port445, how]] },
    input([match(payload('tcp', 'dport'), { set: [139, 445] }), drop]),
  ];
  it.each([
    [{ redirect: { port: 4450 } }],
    [{ dnat: { addr: '10.0.0.5', port: 4450, family: 'ip' } }],
    [{ dnat: { addr: '127.0.0.1', port: 4450, family: 'ip' } }],
    [{ dnat: { port: 4450 } }],
  ])('%j: open where somebody waits there, closed where nobody does, unsure where that is not known', (how) => {
    const at = (host: Partial<ReviewHost>) => review({ local, ...host }, led(4450, how));
    expect(at({ listening: [22, 4450], listeningComplete: true })).toMatchObject({ verdict: 'open', unsure: [] });
    expect(at({ listening: [4450] })).toMatchObject({ verdict: 'open', unsure: [] });
    expect(at({ listening: [22, 445], listeningComplete: true }).verdict).toBe('closed');
    for (const host of [{}, { listening: [445, 139] }, { listening: [445], listeningComplete: false }]) {
      const found = at(host);
      expect(found.verdict).toBe('open');
      expect(found.unsure).toEqual([expect.objectContaining({ why: expect.stringContaining('can not be seen') })]);
    }
  });

  it('is all that counts where nobody waits at the port itself', () => {
    const host = { local, listening: [4450], listeningComplete: true };
    expect(review(host, [input()], false).verdict).toBe('open');
    expect(review(host, [input()], true).verdict).toBe('closed');
    expect(review(host, led(4450), true).verdict).toBe('open');
    expect(review(host, led(4451), true).verdict).toBe('closed');
  });
});
