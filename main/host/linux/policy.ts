// A Linux PC's rules as a policy that can be judged, here or saved and judged elsewhere. Pure.
import type { Listener, NetworkFact, Ruleset } from '../../model/facts';
import type { LinuxPolicy, Review, ReviewHost } from '../../model/review';
import { type ReadPolicy, readPolicy } from '../../policy/netfilter/read-policy';
import { reviewLinux, reviewRead } from '../../policy/netfilter/review';
import { savedHostName, savedPolicyNames } from '../../policy/saved-policy';
import type { FirewallPolicy, ReviewQuery, SavedPolicy } from '../host';

/** null = only our own table was read. Throws where the rules are not a Linux PC's. */
export function reviewPolicy(policy: FirewallPolicy, query: ReviewQuery): Review | null {
  const linux = linuxPolicy(policy);
  if (linux === null) return null;
  const read = readBefore.get(policy.ruleset) ?? readPolicy(linux);
  readBefore.set(policy.ruleset, read);
  return read.kind === 'bad' ? reviewLinux(linux, query) : reviewRead(read, linux, query);
}

/** The same rules are asked about port by port, and reading many takes longer than judging them. */
const readBefore = new WeakMap<Ruleset, ReadPolicy>();

/** The files that `savedPolicyNames` names; what was not there or not needed has none. null = only our own table was read. */
export function savePolicy(policy: FirewallPolicy, now: Date): SavedPolicy | null {
  const linux = linuxPolicy(policy);
  if (linux === null) return null;
  const files = new Map<string, string>();
  for (const [field, name] of Object.entries(savedPolicyNames)) {
    const text = linux[field as keyof typeof savedPolicyNames];
    if (text !== null) files.set(name, text);
  }
  const { listeners } = policy;
  const host: ReviewHost | null = linux.host && {
    savedAt: now.toISOString(),
    ...linux.host,
    ...(listeners === null ? {} : { listeners }),
  };
  if (host !== null) files.set(savedHostName, `${JSON.stringify(host, null, 2)}\n`);
  return { files, torn: nftables(policy.ruleset).torn, unread: [] };
}

/** As `reviewLinux` takes it; null = only our own table was read. Throws where the rules are not a Linux PC's. */
function linuxPolicy({ ruleset, network, listeners }: FirewallPolicy): LinuxPolicy | null {
  const { json, beside, legacyTables, complete = false, torn, waysOn } = nftables(ruleset);
  if (beside === null) return null;
  const told = { ...waysOn, ...(legacyTables === null ? {} : { legacyTables }) };
  const host = network === null ? null : { ...hostOf(network, listeners), ...told };
  return { rulesetJson: json, ...beside, host, complete, torn };
}

export function nftables(ruleset: Ruleset): Extract<Ruleset, { kind: 'nftables' }> {
  if (ruleset.kind !== 'nftables') throw new Error('These rules are not from a Linux PC.');
  return ruleset;
}

function hostOf({ interfaces, own, listening }: NetworkFact, listeners: readonly Listener[] | null): ReviewHost {
  const addresses = interfaces.map(({ name, addresses: held }) => [
    name,
    held.map(({ address, subnet }) => `${address}/${subnet.split('/')[1]}`),
  ]);
  const seen = listeners?.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port) ?? null;
  const ports = listening?.ports ?? (seen && [...new Set(seen)].sort((a, b) => a - b));
  return {
    interfaces: Object.fromEntries(addresses),
    ...(own && { local: own.local, localElsewhere: own.elsewhere, loopbackOn: own.loopbackOn }),
    ...(ports === null ? {} : { listening: ports, listeningComplete: listening?.complete ?? false }),
  };
}
