// Addresses as numbers for the differential test; apart from the product's own algebra on purpose, so that a fault there shows.
import ipaddr from 'ipaddr.js';
import type { Random } from './random';

export type Version = 4 | 6;

/** Both ends included. */
export interface Span {
  readonly version: Version;
  readonly first: bigint;
  readonly last: bigint;
}

const widths = { 4: 32, 6: 128 } as const;

export function writeAddress(version: Version, value: bigint): string {
  const bytes = Array.from({ length: widths[version] / 8 }, (_, index) =>
    Number((value >> BigInt(widths[version] - 8 - index * 8)) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** "10.0.0.0/8", "10.0.0.1-10.0.0.9" or one address. Throws on anything else. */
export function readSpan(text: string): Span {
  const [from, to] = text.split('-');
  if (to !== undefined) return { ...readSpan(from ?? ''), last: readSpan(to).first };
  const [address, length] = text.split('/');
  const version = text.includes(':') ? 6 : 4;
  const parsed = version === 6 ? ipaddr.IPv6.parse(address ?? '') : ipaddr.IPv4.parse(address ?? '');
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return spanOf(version, value, length === undefined ? widths[version] : Number(length));
}

/** The network of this prefix length that holds the address. */
function spanOf(version: Version, address: bigint, length: number): Span {
  const rest = (1n << BigInt(widths[version] - length)) - 1n;
  const first = (address | rest) ^ rest;
  return { version, first, last: first | rest };
}

export function holds(spans: readonly Span[], version: Version, address: bigint): boolean {
  return spans.some((span) => span.version === version && span.first <= address && address <= span.last);
}

/** One address, a network or a range, near a place where something is probed; as text and as what it covers. */
export function drawSpan(random: Random, version: Version): { readonly text: string; readonly span: Span } {
  const place = readSpan(random.pick(places[version])).first;
  const near = random.chance(0.3) ? place ^ BigInt(random.below(64)) : place;
  if (random.chance(0.15)) return drawRange(random, version, near);
  const length = random.weigh(lengths[version]);
  const span = spanOf(version, near, length);
  const text = writeAddress(version, span.first);
  return { text: length === widths[version] ? text : `${text}/${length}`, span };
}

function drawRange(random: Random, version: Version, first: bigint): { readonly text: string; readonly span: Span } {
  const room = (1n << BigInt(widths[version])) - 1n - first;
  const wish = BigInt(random.between(1, 300)) << BigInt(random.chance(0.7) ? 0 : random.below(16));
  const last = first + (wish < room ? wish : room);
  return {
    text: `${writeAddress(version, first)}-${writeAddress(version, last)}`,
    span: { version, first, last },
  };
}

/** Several that do not overlap, as a set of nftables wants them. */
export function drawSpans(random: Random, version: Version, count: number, whole = false): readonly string[] {
  const kept: { readonly text: string; readonly span: Span }[] = [];
  for (let i = 0; i < count; i++) {
    const next = whole ? single(random, version) : drawSpan(random, version);
    if (!kept.some(({ span }) => span.first <= next.span.last && next.span.first <= span.last)) kept.push(next);
  }
  return kept.map(({ text }) => text);
}

export function single(random: Random, version: Version): { readonly text: string; readonly span: Span } {
  const place = readSpan(random.pick(places[version])).first ^ BigInt(random.chance(0.3) ? random.below(8) : 0);
  return { text: writeAddress(version, place), span: { version, first: place, last: place } };
}

/** First, last, one before and one after of every address, network and range named in a text. */
export function edgesIn(text: string): readonly Span[] {
  const edges = new Map<string, Span>();
  for (const [named] of text.matchAll(addressLike)) {
    for (const edge of edgesOf(named)) edges.set(`${edge.version} ${edge.first}`, edge);
  }
  return [...edges.values()];
}

const four = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const six = `(?:[0-9a-f]{1,4}:|::)[0-9a-f:]*`;
const addressLike = new RegExp(
  `(?<![\\w.:])(?:${four}(?:-${four}|/\\d{1,2})?|${six}(?:-${six}|/\\d{1,3})?)(?![\\w.:])`,
  'g',
);

function edgesOf(named: string): readonly Span[] {
  let span: Span;
  try {
    span = readSpan(named);
  } catch {
    return [];
  }
  const { version } = span;
  return [span.first - 1n, span.first, span.last, span.last + 1n]
    .filter((value) => value >= 0n && value < 1n << BigInt(widths[version]))
    .map((value) => ({ version, first: value, last: value }));
}

/** Places that are probed, and others that rules like to name. */
const places = {
  4: [
    '10.77.1.20',
    '10.77.1.21',
    '10.77.2.20',
    '10.77.1.128',
    '203.0.113.9',
    '198.51.100.7',
    '192.168.1.5',
    '172.16.3.4',
    '100.64.0.1',
    '8.8.8.8',
  ],
  6: ['fd77:1::20', 'fd77:1::21', 'fd77:2::20', '2001:db8:9::9', '2001:db8:7::7', 'fe80::ff:fe77:120', '2a00:1450::5'],
} as const;

const lengths = {
  4: [
    [35, 32],
    [4, 31],
    [5, 30],
    [5, 28],
    [4, 25],
    [22, 24],
    [5, 20],
    [8, 16],
    [3, 12],
    [6, 8],
    [2, 4],
    [2, 1],
    [1, 0],
  ],
  6: [
    [35, 128],
    [5, 127],
    [5, 124],
    [5, 112],
    [22, 64],
    [8, 48],
    [10, 32],
    [5, 10],
    [3, 7],
    [2, 3],
    [1, 0],
  ],
} as const;
