// What a field of an nftables expression is, and what it takes for granted.
import { type Message, message } from '../../../model/message';
import type { Condition } from '../program';
import { field, single } from './ruleset';
import { protocolNumbers } from './values';

/** What can't be judged. */
export function describe(left: unknown): Message {
  const { kind, body } = single(left);
  const key = field(body, 'key') ?? field(body, 'field') ?? field(body, 'name');
  const words = typeof key === 'string' ? key : '';
  switch (kind) {
    case 'payload': {
      const protocol = field(body, 'protocol');
      return protocol === undefined
        ? message('netfilter.field.raw')
        : message('netfilter.field.payload', { protocol: String(protocol), field: words });
    }
    case 'meta':
      return metaFields.get(words) ?? message('netfilter.field.meta', { field: words });
    case 'ct':
      return message('netfilter.field.connection', { field: words });
    case 'fib':
      return message('netfilter.field.routes');
    case 'socket':
      return message('netfilter.field.socket');
    case 'numgen':
    case 'jhash':
    case 'symhash':
      return message('netfilter.field.chance');
    case '&':
      return Array.isArray(body) ? describe(body[0]) : message('netfilter.field.masked');
    case 'concat':
      return Array.isArray(body)
        ? message('netfilter.field.several', { fields: body.map(describe) })
        : message('netfilter.field.several-values');
    case 'exthdr':
    case 'ip option':
    case 'tcp option':
      return kind === 'exthdr'
        ? message('netfilter.field.ipv6-header', { field: words })
        : message('netfilter.field.option', { kind, field: words });
    default:
      return message('netfilter.field.unknown', { kind });
  }
}

const metaFields: ReadonlyMap<string, Message> = new Map([
  ['time', message('netfilter.field.time')],
  ['hour', message('netfilter.field.hour')],
  ['day', message('netfilter.field.day')],
  ['skuid', message('netfilter.field.user')],
  ['skgid', message('netfilter.field.group')],
]);

export const unsure = (left: unknown): Condition => ({
  kind: 'unsure',
  why: message('netfilter.depends', { field: describe(left) }),
});

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
