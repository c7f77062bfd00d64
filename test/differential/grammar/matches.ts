// What a rule asks of a packet, drawn: addresses, ports, interfaces, connection state, marks, and rarer things.
import { drawSpan, drawSpans, single, type Version } from '../addresses';
import type { Random } from '../random';
import type { Piece } from '../ruleset';
import { drawPorts, held, heldAddresses, own, type Place, ports, words } from './draft';

/** One condition, of the kinds that fit the place. */
export function drawMatch(place: Place): Piece {
  const { random, level, versions } = place.table;
  const rare = level === 'plain' ? 0.15 : 1;
  const addressed = versions.length > 0 ? 1 : 0;
  const kind = random.weigh<(place: Place) => Piece>([
    [30 * addressed + 0.001, drawSource],
    [28, drawPort],
    [10, drawInterface],
    [7 * addressed, drawDestination],
    [place.task === 'ingress' ? 0 : 8, drawState],
    [6, drawProtocol],
    [5 * addressed, drawConcatenation],
    [place.task === 'ingress' ? 0 : 3, drawFib],
    [4 * rare, drawMark],
    [3 * rare, drawFlags],
    [2 * rare * addressed, drawMask],
    [place.task === 'ingress' ? 0 : 2.5 * rare, drawOriginal],
    [1.5 * rare, drawRare],
    [level === 'open' ? 9 : 0, drawUndecidable],
  ]);
  return kind(place);
}

const negation = ({ table: { random } }: Place): string => (random.chance(0.18) ? '!= ' : '');

export function drawSource(place: Place): Piece {
  const { random, versions } = place.table;
  if (versions.length === 0) return 'counter';
  const version = random.pick(versions);
  const field = `${words[version].rule} saddr`;
  return random.weigh<() => Piece>([
    [5, () => `${field} ${negation(place)}${drawSpan(random, version).text}`],
    [
      3,
      () => ({
        before: `${field} ${negation(place)}`.trim(),
        elements: drawSpans(random, version, random.between(1, 5)),
        after: '',
      }),
    ],
    [3, () => `${field} ${negation(place)}@${heldAddresses(place.table, version)}`],
    [0.3, () => `${field} ${random.pick(['<', '>', '<=', '>='])} ${single(random, version).text}`],
  ])();
}

function drawDestination({ table: { random, versions } }: Place): Piece {
  const version = random.pick(versions);
  const field = `${words[version].rule} daddr`;
  const not = random.chance(0.2) ? '!= ' : '';
  return random.weigh<() => Piece>([
    [5, () => `${field} ${not}${random.pick(own[version])}`],
    [
      2,
      () => ({
        before: `${field} ${not}`.trim(),
        elements: random.sample(own[version], random.between(1, 2)),
        after: '',
      }),
    ],
    [
      2,
      () =>
        `${field} ${not}${version === 4 ? random.pick(['10.77.1.0/24', '10.0.0.0/8', '10.77.2.0/24']) : random.pick(['fd77:1::/64', 'fd77:2::/64', 'fe80::/10'])}`,
    ],
    [
      1,
      () => `${field} ${version === 4 ? random.pick(['255.255.255.255', '224.0.0.0/4', '10.77.1.255']) : 'ff00::/8'}`,
    ],
  ])();
}

export function drawPort(place: Place): Piece {
  const { random, level } = place.table;
  const field = random.weigh([
    [13, `${place.protocol} dport`],
    [2, 'th dport'],
    [level === 'plain' || place.protocol === 'udp' ? 0 : 0.6, 'tcp sport'],
    [level === 'plain' || place.protocol === 'udp' ? 0 : 0.4, '@th,16,16'],
  ]);
  if (field === '@th,16,16') return `meta l4proto tcp @th,16,16 ${random.pick([445, 139])}`;
  if (field === 'tcp sport') return `tcp sport ${random.pick(['1024-65535', '!= 0-1023', '20', '445'])}`;
  return random.weigh<() => Piece>([
    [
      6,
      () =>
        `${field} ${negation(place)}${random.weigh([
          [6, '445'],
          [4, random.pick(ports)],
        ])}`,
    ],
    [
      3,
      () => ({
        before: `${field} ${negation(place)}`.trim(),
        elements: drawPorts(random, random.between(1, 4)),
        after: '',
      }),
    ],
    [1.5, () => `${field} ${negation(place)}@${heldPorts(place)}`],
    [0.2, () => `${field} ${random.pick(['<', '>', '<=', '>='])} ${random.pick([445, 444, 139, 1024])}`],
  ])();
}

function heldPorts({ table }: Place): string {
  return held(table, 'p', () => {
    const { random } = table;
    const drawn = drawPorts(random, random.between(1, 4));
    const whole = drawn.every((port) => !port.includes('-'));
    return {
      type: 'set',
      body: `type inet_service;${whole && random.chance(0.5) ? '' : ' flags interval;'}`,
      elements: drawn,
    };
  });
}

