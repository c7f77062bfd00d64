// The values iptables and ipset write: protocols, ports, marks, interfaces, addresses with masks.
import type { Family } from '../../model/address';
import { type AddressSet, complement, everything, nothing, setOfRange, unionAll } from '../address-sets';
import type { Condition } from '../filter/program';

export const tcp = 6;
/** Protocols whose headers begin with the two ports: TCP, UDP, DCCP, SCTP, UDP-Lite. */
export const portProtocols: readonly number[] = [6, 17, 33, 132, 136];

export type Side = 'source' | 'destination';

/** Two bounds of a set of addresses: certainly out of it is what is not in `may`, certainly in it what is in `must`. */
export interface Members {
  readonly may: AddressSet;
  readonly must: AddressSet;
}

export const exactly = (set: AddressSet): Members => ({ may: set, must: set });

/** The number of an IP protocol from its number or its name in /etc/protocols; 0 = every protocol; null = no known one. */
export function protocolNumber(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 255 ? Number(text) : null;
  return protocolNames.get(text.toLowerCase()) ?? null;
}

export type PortRange = readonly [number, number];

/** One port or "first:last" with either end left out; null for names and what is no range. `dash` parts ipset's and NAT's ranges. */
export function portRange(text: string, dash: ':' | '-' = ':'): PortRange | null {
  const [first = '', last = first, ...more] = text.split(dash);
  const open = dash === ':' && text.includes(':');
  const from = open && first === '' ? 0 : wholeNumber(first, 65535);
  const to = open && last === '' ? 65535 : wholeNumber(last, 65535);
  return more.length > 0 || from === null || to === null || from > to ? null : [from, to];
}

/** A comma list of ports and ranges (multiport); null as soon as one can't be read. */
export function portRanges(text: string): readonly PortRange[] | null {
  const ranges = text.split(',').map((part) => portRange(part));
  return ranges.every((range) => range !== null) ? ranges : null;
}

/** An unsigned 32-bit number as C writes it: decimal, 0x hexadecimal, 0 octal. */
export function uint32(text: string): number | null {
  if (!/^(0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9]\d{0,9})$/.test(text)) return null;
  const octal = /^0[0-7]/.test(text);
  const number = octal ? Number.parseInt(text, 8) : Number(text);
  return number <= 0xffffffff ? number : null;
}

/** "value/mask" with the full mask where none is written. */
export function maskedValue(text: string): { readonly value: number; readonly mask: number } | null {
  const [valueText = '', maskText, ...more] = text.split('/');
  const value = uint32(valueText);
  const mask = maskText === undefined ? 0xffffffff : uint32(maskText);
  return value === null || mask === null || more.length > 0 ? null : { value, mask };
}

/** An interface as iptables names it: "eth+" begins with eth, "+" is every interface, a "*" would be a plain character. */
export function interfaceConditions(side: 'in' | 'out', name: string, negated: boolean): readonly Condition[] {
  if (name === '+') return negated ? [{ kind: 'never' }] : [];
  if (name === '' || name.includes('*')) return [unsure(`an interface called "${name}"`)];
  const wild = name.endsWith('+');
  return [{ kind: 'interface', side, names: [wild ? `${name.slice(0, -1)}*` : name], negated }];
}

/** The addresses of "a", "a/24", "a/255.0.255.0" or a comma list of them; null when that is not addresses of this family. */
export function addressesOf(family: Family, text: string): Members | null {
  const parts = text.split(',').map((part) => maskedAddresses(family, part));
  if (!parts.every((part) => part !== null)) return null;
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return {
    may: unionAll(
      family,
      parts.map(({ may }) => may),
    ),
    must: unionAll(
      family,
      parts.map(({ must }) => must),
    ),
  };
}

/** "a-b", or one address; null when that is no range of this family. */
export function addressRange(family: Family, text: string): AddressSet | null {
  const [first = '', last = first, ...more] = text.split('-');
  const set = setOfRange(first, last);
  return set?.family === family && more.length === 0 ? set : null;
}

