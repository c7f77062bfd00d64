// The shield as nft(8) text: one transaction that puts it up, or replaces ours whole. Pure.

import type { Counted, Shield } from '../../model/shield';
import { familyOf } from '../../policy/address-sets';
import { markOf, shieldPriority, shieldTable } from '../../policy/netfilter/nftables/shield';
import { leaseEnd, nearNetworks, shieldTcpPorts, shieldUdpPorts } from '../../policy/shield-scope';

const name = `${shieldTable.family} ${shieldTable.name}`;

export const deleteShieldText = `delete table ${name}\n`;

/**
 * The whole transaction for `nft -f -`. `now` turns the lease's end into the seconds that the kernel counts down; `carried` goes on
 * with what an earlier table had counted. Why it is built so:
 * - two hooks: input alone is passed by "redirect 445 to 8445", prerouting alone by "redirect 9445 to 445";
 * - "fib daddr type" spares forwarded traffic (containers, VMs, routers), "iif lo" the PC's own programs;
 * - counting and turning away are separate rules: where the set is full, the counting rule stops and the packet must not pass;
 * - the ports are set elements with a time-out: the kernel keeps the lease even when no program of ours runs.
 */
export function shieldText(shield: Shield, carried: Counted | null, now: Date): string {
  const end = leaseEnd(shield);
  const lease = end === null ? '' : ` timeout ${Math.max(1, Math.ceil((Date.parse(end) - now.getTime()) / 1000))}s`;
  const leased = (ports: readonly number[]): string => ports.map((port) => `${port}${lease}`).join(', ');
  const counter = (counterName: string, packets: number | undefined): string =>
    `\tcounter ${counterName} { packets ${packets ?? 0} bytes 0; }`;
  return [
    // Makes sure there is one to delete, so that the first time and every later one are the same single step.
    `table ${name}`,
    `delete table ${name}`,
    `table ${name} {`,
    `\tcomment "${markOf(shield.id)}"`,
    `\tset leased_tcp { type inet_service; flags timeout; elements = { ${leased(shieldTcpPorts)} }; }`,
    `\tset leased_udp { type inet_service; flags timeout; elements = { ${leased(shieldUdpPorts)} }; }`,
    addresses('allow4', 'ipv4_addr', shield.allow.ipv4),
    addresses('allow6', 'ipv6_addr', shield.allow.ipv6),
    seen('seen4', 'ipv4_addr', carried, now),
    seen('seen6', 'ipv6_addr', carried, now),
    counter('cut', carried?.blocked),
    counter('let', carried?.allowed),
    counter('out', carried?.outboundBlocked),
    ...(shield.outbound
      ? [addresses('near4', 'ipv4_addr', nearNetworks.ipv4), addresses('near6', 'ipv6_addr', nearNetworks.ipv6)]
      : []),
    '\tchain before {',
    `\t\ttype filter hook prerouting priority ${shieldPriority}; policy accept;`,
    '\t\tiif "lo" accept',
    '\t\tfib daddr type != local accept',
    '\t\ttcp dport @leased_tcp goto judge',
    '\t\tudp dport @leased_udp goto judge',
    '\t}',
    '\tchain inside {',
    `\t\ttype filter hook input priority ${shieldPriority}; policy accept;`,
    '\t\tiif "lo" accept',
    '\t\ttcp dport @leased_tcp goto judge',
    '\t\tudp dport @leased_udp goto judge',
    '\t}',
    '\tchain judge {',
    '\t\tip saddr @allow4 counter name "let" accept',
    '\t\tip6 saddr @allow6 counter name "let" accept',
    '\t\tcounter name "cut"',
    '\t\ttcp flags & (syn | ack) == syn update @seen4 { ip saddr counter }',
    '\t\ttcp flags & (syn | ack) == syn update @seen6 { ip6 saddr counter }',
    '\t\tmeta l4proto tcp reject with tcp reset',
    '\t\tdrop',
    '\t}',
    ...(shield.outbound
      ? [
          '\tchain outward {',
          `\t\ttype filter hook output priority ${shieldPriority}; policy accept;`,
          '\t\toif "lo" accept',
          '\t\ttcp dport @leased_tcp ip daddr != @near4 counter name "out" reject with tcp reset',
          '\t\ttcp dport @leased_tcp ip6 daddr != @near6 counter name "out" reject with tcp reset',
          '\t}',
        ]
      : []),
    '}',
    '',
  ].join('\n');
}

function addresses(set: string, type: string, networks: readonly string[]): string {
  const elements = networks.length === 0 ? '' : ` elements = { ${networks.join(', ')} };`;
  return `\tset ${set} { type ${type}; flags interval; auto-merge;${elements} }`;
}

/** Who knocked, for a day each; bounded, so that a scan can't fill the kernel's memory. */
function seen(set: string, type: 'ipv4_addr' | 'ipv6_addr', carried: Counted | null, now: Date): string {
  const family = type === 'ipv4_addr' ? 'ipv4' : 'ipv6';
  const elements = (carried?.attempts ?? [])
    .filter((attempt) => familyOf(attempt.address) === family)
    .slice(0, 4096)
    .map((attempt) => {
      const left = attempt.until === null ? 86_400 : Math.ceil((Date.parse(attempt.until) - now.getTime()) / 1000);
      return `${attempt.address} counter packets ${attempt.packets} bytes 0 timeout 1d expires ${Math.min(86_400, Math.max(1, left))}s`;
    });
  const kept = elements.length === 0 ? '' : ` elements = { ${elements.join(', ')} };`;
  return `\tset ${set} { type ${type}; size 8192; flags dynamic,timeout; timeout 1d;${kept} }`;
}
