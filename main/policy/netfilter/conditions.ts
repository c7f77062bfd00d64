// Whether a rule's condition holds for a packet: for which asked addresses it may, and for which it does for certain. Pure.
import { type Message, message } from '../../model/message';
import { type AddressSet, complement, type Edges, firstAfter, intersectEdges, normalEdges } from '../address-sets';
import type { InterfaceClass, Journey, PacketState } from './packet';
import type { Condition } from './program';

/** Asked addresses; "all" stands for every one, so that most conditions cost nothing. */
export type Part = 'all' | Edges;

export interface Held {
  /** The condition holds at most for these. */
  readonly may: Part;
  /** The condition holds at least for these; the same object as `may` where it is exact. */
  readonly must: Part;
  /** What can't be told; null where it is exact. */
  readonly why: Message | null;
}

const none: Edges = [];
export const holdsForAll: Held = { may: 'all', must: 'all', why: null };
const holdsForNone: Held = { may: none, must: none, why: null };
const decided = (holds: boolean): Held => (holds ? holdsForAll : holdsForNone);
const unsure = (why: Message): Held => ({ may: 'all', must: none, why });

export const isNone = (part: Part): boolean => part !== 'all' && part.length === 0;

function intersectParts(a: Part, b: Part): Part {
  if (a === 'all' || a === b) return b;
  return b === 'all' ? a : intersectEdges(a, b);
}

/** Both hold. */
export function both(a: Held, b: Held): Held {
  if (a === holdsForAll) return b;
  if (b === holdsForAll) return a;
  const may = intersectParts(a.may, b.may);
  if (a.why === null && b.why === null) return { may, must: may, why: null };
  return {
    may,
    must: intersectParts(a.must, b.must),
    why: a.why === null || b.why === null ? (a.why ?? b.why) : message('netfilter.both', { whys: [a.why, b.why] }),
  };
}

/** Where the condition holds for this packet in this state (nft(8), iptables-extensions(8)). */
export function holdsFor(condition: Condition, journey: Journey, state: PacketState): Held {
  switch (condition.kind) {
    case 'source':
    case 'destination':
      return addressHolds(condition, journey, state);
    case 'family':
      return decided(condition.families.includes(journey.family));
    case 'protocol':
      return decided(condition.protocols.includes(journey.protocol) !== condition.negated);
    case 'port':
      return portHolds(condition, journey, state);
    case 'interface':
      return interfaceHolds(condition, condition.side === 'in' ? journey.in : journey.out);
    case 'bridged':
      return bridgedHolds(condition, journey);
    case 'state': {
      // Without a connection entry, nft and iptables both see "invalid" (nft_ct_get_eval, conntrack_mt).
      if (mayHaveEntry(state)) return unsure(message('netfilter.tracked-here'));
      const now =
        state.tracked === 'before' || state.tracked === 'now' || state.tracked === 'unknown'
          ? 'invalid'
          : state.tracked;
      return decided(condition.states.includes(now) !== condition.negated);
    }
    case 'translated':
      if (!hasEntry(state)) return mayHaveEntry(state) ? unsure(message('netfilter.translation')) : holdsForNone;
      return state.translated === 'unknown'
        ? unsure(message('netfilter.translation'))
        : decided(state.translated !== condition.negated);
    case 'mark':
      return markHolds(condition, state);
    case 'zone':
      if (!hasEntry(state)) return mayHaveEntry(state) ? unsure(message('netfilter.zone')) : holdsForNone;
      return state.zone === null
        ? unsure(message('netfilter.zone'))
        : decided(isWithin(state.zone, condition.ranges) !== condition.negated);
    case 'address-type':
      return typeHolds(condition, journey, state);
    case 'tcp-flags':
      return flagsHold(condition, journey);
    case 'any-of':
      return anyHolds(condition, journey, state);
    case 'never':
      return holdsForNone;
    case 'unsure':
      return unsure(condition.why);
  }
}

type Of<K extends Condition['kind']> = Extract<Condition, { readonly kind: K }>;

