// Whether a packet is in an ipset ("-m set --match-set NAME src,dst"), as conditions: exact where the set's saved text is.

import type { Family } from '../../../model/address';
import { message } from '../../../model/message';
import { type AddressSet, difference, everything, nothing, union, unionAll } from '../../address-sets';
import type { Condition } from '../program';
import { type Dimension, type IpSet, type IpSets, readEntry, type SetEntry } from './ipset-save';
import {
  addressCondition,
  addressesOf,
  addressRange,
  exactly,
  interfaceConditions,
  type Members,
  portProtocols,
  portRange,
  protocolNumber,
  type Side,
  uint32,
  unsure,
} from './values';

/** How rules of the ruleset itself change sets while packets come (target SET). */
export interface SetChanges {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

/** Conditions that hold for packets in the set (or, negated, not in it); null when its members are not known (ipset(8)). */
export type Membership = (name: string, sides: string, negated: boolean) => readonly Condition[] | null;

/** Asks `sets`; each answer is worked out once. */
export function membershipIn(sets: IpSets, changes: SetChanges, family: Family): Membership {
  const known = new Map<string, readonly Condition[] | null>();
  return (name, sides, negated) => {
    const key = `${negated} ${sides} ${name}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const set = sets.sets.get(name);
    const read = sidesOf(sides);
    const conditions = set && read ? conditionsOf(set, read, negated, { sets, changes, family }) : null;
    known.set(key, conditions);
    return conditions;
  };
}

interface Surroundings {
  readonly sets: IpSets;
  readonly changes: SetChanges;
  readonly family: Family;
}

/** What a set holds: one tuple of conditions for each way to be in it. */
interface Contents {
  readonly tuples: readonly (readonly Condition[])[];
  /** False = packets may be in it in other ways, too. */
  readonly exact: boolean;
}

function conditionsOf(
  set: IpSet,
  sides: readonly Side[],
  negated: boolean,
  around: Surroundings,
): readonly Condition[] {
  const contents = contentsOf(set, sides, around);
  const [tuple, ...more] = contents.tuples;
  const [only, ...others] = tuple ?? [];
  const why = message('netfilter.ipset', { name: set.name });
  if (!tuple && contents.exact) return negated ? [] : [{ kind: 'never' }];
  const isAddress = only?.kind === 'source' || only?.kind === 'destination';
  if (only && isAddress && more.length === 0 && others.length === 0) {
    const may = contents.exact ? only.may : everything(only.family);
    return [addressCondition(only.kind, { may, must: only.must }, negated, only.why ?? (contents.exact ? null : why))];
  }
  return [{ kind: 'any-of', tuples: contents.tuples, negated, exact: contents.exact, why }];
}

/** A set with more dimensions than the rule names sides, or of the other family, holds nothing (the kernel's ip_set_test). */
function contentsOf(set: IpSet, sides: readonly Side[], around: Surroundings): Contents {
  const isList = set.method === 'list';
  if (set.dimensions.length > sides.length || (!isList && set.family !== around.family && holdsAddresses(set)))
    return { tuples: [], exact: true };
  const entries = set.lines.map(readEntry);
  const read = entries.filter((entry) => entry !== null);
  const complete = set.complete && around.sets.complete && read.length === entries.length;
  // The narrowest network with any entry decides alone, whichever interface that entry names (hash:net,iface in the kernel).
  const isNested = set.dimensions.includes('net') && set.dimensions.includes('iface') && entries.length > 1;
  const exact = complete && !isNested && !around.changes.added.has(set.name);
  const contents = isList ? listed(set, read, sides, around) : grouped(set, read, sides, around.family);
  // An entry that can't be read may take others out again ("nomatch"); so may rules that remove.
  const credited = complete && !isNested && !around.changes.removed.has(set.name);
  const doubt = unsure(message('netfilter.ipset.doubt', { name: set.name }));
  return {
    tuples: credited ? contents.tuples : contents.tuples.map((tuple) => [...tuple, doubt]),
    exact: exact && contents.exact,
  };
}

const holdsAddresses = (set: IpSet): boolean => set.dimensions.includes('ip') || set.dimensions.includes('net');

/** A list of sets holds what any of its members holds. */
function listed(list: IpSet, entries: readonly SetEntry[], sides: readonly Side[], around: Surroundings): Contents {
  const { added, removed } = around.changes;
  // A rule that changes a list changes the sets in it.
  const inherit = (changed: ReadonlySet<string>, member: string): ReadonlySet<string> =>
    changed.has(list.name) ? new Set([...changed, member]) : changed;
  const members = entries.map(({ parts: [name = ''], temporary }): Contents => {
    const set = around.sets.sets.get(name);
    if (!set || set.method === 'list') return { tuples: [], exact: false };
    const changes = { added: inherit(added, name), removed: inherit(removed, name) };
    const contents = contentsOf(set, sides, { ...around, changes });
    const leaves = unsure(message('netfilter.ipset.leaves', { name, list: list.name }));
    return temporary ? { ...contents, tuples: contents.tuples.map((tuple) => [...tuple, leaves]) } : contents;
  });
  return { tuples: members.flatMap(({ tuples }) => tuples), exact: members.every(({ exact }) => exact) };
}

/** Entries that differ in one address dimension only become one tuple with all those addresses. */
function grouped(set: IpSet, entries: readonly SetEntry[], sides: readonly Side[], family: Family): Contents {
  const { dimensions } = set;
  const nets = dimensions.filter((dimension) => dimension === 'net').length;
  const net = dimensions.indexOf('net');
  const grouping = net >= 0 ? net : dimensions.indexOf('ip');
  const hasExceptions = entries.some(({ nomatch }) => nomatch);
  // Which of two nested entries is the closer one depends on more than one dimension then: credit none of them.
  const tangled = hasExceptions && (nets !== 1 || entries.some(({ wildcard }) => wildcard));
  const groups = new Map<string, { readonly sample: SetEntry; readonly entries: SetEntry[] }>();
  for (const entry of entries) {
    if (entry.parts.length > dimensions.length) return { tuples: [], exact: false };
    const key = `${entry.wildcard} ${entry.parts.filter((_, at) => at !== grouping).join()}`;
    const group = groups.get(key);
    if (group) group.entries.push(entry);
    else groups.set(key, { sample: entry, entries: [entry] });
  }
  const tuples: (readonly Condition[])[] = [];
  for (const group of groups.values()) {
    const addresses = grouping < 0 ? null : groupMembers(set, group.entries, grouping, family, tangled);
    if (grouping >= 0 && !addresses) return { tuples: [], exact: false };
    const conditions: Condition[] = [];
    for (const [at, dimension] of dimensions.entries()) {
      const side = sides[at] ?? 'source';
      if (at === grouping && addresses) {
        const temporary = group.entries.some((entry) => entry.temporary);
        const why = temporary ? message('netfilter.ipset.ends', { name: set.name }) : null;
        conditions.push(
          addressCondition(
            side,
            addresses,
            false,
            tangled ? message('netfilter.ipset.exceptions', { name: set.name }) : why,
          ),
        );
      } else {
        const read = partConditions(set, dimension, group.sample, at, side, family);
        if (!read) return { tuples: [], exact: false };
        conditions.push(...read);
      }
    }
    const passing = grouping < 0 && group.entries.some((entry) => entry.temporary);
    if (passing) conditions.push(unsure(message('netfilter.ipset.ends', { name: set.name })));
    tuples.push(conditions);
  }
  return { tuples, exact: true };
}

/** The addresses of one group; the longest prefix that fits decides between entries and exceptions. null = an unreadable one. */
function groupMembers(
  set: IpSet,
  entries: readonly SetEntry[],
  part: number,
  family: Family,
  tangled: boolean,
): Members | null {
  const levels = new Map<
    number,
    { may: AddressSet[]; must: AddressSet[]; notMay: AddressSet[]; notMust: AddressSet[] }
  >();
  const exceptions = entries.some(({ nomatch }) => nomatch);
  for (const { parts, nomatch, temporary } of entries) {
    const text = parts[part] ?? '';
    const members = entryAddresses(set, text, family);
    if (!members) return null;
    const prefix = exceptions ? Number(text.split('/')[1] ?? 128) : 0;
    const level = levels.get(prefix) ?? { may: [], must: [], notMay: [], notMust: [] };
    levels.set(prefix, level);
    if (nomatch) {
      level.notMust.push(members);
      if (!temporary) level.notMay.push(members);
    } else {
      level.may.push(members);
      if (!temporary) level.must.push(members);
    }
  }
  let [may, must] = [nothing(family), nothing(family)];
  for (const [, level] of [...levels].sort(([a], [b]) => a - b)) {
    const notMay = tangled ? nothing(family) : unionAll(family, level.notMay);
    may = union(difference(may, notMay), unionAll(family, level.may));
    must = union(difference(must, unionAll(family, level.notMust)), unionAll(family, level.must));
  }
  if (!tangled && !entries.some(({ temporary }) => temporary)) return exactly(may);
  return { may, must: tangled ? nothing(family) : must };
}

function entryAddresses(set: IpSet, text: string, family: Family): AddressSet | null {
  const netmask = set.options.get('netmask');
  const bitmask = set.options.get('bitmask');
  if (bitmask !== undefined) return addressesOf(family, `${text}/${bitmask}`);
  if (netmask !== undefined) return addressesOf(family, `${text}/${netmask}`);
  return text.includes('-') ? addressRange(family, text) : addressesOf(family, text);
}

function partConditions(
  set: IpSet,
  dimension: Dimension,
  entry: SetEntry,
  at: number,
  side: Side,
  family: Family,
): readonly Condition[] | null {
  const text = entry.parts[at];
  if (dimension === 'mac') return [unsure(message('netfilter.network-card'))];
  if (text === undefined) return null;
  switch (dimension) {
    case 'ip':
    case 'net': {
      const members = entryAddresses(set, text, family);
      return members && [addressCondition(side, exactly(members), false, null)];
    }
    case 'port':
      return portConditions(text, side, set.method === 'bitmap' ? [6, 17] : null);
    case 'iface': {
      if (text.startsWith('physdev:')) return [unsure(message('netfilter.bridge-port-of', { text }))];
      const name = entry.wildcard && !text.endsWith('+') ? `${text}+` : text;
      const plain = !entry.wildcard && text.endsWith('+');
      return plain
        ? [unsure(message('netfilter.iptables.interface', { text }))]
        : interfaceConditions(side === 'source' ? 'in' : 'out', name, false);
    }
    case 'mark':
      return markConditions(set, text);
    default:
      return null;
  }
}

/** "tcp:445", "udp:53-60", "icmp:echo-request", "vrrp:0"; without a protocol those of `bare`, else TCP. */
function portConditions(text: string, side: Side, bare: readonly number[] | null): readonly Condition[] | null {
  const colon = text.indexOf(':');
  const protocol = colon < 0 ? 6 : protocolNumber(text.slice(0, colon));
  if (protocol === null || protocol === 0) return null;
  if (colon >= 0 && !portProtocols.includes(protocol))
    return [
      { kind: 'protocol', protocols: [protocol], negated: false },
      unsure(message('netfilter.ipset.beyond', { text })),
    ];
  const range = portRange(text.slice(colon + 1), '-');
  const protocols = bare ?? [protocol];
  return range && [{ kind: 'port', side, protocols, ranges: [range], negated: false, original: false }];
}

function markConditions(set: IpSet, text: string): readonly Condition[] | null {
  const mask = uint32(set.options.get('markmask') ?? '0xffffffff');
  const value = uint32(text);
  if (mask === null || value === null) return null;
  return [{ kind: 'mark', which: 'packet', mask, values: [[value, value]], negated: false }];
}

/** "src,dst": the packet's side for each dimension; null for other words. */
function sidesOf(text: string): readonly Side[] | null {
  const sides = text.split(',').map((word) => (word === 'src' ? 'source' : word === 'dst' ? 'destination' : null));
  return sides.every((side) => side !== null) ? sides : null;
}
