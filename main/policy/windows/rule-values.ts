// The values of a rule's fields: ports, addresses, protocols, platforms. Each is read as far as it can be, and says what is wrong with it. Pure.

import type { Family } from '../../model/address';
import { type Message, message } from '../../model/message';
import { type AddressSet, setOfRange, setOfText } from '../address-sets';

/** What was read, and why it is not as the specification has it; null = it is. */
export interface ReadValue<T> {
  readonly value: T;
  readonly wrong: Message | null;
  /** A spelling that the specification lacks, and that shipped rules have all the same; null = none. */
  readonly odd?: Message;
}

export type Port =
  | { readonly kind: 'range'; readonly first: number; readonly last: number }
  /** In lower case: "rpc", "rpc-epmap", "teredo", ... */
  | { readonly kind: 'keyword'; readonly word: string }
  | { readonly kind: 'not-understood' };

/** Words for ports that Windows fills in by itself [MS-FASP 2.2.11 FW_PORT_KEYWORD]. */
export const portKeywords: ReadonlySet<string> = new Set([
  ...['rpc', 'rpc-epmap', 'teredo', 'iptlsin', 'iphttpsin', 'iptlsout', 'iphttpsout', 'ply2disc', 'dhcp', 'mdns'],
  ...['tcpcdpsvc', 'cortanaout'],
]);

/** What a field of ports takes [MS-GPFAS 2.2.2.2 and 2.2.2.19]: LPort one port, LPort2_10 ranges, later ones words alone. */
export type PortField = 'port' | 'range' | 'word';

/** One field's ports. */
export function readPorts(text: string, field: PortField): ReadValue<readonly Port[]> {
  const parts = text.split(',');
  const ports = parts.map((part) => readPort(part, field));
  const wrong = ports.find((port) => port.wrong !== null)?.wrong ?? null;
  const odd =
    parts.length > 1 ? message('windows-rules.value.commas') : ports.find((port) => port.odd !== undefined)?.odd;
  return { value: ports.map(({ value }) => value), wrong, ...(odd === undefined ? {} : { odd }) };
}

function readPort(written: string, field: PortField): ReadValue<Port> {
  const text = written.trim();
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (first !== undefined) {
    const [from, to] = [Number(first), Number(last ?? first)];
    if (from > to || to > 65_535)
      return { value: { kind: 'not-understood' }, wrong: message('windows-rules.value.ports') };
    const value = { kind: 'range', first: from, last: to } as const;
    const wrong =
      text !== written
        ? message('windows-rules.value.spaces')
        : from === 0
          ? message('windows-rules.value.port-0')
          : field === (last === undefined ? 'port' : 'range')
            ? null
            : message(last === undefined ? 'windows-rules.value.single-port' : 'windows-rules.value.range');
    return { value, wrong, ...oddNumber(first, last ?? '1') };
  }
  const versioned = field !== 'port';
  const word = text.toLowerCase();
  const isWord = versioned ? /^[a-z][a-z0-9-]*$/.test(word) : /^(?:rpc|rpc-epmap|teredo)$/.test(word);
  return isWord
    ? { value: { kind: 'keyword', word }, wrong: null }
    : {
        value: portKeywords.has(word) ? { kind: 'keyword', word } : { kind: 'not-understood' },
        wrong: message('windows-rules.value.port'),
      };
}

/** The grammar would have zeros before a number [MS-GPFAS 2.2.2.2], but Windows writes none, and what it makes of them was not seen. */
function oddNumber(...texts: readonly string[]): { readonly odd?: Message } {
  return texts.some((text) => /^0\d/.test(text)) ? { odd: message('windows-rules.value.zeros') } : {};
}

export type Address =
  | { readonly kind: 'set'; readonly set: AddressSet }
  | { readonly kind: 'local-subnet' }
  /** Filled in by Windows from what it knows of the network; as written. */
  | { readonly kind: 'keyword'; readonly word: string }
  | { readonly kind: 'not-understood' };

const remoteKeywords: readonly string[] = ['dns', 'dhcp', 'wins', 'defaultgateway'];

/** An entry of RA4, RA6, LA4 or LA6. */
export function readAddress(text: string, family: Family, side: 'local' | 'remote'): ReadValue<Address> {
  const read = setOfAddress(text, family);
  if (read !== null) return { value: { kind: 'set', set: read.set }, wrong: read.wrong };
  const word = text.toLowerCase();
  const isKeyword = word === 'localsubnet' || remoteKeywords.includes(word);
  if (!isKeyword) return { value: { kind: 'not-understood' }, wrong: message(`windows-rules.value.address-${family}`) };
  return {
    value: word === 'localsubnet' ? { kind: 'local-subnet' } : { kind: 'keyword', word: text },
    wrong: side === 'local' ? message('windows-rules.value.remote-word') : null,
  };
}

