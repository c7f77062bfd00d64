// The PC's interfaces with their addresses and the networks next to them.
import type { NetworkInterfaceInfo } from 'node:os';
import type { InterfaceAddress, NetworkFact, NetworkInterface } from '../../../model/facts';
import { addressFrom } from '../../interface-addresses';
import { notUnderstood, type SystemFiles } from './files';
import { readOwnAddresses } from './own-addresses';
import { readRoutes } from './routes';
import type { ThisPc } from './tools';

/** Interfaces in the kernel's order; one without a link is there without addresses. Throws `Unreadable`. */
export function readNetwork(files: SystemFiles, pc: ThisPc): NetworkFact {
  const addresses = byInterface(pc.addresses());
  const wireless = new Set(namesIn(files.readIfThere('/proc/net/wireless') ?? '', '/proc/net/wireless'));
  const names = new Set([...readInterfaceNames(files), ...addresses.keys()]);
  const interfaces = [...names].map((name): NetworkInterface => {
    const isWireless = wireless.has(name) || files.exists(`/sys/class/net/${name}/phy80211`);
    return {
      name,
      kind: isWireless ? 'wireless' : kindOf(name),
      addresses: addresses.get(name) ?? [],
      profile: null,
    };
  });
  const own = readOwnAddresses(files, [...names]);
  return { interfaces, routes: readRoutes(files, pc.byteOrder), ...(own === null ? {} : { own }) };
}

/** Names in /proc/net/dev. Throws `Unreadable`. */
export function readInterfaceNames(files: SystemFiles): readonly string[] {
  return namesIn(files.read('/proc/net/dev'), '/proc/net/dev');
}

/** Two lines of headings, then `name: numbers`. */
function namesIn(text: string, path: string): readonly string[] {
  const names: string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (i < 2 || line === '') continue;
    const name = /^ *([^\s:/]+):[ \d]/.exec(line)?.[1];
    if (name === undefined) throw notUnderstood(path, i + 1, line);
    names.push(name);
  }
  return names;
}

/** By the names that udev, bridges, containers and tunnels give (systemd.net-naming-scheme(7)). */
function kindOf(name: string): NetworkInterface['kind'] {
  if (name === 'lo') return 'loopback';
  if (
    /^(docker|veth|virbr|vnet|vmnet|vboxnet|br-|cni|flannel|cali|lxc|lxd|podman|tun|tap|wg|tailscale|zt|ppp|ifb|dummy)/.test(
      name,
    )
  )
    return 'virtual';
  if (/^(wl|wwan)/.test(name)) return 'wireless';
  if (/^(en|eth|em\d|p\d+p\d)/.test(name)) return 'wired';
  return 'other';
}

function byInterface(all: NodeJS.Dict<NetworkInterfaceInfo[]>): ReadonlyMap<string, readonly InterfaceAddress[]> {
  const addresses = new Map<string, InterfaceAddress[]>();
  for (const [label, infos] of Object.entries(all)) {
    // An old-style second address is called "eth0:1".
    const name = label.replace(/:.*$/, '');
    const own = addresses.get(name) ?? [];
    own.push(...(infos ?? []).flatMap(addressFrom));
    addresses.set(name, own);
  }
  return addresses;
}
