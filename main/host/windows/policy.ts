// A Windows PC's policy as it can be judged, here or saved and judged elsewhere. Pure.
import type { Review, WindowsPolicy, WindowsReviewHost } from '../../model/review';
import type { FirewallPolicy, ReviewQuery, SavedPolicy } from '../host';
import { windowsRuleset } from './ruleset-registry';

export function reviewPolicy(_policy: FirewallPolicy, _query: ReviewQuery): Review | null {
  return null;
}

/** The registry's texts by file name, and what else is known of the PC. */
export function savePolicy(policy: FirewallPolicy): SavedPolicy | null {
  const { registry, host } = windowsPolicy(policy);
  const files = new Map(registry.map(({ name, text }) => [name, text]));
  files.set('host.json', `${JSON.stringify(host, null, 2)}\n`);
  return { files, torn: false };
}

export function windowsPolicy({ ruleset, network, listeners }: FirewallPolicy): WindowsPolicy {
  const { registry, beside, profiles } = windowsRuleset(ruleset);
  const interfaces = network?.interfaces ?? [];
  const known = interfaces.flatMap(({ name, profile }) => (profile === null ? [] : [[name, profile] as const]));
  const ports = listeners?.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port) ?? null;
  const host: WindowsReviewHost = {
    ...beside,
    interfaces: Object.fromEntries(
      interfaces.map(({ name, addresses }) => [
        name,
        addresses.map(({ address, subnet }) => `${address}/${subnet.split('/')[1]}`),
      ]),
    ),
    ...(ports === null ? {} : { listening: [...new Set(ports)].sort((a, b) => a - b) }),
    profiles: known.length > 0 ? Object.fromEntries(known) : (profiles ?? {}),
  };
  return { registry, host };
}