/** An entry of RA42 or RA62: words only. */
export function readAddressKeyword(text: string): ReadValue<Address> {
  const isWord = /^[A-Za-z][A-Za-z0-9]*$/.test(text);
  if (text.toLowerCase() === 'localsubnet')
    return { value: { kind: 'local-subnet' }, wrong: message('windows-rules.value.ra-word') };
  return isWord
    ? { value: { kind: 'keyword', word: text }, wrong: null }
    : { value: { kind: 'not-understood' }, wrong: message('windows-rules.value.no-word') };
}

interface ReadSet {
  readonly set: AddressSet;
  readonly wrong: Message | null;
}

/** Address, "a-b" with both ends, "a/length", for IPv4 also "a/mask" [MS-FASP 2.2.4 to 2.2.10]; null where it is none of the family. */
function setOfAddress(text: string, family: Family): ReadSet | null {
  const dash = text.indexOf('-');
  if (dash > 0) {
    const first = text.slice(0, dash);
    const last = text.slice(dash + 1);
    const set = setOfRange(first, last);
    if (set === null || set.family !== family) return null;
    // Of IPv4 a range may begin with 0.0.0.0: only that of IPv6 may not have the unspecified address [MS-FASP 2.2.8 and 2.2.10].
    const begin = isUnspecified4(first) && first !== last ? null : wrongEnd(first, family);
    return { set, wrong: begin ?? wrongEnd(last, family) };
  }
  const slash = text.indexOf('/');
  if (slash < 0) {
    const set = setOfText(text);
    return set === null || set.family !== family ? null : { set, wrong: wrongStart(set) };
  }
  const address = text.slice(0, slash);
  const mask = text.slice(slash + 1);
  const length = family === 'ipv4' && mask.includes('.') ? lengthOfMask(mask) : mask;
  const set = length === null ? null : setOfText(`${address}/${length}`);
  if (set === null || set.family !== family) return null;
  // The same of networks [MS-FASP 2.2.4 and 2.2.6].
  const isFromZero = isUnspecified4(address) && Number(length) < 32;
  const wrong =
    Number(length) === 0 ? message('windows-rules.value.length-0') : isFromZero ? null : wrongEnd(address, family);
  return { set, wrong };
}

const isUnspecified4 = (address: string): boolean => address === '0.0.0.0';

function wrongEnd(address: string, family: Family): Message | null {
  const set = setOfText(address);
  return set === null || set.family !== family ? message('windows-rules.value.address') : wrongStart(set);
}

/** Loopback and unspecified addresses [MS-FASP 2.2.24 ADDR_V4 and ADDR_V6]. */
function wrongStart({ edges }: AddressSet): Message | null {
  const first = edges[0];
  const isRefused =
    typeof first === 'bigint' ? first < 2n : first === 0 || (first !== undefined && first >>> 24 === 127);
  return isRefused ? message('windows-rules.value.refused') : null;
}

/** null where the mask's ones are not together. */
function lengthOfMask(mask: string): string | null {
  const edge = setOfText(mask)?.edges[0];
  if (typeof edge !== 'number') return null;
  const length = Math.clz32(~edge);
  return edge === (length === 0 ? 0 : (-1 << (32 - length)) >>> 0) ? String(length) : null;
}

/** null = any. Names are not in the specification, and in shipped rules. */
export function readProtocol(text: string): ReadValue<number | null> {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return { value: Number(text), wrong: null, ...oddNumber(text) };
  const named = protocolNames.get(text.toLowerCase());
  if (named !== undefined) return { value: named, wrong: null, odd: message('windows-rules.value.protocol-word') };
  return {
    value: null,
    wrong:
      text === '256' || text.toLowerCase() === 'any'
        ? message('windows-rules.value.any-protocol')
        : message('windows-rules.value.protocol'),
  };
}

const protocolNames = new Map([
  ['tcp', 6],
  ['udp', 17],
  ['icmpv4', 1],
  ['icmpv6', 58],
]);

export interface PlatformCondition {
  readonly major: number;
  readonly minor: number;
  /** And later versions (Platform2=GTEQ after it). */
  readonly orLater: boolean;
}

/** "2:6:2": platform (2 = Windows NT), major and minor version [MS-FASP 2.2.29]. */
export function readPlatform(text: string): ReadValue<PlatformCondition | null> {
  const [, platform, major, minor] = /^(\d{1,3}):(\d{1,3}):(\d{1,3})$/.exec(text) ?? [];
  if (major === undefined || minor === undefined)
    return { value: null, wrong: message('windows-rules.value.platform') };
  const value = { major: Number(major), minor: Number(minor), orLater: false };
  return platform === '2'
    ? { value, wrong: null }
    : { value: null, wrong: message('windows-rules.value.other-platform') };
}
