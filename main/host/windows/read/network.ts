// The PC's interfaces with their addresses and, where it is known, the profile of the network each is in. Pure.
import type { NetworkInterfaceInfo } from 'node:os';
import type { NetworkFact, NetworkInterface } from '../../../model/facts';
import type { Profile } from '../../../model/review';
import { addressFrom } from '../../interface-addresses';
import type { Connection } from './connections';

/** As `Get-NetConnectionProfile` tells it of one interface. */
export interface InterfaceProfile {
  /** IPv6's scope number of the interface. */
  readonly index: number;
  readonly name: string;
  readonly profile: Profile;
}

/** `profiles` null = not known. Windows lists no interface without an address. Routes are not read. */
export function networkOf(
  all: NodeJS.Dict<NetworkInterfaceInfo[]>,
  connections: readonly Connection[],
  profiles: readonly InterfaceProfile[] | null,
): NetworkFact {
  const interfaces = Object.entries(all).map(([name, infos = []]): NetworkInterface => {
    const scopes = new Set(infos.map((info) => ('scopeid' in info ? info.scopeid : 0)));
    const found = profiles?.find((one) => one.name === name || (one.index !== 0 && scopes.has(one.index)));
    return {
      name,
      kind: kindOf(infos, connections.find((one) => one.name === name) ?? null),
      addresses: infos.flatMap(addressFrom),
      profile: found?.profile ?? null,
    };
  });
  return { interfaces, routes: null };
}

function kindOf(infos: readonly NetworkInterfaceInfo[], connection: Connection | null): NetworkInterface['kind'] {
  if (infos.some(({ internal }) => internal)) return 'loopback';
  if (connection === null) return 'other';
  if (connection.kind === 'wireless') return 'wireless';
  if (connection.isVirtual) return 'virtual';
  return connection.kind === 'lan' ? 'wired' : 'other';
}
