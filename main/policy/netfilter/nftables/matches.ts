// nftables match expressions as conditions: every field this program knows; whatever it does not know may hold or not.

import type { Family } from '../../../model/address';
import { message } from '../../../model/message';
import { complement, setOfMasked, setOfRange } from '../../address-sets';
import type { Condition, ConnectionState } from '../program';
import {
  address,
  familyIs,
  flags,
  type How,
  hasEntry,
  mark,
  nextHeader,
  ports,
  protocolIs,
  versionIs,
} from './field-conditions';
import { describe, implied, portProtocols, unsure } from './fields';
import { field, type NftTable, single } from './ruleset';
import { type Members, membersOf, rangesOf, wordsOf } from './values';

export interface Reading {
  readonly table: NftTable;
  /** Sets and maps of the table that rules write to. */
  readonly changing: ReadonlySet<string>;
  /** Conditions on named sets, read once: a set may have a million members and a thousand rules. */
  readonly kept: Map<string, readonly Condition[]>;
}

/** A "match" statement; all the conditions must hold. */
export function readMatch(on: Reading, body: unknown): readonly Condition[] {
  const [operator, left, right] = [field(body, 'op'), field(body, 'left'), field(body, 'right')];
  const named = typeof right === 'string' && right.startsWith('@');
  const key = named ? `${String(operator)} ${JSON.stringify(left)} ${right}` : null;
  const known = key === null ? undefined : on.kept.get(key);
  if (known) return known;
  const read = readComparison(on, operator, left, right);
  if (key !== null) on.kept.set(key, read);
  return read;
}

function readComparison(on: Reading, operator: unknown, left: unknown, right: unknown): readonly Condition[] {
  switch (operator) {
    case '==':
    case '!=':
    case 'in':
    case '!':
      return readField(left, membersOf(on.table, on.changing, right), {
        negated: operator === '!=' || operator === '!',
        anyBit: operator === 'in' || operator === '!',
      });
    case '<':
    case '>':
    case '<=':
    case '>=':
      return readOrder(left, operator, right);
    default:
      return [...implied(left), unsure(left)];
  }
}

/** The field is one of the members, as a verdict map's or set's key has it. */
export const fieldIs = (left: unknown, members: Members): readonly Condition[] =>
  readField(left, members, { negated: false, anyBit: false });

function readField(left: unknown, members: Members, how: How): readonly Condition[] {
  const { kind, body } = single(left);
  switch (kind) {
    case 'payload':
      return readPayload(left, body, members, how);
    case 'meta':
      return readMeta(left, field(body, 'key'), members, how);
    case 'ct':
      return readConnection(left, body, members, how);
    case 'fib':
      return readRoute(left, body, members, how);
    case '&':
      return readMasked(left, body, members, how);
    case 'concat':
      return readTuple(left, body, members, how);
    default:
      return [...implied(left), unsure(left)];
  }
}

function readPayload(left: unknown, body: unknown, members: Members, how: How): readonly Condition[] {
  const [protocol, name] = [field(body, 'protocol'), field(body, 'field')];
  const family: Family | null = protocol === 'ip' ? 'ipv4' : protocol === 'ip6' ? 'ipv6' : null;
  if (family && (name === 'saddr' || name === 'daddr'))
    return [address(name === 'saddr' ? 'source' : 'destination', family, members, how.negated)];
  if (name === 'dport' || name === 'sport') {
    const protocols = portProtocols(protocol);
    if (protocols) return ports(left, name === 'dport' ? 'destination' : 'source', protocols, members, how.negated);
  }
  if (family && name === 'version') return versionIs(left, family, members, how.negated);
  if (protocol === 'ip' && name === 'protocol') return [...implied(left), ...protocolIs(left, members, how.negated)];
  if (protocol === 'ip6' && name === 'nexthdr') return nextHeader(left, members, how.negated);
  if (protocol === 'tcp' && name === 'flags' && members.why === null) return flags(left, allFlags, members.values, how);
  if (protocol === 'ether' && name === 'type') return familyIs(left, members, how.negated, etherFamilies);
  if (field(body, 'base') === 'th' && field(body, 'len') === 16) {
    const side = field(body, 'offset') === 16 ? 'destination' : field(body, 'offset') === 0 ? 'source' : null;
    if (side) return ports(left, side, portProtocols('th') ?? [], members, how.negated);
  }
  return [...implied(left), unsure(left)];
}