export function drawInterface(place: Place): Piece {
  const { random } = place.table;
  const not = negation(place);
  return random.weigh<() => Piece>([
    [5, () => `iifname ${not}${random.pick(interfaceNames)}`],
    [3, () => `iif ${not}${random.pick(['"eth0"', '"wlan0"', '"lo"'])}`],
    [
      2,
      () => ({
        before: `iifname ${not}`.trim(),
        elements: random.sample(['"eth0"', '"wlan0"', '"lo"', '"docker0"'], random.between(1, 3)),
        after: '',
      }),
    ],
    [
      1,
      () => ({
        before: `iif ${not}`.trim(),
        elements: random.sample(['"eth0"', '"wlan0"', '"lo"'], random.between(1, 2)),
        after: '',
      }),
    ],
    [1, () => `iifname ${not}@${heldInterfaces(place)}`],
  ])();
}

const interfaceNames = [
  '"eth0"',
  '"wlan0"',
  '"eth0"',
  '"wlan0"',
  '"eth*"',
  '"wl*"',
  '"e*"',
  '"lo"',
  '"docker0"',
  '"virbr*"',
  '"eth1"',
];

function heldInterfaces({ table }: Place): string {
  const elements = table.random.sample(['"eth0"', '"wlan0"', '"tun0"'], table.random.between(1, 2));
  return held(table, 'i', () => ({ type: 'set', body: 'type ifname;', elements }));
}

function drawState(place: Place): Piece {
  const { random, level } = place.table;
  const not = negation(place);
  const listed = random.sample(['new', 'established', 'related', 'invalid', 'untracked'], random.between(1, 3));
  return random.weigh<() => Piece>([
    [
      4,
      () => `ct state ${not}${random.pick(['established,related', 'new', 'invalid', 'established', 'new,untracked'])}`,
    ],
    [2, () => ({ before: `ct state ${not}`.trim(), elements: listed, after: '' })],
    [1, () => `ct state ${not}${listed.join(',')}`],
    [
      level === 'plain' ? 0 : 0.7,
      () => `ct status ${not}${random.pick(['dnat', 'dnat', 'snat', 'assured', 'confirmed', 'expected'])}`,
    ],
    [level === 'plain' ? 0 : 0.3, () => `ct direction ${random.pick(['original', 'reply'])}`],
  ])();
}

function drawProtocol(place: Place): Piece {
  const { table, protocol } = place;
  const { random, family, versions } = table;
  const inet = family === 'inet' ? 1 : 0;
  const both = family === 'inet' || family === 'netdev' ? 1 : 0;
  const version = versions[0] ?? 4;
  return random.weigh<() => Piece>([
    [
      4,
      () =>
        `meta l4proto ${random.weigh([
          [9, protocol],
          [1, '!= icmp'],
          [1, random.pick(['tcp', 'udp', 'icmp', '!= tcp'])],
        ])}`,
    ],
    [
      2,
      () => ({
        before: `meta l4proto ${negation(place)}`.trim(),
        elements: random.sample(['tcp', 'udp', 'icmp', 'ipv6-icmp'], random.between(1, 3)),
        after: '',
      }),
    ],
    [
      4 * inet,
      () =>
        `meta nfproto ${random.weigh([
          [6, `ipv${version}`],
          [1, '!= ipv4'],
          [1, '!= ipv6'],
        ])}`,
    ],
    [
      2 * both,
      () =>
        `meta protocol ${random.weigh([
          [6, words[version].rule],
          [1, '!= ip'],
          [1, '!= ip6'],
        ])}`,
    ],
    [
      version === 4 ? 1 : 0,
      () =>
        `ip protocol ${random.weigh([
          [6, protocol],
          [1, '!= icmp'],
          [1, '!= tcp'],
        ])}`,
    ],
    [
      version === 6 ? 1 : 0,
      () =>
        `ip6 nexthdr ${random.weigh([
          [6, protocol],
          [1, '!= ipv6-icmp'],
          [1, '!= tcp'],
        ])}`,
    ],
    [0.3, () => (version === 4 ? 'icmp type echo-request' : 'icmpv6 type echo-request')],
  ])();
}

function drawConcatenation(place: Place): Piece {
  const { random, versions } = place.table;
  const version = random.pick(versions);
  const { fields, types } = drawFields(place, version);
  const left = fields.join(' . ');
  if (random.chance(0.5)) {
    const elements = drawTuples(place, version, types);
    return { before: `${left} ${negation(place)}`.trim(), elements, after: '' };
  }
  return `${left} ${negation(place)}@${held(place.table, `c${version}${types.map((type) => type[0]).join('')}`, () => ({
    type: 'set',
    body: `type ${types.map((type) => typeWords(type, version)).join(' . ')}; flags interval;`,
    elements: drawTuples(place, version, types),
  }))}`;
}

export type Field = 'source' | 'destination' | 'port' | 'interface';

