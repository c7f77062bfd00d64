// Sets of IP addresses as sorted, disjoint ranges: the one algebra that every firewall language is judged with.
import ipaddr from 'ipaddr.js';
import type { Cidr, Family } from '../model/address';

/** A bound of a range: numbers for IPv4 (0 to 2^32), which are much faster, bigints for IPv6 (0 to 2^128). Both compare with < and >. */
export type Edge = number | bigint;
/** Half-open ranges, one after the other: first address in, first address out again, next one in ... strictly ascending. */
export type Edges = readonly Edge[];

export interface AddressSet {
  readonly family: Family;
  readonly edges: Edges;
}

export const nothing = (family: Family): AddressSet => ({ family, edges: [] });
export const everything = (family: Family): AddressSet => ({ family, edges: allEdges[family] });

/** The set of all addresses in these networks. */
export function setOf(family: Family, networks: readonly Cidr[]): AddressSet {
  return { family, edges: normalEdges(networks.map(edgesOf)) };
}

/** All addresses from `first` to `last`, both included; null when they are not two addresses of one family in order. */
export function setOfRange(first: string, last: string): AddressSet | null {
  const [a, b] = [parseAddress(first), parseAddress(last)];
  if (a === null || b === null || a.family !== b.family || a.bits > b.bits) return null;
  return { family: a.family, edges: [a.bits, after(b.bits)] };
}

/** The one address, or the network as `nft` and `iptables` print it ("10.0.0.5", "10.0.0.0/8"); null when it is neither. Host bits are masked off, as both programs do. */
export function setOfText(text: string): AddressSet | null {
  const slash = text.indexOf('/');
  const parsed = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!parsed) return null;
  if (slash < 0) return { family: parsed.family, edges: [parsed.bits, after(parsed.bits)] };
  const prefix = text.slice(slash + 1);
  if (!/^(0|[1-9][0-9]{0,2})$/.test(prefix) || Number(prefix) > bitsOf(parsed.family)) return null;
  return { family: parsed.family, edges: networkEdges(parsed.family, parsed.bits, Number(prefix)) };
}

/**
 * The addresses whose bits under the mask are those of `value` ("10.0.5.0" under "255.0.255.0"); null where these are no two addresses
 * of one family, or where the set would have more than 65536 ranges.
 */
export function setOfMasked(value: string, mask: string): AddressSet | null {
  const [a, m] = [parseAddress(value), parseAddress(mask)];
  if (!a || !m || a.family !== m.family) return null;
  const width = bitsOf(a.family);
  const [bits, kept] = [BigInt(a.bits), BigInt(m.bits)];
  if ((bits & ~kept) !== 0n) return nothing(a.family);
  let low = 0;
  while (low < width && ((kept >> BigInt(low)) & 1n) === 0n) low++;
  const free: bigint[] = [];
  for (let bit = low; bit < width; bit++) if (((kept >> BigInt(bit)) & 1n) === 0n) free.push(1n << BigInt(bit));
  if (free.length > 16) return null;
  let starts = [bits];
  // From the lowest free bit up, each doubling keeps the list sorted only when sorted again at the end.
  for (const bit of free) starts = [...starts, ...starts.map((start) => start | bit)];
  const edge = a.family === 'ipv4' ? Number : (bound: bigint): bigint => bound;
  return {
    family: a.family,
    edges: normalEdges(starts.map((start) => [edge(start), edge(start + (1n << BigInt(low)))])),
  };
}

/** Linear in the number of ranges of both. */
export function union(a: AddressSet, b: AddressSet): AddressSet {
  return { family: a.family, edges: unionEdges(a.edges, b.edges) };
}

/** n log n for any number of sets at once. */
export function unionAll(family: Family, sets: readonly AddressSet[]): AddressSet {
  return { family, edges: normalEdges(sets.map((set) => set.edges)) };
}

export function intersection(a: AddressSet, b: AddressSet): AddressSet {
  return { family: a.family, edges: intersectEdges(a.edges, b.edges) };
}

export function complement(a: AddressSet): AddressSet {
  const [lowest, highest] = boundsOf(a.family);
  const inner = a.edges[0] === lowest ? a.edges.slice(1) : [lowest, ...a.edges];
  return { family: a.family, edges: inner.at(-1) === highest ? inner.slice(0, -1) : [...inner, highest] };
}

export const difference = (a: AddressSet, b: AddressSet): AddressSet => intersection(a, complement(b));
export const isEmpty = (a: AddressSet): boolean => a.edges.length === 0;
export const isWithin = (a: AddressSet, b: AddressSet): boolean => isEmpty(difference(a, b));

