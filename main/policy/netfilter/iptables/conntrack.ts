// What "-m conntrack" and "-m state" say about a connection's first packet.

import type { Family } from '../../../model/address';
import { message } from '../../../model/message';
import type { Condition, ConnectionState } from '../program';
import type { Option } from './rule-words';
import {
  addressCondition,
  addressesOf,
  exactly,
  portProtocols,
  portRange,
  protocolNumber,
  type Side,
  unsure,
} from './values';

/** A packet that has a connection: every other field of conntrack needs one (xt_conntrack's conntrack_mt). */
export const tracked: Condition = { kind: 'state', states: ['invalid', 'untracked'], negated: true };

/** "-m state --state X,Y"; null for words that are no states. */
export function stateConditions(words: string, negated: boolean): readonly Condition[] | null {
  const states: ConnectionState[] = [];
  const tuples: Condition[][] = [];
  for (const word of words.split(',')) {
    const state = stateNames.get(word.toUpperCase());
    if (state) states.push(state);
    else if (word.toUpperCase() === 'DNAT') tuples.push([{ kind: 'translated', negated: false }]);
    else if (word.toUpperCase() === 'SNAT') tuples.push([unsure(message('netfilter.source-translated'))]);
    else return null;
  }
  const state: Condition = { kind: 'state', states, negated: false };
  if (tuples.length === 0) return [{ ...state, negated }];
  if (states.length > 0) tuples.push([state]);
  return [{ kind: 'any-of', tuples, negated, exact: true, why: message('netfilter.connection-state', { words }) }];
}

/** "-m conntrack" with all its options; null when one of them can't be read. */
export function conntrackConditions(options: readonly Option[], family: Family): readonly Condition[] | null {
  let state: readonly Condition[] | null = null;
  const others: Condition[] = [];
  for (const option of options) {
    const [value = ''] = option.words;
    if (option.name === '--ctstate') {
      state = stateConditions(value, option.negated);
      if (!state) return null;
    } else {
      const conditions = otherConditions(option, value, family);
      if (!conditions) return null;
      others.push(...conditions);
    }
  }
  if (state && options.length === 1) return state;
  if (!state) return [tracked, ...others];
  // A packet without a connection whose state fits matches whatever the other options say.
  const loose: Condition = { kind: 'state', states: ['invalid', 'untracked'], negated: false };
  return [
    ...state,
    {
      kind: 'any-of',
      tuples: [[loose], others],
      negated: false,
      exact: true,
      why: message('netfilter.connection-fields'),
    },
  ];
}

const stateNames: ReadonlyMap<string, ConnectionState> = new Map([
  ['NEW', 'new'],
  ['ESTABLISHED', 'established'],
  ['RELATED', 'related'],
  ['INVALID', 'invalid'],
  ['UNTRACKED', 'untracked'],
]);

function otherConditions(option: Option, value: string, family: Family): readonly Condition[] | null {
  const { negated } = option;
  switch (option.name) {
    case '--ctproto': {
      const protocol = protocolNumber(value);
      return protocol === null ? null : [{ kind: 'protocol', protocols: [protocol], negated }];
    }
    // The reply goes back to the sender: on the way in, source NAT has not happened yet.
    case '--ctorigsrc':
    case '--ctrepldst':
      return addressConditions('source', family, value, negated);
    case '--ctreplsrc':
      return addressConditions('destination', family, value, negated);
    case '--ctorigdst':
      return originalDestination(family, value, negated);
    case '--ctorigsrcport':
    case '--ctrepldstport':
      return portConditions('source', value, negated, false);
    case '--ctreplsrcport':
      return portConditions('destination', value, negated, false);
    case '--ctorigdstport':
      return portConditions('destination', value, negated, true);
    case '--ctstatus':
      return statusConditions(value, negated);
    case '--ctdir':
      if (negated || !/^(ORIGINAL|REPLY)$/i.test(value)) return null;
      return value.toUpperCase() === 'ORIGINAL' ? [] : [{ kind: 'never' }];
    case '--ctexpire':
      return [unsure(message('netfilter.expires', { text: value }))];
    default:
      return null;
  }
}

function addressConditions(side: Side, family: Family, value: string, negated: boolean): readonly Condition[] | null {
  const members = addressesOf(family, value);
  return members && [addressCondition(side, exactly(members), negated, null)];
}

/** The address the sender asked for: the packet's own one unless a NAT rule has changed that. */
function originalDestination(family: Family, value: string, negated: boolean): readonly Condition[] | null {
  const members = addressesOf(family, value);
  if (!members) return null;
  const tuples: readonly (readonly Condition[])[] = [
    [{ kind: 'translated', negated: false }, unsure(message('netfilter.before-translation', { text: value }))],
    [{ kind: 'translated', negated: true }, addressCondition('destination', exactly(members), negated, null)],
  ];
  return [
    {
      kind: 'any-of',
      tuples,
      negated: false,
      exact: true,
      why: message('netfilter.written', { text: `--ctorigdst ${value}` }),
    },
  ];
}

function portConditions(side: Side, value: string, negated: boolean, original: boolean): readonly Condition[] | null {
  const range = portRange(value);
  return range && [{ kind: 'port', side, protocols: portProtocols, ranges: [range], negated, original }];
}

/** A first packet's connection is neither confirmed, assured, answered nor expected; DNAT has its own condition. */
function statusConditions(value: string, negated: boolean): readonly Condition[] | null {
  const words = value.toUpperCase().split(',');
  if (!words.every((word) => statusNames.includes(word))) return null;
  const tuples: Condition[][] = [];
  if (words.includes('DNAT')) tuples.push([{ kind: 'translated', negated: false }]);
  if (words.includes('SNAT')) tuples.push([unsure(message('netfilter.source-translated'))]);
  if (tuples.length > 0)
    return [
      {
        kind: 'any-of',
        tuples,
        negated,
        exact: true,
        why: message('netfilter.written', { text: `--ctstatus ${value}` }),
      },
    ];
  return negated ? [] : [{ kind: 'never' }];
}

const statusNames = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED', 'SNAT', 'DNAT'];
