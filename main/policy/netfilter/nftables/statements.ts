// nftables statements as steps of a rule: verdicts, translation, marks; what this program does not know may do anything.
import { type Message, message } from '../../../model/message';
import type { Chain, Condition, NatTarget, Step, Verdict, VerdictCase } from '../program';
import { hasEntry } from './field-conditions';
import { describe } from './fields';
import { fieldIs, type Reading, readMatch } from './matches';
import { field, type NftExpression, single } from './ruleset';
import { entriesOf } from './values';

export interface RuleReading extends Reading {
  readonly chains: ReadonlyMap<string, Chain>;
}

/**
 * The steps of one rule. A statement that looks its value up in a map makes several variants of the rule, of which at most one
 * holds for a packet.
 */
export function readStatements(on: RuleReading, expressions: readonly NftExpression[]): readonly (readonly Step[])[] {
  let variants: readonly (readonly Step[])[] = [[]];
  for (const expression of expressions) {
    const read = readStatement(on, expression);
    const choices = read.length * variants.length > mostVariants ? [tooMany] : read;
    variants =
      choices.length === 1
        ? variants.map((steps) => [...steps, ...(choices[0] ?? [])])
        : variants.flatMap((steps) => choices.map((choice) => [...steps, ...choice]));
  }
  return variants;
}

const mostVariants = 256;
const tooMany: readonly Step[] = [{ kind: 'anything', why: message('netfilter.large-map') }];

type Choices = readonly (readonly Step[])[];

const passing = new Set([
  'counter',
  'log',
  'comment',
  'dup',
  'flow',
  'secmark',
  'last',
  'ct helper',
  'ct timeout',
  'ct expectation',
]);
const mayStop: ReadonlyMap<string, Message> = new Map([
  ['limit', message('netfilter.limit')],
  ['quota', message('netfilter.quota')],
  ['ct count', message('netfilter.connection-count')],
  ['set', message('netfilter.set-room')],
  ['map', message('netfilter.map-room')],
  ['tproxy', message('netfilter.proxy-waits')],
]);

function readStatement(on: RuleReading, { kind, body }: NftExpression): Choices {
  if (kind === 'match') return [readMatch(on, body)];
  if (passing.has(kind)) return [[]];
  const stops = mayStop.get(kind);
  if (stops !== undefined) return [[{ kind: 'unsure', why: stops }]];
  switch (kind) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
    case 'jump':
    case 'goto':
      return [[verdictStep(on, kind, body)]];
    case 'reject':
      return [[...rejectImplies(field(body, 'type')), { kind: 'verdict', verdict: { kind: 'drop' } }]];
    case 'vmap':
      return [[readVerdictMap(on, body)]];
    case 'notrack':
      return [[{ kind: 'notrack' }]];
    case 'dnat':
    case 'redirect':
    case 'snat':
    case 'masquerade':
      return readNat(on, kind, body);
    case 'mangle':
      return readMangle(on, body);
    case 'xt':
      return [readExtension(field(body, 'type'), field(body, 'name'))];
    default:
      return [[{ kind: 'anything', why: mayDoAnything.get(kind) ?? message('netfilter.unknown-statement', { kind }) }]];
  }
}

const mayDoAnything: ReadonlyMap<string, Message> = new Map([
  ['queue', message('netfilter.queue')],
  ['synproxy', message('netfilter.synproxy')],
  ['fwd', message('netfilter.forwards')],
  ['unreadable', message('netfilter.unreadable')],
]);

function verdictStep(on: RuleReading, kind: string, body: unknown): Step {
  const verdict = readVerdict(on, kind, body);
  return verdict ? { kind: 'verdict', verdict } : { kind: 'anything', why: message('netfilter.missing-chain') };
}

function readVerdict(on: RuleReading, kind: string, body: unknown): Verdict | null {
  if (kind === 'accept' || kind === 'drop' || kind === 'return' || kind === 'continue') return { kind };
  const target = field(body, 'target');
  const to = typeof target === 'string' ? on.chains.get(target) : undefined;
  return (kind === 'jump' || kind === 'goto') && to ? { kind, to } : null;
}

/** nft leaves out of the listing what a kind of reject takes for granted (nft(8), REJECT STATEMENT). */
function rejectImplies(type: unknown): readonly Condition[] {
  if (type === 'tcp reset') return [{ kind: 'protocol', protocols: [6], negated: false }];
  if (type === 'icmp') return [{ kind: 'family', families: ['ipv4'] }];
  if (type === 'icmpv6') return [{ kind: 'family', families: ['ipv6'] }];
  return [];
}

