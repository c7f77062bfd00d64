// By which interface a packet leaves that this PC passes on, as far as its routes tell. Pure.
import type { WayOut } from '../../model/review';
import { type AddressSet, firstAfter, setOfText } from '../address-sets';
import type { InterfaceClass, Place } from './packet';

/** It leaves by some interface; which one is not known. (What goes to loopback is not passed on.) */
const notKnown: InterfaceClass = { kind: 'any-but-loopback' };

/**
 * The interface of the longest prefix that holds the address (ip-route(8)); `routes` null = not known. Where that prefix has several
 * routes, or one of which it can't be told where it leads, the way out is not known.
 */
export function wayOut(routes: readonly WayOut[] | null, to: Place): InterfaceClass {
  if (routes === null || to.kind !== 'address') return notKnown;
  let longest = -1;
  let name: string | null = null;
  for (const { network, length, leaves } of parsed(routes)) {
    if (length < longest || firstAfter(network.edges, to.edge) % 2 !== 1) continue;
    name = length > longest || name === leaves ? leaves : null;
    longest = length;
  }
  return name === null ? notKnown : { kind: 'named', name };
}

interface Parsed {
  readonly network: AddressSet;
  readonly length: number;
  readonly leaves: string | null;
}

/** There may be thousands, and they are asked for each translation on each interface. */
const known = new WeakMap<readonly WayOut[], readonly Parsed[]>();

function parsed(routes: readonly WayOut[]): readonly Parsed[] {
  const before = known.get(routes);
  if (before) return before;
  const list = routes.flatMap(({ destination, interface: leaves }): readonly Parsed[] => {
    const network = setOfText(destination);
    return network === null ? [] : [{ network, length: Number(destination.split('/')[1]), leaves }];
  });
  known.set(routes, list);
  return list;
}
