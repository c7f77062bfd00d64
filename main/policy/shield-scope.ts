// What a shield closes and what it always leaves alone, the same on every platform.

import type { Networks } from '../model/address';
import type { Message } from '../model/message';
import type { Shield, ShieldWorkaround } from '../model/shield';
import { cidr } from './address-sets';

/** SMB directly over TCP, and over NetBIOS sessions (RFC 1001 15.1.2, [MS-SMB2] 1.9). */
export const shieldTcpPorts: readonly number[] = [139, 445];
/** NetBIOS names and datagrams (RFC 1002 4.2, 4.4). */
export const shieldUdpPorts: readonly number[] = [137, 138];

/** Networks that are not the Internet: outbound SMB to them is never cut (RFC 1918, 6598, 3927, 4193, 4291). */
export const nearNetworks: Networks = {
  ipv4: ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'].map(cidr),
  ipv6: ['::1/128', 'fc00::/7', 'fe80::/10'].map(cidr),
};

/** One thing that a shield promises. On every platform each is judged for itself, and what can't be judged does not hold. */
export type ShieldPromise =
  /** New connections from outside to this port of the PC are refused, but for the exceptions. */
  | { readonly kind: 'inbound'; readonly protocol: 'tcp' | 'udp'; readonly port: number }
  /** New connections of this PC to this port beyond `nearNetworks` are refused. */
  | { readonly kind: 'outbound'; readonly port: number }
  | { readonly kind: 'workaround'; readonly workaround: ShieldWorkaround };

/** Never empty for a shield that closes anything. */
export function promisesOf({
  rules,
  outbound,
  workarounds,
}: Pick<Shield, 'rules' | 'outbound' | 'workarounds'>): readonly ShieldPromise[] {
  const ports: readonly ShieldPromise[] = [
    ...shieldTcpPorts.map((port) => ({ kind: 'inbound', protocol: 'tcp', port }) as const),
    ...shieldUdpPorts.map((port) => ({ kind: 'inbound', protocol: 'udp', port }) as const),
    ...(outbound ? shieldTcpPorts.map((port) => ({ kind: 'outbound', port }) as const) : []),
  ];
  const switched = workarounds.map((workaround) => ({ kind: 'workaround', workaround }) as const);
  return rules ? [...ports, ...switched] : switched;
}

/** Whether one promise holds. */
export interface PromiseJudged {
  readonly holds: boolean;
  /** A line of the proof, or why it does not hold; a sentence. */
  readonly line: Message;
}

/**
 * When the packet filter itself lets go of the ports, with nothing of ours running; null = never. Only a shield that is to be lifted
 * at its date gets such a lease: one that is to be extended must not open because a program came too late.
 */
export const leaseEnd = ({ until, atEnd }: Pick<Shield, 'until' | 'atEnd'>): string | null =>
  atEnd === 'lift' ? until : null;
