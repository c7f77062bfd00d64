// A Windows PC's policy as it can be judged, here or saved and judged elsewhere. Pure.
import type { Review, WindowsPolicy, WindowsReviewHost } from '../../model/review';
import { savedHostName } from '../../policy/saved-policy';
import { reviewRegistry, unknownReview } from '../../policy/windows/review';
import type { FirewallPolicy, ReviewQuery, SavedPolicy } from '../host';
import type { KeyAnswer } from './registry-reads';
import { readOnce, windowsRuleset } from './ruleset-registry';
import { savedKeys, savedKeysName } from './saved-keys';

/** The registry is read once for all ports that are asked about. */
export function reviewPolicy(policy: FirewallPolicy, query: ReviewQuery): Review {
  const windows = windowsPolicy(policy);
  const read = readOnce(windowsRuleset(policy.ruleset));
  return read.kind === 'registry' ? reviewRegistry(read, windows, query) : unknownReview(read.why);
}

/** The registry's texts by file name, and what else is known of the PC. `answers`: to `savedQuestions`. */
export function savePolicy(policy: FirewallPolicy, answers: readonly KeyAnswer[], now: Date): SavedPolicy {
  const { registry, host } = windowsPolicy(policy);
  const { text, absentKeys, unread } = savedKeys(answers);
  const files = new Map(registry.map(({ name, text }) => [name, text]));
  files.set(savedKeysName, text);
  const { listeners } = policy;
  const whole: WindowsReviewHost = {
    savedAt: now.toISOString(),
    ...host,
    absentKeys: [...(host.absentKeys ?? []), ...absentKeys],
    ...(listeners === null ? {} : { listeners }),
  };
  files.set(savedHostName, `${JSON.stringify(whole, null, 2)}\n`);
  return { files, torn: false, unread };
}

function windowsPolicy({
  ruleset,
  network,
  listeners,
}: FirewallPolicy): WindowsPolicy & { readonly host: WindowsReviewHost } {
  // Its server's settings are saved with the registry.
  const { registry, beside, profiles, complete = false } = windowsRuleset(ruleset);
  const { server: _, ...told } = beside;
  const interfaces = network?.interfaces ?? [];
  const known = interfaces.flatMap(({ name, profile }) => (profile === null ? [] : [[name, profile] as const]));
  const ports = listeners?.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port) ?? null;
  const host: WindowsReviewHost = {
    ...told,
    interfaces: Object.fromEntries(
      interfaces.map(({ name, addresses }) => [
        name,
        addresses.map(({ address, subnet }) => `${address}/${subnet.split('/')[1]}`),
      ]),
    ),
    ...(ports === null ? {} : { listening: [...new Set(ports)].sort((a, b) => a - b) }),
    profiles: known.length > 0 ? Object.fromEntries(known) : (profiles ?? {}),
  };
  return { registry, host, complete };
}
