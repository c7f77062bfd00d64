// What the kernel takes as this PC's own: its local tables of both families, and where neighbours reach loopback's addresses, too.
import type { Cidr } from '../../../model/address';
import type { OwnAddresses } from '../../../model/facts';
import { networkAround, setOfText, toNetworks, unionAll } from '../../../policy/address-sets';
import type { SystemFiles } from './files';
import { addressOf } from './sockets';

/** Blocking. `names`: the PC's interfaces. null = a table is not there or not understood. */
export function readOwnAddresses(files: SystemFiles, names: readonly string[]): OwnAddresses | null {
  const trie = files.readIfThere('/proc/net/fib_trie');
  const table6 = files.readIfThere('/proc/net/ipv6_route') ?? '';
  const ipv4 = trie === null ? null : localIn(trie);
  const ipv6 = localIn6(table6);
  if (ipv4 === null || ipv6 === null) return null;
  // The file names no tables: with a VRF, each may be of that one's table.
  const isParted = names.some((name) =>
    /^DEVTYPE=vrf$/m.test(files.readIfThere(`/sys/class/net/${name}/uevent`) ?? ''),
  );
  const [inside, outside] = isParted ? [ipv6.filter(isLoopback6), ipv6] : [ipv6, []];
  return {
    local: merged([...ipv4.local, ...inside]),
    elsewhere: merged([...ipv4.elsewhere, ...outside]),
    loopbackOn: readLoopbackOn(files, names),
  };
}

const isLoopback6 = (network: Cidr): boolean => network === '::1/128';

/** The fewest networks, IPv4 first. */
function merged(networks: readonly Cidr[]): readonly Cidr[] {
  const sets = networks.flatMap((network) => setOfText(network) ?? []);
  return (['ipv4', 'ipv6'] as const).flatMap((family) =>
    toNetworks(
      unionAll(
        family,
        sets.filter((set) => set.family === family),
      ),
    ),
  );
}

/**
 * Routes of the type "local" by table (fib_trie_seq_show): "Local:" and, where both are one trie, "Main:" are asked for every packet,
 * "Id N:" by rules only, as VRFs have them. A default route of such a table is a proxy's (TPROXY), and no address of the PC.
 */
function localIn(trie: string): { readonly local: readonly Cidr[]; readonly elsewhere: readonly Cidr[] } | null {
  const local: Cidr[] = [];
  const elsewhere: Cidr[] = [];
  let table: string | null = null;
  let leaf = '';
  for (const line of trie.split('\n')) {
    const heading = /^(\S.*):$/.exec(line)?.[1];
    if (heading !== undefined) table = heading;
    leaf = /^ *\|-- (\d+\.\d+\.\d+\.\d+)$/.exec(line)?.[1] ?? leaf;
    const [, length, type] = /^ *\/(\d{1,2}) \S+ (\S+)/.exec(line) ?? [];
    if (type !== 'LOCAL') continue;
    const network = networkAround(leaf, Number(length));
    if (network === null || table === null) return null;
    if (table === 'Local' || table === 'Main') local.push(network);
    else if (length !== '0') elsewhere.push(network);
  }
  return table === null ? null : { local, elsewhere };
}

/** Flags of include/uapi/linux/route.h and ipv6_route.h. */
const up = 0x1;
const localFlag = 0x80000000;
const anycast = 0x00100000;

/** As `readRoutes` has the lines. Which of several tables has a default route of this type is not told: null. */
function localIn6(table: string): readonly Cidr[] | null {
  const local: Cidr[] = [];
  for (const line of table.split('\n')) {
    if (line.trim() === '') continue;
    const [to = '', length = '', , , , , , , flagText = ''] = line.trim().split(/\s+/);
    const address = to.length === 32 ? addressOf(to, 'BE') : null;
    const flags = /^[0-9a-f]{8}$/i.test(flagText) ? Number.parseInt(flagText, 16) : null;
    if (address === null || flags === null || !/^[0-9a-f]{2}$/i.test(length)) return null;
    if (!(flags & up) || (flags & localFlag) === 0 || flags & anycast) continue;
    const network = networkAround(address.toString(), Number.parseInt(length, 16));
    if (network === null || length === '00') return null;
    local.push(network);
  }
  return local;
}

/** route_localnet (ip-sysctl in the kernel's documentation): "all" counts for each interface, "default" for those to come. */
function readLoopbackOn(files: SystemFiles, names: readonly string[]): readonly string[] {
  const isOn = (name: string): boolean =>
    files.glance(`/proc/sys/net/ipv4/conf/${name}/route_localnet`)?.trim() === '1';
  if (isOn('all')) return ['*'];
  return [...names.filter((name) => name !== 'lo' && isOn(name)), ...(isOn('default') ? ['*'] : [])];
}
