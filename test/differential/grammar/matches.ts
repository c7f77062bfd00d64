// What a rule asks of a packet, drawn: addresses, ports, interfaces, connection state, marks, and rarer things.
import { drawSpan, drawSpans, single } from '../addresses';
import type { Piece } from '../ruleset';
import { containers, drawPorts, held, heldAddresses, negation, own, type Place, ports, words } from './draft';
import { drawFlags, drawMark, drawMask, drawOriginal, drawRare, drawUndecidable } from './rare-matches';
import { drawFields, drawTuples, typeWords } from './tuples';

/** One condition, of the kinds that fit the place. */
export function drawMatch(place: Place): Piece {
  const { random, level, versions } = place.table;
  const rare = level === 'plain' ? 0.15 : 1;
  const addressed = versions.length > 0 ? 1 : 0;
  const kind = random.weigh<(place: Place) => Piece>([
    [30 * addressed + 0.001, drawSource],
    [28, drawPort],
    [place.task === 'forward' ? 40 : 10, drawInterface],
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

function drawDestination({ task, table: { random, versions } }: Place): Piece {
  const version = random.pick(versions);
  const field = `${words[version].rule} daddr`;
  const not = random.chance(0.2) ? '!= ' : '';
  if (task === 'forward' && random.chance(0.8))
    return `${field} ${not}${random.pick([...containers[version], version === 4 ? '172.17.0.0/16' : 'fd17::/64'])}`;
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
  if (place.task === 'forward' && random.chance(0.75)) return drawWayOut(place);
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

/** Asks by which interface a packet leaves, in every form that nft has but verdict maps and concatenations. */
function drawWayOut(place: Place): Piece {
  const { random } = place.table;
  const not = random.chance(0.3) ? '!= ' : '';
  return random.weigh<() => Piece>([
    [6, () => `oifname ${not}${random.pick(waysOut)}`],
    [3, () => `oif ${not}${random.pick(linksOut)}`],
    [3, () => ({ before: `oifname ${not}`.trim(), elements: drawWaysOut(random, true), after: '' })],
    [1.5, () => ({ before: `oif ${not}`.trim(), elements: random.sample(linksOut, random.between(1, 3)), after: '' })],
    [3, () => `oifname ${not}@${heldWaysOut(place)}`],
  ])();
}

function heldWaysOut({ table }: Place): string {
  const patterns = table.random.chance(0.4);
  return held(table, 'o', () => ({
    type: 'set',
    body: `type ifname;${patterns ? ' flags interval;' : ''}`,
    elements: drawWaysOut(table.random, patterns),
  }));
}

/** Names, and where they may be, patterns; none of them covers another. */
export function drawWaysOut(random: Place['table']['random'], patterns: boolean): readonly string[] {
  const plain = random.sample(['"docker0"', '"ve-smb"', '"eth0"', '"wlan0"', '"virbr0"'], random.between(1, 3));
  if (!patterns || random.chance(0.5)) return plain;
  const stems = { '"docker0"': '"doc*"', '"ve-smb"': '"ve-*"', '"eth0"': '"eth*"', '"wlan0"': '"wl*"' } as const;
  return plain.map((name) => (name in stems && random.chance(0.6) ? stems[name as keyof typeof stems] : name));
}

export const linksOut = ['"docker0"', '"ve-smb"', '"docker0"', '"eth0"', '"wlan0"', '"lo"'] as const;
const waysOut = [...linksOut, '"docker*"', '"ve-*"', '"d*"', '"v*"', '"br-*"', '"e*"', '"virbr0"'] as const;

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
