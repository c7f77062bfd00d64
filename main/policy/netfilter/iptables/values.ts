// The values iptables and ipset write: protocols, ports, marks, interfaces, addresses with masks.

import type { Family } from '../../../model/address';
import { type Message, message } from '../../../model/message';
import { type AddressSet, complement, isEmpty, setOfMasked, setOfRange, setOfText, unionAll } from '../../address-sets';
import type { Condition, Step } from '../program';

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
  if (name === '' || name.includes('*')) return [unsure(message('netfilter.iptables.interface', { text: name }))];
  const wild = name.endsWith('+');
  return [{ kind: 'interface', side, names: [wild ? `${name.slice(0, -1)}*` : name], negated }];
}

/** The addresses of "a", "a/24", "a/255.0.255.0" or a comma list of them; null when that is not addresses of this family. */
export function addressesOf(family: Family, text: string): AddressSet | null {
  const parts = text.split(',').map((part) => setOfText(part) ?? setUnderMask(part));
  const sets = parts.filter((set) => set?.family === family && !isEmpty(set));
  if (!sets.every((set) => set !== null) || sets.length !== parts.length) return null;
  return sets.length === 1 ? (sets[0] ?? null) : unionAll(family, sets);
}

/** "a-b", or one address; null when that is no range of this family. */
export function addressRange(family: Family, text: string): AddressSet | null {
  const [first = '', last = first, ...more] = text.split('-');
  const set = setOfRange(first, last);
  return set?.family === family && more.length === 0 ? set : null;
}

/** An exact set, as one object for both bounds, or bounds with the reason why they differ. */
export function addressCondition(side: Side, { may, must }: Members, negated: boolean, why: Message | null): Condition {
  const { family } = may;
  if (may === must) {
    const set = negated ? complement(may) : may;
    return { kind: side, family, may: set, must: set, why: null };
  }
  const reason = why ?? message('netfilter.addresses-unknown');
  if (!negated) return { kind: side, family, may, must, why: reason };
  return { kind: side, family, may: complement(must), must: complement(may), why: reason };
}

/** A mark that may be anything from here on. */
export const anyMark = (which: 'packet' | 'connection'): Step => ({
  kind: 'set-mark',
  which,
  keep: 0,
  xor: 0,
  unknown: 0xffffffff,
});

export const unsure = (why: Message): Condition => ({ kind: 'unsure', why });

function setUnderMask(text: string): AddressSet | null {
  const [address = '', mask = '', ...more] = text.split('/');
  return more.length > 0 ? null : setOfMasked(address, mask);
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
