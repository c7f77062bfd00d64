// The algebra against brute force on the last octet, and what parsing lets through.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalAddress,
  cidr,
  complement,
  difference,
  intersection,
  isWithin,
  networkAround,
  parseNetwork,
  setOf,
  setOfRange,
  toNetworks,
  union,
} from '../../../main/policy/address-sets';

// A universe of 256 addresses, 10.0.0.0/24, so that every set can be listed.
const universe = setOf('ipv4', [cidr('10.0.0.0/24')]);
const smallNetwork = fc
  .tuple(fc.integer({ min: 24, max: 32 }), fc.integer({ min: 0, max: 255 }))
  .map(([length, octet]) => networkAround(`10.0.0.${octet}`, length) ?? cidr('10.0.0.0/24'));
const smallSet = fc.array(smallNetwork, { maxLength: 6 }).map((networks) => setOf('ipv4', networks));
const members = (set: ReturnType<typeof setOf>): ReadonlySet<number> => {
  const found = new Set<number>();
  for (let octet = 0; octet < 256; octet++)
    if (isWithin(setOf('ipv4', [cidr(`10.0.0.${octet}/32`)]), set)) found.add(octet);
  return found;
};

describe('address sets', () => {
  it('agree with sets of single addresses', () => {
    fc.assert(
      fc.property(smallSet, smallSet, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        const all = Array.from({ length: 256 }, (_, octet) => octet);
        expect([...members(union(a, b))]).toEqual(all.filter((x) => inA.has(x) || inB.has(x)));
        expect([...members(intersection(a, b))]).toEqual(all.filter((x) => inA.has(x) && inB.has(x)));
        expect([...members(difference(a, b))]).toEqual(all.filter((x) => inA.has(x) && !inB.has(x)));
        expect([...members(intersection(universe, complement(a)))]).toEqual(all.filter((x) => !inA.has(x)));
      }),
      { numRuns: 60 },
    );
  });

  it('come out as the fewest networks, and go in again as the same set', () => {
    expect(toNetworks(setOf('ipv4', ['10.0.0.0/25', '10.0.0.128/25', '10.0.1.0/24'].map(cidr)))).toEqual([
      '10.0.0.0/23',
    ]);
    expect(toNetworks(complement(setOf('ipv6', [cidr('8000::/1')])))).toEqual(['::/1']);
    fc.assert(
      fc.property(smallSet, (set) => {
        expect(setOf('ipv4', toNetworks(set))).toEqual(set);
      }),
    );
  });

  it('of everything are one network, and its complement is empty', () => {
    expect(toNetworks(complement(setOf('ipv6', [])))).toEqual(['::/0']);
    expect(toNetworks(complement(setOf('ipv4', [cidr('0.0.0.0/0')])))).toEqual([]);
  });

  it('of a range hold both ends, and refuse a range that goes backwards or mixes families', () => {
    const range = setOfRange('10.0.0.3', '10.0.0.8');
    expect(range && toNetworks(range)).toEqual(['10.0.0.3/32', '10.0.0.4/30', '10.0.0.8/32']);
    expect(setOfRange('10.0.0.8', '10.0.0.3')).toBeNull();
    expect(setOfRange('10.0.0.8', '::1')).toBeNull();
  });
});

describe('reading a network', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5/32'],
    ['192.168.1.0/24', '192.168.1.0/24'],
    ['FD77:0:0::21', 'fd77::21/128'],
    ['fe80::/10', 'fe80::/10'],
    ['0.0.0.0/0', '0.0.0.0/0'],
  ])('%s is %s', (text, network) => expect(parseNetwork(text)).toMatchObject({ kind: 'network', network }));

  it.each([
    '10.1',
    '10.0.0.256',
    '010.0.0.1',
    '0x0a.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0.0/24/8',
    '10.0.0.5/24',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    'fd00::1/64',
    '',
    ' ',
    'localhost',
    '10.0.0.1; flush ruleset',
    '10.0.0.1\n',
    '１０.0.0.1',
  ])('refuses %j', (text) => expect(parseNetwork(text).kind).toBe('bad'));

  it('says which network or address may have been meant', () => {
    expect(parseNetwork('192.168.1.5/24')).toMatchObject({
      why: expect.stringContaining('192.168.1.0/24 for the network, or 192.168.1.5'),
    });
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => ['network', 'bad'].includes(parseNetwork(text).kind)),
    );
    fc.assert(fc.property(fc.ipV6(), (text) => ['network', 'bad'].includes(parseNetwork(text).kind)));
  });

  it('gives every IPv4 address back as it came', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(canonicalAddress(text)).toBe(text);
      }),
    );
  });
});
