// What each match of iptables ("-m x") says about a connection's first packet, as conditions of the language-neutral form.

import type { Family } from '../../../model/address';
import { message } from '../../../model/message';
import type { Condition, Step } from '../program';
import { addressTypeConditions } from './address-type';
import { conntrackConditions, stateConditions, tracked } from './conntrack';
import { undecidable } from './reasons';
import type { Extension, Option } from './rule-words';
import {
  addressCondition,
  addressRange,
  anyMark,
  exactly,
  maskedValue,
  type PortRange,
  portProtocols,
  portRange,
  portRanges,
  type Side,
  tcp,
  unsure,
} from './values';

export interface MatchContext {
  readonly family: Family;
  /** The one protocol of the rule's "-p", null where there is none or it is negated. */
  readonly protocol: number | null;
  /** An ipset by name with the sides its dimensions are matched with ("src", "dst"); null where its members are not known. */
  readonly membership: (set: string, sides: string, negated: boolean) => readonly Condition[] | null;
}

/** The steps of one match; what can't be decided or read is an unsure condition that says why (iptables-extensions(8)). */
export function stepsOfMatch(match: Extension, context: MatchContext): readonly Step[] {
  if (!match.understood) return [undecidable(match)];
  return readers.get(match.name)?.(match, context) ?? [undecidable(match)];
}

/** null = some value of it can't be read. */
type Reader = (match: Extension, context: MatchContext) => readonly Step[] | null;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['comment', () => []],
  ['tcp', (match, context) => withPorts(tcp, match, context)],
  ['udp', (match, context) => withPorts(17, match, context)],
  ['dccp', (match, context) => withPorts(33, match, context)],
  ['sctp', (match, context) => withPorts(132, match, context)],
  ['udplite', (match, context) => withPorts(136, match, context)],
  ['icmp', (match) => [protocol(1), undecidable(match)]],
  ['icmp6', (match) => [protocol(58), undecidable(match)]],
  ['esp', (match) => [protocol(50), undecidable(match)]],
  ['ipcomp', (match) => [protocol(108), undecidable(match)]],
  ['mh', (match) => [protocol(135), undecidable(match)]],
  // In IPv6 an AH header may stand before TCP's.
  ['ah', (match, { family }) => (family === 'ipv4' ? [protocol(51), undecidable(match)] : null)],
  ['multiport', ({ options }, { protocol: number }) => multiport(options, number === null ? portProtocols : [number])],
  ['iprange', ({ options }, { family }) => each(options, (option, value) => inRange(option, value, family))],
  ['conntrack', ({ options }, { family }) => conntrackConditions(options, family)],
  ['state', ({ options }) => each(options, ({ negated }, value) => stateConditions(value, negated))],
  ['mark', ({ options }) => each(options, ({ negated }, value) => markConditions('packet', value, negated))],
  ['connmark', ({ options }) => each(options, ({ negated }, value) => markConditions('connection', value, negated))],
  ['addrtype', ({ options }, { family }) => addressTypeConditions(options, family)],
  ['set', setMatch],
  ['pkttype', ({ options }) => each(options, packetType)],
  ['physdev', physdev],
  ['owner', owner],
  ['recent', recent],
  ['socket', socket],
]);

/** All options' conditions together; null as soon as one can't be read, or when there is none. */
function each(
  options: readonly Option[],
  read: (option: Option, value: string) => readonly Condition[] | null,
): readonly Condition[] | null {
  const conditions: Condition[] = [];
  for (const option of options) {
    const part = read(option, option.words[0] ?? '');
    if (!part) return null;
    conditions.push(...part);
  }
  return options.length > 0 ? conditions : null;
}

const protocol = (number: number): Condition => ({ kind: 'protocol', protocols: [number], negated: false });

function withPorts(number: number, match: Extension, context: MatchContext): readonly Condition[] {
  const conditions: Condition[] = context.protocol === number ? [] : [protocol(number)];
  let undecided = false;
  for (const { name, words, negated } of match.options) {
    const [value = '', second = ''] = words;
    const side = sideOfPort(name);
    const range = side && portRange(value);
    const flags = name === '--syn' ? synAlone : name === '--tcp-flags' ? tcpFlags(value, second) : null;
    if (side && range)
      conditions.push({ kind: 'port', side, protocols: [number], ranges: [range], negated, original: false });
    else if (flags) conditions.push({ kind: 'tcp-flags', ...flags, negated });
    else undecided = true;
  }
  return undecided ? [...conditions, undecidable(match)] : conditions;
}

function sideOfPort(option: string): Side | null {
  if (option === '--dport' || option === '--destination-port') return 'destination';
  return option === '--sport' || option === '--source-port' ? 'source' : null;
}

const flagNames = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg'];
const synAlone = { mask: ['fin', 'syn', 'rst', 'ack'], set: ['syn'] };

