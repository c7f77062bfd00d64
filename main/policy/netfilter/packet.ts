// A first packet on its way: what stays the same on the whole way, and what rules can change about it.
import type { Family } from '../../model/address';
import type { WayOut } from '../../model/review';
import type { AddressSet, Edge } from '../address-sets';

/** Which interfaces an answer is about. */
export type InterfaceClass =
  | { readonly kind: 'named'; readonly name: string }
  /** Every name that begins so and is not named otherwise; "" = every other one. */
  | { readonly kind: 'beginning'; readonly prefix: string }
  /** Some interface that is not loopback: what depends on its name can't be told. So is a way out that is not known. */
  | { readonly kind: 'any-but-loopback' };

/** Where a packet goes, or where it comes from when that is not the question. */
export type Place =
  | {
      readonly kind: 'address';
      readonly text: string;
      readonly edge: Edge;
      readonly own: boolean;
      /** An own one of which it can't be told whether the kernel's local table has it. */
      readonly untyped?: true;
    }
  /** One of the PC's own addresses; which one is not known. */
  | { readonly kind: 'own' }
  | { readonly kind: 'unknown' };

/** What no rule changes. */
export interface Journey {
  readonly family: Family;
  /** IP protocol number. */
  readonly protocol: number;
  /** Whose addresses are the question. */
  readonly asked: 'source' | 'destination';
  /** The destination port it left with; null = the caller's choice, for answers. */
  readonly port: number | null;
  /** null = the caller's choice. */
  readonly sourcePort: number | null;
  /** null = it has none on this way. */
  readonly in: InterfaceClass | null;
  /** null = it has none yet: before the PC's routes are asked, and on the way to the PC itself. */
  readonly out: InterfaceClass | null;
  /** The PC's bridges; null = not known. */
  readonly bridges: ReadonlySet<string> | null;
  /** Of this family, as `ReviewHost` has them; null = not known. */
  readonly routes: readonly WayOut[] | null;
  /** TCP flags that are certain: "syn" for a first packet, "syn" and "ack" for its answer. */
  readonly flags: readonly string[];
  /** All the PC's own addresses and loopback; null = not known. */
  readonly own: AddressSet | null;
  /** Those of them that are of the type "local" (RTN_LOCAL) whatever the packet. */
  readonly local: AddressSet | null;
  /** Where a redirect to this PC leads. */
  readonly redirect: Place;
  /** Bits of the packet's mark that only the rules here write: they begin as 0, others as anything. */
  readonly knownMark: number;
}

/** A mark, as far as it is known: bits set in `unknown` may be 0 or 1. Both are unsigned 32-bit. */
export interface Bits {
  readonly value: number;
  readonly unknown: number;
}

/** What rules change; flows with the same `key` are the same. */
export interface PacketState {
  readonly key: string;
  /** before = connection tracking has not seen it; unknown = it may have; now = at the very moment of tracking: as unknown, until later. */
  readonly tracked: 'before' | 'now' | 'new' | 'established' | 'untracked' | 'unknown';
  readonly mark: Bits;
  readonly connectionMark: Bits;
  /** The connection tracking zone that rules chose, 0 where none did; null = not known. */
  readonly zone: number | null;
  /** null = not known. */
  readonly port: number | null;
  /** The side that is not the question. */
  readonly place: Place;
  readonly translated: boolean | 'unknown';
  /** A NAT rule has decided; no other one is asked. */
  readonly natDone: boolean;
  /** The asked side's address is still the one on the wire. */
  readonly askedKept: boolean;
}

const zero: Bits = { value: 0, unknown: 0 };
const anyBits: Bits = { value: 0, unknown: 0xffffffff };

export function firstState(journey: Journey, place: Place, tracked: PacketState['tracked']): PacketState {
  return withChange(null, {
    tracked,
    mark: { value: 0, unknown: ~journey.knownMark >>> 0 },
    connectionMark: zero,
    zone: 0,
    port: journey.port,
    place,
    translated: false,
    natDone: false,
    askedKept: true,
  });
}

type Change = Partial<Omit<PacketState, 'key'>>;

/** The state after a change; the first one from a whole change. */
export function withChange(state: null, change: Omit<PacketState, 'key'>): PacketState;
export function withChange(state: PacketState, change: Change): PacketState;
export function withChange(state: PacketState | null, change: Change): PacketState {
  const next = { ...state, ...change } as PacketState;
  const { tracked, mark, connectionMark: connection, zone, port, place, translated, natDone, askedKept } = next;
  const where = place.kind === 'address' ? place.text : place.kind;
  return {
    ...next,
    key: `${tracked} ${mark.value}/${mark.unknown} ${connection.value}/${connection.unknown} ${zone} ${port} ${where} ${translated} ${natDone} ${askedKept}`,
  };
}

/** Nothing is known of it any more: for rules that may do anything. */
export function unknownState(state: PacketState): PacketState {
  return withChange(state, {
    tracked: 'unknown',
    mark: anyBits,
    connectionMark: anyBits,
    zone: null,
    port: null,
    place: { kind: 'unknown' },
    translated: 'unknown',
    natDone: false,
    askedKept: false,
  });
}

/** What is known where it may be in either state. */
export function joined(a: PacketState, b: PacketState): PacketState {
  if (a.key === b.key) return a;
  return withChange(a, {
    tracked: a.tracked === b.tracked ? a.tracked : 'unknown',
    mark: joinedBits(a.mark, b.mark),
    connectionMark: joinedBits(a.connectionMark, b.connectionMark),
    zone: a.zone === b.zone ? a.zone : null,
    port: a.port === b.port ? a.port : null,
    place: samePlace(a.place, b.place) ? a.place : { kind: 'unknown' },
    translated: a.translated === b.translated ? a.translated : 'unknown',
    natDone: a.natDone && b.natDone,
    askedKept: a.askedKept && b.askedKept,
  });
}

export function samePlace(a: Place, b: Place): boolean {
  return a.kind === 'address' ? b.kind === 'address' && a.text === b.text : a.kind === b.kind && a.kind === 'own';
}

/** mark = (mark & keep) ^ xor, with the bits of `unknown` unknown afterwards. */
export function changedBits({ value, unknown: before }: Bits, keep: number, xor: number, unknown: number): Bits {
  const notKnown = ((before & keep) | unknown) >>> 0;
  return { value: (((value & keep) ^ xor) & ~notKnown) >>> 0, unknown: notKnown };
}

function joinedBits(a: Bits, b: Bits): Bits {
  const unknown = (a.unknown | b.unknown | (a.value ^ b.value)) >>> 0;
  return { value: (a.value & ~unknown) >>> 0, unknown };
}
