// A Windows ruleset's texts as one registry, and what is asked of it.
import type { Ruleset } from '../../model/facts';
import { mergeRegistries, type Registry } from '../../policy/windows/registry';
import { readRegistryText } from '../../policy/windows/registry-text';
import type { ShieldPlace } from '../../policy/windows/shield';
import type { WindowsRuleset } from './policy-reads';

export function windowsRuleset(ruleset: Ruleset): WindowsRuleset {
  if (ruleset.kind !== 'windows') throw new Error('These rules are not from a Windows PC.');
  return ruleset;
}

/** Read once for each ruleset. Throws an Error with a message for people where the texts can't be read, or are of different moments. */
export function registryOf(ruleset: WindowsRuleset): Registry {
  const before = kept.get(ruleset);
  if (before !== undefined) return before;
  const texts = ruleset.registry.map(({ name, text }) => ({ name, ...readRegistryText(text) }));
  const bad = texts.find(({ problems }) => problems.length > 0);
  if (bad !== undefined)
    throw new Error(`Breakwater could not read the firewall's policy: ${bad.name}, line ${bad.problems[0]?.line}: ${bad.problems[0]?.why}.`);
  const merged = mergeRegistries(texts.map(({ registry }) => registry));
  if (merged.kind === 'differs')
    throw new Error('The firewall changed while Breakwater was reading it. Please try again.');
  kept.set(ruleset, merged.registry);
  return merged.registry;
}

const kept = new WeakMap<WindowsRuleset, Registry>();

/** What a shield is judged by. */
export function shieldPlace(ruleset: WindowsRuleset): ShieldPlace {
  const { beside, profiles } = ruleset;
  return { registry: registryOf(ruleset), beside, inUse: profiles ? new Set(Object.values(profiles)) : null };
}