/** Whether the one address is in the set; false where it is no address of the set's family. */
export function holds(set: AddressSet, address: string): boolean {
  const parsed = parseAddress(address);
  return parsed !== null && parsed.family === set.family && firstAfter(set.edges, parsed.bits) % 2 === 1;
}

/** The fewest networks that make up exactly this set, sorted. */
export function toNetworks({ edges }: AddressSet): readonly Cidr[] {
  const networks: string[] = [];
  for (let i = 0; i + 1 < edges.length; i += 2) {
    const first = edges[i] as Edge;
    const end = edges[i + 1] as Edge;
    if (typeof first === 'number' && typeof end === 'number') addNetworks4(networks, first, end);
    else addNetworks6(networks, BigInt(first), BigInt(end));
  }
  return networks as readonly string[] as readonly Cidr[];
}

function addNetworks4(networks: string[], first: number, end: number): void {
  let upper = -1;
  let start = '';
  for (let at = first; at < end; ) {
    // The largest block that begins here: as its address is aligned, and as far as the range goes.
    const aligned = at === 0 ? 32 : 31 - Math.clz32(at & -at);
    const room = end - at === 2 ** 32 ? 32 : 31 - Math.clz32(end - at);
    const size = aligned < room ? aligned : room;
    // Of few pieces, since each but the last would be a string that is kept.
    if (at >>> 16 !== upper) {
      upper = at >>> 16;
      start = `${halfText(upper)}.`;
    }
    networks.push(start + (halfText(at & 0xffff) + lengths4[32 - size]));
    at += size === 32 ? 2 ** 32 : (1 << size) >>> 0;
  }
}

/** "192.168" for 0xc0a8: written once, since a review may name a million networks. */
function halfText(half: number): string {
  const [first, second] = [half >>> 8, half & 255];
  halves[first] ??= [];
  const row = halves[first];
  row[second] ??= `${first}.${second}`;
  return row[second];
}

/** By first and second byte; filled as they come, since most runs name few. */
const halves: string[][] = [];
const lengths4 = Array.from({ length: 33 }, (_, length) => `/${length}`);

function addNetworks6(networks: string[], first: bigint, end: bigint): void {
  for (let at = first; at < end; ) {
    let size = at === 0n ? 128 : lengthOf(at & -at) - 1;
    const room = lengthOf(end - at) - 1;
    if (room < size) size = room;
    networks.push(`${formatAddress('ipv6', at)}/${128 - size}`);
    at += 1n << BigInt(size);
  }
}

/** Bits from the highest one set. */
function lengthOf(value: bigint): number {
  const text = value.toString(16);
  return 4 * text.length - (Math.clz32(Number.parseInt(text.charAt(0), 16)) - 28);
}

/** The ranges as pairs of addresses, both ends included. */
export function toRanges({ family, edges }: AddressSet): readonly (readonly [first: string, last: string])[] {
  const ranges: [string, string][] = [];
  for (let i = 0; i + 1 < edges.length; i += 2)
    ranges.push([
      formatAddress(family, BigInt(edges[i] as Edge)),
      formatAddress(family, BigInt(edges[i + 1] as Edge) - 1n),
    ]);
  return ranges;
}

/** Each address of it by itself: for sets that are known to be small. */
export function addressesOf({ family, edges }: AddressSet): readonly string[] {
  const addresses: string[] = [];
  for (let i = 0; i + 1 < edges.length; i += 2)
    for (let at = edges[i] as Edge; at < (edges[i + 1] as Edge); at = after(at))
      addresses.push(formatAddress(family, BigInt(at)));
  return addresses;
}

/** The position of the first edge above `at`: odd = `at` lies in a range. Binary search. */
export function firstAfter(edges: Edges, at: Edge, from = 0): number {
  let low = from;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as Edge) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Linear in both; where one is much smaller, linear in it and logarithmic in the other. */
export function intersectEdges(a: Edges, b: Edges): Edges {
  if (a.length > b.length) return intersectEdges(b, a);
  const out: Edge[] = [];
  const gallop = a.length * 16 < b.length;
  let j = 0;
  for (let i = 0; i + 1 < a.length; i += 2) {
    const first = a[i] as Edge;
    const end = a[i + 1] as Edge;
    if (gallop) j = firstAfter(b, first, j) & ~1;
    while (j + 1 < b.length && (b[j + 1] as Edge) <= first) j += 2;
    while (j + 1 < b.length && (b[j] as Edge) < end) {
      const otherFirst = b[j] as Edge;
      const otherEnd = b[j + 1] as Edge;
      out.push(otherFirst > first ? otherFirst : first, otherEnd < end ? otherEnd : end);
      if (otherEnd > end) break;
      j += 2;
    }
  }
  return out;
}

