// What a rule does, drawn: verdicts, verdict maps, translations, and statements that decide nothing by themselves.
import { drawSpans, type Version } from '../addresses';
import type { Piece } from '../ruleset';
import { containers, drawPorts, held, own, type Place, words } from './draft';
import { drawWaysOut, linksOut } from './matches';
import { drawFields, drawTuples, typeWords } from './tuples';

/** The end of a rule; may be nothing. */
export function drawVerdict(place: Place): readonly Piece[] {
  const { table, task, targets } = place;
  const { random, level } = table;
  if (task === 'nat' && random.chance(0.6)) return drawTranslation(place);
  const reject = (task === 'filter' || task === 'forward') && ['ip', 'ip6', 'inet'].includes(table.family) ? 1 : 0;
  const there = targets.length > 0 ? 1 : 0;
  return random.weigh<() => readonly Piece[]>([
    [36, () => ['accept']],
    [30, () => ['drop']],
    [9 * reject, () => [drawReject(place)]],
    [13 * there, () => [`jump ${random.pick(targets)}`]],
    [6 * there, () => [`goto ${random.pick(targets)}`]],
    [5, () => ['return']],
    [1, () => ['continue']],
    [4, () => []],
    [
      (task === 'filter' || task === 'forward') && level === 'open' ? 1 : 0,
      () => [random.pick(['queue num 3', 'queue num 3 bypass'])],
    ],
  ])();
}

function drawReject({ table: { random, family, versions }, protocol }: Place): string {
  const own =
    versions[0] === 6
      ? ['reject with icmpv6 type admin-prohibited', 'reject with icmpv6 type port-unreachable']
      : ['reject with icmp type host-unreachable', 'reject with icmp type admin-prohibited'];
  const both = ['reject with icmpx type port-unreachable', 'reject with icmpx type admin-prohibited'];
  const reset = protocol === 'tcp' ? ['meta l4proto tcp reject with tcp reset'] : [];
  return random.pick(['reject', ...reset, ...own, ...(family === 'inet' ? both : [])]);
}

/** Leads elsewhere: to this PC's own ports and addresses, or to a container. */
export function drawTranslation({ table, protocol }: Place): readonly Piece[] {
  const { random, family, versions, forwards } = table;
  const to = random.pick(['445', '139', '8445', '445']);
  const l4 = `meta l4proto ${protocol}`;
  const version = random.pick(versions);
  const targets: readonly string[] = forwards ? [...containers[version], ...containers[version]] : own[version];
  const address = random.pick(forwards && random.chance(0.15) ? own[version] : targets);
  const full = version === 4 ? `${address}:${to}` : `[${address}]:${to}`;
  const kind = family === 'inet' ? `${words[version].rule} ` : '';
  const onward = forwards ? 3 : 1;
  return random.weigh<() => readonly Piece[]>([
    [5 / onward, () => [l4, `redirect to :${to}`]],
    [3 * onward, () => [l4, `dnat ${kind}to ${full}`]],
    [onward, () => [`dnat ${kind}to ${address}`]],
    [1, () => ['redirect']],
    [
      1,
      () => [
        l4,
        `redirect to :${protocol} dport map { ${random.pick(['445 : 139', '445 : 8445, 139 : 445', '139 : 445'])} }`,
      ],
    ],
    [
      1,
      () => [
        l4,
        `dnat ${kind}to ${words[version].rule} saddr map { ${drawSpans(random, version, 2)
          .map((text) => `${text} : ${random.pick(targets)}`)
          .join(', ')} }`,
      ],
    ],
  ])();
}

