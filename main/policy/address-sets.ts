// Sets of IP addresses as sorted, disjoint ranges: the one algebra that every firewall language is judged with.
import ipaddr from 'ipaddr.js';
import type { Cidr, Family } from '../model/address';

/** Inclusive bounds. */
type Range = readonly [first: bigint, last: bigint];

export interface AddressSet {
  readonly family: Family;
  /** Sorted, disjoint, not touching. */
  readonly ranges: readonly Range[];
}

export const nothing = (family: Family): AddressSet => ({ family, ranges: [] });
export const everything = (family: Family): AddressSet => ({ family, ranges: [[0n, highest(family)]] });

/** The set of all addresses in these networks. */
export function setOf(family: Family, networks: readonly Cidr[]): AddressSet {
  return normal(family, networks.map(rangeOf));
}

/** All addresses from `first` to `last`, both included; null when they are not two addresses of one family in order. */
export function setOfRange(first: string, last: string): AddressSet | null {
  const [a, b] = [parseAddress(first), parseAddress(last)];
  if (a === null || b === null || a.family !== b.family || a.bits > b.bits) return null;
  return { family: a.family, ranges: [[a.bits, b.bits]] };
}

/** Linear in the number of ranges of both. */
export function union(a: AddressSet, b: AddressSet): AddressSet {
  return normal(a.family, [...a.ranges, ...b.ranges]);
}

/** n log n for any number of sets at once. */
export function unionAll(family: Family, sets: readonly AddressSet[]): AddressSet {
  return normal(
    family,
    sets.flatMap((set) => set.ranges),
  );
}

export function intersection(a: AddressSet, b: AddressSet): AddressSet {
  const ranges: Range[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a.ranges[i], b.ranges[j]];
    if (!x || !y) return { family: a.family, ranges };
    const first = x[0] > y[0] ? x[0] : y[0];
    const last = x[1] < y[1] ? x[1] : y[1];
    if (first <= last) ranges.push([first, last]);
    if (x[1] < y[1]) i++;
    else j++;
  }
}

export function complement(a: AddressSet): AddressSet {
  const ranges: Range[] = [];
  let next = 0n;
  for (const [first, last] of a.ranges) {
    if (first > next) ranges.push([next, first - 1n]);
    next = last + 1n;
  }
  if (next <= highest(a.family)) ranges.push([next, highest(a.family)]);
  return { family: a.family, ranges };
}

export const difference = (a: AddressSet, b: AddressSet): AddressSet => intersection(a, complement(b));
export const isEmpty = (a: AddressSet): boolean => a.ranges.length === 0;
export const isWithin = (a: AddressSet, b: AddressSet): boolean => isEmpty(difference(a, b));

/** The fewest networks that make up exactly this set, sorted. */
export function toNetworks(a: AddressSet): readonly Cidr[] {
  const width = bitsOf(a.family);
  const networks: Cidr[] = [];
  for (const [first, last] of a.ranges) {
    let at = first;
    while (at <= last) {
      let size = 0;
      while (size < width && (at & (1n << BigInt(size))) === 0n && at + (1n << BigInt(size + 1)) - 1n <= last) size++;
      networks.push(`${formatAddress(a.family, at)}/${width - size}` as Cidr);
      at += 1n << BigInt(size);
    }
  }
  return networks;
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
  if (address.family === 'ipv6' && address.bits >> 32n === 0xffffn)
    return bad(`${shown} is an IPv4 address written as IPv6: write it as IPv4`);
  const width = bitsOf(address.family);
  if (prefixText !== undefined && !/^(0|[1-9][0-9]{0,2})$/.test(prefixText))
    return bad(`${shown} has no whole number from 0 to ${width} after the slash`);
  const prefix = prefixText === undefined ? width : Number(prefixText);
  if (prefix > width) return bad(`${shown} has no whole number from 0 to ${width} after the slash`);
  const network = networkOf(address.family, address.bits, prefix);
  if (rangeOf(network)[0] !== address.bits)
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
  return parsed && formatAddress(parsed.family, parsed.bits);
}

export function familyOf(address: string): Family | null {
  return parseAddress(address)?.family ?? null;
}

function parseAddress(text: string): { readonly family: Family; readonly bits: bigint } | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text))
    return { family: 'ipv4', bits: toBits(ipaddr.IPv4.parse(text).toByteArray()) };
  if (!text.includes('%') && ipaddr.IPv6.isValid(text))
    return { family: 'ipv6', bits: toBits(ipaddr.IPv6.parse(text).toByteArray()) };
  return null;
}

function toBits(bytes: readonly number[]): bigint {
  return bytes.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

function formatAddress(family: Family, bits: bigint): string {
  const bytes = Array.from({ length: bitsOf(family) / 8 }, (_, i) =>
    Number((bits >> BigInt(bitsOf(family) - 8 - 8 * i)) & 0xffn),
  );
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}

function networkOf(family: Family, bits: bigint, prefix: number): Cidr {
  const rest = BigInt(bitsOf(family) - prefix);
  return `${formatAddress(family, (bits >> rest) << rest)}/${prefix}` as Cidr;
}

function rangeOf(network: Cidr): Range {
  const [address = '', prefix = ''] = network.split('/');
  const parsed = parseAddress(address);
  if (!parsed) throw new Error(`${network} is not a network`);
  const rest = BigInt(bitsOf(parsed.family) - Number(prefix));
  return [parsed.bits, parsed.bits | ((1n << rest) - 1n)];
}

function normal(family: Family, ranges: readonly Range[]): AddressSet {
  const sorted = [...ranges].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const merged: [bigint, bigint][] = [];
  for (const [first, last] of sorted) {
    const open = merged.at(-1);
    if (open && first <= open[1] + 1n) {
      if (last > open[1]) open[1] = last;
    } else merged.push([first, last]);
  }
  return { family, ranges: merged };
}

const bitsOf = (family: Family): number => (family === 'ipv4' ? 32 : 128);
const highest = (family: Family): bigint => (1n << BigInt(bitsOf(family))) - 1n;
