// The kernel's main routing table of both families, from /proc/net/route and /proc/net/ipv6_route.
import type ipaddr from 'ipaddr.js';
import type { Cidr } from '../../../model/address';
import type { Route } from '../../../model/facts';
import { networkAround } from '../../../policy/address-sets';
import { notUnderstood, type SystemFiles } from './files';
import { addressOf, textOf } from './sockets';

/** Flags of include/uapi/linux/route.h and ipv6_route.h. */
const up = 0x1;
const reject = 0x200;
const notRoutes6 = 0x80000000 + 0x01000000 + 0x00100000 + reject; // local, cache, anycast

/** Routes that lead somewhere; local, multicast and rejecting rows are left out. Throws `Unreadable`. */
export function readRoutes(files: SystemFiles, byteOrder: 'LE' | 'BE'): readonly Route[] {
  const [ipv4, ipv6] = ['/proc/net/route', '/proc/net/ipv6_route'];
  return [
    ...rowsOf(files.readIfThere(ipv4) ?? '', ipv4, 1, (row) => route4(row, byteOrder)),
    // Printed byte by byte, so in network order everywhere.
    ...rowsOf(files.readIfThere(ipv6) ?? '', ipv6, 0, route6),
  ];
}

/** A route; null = a row that is none to us; 'bad' = not understood. */
type Row = Route | null | 'bad';

function rowsOf(
  text: string,
  path: string,
  headings: number,
  parse: (row: readonly string[]) => Row,
): readonly Route[] {
  const routes: Route[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (i < headings || line.trim() === '') continue;
    const route = parse(line.trim().split(/\s+/));
    if (route === 'bad') throw notUnderstood(path, i + 1, line);
    if (route) routes.push(route);
  }
  return routes;
}

/** Iface Destination Gateway Flags RefCnt Use Metric Mask ... */
function route4(row: readonly string[], byteOrder: 'LE' | 'BE'): Row {
  const [link = '', to = '', via = '', flagText = '', , , metricText = '', maskText = ''] = row;
  const [destination, gateway, mask] = [to, via, maskText].map((hex) =>
    hex.length === 8 ? addressOf(hex, byteOrder) : null,
  );
  const [flags, metric] = [hexNumber(flagText), Number(metricText)];
  const prefix = mask?.prefixLengthFromSubnetMask() ?? null;
  if (!destination || !gateway || prefix === null || flags === null || !/^\d+$/.test(metricText)) return 'bad';
  if (!(flags & up) || flags & reject || isMulticast(destination)) return null;
  const network = networkAround(textOf(destination), prefix);
  return network === null ? 'bad' : route('ipv4', network, textOf(gateway), link, metric);
}

/** Destination, its prefix, source, its prefix, next hop, metric, references, use, flags, device; all hexadecimal. */
function route6(row: readonly string[]): Row {
  const [to = '', prefixText = '', , , via = '', metricText = '', , , flagText = '', link = ''] = row;
  const [destination, gateway] = [to, via].map((hex) => (hex.length === 32 ? addressOf(hex, 'BE') : null));
  const [prefix, metric, flags] = [prefixText, metricText, flagText].map(hexNumber);
  if (!destination || !gateway || prefix == null || metric == null || flags == null || link === '') return 'bad';
  // >>> 0: the highest flag is the sign in JavaScript's bit operations.
  if (!(flags & up) || (flags & notRoutes6) >>> 0 !== 0 || isMulticast(destination)) return null;
  const network = networkAround(`${destination.toString()}`, prefix);
  return network === null ? 'bad' : route('ipv6', network, textOf(gateway), link, metric);
}

function route(family: 'ipv4' | 'ipv6', destination: Cidr, via: string, link: string, metric: number): Route {
  const onLink = via === '0.0.0.0' || via === '::';
  return { family, destination, gateway: onLink ? null : via, interface: link, metric };
}

/** 224.0.0.0/4, ff00::/8. */
const isMulticast = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean => {
  const first = address.toByteArray()[0] ?? 0;
  return address.kind() === 'ipv4' ? first >> 4 === 0xe : first === 0xff;
};

const hexNumber = (text: string): number | null => (/^[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16) : null);
