// What a field of an nftables expression is: in plain words, and what it takes for granted.
import type { Condition } from '../program';
import { field, single } from './ruleset';
import { protocolNumbers } from './values';

/** What can't be judged, in plain words. */
export function describe(left: unknown): string {
  const { kind, body } = single(left);
  const key = field(body, 'key') ?? field(body, 'field') ?? field(body, 'name');
  const words = typeof key === 'string' ? key : '';
  switch (kind) {
    case 'payload': {
      const protocol = field(body, 'protocol');
      return protocol === undefined ? 'raw bytes of the packet' : `the packet's ${String(protocol)} ${words}`;
    }
    case 'meta':
      return metaWords.get(words) ?? `the packet's ${words}`;
    case 'ct':
      return `the connection's ${words}`;
    case 'fib':
      return "the PC's routes";
    case 'socket':
      return 'which program waits for it';
    case 'numgen':
    case 'jhash':
    case 'symhash':
      return 'chance';
    case '&':
      return Array.isArray(body) ? describe(body[0]) : 'a masked value';
    case 'concat':
      return Array.isArray(body) ? body.map(describe).join(' and ') : 'several values';
    case 'exthdr':
    case 'ip option':
    case 'tcp option':
      return `the packet's ${kind === 'exthdr' ? 'IPv6 header' : kind} ${words}`;
    default:
      return `"${kind}", which this program does not know`;
  }
}

const metaWords: ReadonlyMap<string, string> = new Map([
  ['time', 'the time'],
  ['hour', 'the time of day'],
  ['day', 'the day of the week'],
  ['skuid', 'which user it belongs to'],
  ['skgid', 'which group it belongs to'],
]);

export const unsure = (left: unknown): Condition => ({ kind: 'unsure', why: `depends on ${describe(left)}` });

/** What a field takes for granted whatever it is compared with: its protocol and family. */
export function implied(left: unknown): readonly Condition[] {
  const { kind, body } = single(left);
  if (kind === '&' && Array.isArray(body)) return implied(body[0]);
  if (kind === 'tcp option') return tcp;
  if (kind === 'ip option') return [{ kind: 'family', families: ['ipv4'] }];
  if (kind !== 'payload') return [];
  const protocol = field(body, 'protocol');
  if (protocol === 'ip') return [{ kind: 'family', families: ['ipv4'] }];
  if (protocol === 'ip6') return [{ kind: 'family', families: ['ipv6'] }];
  if (protocol === 'arp') return [{ kind: 'never' }];
  const number = typeof protocol === 'string' ? protocolNumbers.get(protocol) : undefined;
  return number === undefined ? [] : [{ kind: 'protocol', protocols: [number], negated: false }];
}

export const tcp: readonly Condition[] = [{ kind: 'protocol', protocols: [6], negated: false }];

const withPorts = [6, 17, 33, 132, 136];
/** IP protocols with ports that a payload expression's protocol stands for; null = it has none. */
export function portProtocols(protocol: unknown): readonly number[] | null {
  if (protocol === 'th') return withPorts;
  const number = typeof protocol === 'string' ? protocolNumbers.get(protocol) : undefined;
  return number !== undefined && withPorts.includes(number) ? [number] : null;
}