/** Whether they have an address in common. Linear in the shorter one, logarithmic in the other. */
export function overlaps(a: Edges, b: Edges): boolean {
  if (a.length > b.length) return overlaps(b, a);
  for (let i = 0, j = 0; i + 1 < a.length; i += 2) {
    // The first range of `b` that ends above where this one of `a` begins.
    j = firstAfter(b, a[i] as Edge, j) & ~1;
    if (j >= b.length) return false;
    if ((b[j] as Edge) < (a[i + 1] as Edge)) return true;
  }
  return false;
}

/** What of `a` is not in `b`. Linear in both. */
export function subtractEdges(a: Edges, b: Edges): Edges {
  const out: Edge[] = [];
  let j = 0;
  for (let i = 0; i + 1 < a.length; i += 2) {
    let first = a[i] as Edge;
    const end = a[i + 1] as Edge;
    while (j + 1 < b.length && (b[j + 1] as Edge) <= first) j += 2;
    for (let k = j; k + 1 < b.length && (b[k] as Edge) < end && first < end; k += 2) {
      if ((b[k] as Edge) > first) out.push(first, b[k] as Edge);
      first = b[k + 1] as Edge;
    }
    if (first < end) out.push(first, end);
  }
  return out;
}

export function unionEdges(a: Edges, b: Edges): Edges {
  const out: Edge[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && (a[i] as Edge) <= (b[j] as Edge));
    if (takeA) {
      append(out, a[i] as Edge, a[i + 1] as Edge);
      i += 2;
    } else {
      append(out, b[j] as Edge, b[j + 1] as Edge);
      j += 2;
    }
  }
  return out;
}

/** Ranges in any order, overlapping or not, as one sorted list. n log n; linear where they come sorted. */
export function normalEdges(pieces: readonly Edges[]): Edges {
  let sorted = true;
  const [firsts, ends]: [Edge[], Edge[]] = [[], []];
  for (const piece of pieces)
    for (let i = 0; i + 1 < piece.length; i += 2) {
      const at = firsts.push(piece[i] as Edge) - 1;
      ends.push(piece[i + 1] as Edge);
      if (at > 0 && (firsts[at] as Edge) < (firsts[at - 1] as Edge)) sorted = false;
    }
  const out: Edge[] = [];
  if (sorted) {
    for (let i = 0; i < firsts.length; i++) append(out, firsts[i] as Edge, ends[i] as Edge);
    return out;
  }
  // Each list alone is enough: the ranges have a gap exactly where the next first lies above as many ends as there were firsts.
  const [first, end] = [ascending(firsts), ascending(ends)];
  for (let i = 0; i < first.length; i++) append(out, first[i] as Edge, end[i] as Edge);
  return out;
}

