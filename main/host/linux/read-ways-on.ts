// Reads where a Linux PC passes packets on: routes of both families and bridges, from what `ip` of iproute2 prints as JSON.
import type { Cidr, Family } from '../../model/address';
import type { WaysOn } from '../../model/facts';
import type { Routes, WayOut } from '../../model/review';
import { networkAround } from '../../policy/address-sets';

/** What `ip ARGS` prints, given `input`; null where it is not there, or did not end well. */
export type RunIp = (args: readonly string[], input: string) => Promise<string | null>;

/** One program a family: ip(8), -batch. Never rejects; what can't be read or understood is absent, and so not known. */
export async function readWaysOn(runIp: RunIp): Promise<WaysOn> {
  const ask = async (version: '-4' | '-6', commands: readonly string[]): Promise<readonly unknown[][] | null> => {
    const printed = await runIp(['-j', version, '-batch', '-'], `${commands.join('\n')}\n`);
    return printed === null ? null : listsIn(printed, commands.length);
  };
  const [four, six] = await Promise.all([
    ask('-4', ['rule show', 'route show', 'link show type bridge', 'link show type bridge_slave']),
    ask('-6', ['rule show', 'route show']),
  ]);
  const [rules4 = [], routes4 = [], bridges = null, ports = []] = four ?? [];
  const [rules6 = [], routes6 = []] = six ?? [];
  return waysOn({
    ipv4: four && routesOf('ipv4', rules4, routes4),
    ipv6: six && routesOf('ipv6', rules6, routes6),
    bridges: bridges && bridgesOf(bridges, ports),
  });
}

function waysOn({
  ipv4,
  ipv6,
  bridges,
}: Record<Family, readonly WayOut[] | null> & { bridges: WaysOn['bridges'] | null }): WaysOn {
  const routes: Routes = { ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) };
  return { ...(ipv4 || ipv6 ? { routes } : {}), ...(bridges ? { bridges } : {}) };
}

/** Each command prints one list on one line; null where it is not so. */
function listsIn(printed: string, count: number): readonly unknown[][] | null {
  try {
    const lists = printed
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): unknown => JSON.parse(line));
    return lists.length === count && lists.every((list) => Array.isArray(list)) ? lists : null;
  } catch {
    return null;
  }
}

type Given = Readonly<Record<string, unknown>>;

/** The rules that every kernel begins with (fib_default_rules_init, fib6_rules_net_init): by number, table, and what may stand beside. */
const usualRules: ReadonlyMap<unknown, readonly unknown[]> = new Map([
  [0, ['local', '255']],
  [32_766, ['main', '254']],
  [32_767, ['default', '253']],
]);
const usualWords = new Set(['priority', 'src', 'table', 'protocol']);

function isUsual(rule: unknown): boolean {
  const { priority, src, table, protocol } = rule as Given;
  return (
    Object.keys(rule as Given).every((word) => usualWords.has(word)) &&
    src === 'all' &&
    (protocol === undefined || protocol === 'kernel') &&
    usualRules.get(priority)?.includes(table) === true
  );
}

/** null = more than the main table decides, or a route has no destination that can be read. */
function routesOf(family: Family, rules: readonly unknown[], routes: readonly unknown[]): readonly WayOut[] | null {
  const numbers = rules.map((rule) => (rule as Given).priority);
  if (!rules.every(isUsual) || !numbers.includes(0) || !numbers.includes(32_766)) return null;
  const read = routes.map((route) => routeOf(family, route as Given));
  return read.every((route) => route !== null) ? read : null;
}

/** What does not change by which interface the packet leaves. Any other word makes it not told: several next hops, a type of service, a source. */
const harmless = new Set(
  'dst gateway via dev protocol scope prefsrc metric flags pref type expires mtu advmss hoplimit initcwnd initrwnd rtt rttvar nhid'.split(
    ' ',
  ),
);
const harmlessFlags: ReadonlySet<unknown> = new Set([
  'onlink',
  'pervasive',
  'offload',
  'trap',
  'rt_offload',
  'rt_trap',
]);

function routeOf(family: Family, route: Given): WayOut | null {
  const { dst, dev, type, flags } = route;
  const destination = networkOf(family, dst);
  if (destination === null) return null;
  const isTold =
    typeof dev === 'string' &&
    (type === undefined || type === 'unicast') &&
    Object.keys(route).every((word) => harmless.has(word)) &&
    (flags === undefined || (Array.isArray(flags) && flags.every((flag) => harmlessFlags.has(flag))));
  return { destination, interface: isTold ? dev : null };
}

/** "default", one address, or a network. */
function networkOf(family: Family, text: unknown): Cidr | null {
  if (typeof text !== 'string') return null;
  if (text === 'default') return networkAround(family === 'ipv4' ? '0.0.0.0' : '::', 0);
  const [address = '', length = family === 'ipv4' ? '32' : '128'] = text.split('/');
  return address.includes(':') === (family === 'ipv6') ? networkAround(address, Number(length)) : null;
}

/** Each bridge with its ports, in the order of `ip`. null = a name is missing. */
function bridgesOf(bridges: readonly unknown[], ports: readonly unknown[]): WaysOn['bridges'] | null {
  // Of links that were not asked for, `ip` prints an empty object.
  const isThere = (link: unknown): boolean => Object.keys(link as Given).length > 0;
  const names = bridges.filter(isThere).map((link) => (link as Given).ifname);
  const pairs = ports.filter(isThere).map((link) => [(link as Given).ifname, (link as Given).master]);
  if (![...names, ...pairs.flat()].every((name) => typeof name === 'string')) return null;
  return Object.fromEntries(
    names.map((name) => [name, pairs.flatMap(([port, master]) => (master === name ? [port] : []))]),
  ) as Readonly<Record<string, readonly string[]>>;
}