function tcpFlags(
  mask: string,
  set: string,
): { readonly mask: readonly string[]; readonly set: readonly string[] } | null {
  const [maskNames, setNames] = [flagList(mask), flagList(set)];
  return maskNames && setNames && { mask: maskNames, set: setNames };
}

function flagList(text: string): readonly string[] | null {
  if (text === 'ALL') return flagNames;
  if (text === 'NONE') return [];
  const names = text.toLowerCase().split(',');
  return names.every((name) => flagNames.includes(name)) ? names : null;
}

function multiport(options: readonly Option[], protocols: readonly number[]): readonly Condition[] | null {
  return each(options, ({ name, negated }, value) => {
    const ranges = portRanges(value);
    if (!ranges) return null;
    const port = (side: Side, not: boolean): Condition => portCondition(side, protocols, ranges, not);
    if (name === '--ports') {
      const carriesPorts: Condition = { kind: 'protocol', protocols, negated: false };
      const tuples = [[port('source', false)], [port('destination', false)]];
      return [
        carriesPorts,
        {
          kind: 'any-of',
          tuples,
          negated,
          exact: true,
          why: message('netfilter.written', { text: `${name} ${value}` }),
        },
      ];
    }
    return [port(name === '--dports' || name === '--destination-ports' ? 'destination' : 'source', negated)];
  });
}

function portCondition(
  side: Side,
  protocols: readonly number[],
  ranges: readonly PortRange[],
  negated: boolean,
): Condition {
  return { kind: 'port', side, protocols, ranges, negated, original: false };
}

function inRange(option: Option, value: string, family: Family): readonly Condition[] | null {
  const set = addressRange(family, value);
  const side = option.name === '--src-range' ? 'source' : 'destination';
  return set && [addressCondition(side, exactly(set), option.negated, null)];
}

function markConditions(which: 'packet' | 'connection', value: string, negated: boolean): readonly Condition[] | null {
  const mark = maskedValue(value);
  if (!mark) return null;
  const condition: Condition = { kind: 'mark', which, mask: mark.mask, values: [[mark.value, mark.value]], negated };
  return which === 'packet' ? [condition] : [tracked, condition];
}

function setMatch({ options }: Extension, { membership }: MatchContext): readonly Condition[] | null {
  const conditions: Condition[] = [];
  for (const { name, negated, words } of options) {
    const [set = '', sides = ''] = words;
    if (name === '--match-set') {
      const members = membership(set, sides, negated);
      conditions.push(...(members ?? [unsure(message('netfilter.ipset.members', { name: set }))]));
    } else if (name === '--return-nomatch' || name.startsWith('--packets-') || name.startsWith('--bytes-'))
      conditions.push(unsure(message('netfilter.ipset.counts', { written: [name, ...words].join(' ') })));
  }
  return options.some(({ name }) => name === '--match-set') ? conditions : null;
}

/** TCP takes nothing but packets that the link layer addressed to this PC ("unicast"). */
function packetType({ negated }: Option, value: string): readonly Condition[] | null {
  const type = value.toLowerCase();
  if (!['unicast', 'broadcast', 'multicast'].includes(type)) return null;
  const holdsForTcp = (type === 'unicast') !== negated;
  const other: readonly Condition[] = [
    { kind: 'protocol', protocols: [tcp], negated: true },
    unsure(message('netfilter.packet-type', { text: value })),
  ];
  return holdsForTcp
    ? [
        {
          kind: 'any-of',
          tuples: [[protocol(tcp)], other],
          negated: false,
          exact: true,
          why: message('netfilter.written', { text: `--pkt-type ${value}` }),
        },
      ]
    : other;
}

/** The port it leaves by is known only of what a bridge carries on (xt_physdev); by which port it came in is not for rules to say. */
function physdev(match: Extension): readonly Condition[] {
  const conditions = match.options.flatMap(({ name, negated }): readonly Condition[] => {
    if (name === '--physdev-is-bridged' || name === '--physdev-is-out') return [{ kind: 'bridged', negated }];
    return name === '--physdev-out' && !negated
      ? [{ kind: 'bridged', negated }, undecidable(match)]
      : [undecidable(match)];
  });
  return conditions.length > 0 ? conditions : [undecidable(match)];
}

/** Packets that come in have no owner (xt_owner's owner_mt): only a rule that asks for none can match them. */
function owner(match: Extension): readonly Condition[] {
  return match.options.every(({ negated }) => negated) ? [undecidable(match)] : [{ kind: 'never' }];
}

/** "--set" writes the sender down and always matches. */
function recent(match: Extension): readonly Condition[] | null {
  const set = match.options.find(({ name }) => name === '--set');
  if (!set) return null;
  return set.negated ? [{ kind: 'never' }] : [];
}

/** "--restore-skmark" takes over the mark of the program that listens. */
function socket(match: Extension): readonly Step[] | null {
  const takesMark = match.options.some(({ name }) => name === '--restore-skmark');
  return takesMark ? [undecidable(match), anyMark('packet')] : null;
}
