// Who can reach the door: listeners, addresses, shield and the review of all rules, in every combination that matters.
import { describe, expect, it } from 'vitest';
import type { Fact, Listener, NetworkInterface, OwnAddresses } from '../../../main/model/facts';
import { message, verbatim } from '../../../main/model/message';
import type { Review } from '../../../main/model/review';
import type { ShieldVerdict } from '../../../main/model/verdicts';
import { cidr } from '../../../main/policy/address-sets';
import { type DoorRules, judgeDoor } from '../../../main/policy/exposure';
import { inEnglish } from '../in-english';

const source = { kind: 'file', name: '/proc/net/tcp' } as const;
const at = '2026-11-24T12:00:00.000Z';
const known = <T>(value: T): Fact<T> => ({ state: 'known', value, source, at });
const refused: Fact<never> = { state: 'not-permitted', why: verbatim('only an administrator may look'), source, at };

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
const wlan: NetworkInterface = {
  name: 'wlan0',
  kind: 'wireless',
  profile: null,
  addresses: [{ family: 'ipv4', address: '10.0.1.5', subnet: cidr('10.0.1.0/24'), scope: 'private' }],
};
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
  kept: null,
  end: null,
});

type Entry = readonly [name: string, ipv4: string, ipv6?: string, to?: readonly string[]];
const review = (...entries: readonly Entry[]): Review => ({
  source: 'nftables',
  verdict: 'partly',
  reach: entries.map(([name, ipv4, ipv6 = '', to]) => ({
    interface: name,
    profile: null,
    ipv4: ipv4 === '' ? [] : ipv4.split(' ').map(cidr),
    ipv6: ipv6 === '' ? [] : ipv6.split(' ').map(cidr),
    ...(to ? { to } : {}),
  })),
  because: [],
  unsure: [],
});
const everybody = review(['*', '0.0.0.0/0', '::/0']);
const nobody = review(['lo', '0.0.0.0/0', '::/0']);
const rules = (all: Review | null, passesOn = all === null): DoorRules => ({
  review: () => all,
  passesOn: () => passesOn,
});
const none = rules(everybody);
const unread = rules(null);

const judge = (
  listeners: Fact<readonly Listener[]>,
  state: ShieldVerdict['state'],
  given: DoorRules,
  network: Fact<{ interfaces: readonly NetworkInterface[]; routes: [] }> = known({ interfaces, routes: [] }),
) => judgeDoor({ listeners, network, ruleset: refused }, shield(state), given);
const statesOf = (door: ReturnType<typeof judgeDoor>): readonly string[] =>
  door.exposures.map(({ interface: name, address, state }) => `${name} ${address} ${state}`);