function readMeta(left: unknown, key: unknown, members: Members, { negated }: How): readonly Condition[] {
  switch (key) {
    case 'iif':
    case 'iifname':
    case 'oif':
    case 'oifname': {
      const names = members.why === null ? wordsOf(members.values) : null;
      return names ? [{ kind: 'interface', side: key.startsWith('i') ? 'in' : 'out', names, negated }] : [unsure(left)];
    }
    case 'l4proto':
      return protocolIs(left, members, negated);
    case 'nfproto':
      return familyIs(left, members, negated, protocolFamilies);
    case 'protocol':
      return familyIs(left, members, negated, etherFamilies);
    case 'mark':
      return [mark(left, 'packet', 0xffffffff, members, negated)];
    case 'pkttype': {
      const words = members.why === null ? wordsOf(members.values) : null;
      if (!words) return [unsure(left)];
      // A TCP packet that was not sent to this PC's own link address never reaches a socket.
      const forHost = words.includes('host') || words.includes('unicast');
      const others: readonly Condition[] = [{ kind: 'protocol', protocols: [6], negated: true }, unsure(left)];
      return forHost !== negated ? [anyOf([[{ kind: 'protocol', protocols: [6], negated: false }], others])] : others;
    }
    default:
      return [unsure(left)];
  }
}

function readConnection(left: unknown, body: unknown, members: Members, how: How): readonly Condition[] {
  const key = field(body, 'key');
  const { negated } = how;
  const words = members.why === null ? wordsOf(members.values) : null;
  if (key === 'mark') return [mark(left, 'connection', 0xffffffff, members, negated)];
  if (key === 'state') {
    // A list is compared as one value of several bits, which a packet never has: "!= new,invalid" always holds.
    if (!how.anyBit && members.why === null && members.values.some((value) => (wordsOf([value])?.length ?? 0) > 1))
      return negated ? [] : [{ kind: 'never' }];
    const states = words?.filter((word): word is ConnectionState => connectionStates.has(word));
    return states && states.length === words?.length ? [{ kind: 'state', states, negated }] : [unsure(left)];
  }
  if (key === 'status' && words && how.anyBit) return statusHas(left, words, negated);
  if (key === 'l3proto') return [hasEntry, ...familyIs(left, members, negated, protocolFamilies)];
  if (key === 'zone' && field(body, 'dir') === undefined) {
    const ranges = members.why === null ? rangesOf(members.values, 65535) : null;
    return ranges ? [{ kind: 'zone', ranges, negated }] : [hasEntry, unsure(left)];
  }
  if (key === 'protocol') return [hasEntry, ...protocolIs(left, members, negated)];
  if (key === 'direction' && words?.length === 1)
    return [{ kind: 'state', states: [(words[0] === 'original') !== negated ? 'new' : 'established'], negated: false }];
  if (field(body, 'dir') !== 'original') return [unsure(left)];
  switch (key) {
    case 'ip saddr':
    case 'ip6 saddr':
      return [hasEntry, address('source', key === 'ip saddr' ? 'ipv4' : 'ipv6', members, negated)];
    case 'proto-dst': {
      const ranges = members.why === null ? rangesOf(members.values, 65535) : null;
      const protocols = portProtocols('th') ?? [];
      return ranges
        ? [{ kind: 'port', side: 'destination', protocols, ranges, negated, original: true }]
        : [unsure(left)];
    }
    default:
      return [unsure(left)];
  }
}

/** Of a first packet only "dnat" can be set before it is accepted; "expected" and the words for later packets can't be told from here. */
function statusHas(left: unknown, words: readonly string[], negated: boolean): readonly Condition[] {
  if (words.some((word) => !settledStatus.has(word) && word !== 'dnat')) return [unsure(left)];
  if (words.includes('dnat')) return [{ kind: 'translated', negated }];
  return [negated ? hasEntry : { kind: 'state', states: ['established'], negated: false }];
}

function readRoute(left: unknown, body: unknown, members: Members, { negated }: How): readonly Condition[] {
  const asks = field(body, 'flags');
  const flag = Array.isArray(asks) && asks.length === 1 ? asks[0] : asks;
  const types = members.why === null ? wordsOf(members.values) : null;
  if (field(body, 'result') !== 'type' || !types || (flag !== 'daddr' && flag !== 'saddr')) return [unsure(left)];
  return [{ kind: 'address-type', side: flag === 'daddr' ? 'destination' : 'source', types, negated }];
}

