// Who can reach the door: listeners, addresses, shield and what is known of other rules, in every combination that matters.
import { describe, expect, it } from 'vitest';
import type { Fact, Listener, NetworkInterface } from '../../../main/model/facts';
import type { ShieldVerdict } from '../../../main/model/verdicts';
import { cidr } from '../../../main/policy/address-sets';
import { judgeDoor } from '../../../main/policy/door';

const source = { kind: 'file', name: '/proc/net/tcp' } as const;
const at = '2026-11-24T12:00:00.000Z';
const known = <T>(value: T): Fact<T> => ({ state: 'known', value, source, at });
const refused: Fact<never> = { state: 'not-permitted', why: 'only an administrator may look', source, at };

const interfaces: readonly NetworkInterface[] = [
  {
    name: 'lo',
    kind: 'loopback',
    profile: null,
    addresses: [{ family: 'ipv4', address: '127.0.0.1', subnet: cidr('127.0.0.0/8'), scope: 'loopback' }],
  },
  {
    name: 'eth0',
    kind: 'wired',
    profile: null,
    addresses: [
      { family: 'ipv4', address: '10.0.0.5', subnet: cidr('10.0.0.0/24'), scope: 'private' },
      { family: 'ipv6', address: 'fe80::5', subnet: cidr('fe80::/64'), scope: 'link-local' },
    ],
  },
];
const listener = (address: string, port = 445, protocol: 'tcp' | 'udp' = 'tcp'): Listener => ({
  protocol,
  family: address.includes(':') ? 'ipv6' : 'ipv4',
  address,
  port,
  owner: { name: 'smbd', pid: 812 },
});
const shield = (state: ShieldVerdict['state']): ShieldVerdict => ({
  state,
  shield: null,
  because: [],
  provedAt: null,
  counted: null,
});
const judge = (
  listeners: Fact<readonly Listener[]>,
  state: ShieldVerdict['state'],
  others: 'none' | 'unknown',
  network: Fact<{ interfaces: typeof interfaces; routes: [] }> = known({ interfaces, routes: [] }),
) => judgeDoor({ listeners, network, ruleset: refused }, shield(state), others);

describe('the door', () => {
  it('with a program on every address and no rules of any kind is open, at each address of the PC but loopback', () => {
    const door = judge(known([listener('0.0.0.0')]), 'none', 'none');
    expect(door.state).toBe('open');
    expect(door.exposures.map(({ interface: name, address, state }) => [name, address, state])).toEqual([
      ['eth0', '10.0.0.5', 'open'],
    ]);
  });

  it('with a program on "::" counts IPv4 as reachable too', () => {
    expect(judge(known([listener('::')]), 'none', 'none').exposures.map(({ address }) => address)).toEqual([
      '10.0.0.5',
      'fe80::5',
    ]);
  });

  it('behind rules that nobody may read is unknown, and says why', () => {
    const door = judge(known([listener('0.0.0.0')]), 'none', 'unknown');
    expect(door).toMatchObject({
      state: 'unknown',
      because: [expect.stringContaining('only an administrator may look')],
    });
  });

  it.each(['127.0.0.1', '::1'])(
    'with a program on %s only is closed where no other rule can pass the port on, else unknown',
    (address) => {
      expect(judge(known([listener(address)]), 'none', 'none')).toMatchObject({ state: 'closed', exposures: [] });
      expect(judge(known([listener(address)]), 'none', 'unknown').state).toBe('unknown');
    },
  );

  it('behind a shield that was just proven is closed, and its ports are shielded', () => {
    const door = judge(
      known([listener('0.0.0.0'), listener('0.0.0.0', 139), listener('10.0.0.5', 137, 'udp')]),
      'up',
      'unknown',
    );
    expect(door.state).toBe('closed');
    expect(new Set(door.exposures.map(({ state }) => state))).toEqual(new Set(['shielded']));
  });

  it('behind a shield does not count ports that the shield leaves alone as shielded', () => {
    expect(judge(known([listener('0.0.0.0', 443, 'udp')]), 'up', 'unknown').exposures).toMatchObject([
      { port: 443, state: 'unknown' },
    ]);
  });

  it.each(['none', 'recorded', 'damaged', 'expired', 'interrupted', 'foreign', 'unknown'] as const)(
    'with a shield that is "%s" is never closed while something listens',
    (state) => {
      for (const others of ['none', 'unknown'] as const)
        expect(judge(known([listener('0.0.0.0')]), state, others).state).not.toBe('closed');
    },
  );

  it('is unknown where listeners or addresses are not known, whatever else is', () => {
    const failed: Fact<never> = { state: 'failed', why: 'cut short', source, at };
    for (const state of ['none', 'up'] as const) {
      expect(judge(failed, state, 'none').state).toBe('unknown');
      expect(judge(known([listener('0.0.0.0')]), state, 'none', failed).state).toBe('unknown');
    }
  });
});
