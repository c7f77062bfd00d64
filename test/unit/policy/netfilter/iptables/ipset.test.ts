// Membership in ipsets, from text as `ipset save` prints it.

import { describe, expect, it } from 'vitest';
import { everything, holds, nothing } from '../../../../../main/policy/address-sets';
import type { Step } from '../../../../../main/policy/netfilter/program';
import type { Spoken } from '../../../in-english';
import { conditionsOf, type Family, from, networks, port, rulesOf } from './reading';

const sets = `create desk hash:net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x77099507
add desk 198.51.100.0/24
add desk 10.77.1.20
create ip hash:ip family inet hashsize 1024 maxelem 65536 timeout 0 bucketsize 12 initval 0x359eaa15
add ip 10.0.0.1 timeout 59
add ip 10.0.0.2 timeout 0
create ipn hash:ip family inet hashsize 1024 maxelem 65536 netmask 24 comment bucketsize 12 initval 0x4fb650f6
add ipn 10.0.4.0 comment "a nomatch b"
create bm hash:ip family inet hashsize 1024 maxelem 65536 bitmask 255.255.0.255 bucketsize 12 initval 0x68a0cb45
add bm 10.1.0.3
create net hash:net family inet hashsize 1024 maxelem 65536 counters skbinfo bucketsize 12 initval 0xfed8ffce
add net 10.1.2.0/24 packets 0 bytes 0
add net 10.0.0.0/8 packets 0 bytes 0 skbmark 0x10/0xff skbprio 1:10
add net 10.1.0.0/16 nomatch packets 0 bytes 0
create netp hash:net,port family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x6f84a680
add netp 10.0.0.0/8,udp:53
add netp 10.0.0.0/8,tcp:445
add netp 10.1.0.0/16,tcp:445 nomatch
create ipp hash:ip,port family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0xc09f81f7
add ipp 10.0.0.1,tcp:445
add ipp 10.0.0.1,icmp:echo-request
add ipp 10.0.0.1,vrrp:0
create ipp6 hash:ip,port family inet6 hashsize 1024 maxelem 65536 bucketsize 12 initval 0xd1420210
add ipp6 fd77:1::20,ipv6-icmp:echo-request
add ipp6 fd77:1::20,tcp:445
create netif hash:net,iface family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0xef035072
add netif 0.0.0.0/0,wlan0
add netif 10.0.0.0/8,physdev:eth1
create wild hash:net,iface family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x1b71569d
add wild 10.0.0.0/8,eth wildcard
create tangled hash:net,iface family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x1b71569d
add tangled 10.0.0.0/8,eth wildcard
add tangled 10.1.0.0/16,eth0 nomatch
create nn hash:net,net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x1b71569d
add nn 10.0.0.0/8,10.77.0.0/16
create ippn hash:ip,port,net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x6ef889fd
add ippn 10.0.0.1,tcp:445,10.77.0.0/16
create ipm hash:ip,mark family inet markmask 0xff hashsize 1024 maxelem 65536 bucketsize 12 initval 0x6ef889fd
add ipm 10.0.0.1,0x00000063
create bip bitmap:ip range 10.0.0.0-10.0.255.255
add bip 10.0.0.1
create bipmac bitmap:ip,mac range 10.0.0.0-10.0.255.255
add bipmac 10.0.0.1
add bipmac 10.0.0.2,00:11:22:33:44:55
create bp bitmap:port range 0-1024
add bp 445
create net6 hash:net family inet6 hashsize 1024 maxelem 65536 bucketsize 12 initval 0xb0f5fc8b
add net6 fd01::/16 nomatch
add net6 fd00::/8
create macs hash:mac hashsize 1024 maxelem 65536 bucketsize 12 initval 0xb0f5fc8b
add macs 00:11:22:33:44:55
create void hash:ip family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0xb0f5fc8b
create ls list:set size 8 timeout 0
add ls desk timeout 0
add ls bip timeout 10
create strange hash:ip,frob family inet
`;

const member = (options: string, family: Family = 'ipv4', text = sets): readonly Spoken<Step>[] =>
  conditionsOf(`-m set ${options}`, family, text);
const never = { kind: 'never' };
const why = expect.any(String);