describe('the door', () => {
  it('with a program on every address and rules that let everybody in is open, at each address of the PC but loopback', () => {
    const door = judge(known([listener('0.0.0.0')]), 'none', none);
    expect(door.state).toBe('open');
    expect(statesOf(door)).toEqual(['eth0 10.0.0.5 open']);
  });

  it('with a program on "::" counts IPv4 as reachable too', () => {
    expect(statesOf(judge(known([listener('::')]), 'none', none))).toEqual(['eth0 10.0.0.5 open', 'eth0 fe80::5 open']);
  });

  it('behind rules that let nobody in is closed', () => {
    const door = judge(known([listener('::')]), 'none', rules(nobody));
    expect(door.state).toBe('closed');
    expect(statesOf(door)).toEqual(['eth0 10.0.0.5 closed', 'eth0 fe80::5 closed']);
  });

  it('behind rules that let nobody in is closed beside a damaged shield too, and says that one is not to be relied on', () => {
    const door = judge(known([listener('::')]), 'damaged', rules(nobody));
    expect(door).toMatchObject({ state: 'closed', because: [expect.anything(), message('exposure.shield-not-whole')] });
  });

  it('behind rules that let some in is open, to some', () => {
    const door = judge(known([listener('::')]), 'none', rules(review(['*', '10.0.0.0/8'])));
    expect(door.state).toBe('open');
    expect(door.because.map(inEnglish)[0]).toContain('TCP 445 can be reached at 10.0.0.5, and');
    expect(statesOf(door)).toEqual(['eth0 10.0.0.5 partly', 'eth0 fe80::5 closed']);
  });

  it('is judged by the interface: its own entry, else that of its beginning, else the one for all others', () => {
    const network = known({ interfaces: [...interfaces, wlan], routes: [] as [] });
    const states = (all: Review): readonly string[] =>
      statesOf(judge(known([listener('0.0.0.0')]), 'none', rules(all), network));
    expect(states(review(['eth0', '10.0.0.0/8'], ['*', '0.0.0.0/0']))).toEqual([
      'eth0 10.0.0.5 partly',
      'wlan0 10.0.1.5 open',
    ]);
    expect(states(review(['wl*', ''], ['*', '0.0.0.0/0']))).toEqual(['eth0 10.0.0.5 open', 'wlan0 10.0.1.5 closed']);
    expect(states(review(['wlan0', '0.0.0.0/0']))).toEqual(['eth0 10.0.0.5 closed', 'wlan0 10.0.1.5 open']);
  });

  it('is judged by the address where the rules tell addresses apart', () => {
    const door = judge(known([listener('0.0.0.0')]), 'none', rules(review(['*', '0.0.0.0/0', '', ['10.9.9.9']])));
    expect([door.state, statesOf(door)]).toEqual(['closed', ['eth0 10.0.0.5 closed']]);
  });

  it('is open where another interface lets some in to the only address at which a program waits', () => {
    const network = known({ interfaces: [...interfaces, wlan], routes: [] as [] });
    const all = rules(review(['eth0', ''], ['wlan0', '10.0.1.0/24']));
    const door = judge(known([listener('10.0.0.5')]), 'none', all, network);
    expect([door.state, statesOf(door)]).toEqual(['open', ['eth0 10.0.0.5 closed']]);
    expect(door.because.map(inEnglish)[0]).toContain('over another network interface');
  });

  it('is closed where only interfaces that are not there would let anybody in', () => {
    const all = rules(review(['eth0', ''], ['*', '0.0.0.0/0']));
    expect(judge(known([listener('0.0.0.0')]), 'none', all).state).toBe('closed');
  });

  it('is open where one of the two ports is', () => {
    const all: DoorRules = { review: ({ port }) => (port === 139 ? everybody : nobody), passesOn: () => false };
    const door = judge(known([listener('0.0.0.0'), listener('0.0.0.0', 139)]), 'none', all);
    expect([door.state, statesOf(door)]).toEqual(['open', ['eth0 10.0.0.5 closed', 'eth0 10.0.0.5 open']]);
  });

  it('behind rules that nobody may read is unknown, and says why', () => {
    const door = judge(known([listener('0.0.0.0')]), 'none', unread);
    expect(door).toMatchObject({
      state: 'unknown',
      because: [{ params: { why: { params: { text: expect.stringContaining('only an administrator may look') } } } }],
    });
  });

  it('behind rules that could not be judged is unknown, whatever reach they are given', () => {
    const unknown = { ...nobody, verdict: 'unknown' } as const;
    expect(judge(known([listener('0.0.0.0')]), 'none', rules(unknown)).state).toBe('unknown');
  });

  it.each(['127.0.0.1', '::1'])(
    'with a program on %s only is closed where no rule passes the port on, or nobody gets in, else unknown',
    (address) => {
      const waiting = known([listener(address)]);
      expect(judge(waiting, 'none', none)).toMatchObject({ state: 'closed', exposures: [] });
      expect(judge(waiting, 'none', rules(nobody, true)).state).not.toBe('open');
      expect(judge(waiting, 'none', rules({ ...nobody, verdict: 'closed' }, true)).state).toBe('closed');
      const unsure = { ...everybody, unsure: [{ rule: 'dnat', why: 'what answers there is not known' }] };
      expect(judge(waiting, 'none', rules(unsure, true)).state).toBe('unknown');
      expect(judge(waiting, 'none', unread).state).toBe('unknown');
    },
  );

  it('is open where rules lead the port to a program at another one, told with its address', () => {
    const led: DoorRules = { review: ({ onlyLed }) => (onlyLed ? everybody : nobody), passesOn: () => true };
    for (const waiting of [known([]), known([listener('127.0.0.1')]), known([listener('10.0.0.9')])]) {
      const door = judge(waiting, 'none', led);
      expect(door.state).toBe('open');
      expect(statesOf(door)).toContain('eth0 10.0.0.5 open');
      expect(judge(waiting, 'up', led).state).toBe('closed');
      expect(judge(waiting, 'none', { ...led, passesOn: () => false }).state).toBe('closed');
    }
  });

  it('is open at own addresses that no interface has, and at loopback’s where neighbours reach them', () => {
    const at = (own: Partial<OwnAddresses>, waiting: string, all: Review): readonly string[] => {
      const told = { local: [], elsewhere: [], loopbackOn: [], ...own };
      const network = known({ interfaces, routes: [] as [], own: told });
      const door = judge(known([listener(waiting)]), 'none', rules(all), network);
      return [door.state, ...statesOf(door)];
    };
    const only = (address: string): Review => review(['*', '0.0.0.0/0', '', [address]]);
    const local = [cidr('127.0.0.0/8'), cidr('10.0.0.5/32'), cidr('10.99.0.0/24')];
    expect(at({ local }, '0.0.0.0', only('10.99.0.7'))).toContain('eth0 10.99.0.0/24 open');
    expect(at({ elsewhere: local }, '10.99.0.7', only('10.99.0.7'))).toEqual(['open', 'eth0 10.99.0.0/24 open']);
    expect(at({ local }, '10.98.0.7', only('10.99.0.7'))).toEqual(['closed']);
    expect(at({ loopbackOn: ['eth0'] }, '127.0.0.1', only('127.0.0.1'))).toEqual(['open', 'eth0 127.0.0.1 open']);
    expect(at({ loopbackOn: ['*'] }, '0.0.0.0', only('127.0.0.1'))).toContain('eth0 127.0.0.1 open');
    expect(at({ loopbackOn: ['wlan0'] }, '127.0.0.1', only('127.0.0.1'))).toEqual(['closed']);
  });

  it('behind a shield that was just proven is closed, and its ports are shielded', () => {
    const door = judge(
      known([listener('0.0.0.0'), listener('0.0.0.0', 139), listener('10.0.0.5', 137, 'udp')]),
      'up',
      none,
    );
    expect(door.state).toBe('closed');
    expect(new Set(door.exposures.map(({ state }) => state))).toEqual(new Set(['shielded']));
  });

  it('behind a shield does not count ports that the shield leaves alone as shielded', () => {
    expect(judge(known([listener('0.0.0.0', 443, 'udp')]), 'up', unread).exposures).toMatchObject([
      { port: 443, state: 'unknown' },
    ]);
  });

  it.each(['none', 'recorded', 'damaged', 'expired', 'interrupted', 'foreign', 'unknown'] as const)(
    'with a shield that is "%s" is never closed by it while something listens',
    (state) => {
      for (const given of [none, unread])
        expect(judge(known([listener('0.0.0.0')]), state, given).state).not.toBe('closed');
    },
  );

  it('is unknown where listeners or addresses are not known, whatever else is', () => {
    const failed: Fact<never> = { state: 'failed', why: verbatim('cut short'), source, at };
    for (const state of ['none', 'up'] as const) {
      expect(judge(failed, state, none).state).toBe('unknown');
      expect(judge(known([listener('0.0.0.0')]), state, none, failed).state).toBe('unknown');
    }
  });
});