const mayHaveEntry = ({ tracked }: PacketState): boolean => tracked === 'unknown' || tracked === 'now';
const hasEntry = ({ tracked }: PacketState): boolean => tracked === 'new' || tracked === 'established';

function addressHolds(condition: Of<'source' | 'destination'>, journey: Journey, state: PacketState): Held {
  if (condition.family !== journey.family) return holdsForNone;
  const { may, must, why } = condition;
  if (condition.kind === journey.asked) {
    if (!state.askedKept) return unsure(message('netfilter.address-rewritten'));
    return {
      may: may.edges,
      must: must.edges,
      why: may === must ? null : (why ?? message('netfilter.addresses-unknown')),
    };
  }
  const { place } = state;
  if (place.kind !== 'address') {
    if (may.edges.length === 0) return holdsForNone;
    return coversAll(must) ? holdsForAll : unsure(message('netfilter.own-address'));
  }
  const lies = (set: AddressSet): boolean => firstAfter(set.edges, place.edge) % 2 === 1;
  if (lies(must)) return holdsForAll;
  return lies(may) ? unsure(why ?? message('netfilter.addresses-unknown')) : holdsForNone;
}

/** Both ends of a range belong to it. */
export function isWithin(port: number, ranges: Of<'port'>['ranges']): boolean {
  for (const [first, last] of ranges) if (first <= port && port <= last) return true;
  return false;
}

const coversAll = (set: AddressSet): boolean => complement(set).edges.length === 0;

function portHolds(condition: Of<'port'>, journey: Journey, state: PacketState): Held {
  if (!condition.protocols.includes(journey.protocol)) return holdsForNone;
  const within = (port: number): Held => decided(isWithin(port, condition.ranges) !== condition.negated);
  if (condition.original && condition.side === 'destination') {
    if (mayHaveEntry(state) || journey.port === null) return unsure(message('netfilter.port-before'));
    return hasEntry(state) ? within(journey.port) : holdsForNone;
  }
  const port = condition.side === 'destination' ? state.port : journey.sourcePort;
  if (port !== null) return within(port);
  const { ranges, negated } = condition;
  if (ranges.some(([first, last]) => first <= 0 && last >= 65535)) return decided(!negated);
  if (ranges.length === 0) return decided(negated);
  const isCallers = condition.side === journey.asked || journey.asked === 'destination';
  return unsure(message(isCallers ? 'netfilter.callers-port' : 'netfilter.port-rewritten'));
}

/** Whether the interface a packet came in on, or leaves by, is one of these. */
export function interfaceHolds({ side, names, negated }: Of<'interface'>, at: InterfaceClass | null): Held {
  // Older kernels end the rule, newer ones compare with an empty name.
  if (at === null) return negated || names.includes('*') ? unsure(message('netfilter.no-interface')) : holdsForNone;
  if (names.includes('*')) return decided(!negated);
  if (at.kind === 'any-but-loopback')
    return names.every((name) => name === 'lo') ? decided(negated) : unsure(message(`netfilter.interface-${side}`));
  return decided(names.some((name) => isOneOf(at, name)) !== negated);
}

/** A packet whose destination was rewritten may be carried on by the bridge that it came in by (br_netfilter), by no other way. */
function bridgedHolds({ negated }: Of<'bridged'>, { in: from, out, bridges }: Journey): Held {
  const isBridge = (at: InterfaceClass): boolean => at.kind !== 'named' || (bridges?.has(at.name) ?? true);
  if (from === null || out === null || !isBridge(from) || !isBridge(out)) return decided(negated);
  const elsewhere = from.kind === 'named' && out.kind === 'named' && from.name !== out.name;
  return elsewhere ? decided(negated) : unsure(message('netfilter.bridge'));
}

/** Whether every interface of the class has this name, or begins as this name with a trailing "*" says. */
export function isOneOf(at: Exclude<InterfaceClass, { kind: 'any-but-loopback' }>, name: string): boolean {
  const own = at.kind === 'named' ? at.name : at.prefix;
  return name.endsWith('*') ? own.startsWith(name.slice(0, -1)) : at.kind === 'named' && name === own;
}