function readMasked(left: unknown, body: unknown, members: Members, how: How): readonly Condition[] {
  const [inner, mask] = Array.isArray(body) ? body : [];
  const { kind, body: what } = single(inner);
  const key = field(what, 'key');
  if (typeof mask === 'number' && key === 'mark' && (kind === 'meta' || kind === 'ct'))
    return [mark(left, kind === 'meta' ? 'packet' : 'connection', mask, members, how.negated)];
  const isAddress = kind === 'payload' && (field(what, 'field') === 'saddr' || field(what, 'field') === 'daddr');
  const family: Family | null =
    field(what, 'protocol') === 'ip' ? 'ipv4' : field(what, 'protocol') === 'ip6' ? 'ipv6' : null;
  if (isAddress && family && typeof mask === 'string' && members.why === null && members.values.length === 1) {
    const [value] = members.values;
    const set = typeof value === 'string' ? setOfMasked(value, mask) : null;
    if (set?.family === family) {
      const exact = how.negated ? complement(set) : set;
      const side = field(what, 'field') === 'saddr' ? 'source' : 'destination';
      return [{ kind: side, family, may: exact, must: exact, why: null }];
    }
  }
  const words = wordsOf([mask]);
  if (
    kind === 'payload' &&
    field(what, 'protocol') === 'tcp' &&
    field(what, 'field') === 'flags' &&
    words &&
    members.why === null
  )
    return flags(left, words, members.values, { ...how, anyBit: false });
  if (
    kind === 'ct' &&
    key === 'status' &&
    words?.length === 1 &&
    members.values.length === 1 &&
    members.values[0] === words[0]
  )
    return statusHas(left, words, how.negated);
  return [...implied(inner), unsure(left)];
}

/** A concatenation: one of the members holds in all its fields. */
function readTuple(left: unknown, body: unknown, members: Members, how: How): readonly Condition[] {
  const fields = Array.isArray(body) ? body : [];
  const always = fields.flatMap(implied);
  if (members.why !== null) return [...always, { kind: 'unsure', why: members.why }];
  const tuples: Condition[][] = [];
  for (const value of members.values) {
    const parts = value === '*' ? fields.map(() => '*') : field(value, 'concat');
    if (!Array.isArray(parts) || parts.length !== fields.length) return [...always, unsure(left)];
    tuples.push(value === '*' ? [] : fields.flatMap((at, i) => [...fieldIs(at, { values: [parts[i]], why: null })]));
  }
  return [...always, { kind: 'any-of', tuples, negated: how.negated, exact: true, why: describe(left) }];
}

function readOrder(left: unknown, operator: '<' | '>' | '<=' | '>=', right: unknown): readonly Condition[] {
  const { kind, body } = single(left);
  const [protocol, name] = [field(body, 'protocol'), field(body, 'field')];
  const family: Family | null = protocol === 'ip' ? 'ipv4' : protocol === 'ip6' ? 'ipv6' : null;
  if (kind === 'payload' && family && (name === 'saddr' || name === 'daddr') && typeof right === 'string') {
    const [lowest, highest] = family === 'ipv4' ? ['0.0.0.0', '255.255.255.255'] : ['::', `${'ffff:'.repeat(7)}ffff`];
    // "less" and "greater" leave the bound itself out: they are what the other one with "or equal" is not.
    const inclusive = operator === '<=' || operator === '>' ? setOfRange(lowest, right) : setOfRange(right, highest);
    if (inclusive?.family === family) {
      const set = operator === '<' || operator === '>' ? complement(inclusive) : inclusive;
      return [{ kind: name === 'saddr' ? 'source' : 'destination', family, may: set, must: set, why: null }];
    }
  }
  const isNumber =
    (kind === 'payload' && (name === 'dport' || name === 'sport')) ||
    (kind === 'meta' && field(body, 'key') === 'mark');
  if (!isNumber || typeof right !== 'number') return [...implied(left), unsure(left)];
  const highest = kind === 'meta' ? 0xffffffff : 65535;
  const [first, last] = { '<': [0, right - 1], '<=': [0, right], '>': [right + 1, highest], '>=': [right, highest] }[
    operator
  ];
  if (first === undefined || last === undefined || first > last) return [...implied(left), { kind: 'never' }];
  return readField(left, { values: [{ range: [first, last] }], why: null }, { negated: false, anyBit: false });
}

const anyOf = (tuples: readonly (readonly Condition[])[]): Condition => ({
  kind: 'any-of',
  tuples,
  negated: false,
  exact: true,
  why: message('netfilter.field.several-values'),
});
const allFlags = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ecn', 'cwr'];
const connectionStates = new Set(['new', 'established', 'related', 'invalid', 'untracked']);
const settledStatus = new Set(['seen-reply', 'assured', 'dying', 'snat']);
const protocolFamilies: ReadonlyMap<unknown, Family> = new Map<unknown, Family>([
  ['ipv4', 'ipv4'],
  ['ipv6', 'ipv6'],
  [2, 'ipv4'],
  [10, 'ipv6'],
]);
const etherFamilies: ReadonlyMap<unknown, Family> = new Map<unknown, Family>([
  ['ip', 'ipv4'],
  ['ip6', 'ipv6'],
  [0x0800, 'ipv4'],
  [0x86dd, 'ipv6'],
]);
