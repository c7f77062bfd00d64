// The PC as its rules see it: interfaces that rules tell apart, and the own addresses that can be reached on each. Pure.
import type { Family } from '../../model/address';
import type { ReviewHost } from '../../model/review';
import {
  type AddressSet,
  cidr,
  difference,
  familyOf,
  holds,
  isWithin,
  nothing,
  setOf,
  setOfText,
  unionAll,
} from '../address-sets';
import type { InterfaceClass, Place } from './packet';
import type { Prepared } from './prepare';

export interface View {
  /** As a reach entry names it: "eth0", "wl*", "*". */
  readonly name: string;
  readonly at: InterfaceClass;
}

/** More names than this are not judged one by one, and rules about them can't be told for the others. */
const mostNames = 64;

/** The PC's interfaces, those that rules name, loopback, and "*" for all others. */
export function viewsOf({ interfaceNames }: Prepared, host: ReviewHost | null): readonly View[] {
  const present = Object.keys(host?.interfaces ?? {});
  const names = [...new Set(['lo', ...present, ...interfaceNames])].filter((name) => name !== '*' && name !== '');
  const judged = names.slice(0, mostNames);
  const rest: InterfaceClass =
    judged.length < names.length ? { kind: 'any-but-loopback' } : { kind: 'beginning', prefix: '' };
  return [
    ...judged.map((name) => ({
      name,
      at: name.endsWith('*')
        ? ({ kind: 'beginning', prefix: name.slice(0, -1) } as const)
        : ({ kind: 'named', name } as const),
    })),
    { name: '*', at: rest },
  ];
}

/** What a packet on an interface can be sent to on this PC. */
export interface OwnPlaces {
  /** Addresses one by one: those of the interfaces first. */
  readonly addresses: readonly string[];
  /** Whatever else the kernel takes as its own: whole networks (`ip route add local`, a prefix on lo). */
  readonly networks: AddressSet;
}

/**
 * The own addresses that a packet on this interface can be sent to: all of the PC (ip(7), the weak host model), loopback's only
 * from the PC itself and where the interface lets neighbours reach them, link-local IPv6 ones only on their own interface.
 */
export function ownOn(host: ReviewHost | null, name: string, family: Family): OwnPlaces {
  const addresses: string[] = [];
  const loops = name === 'lo' || (family === 'ipv4' && takesLoopback(host, name));
  for (const [on, list] of Object.entries(host?.interfaces ?? {}))
    for (const text of list) {
      const address = text.split('/')[0] ?? '';
      if (familyOf(address) !== family || (isLoopback(address) && !loops)) continue;
      if (isLinkLocal(address) && name !== '*' && name !== on && name !== 'lo') continue;
      if (!addresses.includes(address)) addresses.push(address);
    }
  if (host === null || name === 'lo') return { addresses, networks: nothing(family) };
  const listed = unionAll(
    family,
    [...Object.values(host.interfaces).flat().map(hostPart), ...addresses].flatMap((text) => ofFamily(text, family)),
  );
  const more = difference(ownSet(host, family), listed);
  return { addresses, networks: loops ? more : difference(more, loopback[family]) };
}

/** All that is the PC's own of a family, wherever a packet comes from; loopback among it. */
export function ownSet(host: ReviewHost, family: Family): AddressSet {
  const interfaces = Object.entries(host.interfaces).flatMap(([on, list]) =>
    // A prefix on loopback is local as a whole, of IPv4 (fib_add_ifaddr); beyond the address itself the kernel's table tells, where it is known.
    list.map((text) => (on === 'lo' && family === 'ipv4' && host.local === undefined ? text : hostPart(text))),
  );
  const texts = [...interfaces, ...(host.local ?? []), ...(host.localElsewhere ?? [])];
  return unionAll(family, [loopback[family], ...texts.flatMap((text) => ofFamily(text, family))]);
}

/** Of these an address is of the type "local" to the kernel: its local table, or what must be in it. */
export function localSet(host: ReviewHost, family: Family): AddressSet {
  if (host.local === undefined) return ownSet(host, family);
  return unionAll(family, [loopback[family], ...host.local.flatMap((text) => ofFamily(text, family))]);
}

/** Whether the PC has no address of the family at all, not even on loopback: it is switched off, and nothing can come in. */
export function isSwitchedOff(host: ReviewHost | null, family: Family): boolean {
  return host?.local?.every((text) => ofFamily(text, family).length === 0) ?? false;
}

const takesLoopback = (host: ReviewHost | null, name: string): boolean =>
  host?.loopbackOn?.some((on) => on === '*' || on === name) ?? false;

const hostPart = (text: string): string => text.split('/')[0] ?? '';

/** The network that the text names, with its address's own bits passed over; none where it is of the other family. */
function ofFamily(text: string, family: Family): readonly AddressSet[] {
  const set = setOfText(text);
  return set?.family === family ? [set] : [];
}

export function placeOf(host: ReviewHost | null, address: string): Place {
  const set = setOfText(address);
  const edge = set?.edges[0];
  if (set === null || edge === undefined) return { kind: 'own' };
  const isLocal = host === null || isWithin(set, localSet(host, set.family));
  return { kind: 'address', text: address, edge, own: true, ...(isLocal ? {} : { untyped: true }) };
}

/** Where "redirect" leads: the interface's first address, where there is no doubt which that is (nf_nat_redirect). */
export function redirectOn(host: ReviewHost | null, name: string, family: Family): Place {
  const own = (host?.interfaces[name] ?? [])
    .map((text) => text.split('/')[0] ?? '')
    .filter((address) => familyOf(address) === family && !isLinkLocal(address));
  const [first] = own;
  return first !== undefined && (family === 'ipv4' || own.length === 1) && name !== 'lo'
    ? placeOf(host, first)
    : { kind: 'own' };
}

const loopback = { ipv4: setOf('ipv4', [cidr('127.0.0.0/8')]), ipv6: setOf('ipv6', [cidr('::1/128')]) };
const linkLocal = setOfText('fe80::/10');
const isLoopback = (address: string): boolean => holds(loopback.ipv4, address) || holds(loopback.ipv6, address);
const isLinkLocal = (address: string): boolean => linkLocal !== null && holds(linkLocal, address);