function markHolds({ which, mask, values, negated }: Of<'mark'>, state: PacketState): Held {
  if (which === 'connection' && !hasEntry(state))
    return mayHaveEntry(state) ? unsure(message('netfilter.connection-mark')) : holdsForNone;
  const { value, unknown } = which === 'packet' ? state.mark : state.connectionMark;
  const open = (unknown & mask) >>> 0;
  const now = (value & mask) >>> 0;
  if (open === 0) return decided(values.some(([first, last]) => first <= now && now <= last) !== negated);
  const possible = values.some(([first, last]) => first !== last || ((first ^ now) & ~open) >>> 0 === 0);
  return possible ? unsure(message('netfilter.mark')) : decided(negated);
}

function typeHolds({ side, types, negated }: Of<'address-type'>, journey: Journey, state: PacketState): Held {
  if (side !== journey.asked) {
    const { place } = state;
    const isOwn = place.kind === 'own' || (place.kind === 'address' && place.own);
    if (place.kind === 'address' && place.untyped) return unsure(message('netfilter.routes'));
    if (isOwn) return decided(types.includes('local') !== negated);
    if (place.kind === 'address' && types.every((type) => type === 'local')) return decided(negated);
    return unsure(message('netfilter.routes'));
  }
  if (journey.local === null || !state.askedKept || !types.every((type) => type === 'local'))
    return unsure(message('netfilter.routes'));
  const own = negated ? complement(journey.local) : journey.local;
  return { may: own.edges, must: own.edges, why: null };
}

const callersChoice = new Set(['psh', 'urg', 'ecn', 'ece', 'cwr']);

/** A caller may add flags that open a connection all the same (RFC 3168 6.1.1); the others are as a first packet must have them. */
function flagsHold({ mask, set, negated }: Of<'tcp-flags'>, journey: Journey): Held {
  if (journey.protocol !== 6) return holdsForNone;
  const bound = mask.filter((flag) => !callersChoice.has(flag));
  if (
    bound.some((flag) => journey.flags.includes(flag) !== set.includes(flag)) ||
    set.some((flag) => !mask.includes(flag))
  )
    return decided(negated);
  return bound.length === mask.length ? decided(!negated) : unsure(message('netfilter.flags'));
}

function anyHolds({ tuples, negated, exact, why }: Of<'any-of'>, journey: Journey, state: PacketState): Held {
  const parts: Held[] = [];
  let [mayAll, mustAll] = [!exact, false];
  let reason: Message | null = exact ? null : why;
  for (const tuple of tuples) {
    const held = allHold(tuple, journey, state);
    if (isNone(held.may)) continue;
    if (held.may === 'all') mayAll = true;
    if (held.must === 'all') mustAll = true;
    if (held.why !== null) reason ??= held.why;
    parts.push(held);
  }
  const edges = (part: Part): readonly Edges[] => (part === 'all' ? [] : [part]);
  const must: Part = mustAll ? 'all' : normalEdges(parts.flatMap((part) => edges(part.must)));
  const may: Part = mayAll || mustAll ? 'all' : normalEdges(parts.flatMap((part) => edges(part.may)));
  if (mustAll || reason === null) {
    const part = negated ? without(must, journey) : must;
    return { may: part, must: part, why: null };
  }
  return negated
    ? { may: without(must, journey), must: without(may, journey), why: reason }
    : { may, must, why: reason };
}

/** All of them hold; ends early where one does not. */
export function allHold(conditions: readonly Condition[], journey: Journey, state: PacketState): Held {
  let held = holdsForAll;
  for (const condition of conditions) {
    held = both(held, holdsFor(condition, journey, state));
    if (isNone(held.may)) return holdsForNone;
  }
  return held;
}

function without(part: Part, { family }: Journey): Part {
  return part === 'all' ? none : complement({ family, edges: part }).edges;
}