function readVerdictMap(on: RuleReading, body: unknown): Step {
  const key = field(body, 'key');
  const { entries, why } = entriesOf(on.table, on.changing, field(body, 'data'));
  if (why !== null) return { kind: 'verdict-map', cases: [], exact: false, why };
  // Members with the same verdict are one case: keys do not overlap, and a map may have very many.
  const byVerdict = new Map<string, { readonly data: unknown; readonly keys: unknown[] }>();
  let otherwise: unknown = null;
  for (const [value, data] of entries) {
    if (value === '*') {
      otherwise = data;
      continue;
    }
    const name = JSON.stringify(data);
    const group = byVerdict.get(name);
    if (group) group.keys.push(value);
    else byVerdict.set(name, { data, keys: [value] });
  }
  const groups = [...byVerdict.values(), ...(otherwise === null ? [] : [{ data: otherwise, keys: null }])];
  const cases: VerdictCase[] = [];
  let exact = true;
  for (const { data, keys } of groups) {
    const { kind, body: target } = single(data);
    const verdict = readVerdict(on, kind, target);
    if (!verdict) exact = false;
    else cases.push({ when: fieldIs(key, { values: keys ?? ['*'], why: null }), verdict });
  }
  return {
    kind: 'verdict-map',
    cases,
    exact,
    why: exact ? describe(key) : message('netfilter.map-elsewhere'),
  };
}

function readNat(on: RuleReading, kind: string, body: unknown): Choices {
  const family = field(body, 'family');
  const only: readonly Condition[] =
    family === 'ip' || family === 'ip6' ? [{ kind: 'family', families: [family === 'ip' ? 'ipv4' : 'ipv6'] }] : [];
  if (kind === 'snat' || kind === 'masquerade') return [[...only, nat({ address: null, port: null })]];
  const [address, port] = [field(body, 'addr'), field(body, 'port')];
  const map = field(address, 'map') ?? field(port, 'map');
  if (map !== undefined)
    return (
      lookedUp(on, map, (data) => {
        const parts = field(data, 'concat');
        const [to, at] = Array.isArray(parts) ? parts : kind === 'redirect' ? [undefined, data] : [data, port];
        return [...only, nat({ address: kind === 'redirect' ? 'this-pc' : addressTo(to), port: portTo(at) })];
      }) ?? [[...only, nat({ address: 'unknown', port: 'unknown' })]]
    );
  return [[...only, nat({ address: kind === 'redirect' ? 'this-pc' : addressTo(address), port: portTo(port) })]];
}

const nat = (to: NatTarget): Step => ({ kind: 'nat', to });

function addressTo(value: unknown): NatTarget['address'] {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : 'unknown';
}

function portTo(value: unknown): NatTarget['port'] {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' ? value : 'unknown';
}

/** A variant for each value of a map; null where the map can't be relied on or is keyed by something that rules change. */
function lookedUp(on: RuleReading, map: unknown, then: (data: unknown) => readonly Step[]): Choices | null {
  const key = field(map, 'key');
  const { entries, why } = entriesOf(on.table, on.changing, field(map, 'data'));
  if (why !== null || isChanging(key)) return null;
  const byData = new Map<string, { readonly data: unknown; readonly keys: unknown[] }>();
  for (const [value, data] of entries) {
    if (value === '*') return null;
    const name = JSON.stringify(data);
    const group = byData.get(name);
    if (group) group.keys.push(value);
    else byData.set(name, { data, keys: [value] });
  }
  if (byData.size === 0) return [[{ kind: 'never' }]];
  return [...byData.values()].map(({ data, keys }) => [...fieldIs(key, { values: keys, why: null }), ...then(data)]);
}

function isChanging(key: unknown): boolean {
  const { kind, body } = single(key);
  if (kind === 'concat' && Array.isArray(body)) return body.some(isChanging);
  return kind !== 'payload' && kind !== 'meta' ? true : field(body, 'key') === 'mark';
}

/** Fields of a packet whose change decides nothing about where it goes. */
const harmless = new Set([
  'ttl',
  'hoplimit',
  'dscp',
  'ecn',
  'checksum',
  'flowlabel',
  'id',
  'mss',
  'window',
  'urgptr',
  'sequence',
]);

