// The shield as Windows firewall rules: which there are, and whom each blocks. Pure.
import type { Family, Networks } from '../../model/address';
import type { Shield } from '../../model/shield';
import { type AddressSet, cidr, complement, difference, setOf } from '../address-sets';
import { nearNetworks, shieldTcpPorts, shieldUdpPorts } from '../shield-scope';

type ShieldPart = 'tcp-in' | 'udp-in' | 'tcp-out';

/** A rule of ours: it blocks, in every profile, whoever holds the socket. */
export interface ShieldRule {
  /** "Breakwater-7f3a9c1e-tcp-in": by this alone a rule is ours. */
  readonly name: string;
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp';
  /** At this PC's end going in, at the other end going out. */
  readonly ports: readonly number[];
  /** From or to whom it blocks; null = everybody, in both families. */
  readonly remote: Readonly<Record<Family, AddressSet>> | null;
}

/**
 * Block goes before allow on Windows, so exceptions are left out of who is blocked: everybody else is listed, in both families, since a
 * list with addresses of one family only would leave the other one open ([MS-FASP] 2.2.22).
 */
export function shieldRules(shield: Shield): readonly ShieldRule[] {
  const name = (part: ShieldPart): string => `Breakwater-${shield.id}-${part}`;
  const hasExceptions = shield.allow.ipv4.length + shield.allow.ipv6.length > 0;
  const remote = hasExceptions ? everybodyBut(shield.allow) : null;
  const inward = [
    { name: name('tcp-in'), direction: 'in', protocol: 'tcp', ports: shieldTcpPorts, remote },
    { name: name('udp-in'), direction: 'in', protocol: 'udp', ports: shieldUdpPorts, remote },
  ] as const;
  const beyond = everybodyBut(nearNetworks);
  const outward = {
    name: name('tcp-out'),
    direction: 'out',
    protocol: 'tcp',
    ports: shieldTcpPorts,
    remote: beyond,
  } as const;
  return shield.outbound ? [...inward, outward] : inward;
}

/** The shield's id in a rule's name; null where the name is not wholly ours. */
export function idInName(name: string): string | null {
  return /^Breakwater-([0-9a-f]{8})-(?:tcp-in|udp-in|tcp-out)$/.exec(name)?.[1] ?? null;
}

export const isOurName = (name: string): boolean => idInName(name) !== null;

/** Loopback and unspecified addresses, which no rule may name ([MS-FASP] 2.2.24 ADDR_V4, ADDR_V6), and no packet from outside carries. */
const neverNamed: Networks = {
  ipv4: ['0.0.0.0/32', '127.0.0.0/8', '255.255.255.255/32'].map(cidr),
  ipv6: ['::/127'].map(cidr),
};

function everybodyBut(networks: Networks): Readonly<Record<Family, AddressSet>> {
  const of = (family: Family): AddressSet =>
    difference(complement(setOf(family, networks[family])), setOf(family, neverNamed[family]));
  return { ipv4: of('ipv4'), ipv6: of('ipv6') };
}
