// The right-hand sides of nftables expressions (libnftables-json(5)): members of sets, ranges, addresses, words.

import type { Family } from '../../../model/address';
import { type Message, message } from '../../../model/message';
import {
  type AddressSet,
  type Edges,
  everything,
  normalEdges,
  nothing,
  setOfRange,
  setOfText,
} from '../../address-sets';
import { field, type NftSet, type NftTable, readElement } from './ruleset';

export interface Members {
  readonly values: readonly unknown[];
  /** Why there may be other members, too; null = these are all. */
  readonly why: Message | null;
}

/** The members of a literal, an anonymous set or a named one ("@name"). `changing`: sets that rules write to. */
export function membersOf(table: NftTable, changing: ReadonlySet<string>, right: unknown): Members {
  if (typeof right === 'string' && right.startsWith('@')) {
    const set = table.sets.get(right.slice(1));
    const why = notTrusted(set, right, changing);
    if (why !== null || !set?.elements)
      return { values: [], why: why ?? message('netfilter.set-unread', { name: right }) };
    return { values: valuesOf(set.elements), why: null };
  }
  const anonymous = field(right, 'set');
  if (anonymous === undefined) return { values: [right], why: null };
  return Array.isArray(anonymous) ? { values: valuesOf(anonymous), why: null } : { values: [anonymous], why: null };
}

/** Key and data of each member of a map, without those that have run out; why = there may be others. */
export function entriesOf(
  table: NftTable,
  changing: ReadonlySet<string>,
  data: unknown,
): { readonly entries: readonly (readonly [key: unknown, data: unknown])[]; readonly why: Message | null } {
  const named = typeof data === 'string' && data.startsWith('@') ? data : null;
  const map = named === null ? undefined : table.sets.get(named.slice(1));
  const why = named === null ? null : notTrusted(map, named, changing);
  const elements = named === null ? field(data, 'set') : map?.elements;
  if (why !== null || !Array.isArray(elements)) return { entries: [], why: why ?? message('netfilter.map-unread') };
  const entries: [unknown, unknown][] = [];
  for (const element of elements) {
    if (!Array.isArray(element) || element.length !== 2) return { entries: [], why: message('netfilter.map-unread') };
    const { value, expires } = readElement(element[0]);
    if (expires !== 0) entries.push([value, element[1]]);
  }
  return { entries, why: null };
}

/** A set that rules add to or that ends by itself in ways we can't see must never be relied on. */
function notTrusted(set: NftSet | undefined, name: string, changing: ReadonlySet<string>): Message | null {
  if (!set) return message('netfilter.set-missing', { name });
  return changing.has(set.name) || set.flags.includes('dynamic') ? message('netfilter.set-changes', { name }) : null;
}

function valuesOf(elements: readonly unknown[]): readonly unknown[] {
  if (elements.every((element) => typeof element !== 'object' || element === null)) return elements;
  const values: unknown[] = [];
  for (const element of elements) {
    const { value, expires } = readElement(element);
    if (expires !== 0) values.push(value);
  }
  return values;
}

/** may and must as in a condition; members that can't be read make the difference. */
export function addressesOf(
  family: Family,
  { values, why }: Members,
): { may: AddressSet; must: AddressSet; why: Message | null } {
  const pieces: Edges[] = [];
  let reason = why;
  for (const value of values) {
    const set = addressesIn(value, family);
    if (set?.family === family) pieces.push(set.edges);
    else reason ??= message('netfilter.address-unread', { text: String(JSON.stringify(value)?.slice(0, 60)) });
  }
  const must: AddressSet =
    pieces.length === 0
      ? nothing(family)
      : { family, edges: pieces.length === 1 ? (pieces[0] ?? []) : normalEdges(pieces) };
  return reason === null ? { may: must, must, why: null } : { may: everything(family), must, why: reason };
}

function addressesIn(value: unknown, family: Family): AddressSet | null {
  if (typeof value === 'string') return value === '*' ? everything(family) : setOfText(value);
  const range = field(value, 'range');
  if (Array.isArray(range))
    return typeof range[0] === 'string' && typeof range[1] === 'string' ? setOfRange(range[0], range[1]) : null;
  const prefix = field(value, 'prefix');
  const [address, length] = [field(prefix, 'addr'), field(prefix, 'len')];
  return typeof address === 'string' && typeof length === 'number' ? setOfText(`${address}/${length}`) : null;
}

/** Whole numbers and ranges of them, both ends included; null where a member is something else. "*" is everything. */
export function rangesOf(values: readonly unknown[], highest: number): readonly (readonly [number, number])[] | null {
  const ranges: [number, number][] = [];
  for (const value of values) {
    const range = field(value, 'range');
    if (typeof value === 'number') ranges.push([value, value]);
    else if (value === '*') ranges.push([0, highest]);
    else if (Array.isArray(range) && typeof range[0] === 'number' && typeof range[1] === 'number')
      ranges.push([range[0], range[1]]);
    else return null;
  }
  return ranges;
}

/** Words, also as a list inside a member (flags); null where one is something else. */
export function wordsOf(values: readonly unknown[]): readonly string[] | null {
  const flat = (value: unknown): readonly unknown[] => {
    const joined = Array.isArray(value) ? value : field(value, '|');
    return Array.isArray(joined) ? joined.flatMap(flat) : [value];
  };
  const words = values.flatMap(flat);
  return words.every((word) => typeof word === 'string') ? words : null;
}

/** IP protocol numbers of words; a word that is neither TCP nor UDP is some other protocol (-1). null = not readable. */
export function protocolsOf(values: readonly unknown[]): readonly number[] | null {
  const numbers: number[] = [];
  for (const value of values) {
    if (typeof value === 'number') numbers.push(value);
    else if (typeof value === 'string' && value !== '*') numbers.push(protocolNumbers.get(value) ?? -1);
    else return null;
  }
  return numbers;
}

export const protocolNumbers: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['igmp', 2],
  ['tcp', 6],
  ['udp', 17],
  ['dccp', 33],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['icmpv6', 58],
  ['ipv6-icmp', 58],
  ['comp', 108],
  ['sctp', 132],
  ['udplite', 136],
]);
