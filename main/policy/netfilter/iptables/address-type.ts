// What "-m addrtype" says about an address: IPv4 asks the routes for one type, IPv6 joins several tests.

import type { Family } from '../../../model/address';
import { message } from '../../../model/message';
import { cidr, complement, setOf, unionAll } from '../../address-sets';
import type { Condition } from '../program';
import type { Option } from './rule-words';
import { addressCondition, exactly, type Side, unsure } from './values';

/** "--src-type"/"--dst-type A,B" with "--limit-iface-in|out"; null when a word is no type (xt_addrtype's addrtype_mt_v1). */
export function addressTypeConditions(options: readonly Option[], family: Family): readonly Condition[] | null {
  const oneInterface = options.find(({ name }) => name.startsWith('--limit-iface-'));
  const conditions: Condition[] = [];
  for (const { name, words, negated } of options) {
    if (name !== '--src-type' && name !== '--dst-type') continue;
    const types = (words[0] ?? '').toLowerCase().split(',');
    const side = name === '--src-type' ? 'source' : 'destination';
    const read = family === 'ipv4' ? ipv4Conditions(side, types, negated) : ipv6Conditions(side, types, negated);
    if (!read) return null;
    if (oneInterface) {
      const why = message('netfilter.one-interface', { written: `${name} ${words[0]} ${oneInterface.name}` });
      // An address of the interface is an address of this PC; the other way round is not certain.
      if (!negated && types.join() === 'local') conditions.push(...read);
      conditions.push(unsure(why));
    } else conditions.push(...read);
  }
  return conditions;
}

const typeNames = [
  'unspec',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
  'xresolve',
];
const routedInIpv6 = ['local', 'anycast', 'unreachable', 'prohibit'];

function ipv4Conditions(side: Side, types: readonly string[], negated: boolean): readonly Condition[] | null {
  return types.every((type) => typeNames.includes(type)) ? [{ kind: 'address-type', side, types, negated }] : null;
}

/** Each of unicast, multicast and unspec must hold, and one of those that the routes tell; a PC's own address is unicast, too. */
function ipv6Conditions(side: Side, types: readonly string[], negated: boolean): readonly Condition[] | null {
  const all: Condition[] = [];
  const routed = types.filter((type) => routedInIpv6.includes(type));
  for (const type of types) {
    const set = ipv6Types.get(type);
    if (set) all.push(addressCondition(side, exactly(set), false, null));
    else if (!routedInIpv6.includes(type)) return null;
  }
  if (routed.length > 0) all.push({ kind: 'address-type', side, types: routed, negated: false });
  if (!negated) return all;
  return [
    {
      kind: 'any-of',
      tuples: [all],
      negated,
      exact: true,
      why: message('netfilter.address-type', { types: types.join() }),
    },
  ];
}

const multicast = setOf('ipv6', [cidr('ff00::/8')]);
const unspecified = setOf('ipv6', [cidr('::/128')]);
const ipv6Types: ReadonlyMap<string, ReturnType<typeof setOf>> = new Map([
  ['multicast', multicast],
  ['unspec', unspecified],
  ['unicast', complement(unionAll('ipv6', [multicast, unspecified]))],
]);
