// The PC as its rules see it: interfaces that rules tell apart, and the own addresses that can be reached on each. Pure.
import type { Family } from '../model/address';
import type { ReviewHost } from '../model/review';
import { familyOf, holds, setOfText } from './address-sets';
import type { InterfaceClass, Place } from './filter/packet';
import type { Prepared } from './filter/prepare';

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

/**
 * The own addresses that a packet on this interface can be sent to: all of the PC (ip(7), the weak host model), loopback's only
 * from the PC itself, link-local IPv6 ones only on their own interface.
 */
export function ownOn(host: ReviewHost | null, name: string, family: Family): readonly string[] {
  const addresses: string[] = [];
  for (const [on, list] of Object.entries(host?.interfaces ?? {}))
    for (const text of list) {
      const address = text.split('/')[0] ?? '';
      if (familyOf(address) !== family || (isLoopback(address) && name !== 'lo')) continue;
      if (isLinkLocal(address) && name !== '*' && name !== on && name !== 'lo') continue;
      if (!addresses.includes(address)) addresses.push(address);
    }
  return addresses;
}

/** All the PC's addresses of a family; null = not known. */
export function ownOf(host: ReviewHost | null, family: Family): readonly string[] | null {
  if (!host) return null;
  return Object.values(host.interfaces)
    .flat()
    .map((text) => text.split('/')[0] ?? '')
    .filter((address) => familyOf(address) === family);
}

export function placeOf(address: string): Place {
  const edge = setOfText(address)?.edges[0];
  return edge === undefined ? { kind: 'own' } : { kind: 'address', text: address, edge, own: true };
}

/** Where "redirect" leads: the interface's first address, where there is no doubt which that is (nf_nat_redirect). */
export function redirectOn(host: ReviewHost | null, name: string, family: Family): Place {
  const own = (host?.interfaces[name] ?? [])
    .map((text) => text.split('/')[0] ?? '')
    .filter((address) => familyOf(address) === family && !isLinkLocal(address));
  const [first] = own;
  return first !== undefined && (family === 'ipv4' || own.length === 1) && name !== 'lo'
    ? placeOf(first)
    : { kind: 'own' };
}

const loopback = { ipv4: setOfText('127.0.0.0/8'), ipv6: setOfText('::1') };
const linkLocal = setOfText('fe80::/10');
const isLoopback = (address: string): boolean =>
  [loopback.ipv4, loopback.ipv6].some((set) => set !== null && holds(set, address));
const isLinkLocal = (address: string): boolean => linkLocal !== null && holds(linkLocal, address);
