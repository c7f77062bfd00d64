// Sets of addresses as ranges of numbers: just enough to say which part of a network another list of networks covers. Pure.
import { IPv4, IPv6 } from 'ipaddr.js';
import type { Cidr } from '../../preload/contract';

/** Both ends belong to it. IPv4 and IPv6 are never mixed in one list. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Sorted, and no two overlap. */
export type Ranges = readonly Range[];

/** One family's networks, in any order; they may overlap. Throws on what is no CIDR. */
export const rangesOf = (networks: readonly Cidr[]): Ranges => union(networks.map(rangeOf));

/** In any order; they may overlap. */
export function union(ranges: readonly Range[]): Ranges {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: Range[] = [];
  for (const range of sorted) {
    const before = merged.at(-1);
    if (!before || range.first > before.last) merged.push(range);
    else if (range.last > before.last) merged[merged.length - 1] = { first: before.first, last: range.last };
  }
  return merged;
}

/** What lies in both. */
export function common(a: Ranges, b: Ranges): Ranges {
  const both: Range[] = [];
  for (let i = 0, j = 0; ; ) {
    const [one, other] = [a[i], b[j]];
    if (!one || !other) return both;
    const first = one.first > other.first ? one.first : other.first;
    const last = one.last < other.last ? one.last : other.last;
    if (first <= last) both.push({ first, last });
    if (one.last < other.last) i++;
    else j++;
  }
}

/** What lies in `whole`, but not in `taken`. */
export function without(whole: Ranges, taken: Ranges): Ranges {
  const left: Range[] = [];
  let at = 0;
  for (const { first, last } of whole) {
    let from = first;
    while (at < taken.length && (taken[at]?.last ?? 0n) < from) at++;
    for (let index = at; from <= last; index++) {
      const hole = taken[index];
      if (!hole || hole.first > last) {
        left.push({ first: from, last });
        break;
      }
      if (hole.first > from) left.push({ first: from, last: hole.first - 1n });
      from = hole.last + 1n;
    }
  }
  return left;
}

/** How much of `region` the set covers. */
export function covered(region: Ranges, set: Ranges): 'all' | 'some' | 'none' {
  const inside = common(region, set);
  if (inside.length === 0) return 'none';
  return size(inside) === size(region) ? 'all' : 'some';
}

const size = (ranges: Ranges): bigint => ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);

function rangeOf(network: Cidr): Range {
  const [address, prefix] = network.includes(':') ? IPv6.parseCIDR(network) : IPv4.parseCIDR(network);
  const bytes = address.toByteArray();
  const value = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  const rest = (1n << BigInt(bytes.length * 8 - prefix)) - 1n;
  return { first: value & ~rest, last: value | rest };
}