/** A rule that looks its verdict up, in a map of its own or in a named one. */
export function drawVerdictMap(place: Place): readonly Piece[] {
  const { table } = place;
  const { random, versions } = table;
  const version: Version | null = versions.length > 0 ? random.pick(versions) : null;
  const key = random.weigh<'port' | 'source' | 'interface' | 'out' | 'state' | 'tuple' | 'protocol'>([
    [place.task === 'forward' ? 12 : 0, 'out'],
    [4, 'port'],
    [version === null ? 0.001 : 4, 'source'],
    [3, 'interface'],
    [place.task === 'ingress' ? 0 : 3, 'state'],
    [version === null ? 0 : 3, 'tuple'],
    [1, 'protocol'],
  ]);
  const verdict = (): string => drawMappedVerdict(place);
  const withVerdicts = (keys: readonly string[]): readonly string[] => {
    // Now and then one for all others.
    const all = keys.length > 0 && random.chance(0.2) ? [...keys, '*'] : keys;
    return all.map((text) => `${text} : ${verdict()}`);
  };
  const named = random.chance(0.4);
  const put = (left: string, kind: string, body: string, elements: readonly string[]): Piece =>
    named
      ? `${left} vmap @${held(table, `v${kind}${place.task}`, () => ({ type: 'map', body, elements }))}`
      : { before: `${left} vmap`, elements, after: '' };
  if (key === 'port') {
    return [
      put(
        random.pick([`${place.protocol} dport`, `${place.protocol} dport`, 'th dport']),
        'p',
        'type inet_service : verdict; flags interval;',
        withVerdicts(drawPorts(random, random.between(1, 4))),
      ),
    ];
  }
  if (key === 'source' && version !== null) {
    const { rule, type } = words[version];
    return [
      put(
        `${rule} saddr`,
        `a${version}`,
        `type ${type} : verdict; flags interval;`,
        withVerdicts(drawSpans(random, version, random.between(1, 4))),
      ),
    ];
  }
  if (key === 'tuple' && version !== null) {
    const { fields, types } = drawFields(place, version);
    const type = types.map((one) => typeWords(one, version)).join(' . ');
    return [
      put(
        fields.join(' . '),
        `t${version}${types.map((one) => one[0]).join('')}`,
        `type ${type} : verdict; flags interval;`,
        withVerdicts(drawTuples(place, version, types)),
      ),
    ];
  }
  if (key === 'out') {
    if (random.chance(0.3))
      return [{ before: 'oif vmap', elements: withVerdicts([...new Set(random.sample(linksOut, 2))]), after: '' }];
    const patterns = random.chance(0.4);
    const body = `type ifname : verdict;${patterns ? ' flags interval;' : ''}`;
    return [put('oifname', patterns ? 'op' : 'oo', body, withVerdicts(drawWaysOut(random, patterns)))];
  }
  if (key === 'state') {
    const states = random.sample(['established', 'related', 'invalid', 'new', 'untracked'], random.between(2, 4));
    return [{ before: 'ct state vmap', elements: withVerdicts(states), after: '' }];
  }
  if (key === 'protocol') {
    return [
      { before: 'meta l4proto vmap', elements: withVerdicts(random.sample(['tcp', 'udp', 'icmp'], 2)), after: '' },
    ];
  }
  return [
    put(
      'iifname',
      'i',
      'type ifname : verdict;',
      withVerdicts(random.sample(['"eth0"', '"wlan0"', '"lo"', '"tun0"'], random.between(1, 3))),
    ),
  ];
}

function drawMappedVerdict({ table: { random }, targets }: Place): string {
  const there = targets.length > 0 ? 1 : 0;
  return random.weigh<() => string>([
    [5, () => 'accept'],
    [5, () => 'drop'],
    [3 * there, () => `jump ${random.pick(targets)}`],
    [1.5 * there, () => `goto ${random.pick(targets)}`],
    [1, () => 'return'],
    [1.2, () => 'continue'],
  ])();
}

/** A statement in the middle of a rule: the packet goes on. */
export function drawStatement(place: Place): Piece {
  const { table, task } = place;
  const { random, level, versions } = table;
  const rare = level === 'plain' ? 0.1 : 1;
  return random.weigh<() => Piece>([
    [8, () => 'counter'],
    [2, () => `counter name "${held(table, 'n', () => ({ type: 'counter', body: '', elements: [] }))}"`],
    [4 * rare, () => `meta mark set ${random.pick(['0x1', '0x2', '0x0'])}`],
    [0.7 * rare, () => `meta mark set meta mark ${random.pick(['| 0x2', '& 0x1', '^ 0x1'])}`],
    [task === 'filter' ? rare : 0, () => `ct mark set ${random.pick(['0x1', '0x2'])}`],
    [task === 'filter' ? 0.5 * rare : 0, () => random.pick(['ct mark set meta mark', 'meta mark set ct mark'])],
    [versions.length > 0 ? 0.6 * rare : 0, () => drawMarkMap(place)],
    [
      task === 'forward' ? 2 : 0,
      () => ({
        before: 'meta mark set oifname map',
        elements: drawWaysOut(random, true).map((name) => `${name} : ${random.pick(['0x1', '0x2'])}`),
        after: '',
      }),
    ],
    [task === 'filter' ? 1.5 * rare : 0, () => 'notrack'],
    [
      task === 'filter' ? 0.5 * rare : 0,
      () => random.pick(['ct zone set 1', 'ct original zone set 1', 'ct zone set 0']),
    ],
    [0.5 * rare, () => 'meta priority set 1:2'],
    [level === 'open' && versions.length > 0 ? 4 : 0, () => drawUpdate(place)],
    [
      level === 'open' ? 1 : 0,
      () => `limit name "${held(table, 'l', () => ({ type: 'limit', body: 'rate 5/hour', elements: [] }))}"`,
    ],
    [
      level === 'open' ? 1 : 0,
      () => `quota name "${held(table, 'q', () => ({ type: 'quota', body: 'over 200 bytes', elements: [] }))}"`,
    ],
  ])();
}

function drawMarkMap({ table: { random, versions } }: Place): Piece {
  const version = random.pick(versions);
  const elements = drawSpans(random, version, 2).map((text) => `${text} : ${random.pick(['0x1', '0x2'])}`);
  return { before: `meta mark set ${words[version].rule} saddr map`, elements, after: '' };
}

function drawUpdate({ table }: Place): Piece {
  const { random, versions } = table;
  const version = random.pick(versions);
  const name = held(table, `d${version}`, () => ({
    type: 'set',
    body: `type ${words[version].type}; size ${random.pick([1, 2, 1000])}; flags dynamic,timeout; timeout 1h;`,
    elements: [],
  }));
  return random.pick([
    `update @${name} { ${words[version].rule} saddr }`,
    `add @${name} { ${words[version].rule} saddr timeout 1m }`,
    `${words[version].rule} saddr @${name}`,
    `${words[version].rule} saddr != @${name}`,
  ]);
}