describe('one address', () => {
  it('in a set of networks', () => {
    expect(member('--match-set desk src')).toEqual([from('source', 'ipv4', '10.77.1.20/32', '198.51.100.0/24')]);
    expect(member('--match-set desk dst')).toEqual([from('destination', 'ipv4', '10.77.1.20/32', '198.51.100.0/24')]);
  });

  it('not in the set is every other address', () => {
    const [condition] = member('! --match-set desk src');
    expect(condition).toMatchObject({ kind: 'source', why: null });
    if (condition?.kind !== 'source') throw new Error('no source');
    expect(
      ['10.77.1.20', '198.51.100.9', '10.77.1.21', '203.0.113.9'].map((address) => holds(condition.must, address)),
    ).toEqual([false, false, true, true]);
  });

  it('the closest of entries and exceptions decides', () => {
    const [condition] = member('--match-set net src');
    if (condition?.kind !== 'source') throw new Error('no source');
    expect(condition.may).toBe(condition.must);
    expect(['10.9.0.1', '10.1.0.1', '10.1.2.1', '11.0.0.1'].map((address) => holds(condition.must, address))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const [six] = member('--match-set net6 src', 'ipv6');
    if (six?.kind !== 'source') throw new Error('no source');
    expect(['fd00::1', 'fd01::1', 'fe80::1'].map((address) => holds(six.must, address))).toEqual([true, false, false]);
  });

  it('an entry that ends after a time is never credited', () => {
    expect(member('--match-set ip src')).toEqual([
      {
        kind: 'source',
        family: 'ipv4',
        may: networks('ipv4', '10.0.0.1/32', '10.0.0.2/32'),
        must: networks('ipv4', '10.0.0.2/32'),
        why,
      },
    ]);
  });

  it("follows a set's own mask", () => {
    expect(member('--match-set ipn src')).toEqual([from('source', 'ipv4', '10.0.4.0/24')]);
    const [condition] = member('--match-set bm src');
    if (condition?.kind !== 'source') throw new Error('no source');
    expect(['10.1.9.3', '10.1.9.4'].map((address) => holds(condition.must, address))).toEqual([true, false]);
  });

  it('an empty set holds nothing', () => {
    expect(member('--match-set void src')).toEqual([never]);
    expect(member('! --match-set void src')).toEqual([]);
  });

  it('a set of the other family, or one asked with too few sides, holds nothing', () => {
    expect(member('--match-set desk src', 'ipv6')).toEqual([never]);
    expect(member('! --match-set desk src', 'ipv6')).toEqual([]);
    expect(member('--match-set netp src')).toEqual([never]);
    expect(member('--match-set desk src,dst')).toEqual([from('source', 'ipv4', '10.77.1.20/32', '198.51.100.0/24')]);
  });
});

describe('several dimensions', () => {
  const tuples = (options: string, family: Family = 'ipv4'): unknown => {
    const [condition] = member(options, family);
    return condition?.kind === 'any-of' && condition.exact && condition.tuples;
  };

  it('address and port', () => {
    expect(tuples('--match-set ipp src,dst')).toEqual([
      [from('source', 'ipv4', '10.0.0.1/32'), port('destination', [[445, 445]])],
      [
        from('source', 'ipv4', '10.0.0.1/32'),
        { kind: 'protocol', protocols: [1], negated: false },
        { kind: 'unsure', why },
      ],
      [
        from('source', 'ipv4', '10.0.0.1/32'),
        { kind: 'protocol', protocols: [112], negated: false },
        { kind: 'unsure', why },
      ],
    ]);
    expect(tuples('--match-set ipp6 src,dst', 'ipv6')).toMatchObject([
      [{}, { kind: 'protocol', protocols: [58] }, {}],
      [{}, { kind: 'port' }],
    ]);
  });

  it('network and port with exceptions', () => {
    const read = tuples('--match-set netp src,dst') as readonly (readonly Step[])[];
    const smb = read.find(([, second]) => second?.kind === 'port' && second.protocols[0] === 6);
    const source = smb?.[0];
    if (source?.kind !== 'source') throw new Error('no source');
    expect(['10.0.0.1', '10.1.0.1'].map((address) => holds(source.must, address))).toEqual([true, false]);
  });

  it('network and interface', () => {
    expect(tuples('--match-set wild src,src')).toMatchObject([[{}, { kind: 'interface', names: ['eth*'] }]]);
  });

  it.each(['netif', 'tangled'])('several networks by interface (%s) are credited in neither direction', (name) => {
    const [condition] = member(`--match-set ${name} src,src`, 'ipv4');
    expect(condition).toMatchObject({ kind: 'any-of', exact: false });
    const groups = condition?.kind === 'any-of' ? condition.tuples : [];
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) expect(group.at(-1)).toMatchObject({ kind: 'unsure', why });
  });

  it('networks on both sides, marks, network cards, ports alone', () => {
    expect(tuples('--match-set nn src,dst')).toEqual([
      [from('source', 'ipv4', '10.0.0.0/8'), from('destination', 'ipv4', '10.77.0.0/16')],
    ]);
    expect(tuples('--match-set ippn src,dst,dst')).toEqual([
      [
        from('source', 'ipv4', '10.0.0.1/32'),
        port('destination', [[445, 445]]),
        from('destination', 'ipv4', '10.77.0.0/16'),
      ],
    ]);
    expect(tuples('--match-set ipm src,src')).toMatchObject([
      [{ kind: 'source' }, { kind: 'mark', mask: 255, values: [[99, 99]] }],
    ]);
    expect(tuples('--match-set bipmac src,src')).toMatchObject([
      [{}, { kind: 'unsure' }],
      [{}, { kind: 'unsure' }],
    ]);
    expect(tuples('--match-set macs src', 'ipv6')).toMatchObject([[{ kind: 'unsure' }]]);
    expect(tuples('--match-set bp dst', 'ipv6')).toEqual([[port('destination', [[445, 445]], [6, 17])]]);
  });

  it('a negated set stays one negated condition', () => {
    expect(member('! --match-set ipp src,dst')).toMatchObject([{ kind: 'any-of', negated: true, exact: true }]);
  });

  it('a list holds what its sets hold, for as long as they are in it', () => {
    expect(tuples('--match-set ls src')).toEqual([
      [from('source', 'ipv4', '10.77.1.20/32', '198.51.100.0/24')],
      [from('source', 'ipv4', '10.0.0.1/32'), { kind: 'unsure', why }],
    ]);
  });
});