/** The fields of a concatenation, as rule words and as kinds. */
export function drawFields(
  { table: { random }, protocol }: Place,
  version: Version,
): { readonly fields: readonly string[]; readonly types: readonly Field[] } {
  const types = random.weigh<readonly Field[]>([
    [4, ['source', 'port']],
    [2, ['interface', 'source']],
    [1.5, ['interface', 'port']],
    [1, ['source', 'destination']],
    [1, ['interface', 'source', 'port']],
    [0.7, ['source', 'destination', 'port']],
  ]);
  const { rule } = words[version];
  const say = {
    source: `${rule} saddr`,
    destination: `${rule} daddr`,
    port: random.chance(0.8) ? `${protocol} dport` : 'th dport',
    interface: 'iifname',
  };
  return { fields: types.map((type) => say[type]), types };
}

export function typeWords(type: Field, version: Version): string {
  return type === 'port' ? 'inet_service' : type === 'interface' ? 'ifname' : words[version].type;
}

/** Elements of a concatenation; no two of them cover a common tuple. */
export function drawTuples({ table: { random } }: Place, version: Version, types: readonly Field[]): readonly string[] {
  const kept: (readonly Part[])[] = [];
  for (let i = random.between(1, 4); i > 0; i--) {
    const tuple = types.map((type) => drawPart(random, version, type));
    if (!kept.some((other) => other.every((part, index) => overlap(part, tuple[index] ?? part)))) kept.push(tuple);
  }
  return kept.map((tuple) => tuple.map(({ text }) => text).join(' . '));
}

/** A field's value, and what it covers as numbers. */
interface Part {
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

function drawPart(random: Random, version: Version, type: Field): Part {
  if (type === 'source') {
    const { text, span } = drawSpan(random, version);
    return { text, first: span.first, last: span.last };
  }
  if (type === 'port') {
    const text = random.weigh([
      [6, '445'],
      [2, '139'],
      [2, '139-445'],
      [1, '1-1024'],
      [1, '22'],
    ]);
    const [first = 0n, last = first] = text.split('-').map(BigInt);
    return { text, first, last };
  }
  const choices = type === 'destination' ? own[version] : ['"eth0"', '"wlan0"'];
  const index = random.below(choices.length);
  return { text: choices[index] ?? '', first: BigInt(index), last: BigInt(index) };
}

function overlap(one: Part, other: Part): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function drawFib({ table: { random, level } }: Place): Piece {
  const not = random.chance(0.3) ? '!= ' : '';
  return random.weigh<() => Piece>([
    [5, () => `fib daddr type ${not}local`],
    [
      2,
      () => ({
        before: `fib daddr type ${not}`.trim(),
        elements: random.sample(['local', 'broadcast', 'multicast', 'anycast'], 2),
        after: '',
      }),
    ],
    [1, () => `fib daddr type ${random.pick(['broadcast', 'multicast', 'unicast'])}`],
    [1, () => `fib daddr . iif type ${not}local`],
    [level === 'plain' ? 0 : 1, () => `fib saddr type ${not}${random.pick(['local', 'unicast'])}`],
    [level === 'plain' ? 0 : 1, () => `fib saddr . iif oif ${random.pick(['missing', 'exists'])}`],
  ])();
}

function drawMark(place: Place): Piece {
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

function drawFlags({ table: { random } }: Place): Piece {
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

function drawMask({ table: { random, versions } }: Place): Piece {
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

function drawOriginal(place: Place): Piece {
  const { random, versions } = place.table;
  const version = random.pick(versions.length > 0 ? versions : [4 as const]);
  return random.weigh<() => Piece>([
    [4, () => `meta l4proto tcp ct original proto-dst ${negation(place)}${random.pick(['445', '139', '8445'])}`],
    [1, () => `meta l4proto tcp ct reply proto-src ${random.pick(['445', '139'])}`],
    [2, () => `ct original ${words[version].rule} saddr ${negation(place)}${drawSpan(random, version).text}`],
    [2, () => `ct original ${words[version].rule} daddr ${negation(place)}${random.pick(own[version])}`],
    [1, () => `ct l3proto ${random.pick(['ipv4', 'ipv6'])}`],
    [1, () => 'ct protocol tcp'],
  ])();
}

/** Without `meta iiftype`: nft leaves it out of its own listing before an address, where no reader of rules can see it. */
function drawRare({ table: { random, versions } }: Place): Piece {
  return random.pick([
    'meta pkttype host',
    'meta pkttype != host',
    'meta pkttype { broadcast, multicast }',
    'meta iifgroup 0',
    ...(versions[0] === 4 ? ['ip version 4', 'ip hdrlength 5', 'ip frag-off & 0x1fff != 0', 'ip ttl > 1'] : []),
    ...(versions[0] === 6 ? ['exthdr frag exists', 'exthdr rt missing', 'ip6 hoplimit > 1'] : []),
    'tcp window > 0',
    'tcp option maxseg exists',
    'meta length > 20',
  ]);
}

function drawUndecidable({ task, table: { random, versions } }: Place): Piece {
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