/** Sorting plain numbers natively is many times faster than by a comparison of ours. */
export function ascending(edges: readonly Edge[]): ArrayLike<Edge> {
  return typeof edges[0] === 'number'
    ? new Float64Array(edges as readonly number[]).sort()
    : [...edges].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Adds a range that does not begin before the last one. */
function append(out: Edge[], first: Edge, end: Edge): void {
  const last = out.length - 1;
  if (last >= 0 && first <= (out[last] as Edge)) {
    if (end > (out[last] as Edge)) out[last] = end;
  } else out.push(first, end);
}

export type ParsedNetwork =
  | { readonly kind: 'network'; readonly family: Family; readonly network: Cidr }
  | { readonly kind: 'bad'; readonly why: string };

/**
 * Reads one address or network as people write it ("10.0.0.5", "10.0.0.0/24", "fd00::/8"): strictly, since a network wider than
 * meant lets in more than meant. Refused: host bits beside the mask, zones, IPv4 written inside IPv6, shorthand such as "10.1".
 */
export function parseNetwork(text: string): ParsedNetwork {
  const bad = (why: string): ParsedNetwork => ({ kind: 'bad', why });
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
  const [addressText = '', prefixText, ...more] = text.split('/');
  const address = parseAddress(addressText);
  if (!address || more.length > 0)
    return bad(`${shown} is not an IP address or network such as 192.168.1.20 or 192.168.1.0/24`);
  if (typeof address.bits === 'bigint' && address.bits >> 32n === 0xffffn)
    return bad(`${shown} is an IPv4 address written as IPv6: write it as IPv4`);
  const width = bitsOf(address.family);
  if (prefixText !== undefined && !/^(0|[1-9][0-9]{0,2})$/.test(prefixText))
    return bad(`${shown} has no whole number from 0 to ${width} after the slash`);
  const prefix = prefixText === undefined ? width : Number(prefixText);
  if (prefix > width) return bad(`${shown} has no whole number from 0 to ${width} after the slash`);
  const network = networkOf(address.family, address.bits, prefix);
  if (edgesOf(network)[0] !== address.bits)
    return bad(
      `${shown} is one address in a network: write ${network} for the network, or ${addressText} for the one address`,
    );
  return { kind: 'network', family: address.family, network };
}

/** The network that an address with this prefix length lies in, as canonical CIDR; null when that is no address. */
export function networkAround(address: string, prefix: number): Cidr | null {
  const parsed = parseAddress(address);
  if (!parsed || !Number.isInteger(prefix) || prefix < 0 || prefix > bitsOf(parsed.family)) return null;
  return networkOf(parsed.family, parsed.bits, prefix);
}

/** Text that is known to be a network; throws where the program itself is wrong. */
export function cidr(text: string): Cidr {
  const parsed = parseNetwork(text);
  if (parsed.kind === 'bad') throw new Error(parsed.why);
  return parsed.network;
}

/** The address in its canonical text, or null. */
export function canonicalAddress(text: string): string | null {
  const parsed = parseAddress(text);
  return parsed && formatAddress(parsed.family, BigInt(parsed.bits));
}

export function familyOf(address: string): Family | null {
  return parseAddress(address)?.family ?? null;
}

/** IPv4 only in its one canonical spelling, read here since a ruleset may have a hundred thousand; IPv6 in all of its many. */
function parseAddress(text: string): { readonly family: Family; readonly bits: Edge } | null {
  const bits = bitsOfQuad(text);
  if (bits !== null) return { family: 'ipv4', bits };
  if (text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text))
    return { family: 'ipv6', bits: toBits(ipaddr.IPv6.parse(text).parts) };
  return null;
}

/** Four numbers from 0 to 255 without leading zeros, or null. */
function bitsOfQuad(text: string): number | null {
  if (text.length < 7 || text.length > 15) return null;
  // Not all in one pattern: one that takes an array apart walks an iterator, which a process that has just started feels.
  let bits = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit === -2) {
      if (digits === 0 || dots === 3) return null;
      bits = bits * 256 + part;
      part = digits = 0;
      dots++;
    } else {
      if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return null;
      part = part * 10 + digit;
      if (part > 255) return null;
      digits++;
    }
  }
  return dots === 3 && digits > 0 ? bits * 256 + part : null;
}

function toBits(parts: readonly number[]): bigint {
  return parts.reduce((bits, part) => (bits << 16n) | BigInt(part), 0n);
}

function formatAddress(family: Family, bits: bigint): string {
  if (family === 'ipv4') return `${halfText(Number(bits >> 16n))}.${halfText(Number(bits & 0xffffn))}`;
  const digits = bits.toString(16).padStart(32, '0');
  const parts: number[] = [];
  for (let i = 0; i < 32; i += 4) parts.push(Number.parseInt(digits.slice(i, i + 4), 16));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

function networkOf(family: Family, bits: Edge, prefix: number): Cidr {
  const rest = BigInt(bitsOf(family) - prefix);
  return `${formatAddress(family, (BigInt(bits) >> rest) << rest)}/${prefix}` as Cidr;
}

function networkEdges(family: Family, bits: Edge, prefix: number): Edges {
  if (typeof bits === 'number') {
    const size = 2 ** (32 - prefix);
    const first = bits - (bits % size);
    return [first, first + size];
  }
  const rest = BigInt(bitsOf(family) - prefix);
  const first = (bits >> rest) << rest;
  return [first, first + (1n << rest)];
}

function edgesOf(network: Cidr): Edges {
  const set = setOfText(network);
  if (!set) throw new Error(`${network} is not a network`);
  return set.edges;
}

const after = (at: Edge): Edge => (typeof at === 'number' ? at + 1 : at + 1n);
const bitsOf = (family: Family): number => (family === 'ipv4' ? 32 : 128);
const boundsOf = (family: Family): readonly [Edge, Edge] => (family === 'ipv4' ? [0, 2 ** 32] : [0n, 1n << 128n]);
const allEdges: Readonly<Record<Family, Edges>> = { ipv4: boundsOf('ipv4'), ipv6: boundsOf('ipv6') };
