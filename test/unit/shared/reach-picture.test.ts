// The picture of who can reach the door, derived from a review and the PC's connections.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidr, complement, setOf, toNetworks } from '../../../main/policy/address-sets';
import { reachPicture } from '../../../main/shared/reach-picture';
import type { Cidr, Lane, NetworkFact, Passage, Reach, Review } from '../../../preload/contract';
import { facts, reviews } from '../../window/fake-doorway';

const nets = (...texts: readonly string[]): readonly Cidr[] => texts as readonly Cidr[];
const at = (name: string, ipv4: readonly Cidr[], ipv6: readonly Cidr[] = [], more: Partial<Reach> = {}): Reach => ({
  interface: name,
  profile: null,
  ipv4,
  ipv6,
  ...more,
});
const judged = (...reach: readonly Reach[]): Review => ({ ...reviews.open, verdict: 'partly', reach });
const network: NetworkFact | null = facts.network.state === 'known' ? facts.network.value : null;
const lane = (lanes: readonly Lane[], key: string): readonly Passage[] | undefined =>
  lanes.find((one) => one.key === key)?.cells.map(({ passage }) => passage);

describe('the picture', () => {
  it('shows every zone open where everybody may connect', () => {
    const lanes = reachPicture(reviews.open, network);
    expect(lanes.map(({ key }) => key)).toEqual(['wlan0 ipv4 0', 'wlan0 ipv6 0']);
    expect(lane(lanes, 'wlan0 ipv4 0')).toEqual(['open', 'open', 'open', 'open']);
  });

  it('tells the network next to the PC from other private networks and from the Internet', () => {
    const lanes = reachPicture(reviews.partly, network);
    expect(lane(lanes, 'wlan0 ipv4 0')).toEqual(['shut', 'shut', 'open', 'open']);
    expect(lane(lanes, 'wlan0 ipv6 0')).toEqual(['shut', 'shut', 'shut', 'open']);
  });

  it('counts private and link-local addresses as other networks, never as the Internet', () => {
    const near = nets('10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16');
    const lanes = reachPicture(judged(at('*', near, nets('fc00::/7', 'fe80::/10'))), network);
    expect(lane(lanes, 'wlan0 ipv4 0')?.slice(0, 3)).toEqual(['shut', 'open', 'open']);
    expect(lane(lanes, 'wlan0 ipv6 0')?.slice(0, 3)).toEqual(['shut', 'open', 'open']);
  });

  it('calls one address of the Internet some, and names it', () => {
    const [first] = reachPicture(judged(at('*', nets('203.0.113.7/32', '192.168.7.0/24'))), network);
    expect(first?.cells[0]).toEqual({ zone: 'internet', passage: 'some', from: ['203.0.113.7/32'] });
    expect(first?.cells[1]).toEqual({ zone: 'others', passage: 'some', from: ['192.168.7.0/24'] });
  });

  it('never calls open what one address short of everything may enter', () => {
    const all = toNetworks(complement(setOf('ipv4', nets('10.0.0.7/32'))));
    expect(lane(reachPicture(judged(at('*', all)), network), 'wlan0 ipv4 0')).toEqual(['open', 'open', 'some', 'open']);
  });

  it('takes an interface of its own name first, then the beginnings that fit, then all others', () => {
    const some = nets('203.0.113.0/24');
    const own = judged(at('wlan0', []), at('wl*', some), at('*', some));
    expect(lane(reachPicture(own, network), 'wlan0 ipv4 0')?.[0]).toBe('shut');
    const begun = judged(at('wl*', some), at('*', []));
    expect(lane(reachPicture(begun, network), 'wlan0 ipv4 0')?.[0]).toBe('some');
    expect(lane(reachPicture(judged(at('*', some)), network), 'wlan0 ipv4 0')?.[0]).toBe('some');
  });

  it('keeps what is open through this connection to an address of another one', () => {
    const asked = judged(
      at('wlan0', nets('0.0.0.0/0'), [], { to: ['172.17.0.1'] }),
      at('wlan0', [], [], { to: ['10.0.0.5'] }),
    );
    const lanes = reachPicture(asked, network);
    expect(lane(lanes, 'wlan0 ipv4 0')?.[0]).toBe('shut');
    expect(lanes.find(({ key }) => key === 'wlan0 ipv4 1')?.addresses).toEqual(['172.17.0.1']);
    expect(lane(lanes, 'wlan0 ipv4 1')?.[0]).toBe('open');
  });

  it('shows a connection without an address where it lets somebody in to the address of another one', () => {
    const bare = { name: 'eth9', kind: 'wired', profile: null, addresses: [] } as const;
    const both = { ...network!, interfaces: [...network!.interfaces, bare] };
    const open = reachPicture(judged(at('eth9', nets('0.0.0.0/0')), at('*', [])), both);
    expect(open[0]?.key).toBe('eth9 ipv4 0');
    expect(lane(open, 'eth9 ipv4 0')).toEqual(['open', 'open', 'none', 'shut']);
    expect(lane(open, 'eth9 ipv6 0')).toBeUndefined();
    expect(lane(reachPicture(judged(at('*', [])), both), 'eth9 ipv4 0')).toBeUndefined();
  });

  it('shows a connection that only the rules know, and those that may come', () => {
    const lanes = reachPicture(
      judged(at('wlan0', []), at('tun0', nets('0.0.0.0/0')), at('*', nets('10.0.0.0/8'))),
      network,
    );
    expect(lane(lanes, 'tun0 ipv4')).toEqual(['open', 'open', 'none', 'shut']);
    expect(lanes.find(({ key }) => key === '* ipv4')?.interface).toBeNull();
  });

  it('counts any profile where the connection does not tell its own', () => {
    const entries = judged(
      at('*', nets('0.0.0.0/0'), [], { profile: 'public' }),
      at('*', [], [], { profile: 'private' }),
    );
    expect(lane(reachPicture(entries, network), 'wlan0 ipv4 0')?.[0]).toBe('open');
    const told = {
      ...network!,
      interfaces: network!.interfaces.map((one) => ({ ...one, profile: 'private' as const })),
    };
    expect(lane(reachPicture(entries, told), 'wlan0 ipv4 0')?.[0]).toBe('shut');
  });

  it('tells nothing where nothing is known', () => {
    const lanes = reachPicture(reviews.unknown, network);
    expect(new Set(lanes.flatMap(({ cells }) => cells.map(({ passage }) => passage)))).toEqual(new Set(['unknown']));
    expect(reachPicture(reviews.open, null).map(({ key }) => key)).toEqual(['* ipv4', '* ipv6']);
  });
});

describe('the network next to the PC', () => {
  const some = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 })), {
    maxLength: 6,
  });
  const write = (list: readonly (readonly [number, number])[]): readonly Cidr[] =>
    list.map(([last, prefix]) => cidr(`10.0.0.${(last >> (32 - prefix)) << (32 - prefix)}/${prefix}`));
  const count = (list: readonly (readonly [number, number])[]): number =>
    Array.from({ length: 256 }, (_, n) => n).filter((n) =>
      list.some(([last, prefix]) => n >> (32 - prefix) === last >> (32 - prefix)),
    ).length;

  it('is open, partly open or shut as counting every address of it says', () => {
    fc.assert(
      fc.property(some, (list) => {
        const inside = count(list);
        const told = lane(reachPicture(judged(at('*', write(list))), network), 'wlan0 ipv4 0')?.[2];
        expect(told).toBe(inside === 0 ? 'shut' : inside === 256 ? 'open' : 'some');
      }),
      { seed: 445, numRuns: 500 },
    );
  });
});
