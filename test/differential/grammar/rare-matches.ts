// Rarer conditions, drawn: marks, flags, bit masks, what a connection was before its translation, and what no reader can know.
import { drawSpan } from '../addresses';
import type { Piece } from '../ruleset';
import { negation, own, type Place, words } from './draft';

export function drawMark(place: Place): Piece {
  const { random } = place.table;
  const key = random.weigh([
    [4, 'meta mark'],
    [place.task === 'ingress' ? 0 : 1, 'ct mark'],
  ]);
  return random.weigh<() => Piece>([
    [4, () => `${key} ${negation(place)}${random.pick(['0x0', '0x1', '0x2'])}`],
    [1, () => `${key} & 0x1 == ${random.pick(['0x0', '0x1'])}`],
    [1, () => `${key} & 0x3 != ${random.pick(['0x0', '0x2'])}`],
    [1, () => ({ before: `${key} ${negation(place)}`.trim(), elements: ['0x1', '0x2'], after: '' })],
  ])();
}

export function drawFlags({ table: { random } }: Place): Piece {
  return random.pick([
    'tcp flags syn',
    'tcp flags & (fin|syn|rst|ack) == syn',
    'tcp flags & (syn|ack) == syn|ack',
    'tcp flags & (syn|ack) != syn',
    'tcp flags & (fin|syn) == fin|syn',
    'tcp flags & syn != 0',
    'tcp flags != syn',
    'tcp flags { syn, ack }',
    'tcp flags == ack',
    'tcp flags & (fin|syn|rst|psh|ack|urg) == 0x0',
    'tcp flags ! syn',
    'tcp flags syn / syn,ack',
  ]);
}

export function drawMask({ table: { random, versions } }: Place): Piece {
  const op = random.pick(['==', '!=']);
  return random.pick(versions) === 4
    ? random.pick([
        `ip saddr & 255.0.255.0 ${op} 10.0.1.0`,
        `ip saddr & 0.0.0.1 ${op} 0.0.0.1`,
        `ip saddr & 255.255.0.0 ${op} 10.77.0.0`,
        `ip saddr & 0.0.0.255 ${op} 0.0.0.20`,
        'ip saddr & 0.0.0.255 { 20, 0.0.0.21 }',
        `ip saddr & 255.255.255.0 < 10.78.0.0`,
        `ip daddr & 0.0.0.255 ${op} 0.0.0.10`,
      ])
    : random.pick([
        `ip6 saddr & ffff:ffff:: ${op} fd77:1::`,
        `ip6 saddr & ::ff ${op} ::20`,
        `ip6 saddr & ffff::ff ${op} fd77::21`,
      ]);
}

export function drawOriginal(place: Place): Piece {
  const { random, versions } = place.table;
  const version = random.pick(versions.length > 0 ? versions : [4 as const]);
  return random.weigh<() => Piece>([
    [4, () => `meta l4proto tcp ct original proto-dst ${negation(place)}${random.pick(['445', '139', '8445'])}`],
    [1, () => `meta l4proto tcp ct reply proto-src ${random.pick(['445', '139'])}`],
    [2, () => `ct original ${words[version].rule} saddr ${negation(place)}${drawSpan(random, version).text}`],
    [2, () => `ct original ${words[version].rule} daddr ${negation(place)}${random.pick(own[version])}`],
  ])();
}

/** With `meta iiftype`, `ct l3proto` and `ct protocol`, which nft leaves out of its own listing: only the bytecode tells. */
export function drawRare({ task, table: { random, versions } }: Place): Piece {
  return random.pick([
    'meta iiftype ether',
    'meta iiftype != ether',
    ...(task === 'ingress' ? [] : ['ct l3proto ipv4', 'ct l3proto ipv6', 'ct protocol tcp', 'ct protocol != tcp']),
    ...(task === 'ingress' ? [] : ['ct zone 0', 'ct zone 1', 'ct zone != 1', 'ct original zone 1']),
    'meta pkttype host',
    'meta pkttype != host',
    'meta pkttype { broadcast, multicast }',
    'meta iifgroup 0',
    ...(versions[0] === 4
      ? ['ip version 4', 'ip version != 4', 'ip version 6', 'ip hdrlength 5', 'ip frag-off & 0x1fff != 0', 'ip ttl > 1']
      : []),
    ...(versions[0] === 6
      ? ['ip6 version 6', 'ip6 version != 6', 'exthdr frag exists', 'exthdr rt missing', 'ip6 hoplimit > 1']
      : []),
    'tcp window > 0',
    'tcp option maxseg exists',
    'meta length > 20',
  ]);
}

export function drawUndecidable({ task, table: { random, versions } }: Place): Piece {
  return random.pick([
    'limit rate 3/hour burst 2 packets',
    'limit rate over 3/hour burst 2 packets',
    'limit rate 1000000/second',
    'quota over 100 bytes',
    'quota until 100 bytes',
    'numgen inc mod 2 == 0',
    'numgen random mod 2 < 1',
    'meta random < 0x7fffffff',
    'meta hour "00:00"-"23:59"',
    'meta day { "Monday", "Sunday" }',
    'meta skuid 0',
    ...(versions[0] === 4
      ? ['ip ttl 64', 'jhash ip saddr mod 2 == 0']
      : ['ip6 hoplimit 64', 'jhash ip6 saddr mod 2 == 0']),
    ...(task === 'ingress'
      ? []
      : ['ct count over 3', 'ct count 1000', 'socket transparent 0', 'ct helper "ftp"', 'ct expiration > 1s']),
    'symhash mod 2 == 0',
  ]);
}
