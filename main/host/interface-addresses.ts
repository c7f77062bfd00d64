// An interface's address as Node tells it, with the network next to it.
import type { NetworkInterfaceInfo } from 'node:os';
import type { InterfaceAddress } from '../model/facts';
import { canonicalAddress, networkAround } from '../policy/address-sets';

/** None where the mask is none: such an address can't be given a network. */
export function addressFrom(info: Pick<NetworkInterfaceInfo, 'address' | 'cidr'>): readonly InterfaceAddress[] {
  const address = canonicalAddress(info.address);
  const prefix = info.cidr?.split('/')[1] ?? '';
  const subnet = address !== null && /^\d+$/.test(prefix) ? networkAround(address, Number(prefix)) : null;
  if (address === null || subnet === null) return [];
  return [{ family: address.includes(':') ? 'ipv6' : 'ipv4', address, subnet, scope: scopeOf(address) }];
}

/** RFC 6890's ranges, on canonical text. */
function scopeOf(address: string): InterfaceAddress['scope'] {
  if (/^127\.|^::1$/.test(address)) return 'loopback';
  if (/^169\.254\.|^fe[89ab][0-9a-f]:/.test(address)) return 'link-local';
  const isPrivate =
    /^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^f[cd][0-9a-f]{2}:/.test(
      address,
    );
  return isPrivate ? 'private' : 'global';
}