describe('what is not known of a set', () => {
  const open = (options: string, text: string | null): readonly Spoken<Step>[] =>
    conditionsOf(`-m set ${options}`, 'ipv4', text);

  it('without the text, without the set, or with a type nobody knows, membership is a doubt', () => {
    expect(open('--match-set desk src', null)).toMatchObject([{ kind: 'unsure' }]);
    expect(open('--match-set other src', sets)).toMatchObject([{ kind: 'unsure' }]);
    expect(open('--match-set strange src', sets)).toMatchObject([{ kind: 'unsure' }]);
    expect(open('--match-set desk sideways', sets)).toMatchObject([{ kind: 'unsure' }]);
    expect(open('--match-set desk src --packets-gt 5', sets)).toMatchObject([{ kind: 'source' }, { kind: 'unsure' }]);
  });

  it.each([
    ['breaks off', 'create desk hash:net family inet\nadd desk 10.0.0.0/8\nadd desk 10.0.'],
    ['has an entry nobody can read', 'create desk hash:net family inet\nadd desk 10.0.0.0/8\nadd desk frob\n'],
    [
      'has an entry with an unknown word',
      'create desk hash:net family inet\nadd desk 10.0.0.0/8\nadd desk 10.1.0.0/16 frob\n',
    ],
    ['has other lines', 'create desk hash:net family inet\nadd desk 10.0.0.0/8\nhello\n'],
    ['has binary bytes', 'create desk hash:net family inet\nadd desk 10.0.0.0/8\n\0\n'],
    ['has the set twice', 'create desk hash:net family inet\nadd desk 10.0.0.0/8\ncreate desk hash:net family inet6\n'],
  ])('a text that %s: any address may be in the set, none is for certain', (_, text) => {
    for (const options of ['--match-set desk src', '! --match-set desk src']) {
      const [condition] = open(options, text);
      if (condition?.kind === 'source')
        expect(condition).toMatchObject({ may: everything('ipv4'), must: nothing('ipv4') });
      else expect(condition).toMatchObject({ kind: 'any-of', exact: false });
      if (condition?.kind === 'any-of')
        expect(condition.tuples.every((tuple) => tuple.some(({ kind }) => kind === 'unsure'))).toBe(true);
    }
  });

  it('a set that rules fill may hold any address, for certain only what stays in it', () => {
    const [, rule] = rulesOf(['-j SET --add-set desk src', '-m set --match-set desk src -j DROP'], 'ipv4', sets);
    expect(rule?.steps[0]).toMatchObject({
      may: everything('ipv4'),
      must: networks('ipv4', '10.77.1.20/32', '198.51.100.0/24'),
    });
  });

  it('a set that rules empty holds nothing for certain', () => {
    const [, rule] = rulesOf(['-j SET --del-set desk src', '-m set --match-set desk src -j DROP'], 'ipv4', sets);
    expect(rule?.steps[0]).toMatchObject({ kind: 'any-of', tuples: [[{ kind: 'source' }, { kind: 'unsure' }]] });
  });

  it('a list that rules fill fills the sets in it', () => {
    const [, rule] = rulesOf(['-j SET --add-set ls src', '-m set --match-set ls src -j DROP'], 'ipv4', sets);
    expect(rule?.steps[0]).toMatchObject({ kind: 'any-of', exact: false });
  });
});