function readMangle(on: RuleReading, body: unknown): Choices {
  const [target, value] = [single(field(body, 'key')), field(body, 'value')];
  const key = field(target.body, 'key');
  if ((target.kind === 'meta' || target.kind === 'ct') && key === 'mark') {
    const which = target.kind === 'meta' ? 'packet' : 'connection';
    const map = field(value, 'map');
    const unknown: readonly Step[] = [{ kind: 'set-mark', which, keep: 0, xor: 0, unknown: 0xffffffff }];
    if (map === undefined) return [markSteps(which, value) ?? unknown];
    return (
      lookedUp(on, map, (data) => markSteps(which, data) ?? unknown) ?? [
        [{ kind: 'unsure', why: message('netfilter.mark-map') }, ...unknown],
      ]
    );
  }
  if (target.kind === 'meta' && key !== 'pkttype' && key !== 'broute') return [[]];
  if (target.kind === 'ct' && key !== 'zone') return [[]];
  if (target.kind === 'ct') return [[{ kind: 'set-zone', zone: typeof value === 'number' ? value : null }]];
  if (target.kind === 'tcp option' || target.kind === 'exthdr' || target.kind === 'ip option') return [[]];
  const name = field(target.body, 'field');
  if (target.kind === 'payload' && typeof name === 'string' && harmless.has(name)) return [[]];
  return [[{ kind: 'anything', why: message('netfilter.rewrites', { field: describe(field(body, 'key')) }) }]];
}

/** "mark set X" where X is a number, a mark, or either with masks and bits applied. */
function markSteps(which: 'packet' | 'connection', value: unknown): readonly Step[] | null {
  const operations: { readonly kind: string; readonly number: number }[] = [];
  let at = value;
  for (;;) {
    if (typeof at === 'number')
      return withOperations(which, [{ kind: 'set-mark', which, keep: 0, xor: at >>> 0 }], operations);
    const { kind, body } = single(at);
    if (kind === '|' || kind === '&' || kind === '^') {
      const [inner, number] = Array.isArray(body) ? body : [];
      if (typeof number !== 'number') return null;
      operations.unshift({ kind, number: number >>> 0 });
      at = inner;
      continue;
    }
    if ((kind !== 'meta' && kind !== 'ct') || field(body, 'key') !== 'mark') return null;
    const from = kind === 'meta' ? 'packet' : 'connection';
    const copied: readonly Step[] = from === which ? [] : [{ kind: 'copy-mark', from }];
    return withOperations(which, from === 'connection' ? [hasEntry, ...copied] : copied, operations);
  }
}

function withOperations(
  which: 'packet' | 'connection',
  first: readonly Step[],
  operations: readonly { readonly kind: string; readonly number: number }[],
): readonly Step[] {
  return [
    ...first,
    ...operations.map(({ kind, number }): Step => {
      if (kind === '&') return { kind: 'set-mark', which, keep: number, xor: 0 };
      return { kind: 'set-mark', which, keep: kind === '|' ? ~number >>> 0 : 0xffffffff, xor: number };
    }),
  ];
}

/** iptables' own matches and targets: of their parameters `nft -j` says nothing, so their name alone must do. */
function readExtension(type: unknown, name: unknown): readonly Step[] {
  const called = typeof name === 'string' ? name : '?';
  if (type === 'match')
    return called === 'comment' ? [] : [{ kind: 'unsure', why: message('netfilter.iptables-match', { name: called }) }];
  if (type === 'target') {
    if (called === 'REJECT' || called === 'DROP') return [{ kind: 'verdict', verdict: { kind: 'drop' } }];
    if (goingOn.has(called)) return [];
    if (called === 'MARK') return [{ kind: 'set-mark', which: 'packet', keep: 0, xor: 0, unknown: 0xffffffff }];
    if (called === 'MASQUERADE' || called === 'SNAT') return [nat({ address: null, port: null })];
    if (called === 'DNAT' || called === 'REDIRECT') return [nat({ address: 'unknown', port: 'unknown' })];
  }
  return [{ kind: 'anything', why: message('netfilter.iptables-target', { name: called }) }];
}

const goingOn = new Set([
  'LOG',
  'NFLOG',
  'TCPMSS',
  'CHECKSUM',
  'TRACE',
  'AUDIT',
  'DSCP',
  'TTL',
  'HL',
  'SET',
  'CLASSIFY',
]);