/** The addresses that are equal to this one in every bit of the mask. */
export function addressesUnder(family: Family, address: bigint, mask: bigint): Members {
  const all = everything(family);
  const top = all.ranges[0]?.[1] ?? 0n;
  const width = family === 'ipv4' ? 32 : 128;
  let low = 0;
  while (low < width && (mask & (1n << BigInt(low))) === 0n) low++;
  const tail = (1n << BigInt(low)) - 1n;
  const free = [];
  for (let bit = width - 1; bit >= low; bit--) if ((mask & (1n << BigInt(bit))) === 0n) free.push(1n << BigInt(bit));
  // So many ranges would cost more than they tell: the leading bits bound the set from outside.
  if (free.length > 12) {
    const open = ((free[0] ?? 0n) << 1n) - 1n;
    const first = address & ~open & top;
    return { may: { family, ranges: [[first, first | open]] }, must: nothing(family) };
  }
  let starts = [address & mask];
  for (const bit of free) starts = starts.flatMap((start) => [start, start | bit]);
  return exactly(
    unionAll(
      family,
      starts.map((start) => ({ family, ranges: [[start, start | tail]] })),
    ),
  );
}

/** The number behind one address, or null when it is not one of this family. */
export function addressBits(family: Family, text: string): bigint | null {
  const set = setOfRange(text, text);
  return set?.family === family ? (set.ranges[0]?.[0] ?? null) : null;
}

export function addressCondition(side: Side, members: Members, negated: boolean, why: string | null): Condition {
  const [may, must] = negated ? [complement(members.must), complement(members.may)] : [members.may, members.must];
  return { kind: side, family: members.may.family, may, must, why };
}

export const unsure = (why: string): Condition => ({ kind: 'unsure', why });

/** The mask of a prefix length; null when the family has no such length. */
export function prefixMask(family: Family, prefix: number): bigint | null {
  const width = family === 'ipv4' ? 32 : 128;
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > width) return null;
  return ((1n << BigInt(prefix)) - 1n) << BigInt(width - prefix);
}

function maskedAddresses(family: Family, text: string): Members | null {
  const [addressText = '', maskText, ...more] = text.split('/');
  const address = addressBits(family, addressText);
  if (address === null || more.length > 0) return null;
  if (maskText === undefined) return exactly({ family, ranges: [[address, address]] });
  const prefix = wholeNumber(maskText, 128);
  if (prefix !== null) {
    const rest = BigInt((family === 'ipv4' ? 32 : 128) - prefix);
    if (rest < 0n) return null;
    const first = (address >> rest) << rest;
    return exactly({ family, ranges: [[first, first | ((1n << rest) - 1n)]] });
  }
  const mask = addressBits(family, maskText);
  return mask === null ? null : addressesUnder(family, address, mask);
}

function wholeNumber(text: string, highest: number): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= highest ? Number(text) : null;
}

/** IANA's protocol numbers with the names of Debian's /etc/protocols and those iptables brings along. */
const protocolNames: ReadonlyMap<string, number> = new Map(
  Object.entries({
    all: 0,
    ip: 0,
    hopopt: 0,
    icmp: 1,
    igmp: 2,
    ggp: 3,
    ipencap: 4,
    ipv4: 4,
    st: 5,
    tcp: 6,
    egp: 8,
    igp: 9,
    pup: 12,
    udp: 17,
    hmp: 20,
    'xns-idp': 22,
    rdp: 27,
    'iso-tp4': 29,
    dccp: 33,
    xtp: 36,
    ddp: 37,
    'idpr-cmtp': 38,
    ipv6: 41,
    'ipv6-route': 43,
    'ipv6-frag': 44,
    idrp: 45,
    rsvp: 46,
    gre: 47,
    esp: 50,
    'ipsec-esp': 50,
    ah: 51,
    'ipsec-ah': 51,
    skip: 57,
    'ipv6-icmp': 58,
    icmpv6: 58,
    icmp6: 58,
    'ipv6-nonxt': 59,
    'ipv6-opts': 60,
    rspf: 73,
    vmtp: 81,
    eigrp: 88,
    ospf: 89,
    ospfigp: 89,
    'ax.25': 93,
    ipip: 94,
    etherip: 97,
    encap: 98,
    pim: 103,
    ipcomp: 108,
    vrrp: 112,
    l2tp: 115,
    isis: 124,
    sctp: 132,
    fc: 133,
    'mobility-header': 135,
    'ipv6-mh': 135,
    mh: 135,
    udplite: 136,
    'mpls-in-ip': 137,
    manet: 138,
    hip: 139,
    shim6: 140,
    wesp: 141,
    rohc: 142,
  }),
);
