// A Windows ruleset's texts as one registry, and what is asked of it.

import type { Ruleset } from '../../model/facts';
import { message } from '../../model/message';
import { MessageError } from '../../model/message-error';
import { type ReadRegistry, readRegistry } from '../../policy/windows/read-registry';
import type { Registry } from '../../policy/windows/registry';
import type { ShieldPlace } from '../../policy/windows/shield';
import type { WindowsRuleset } from './policy-reads';

export function windowsRuleset(ruleset: Ruleset): WindowsRuleset {
  if (ruleset.kind !== 'windows') throw new MessageError(message('windows.foreign-rules'));
  return ruleset;
}

/** Throws an Error with a message for people where the texts can't be read whole, or are of different moments. */
export function registryOf(ruleset: WindowsRuleset): Registry {
  const read = readOnce(ruleset);
  const [first, ...others] = read.kind === 'registry' ? read.moments : [];
  const damage = first?.missing[0]?.what ?? (others.length > 0 ? message('saved.part.moments') : null);
  if (read.kind !== 'registry' || damage !== null)
    throw new MessageError(
      message('windows.policy-unread', { why: (read.kind === 'registry' ? damage : read.why) ?? '' }),
    );
  return read.registry;
}

/** As far as it could be read. Throws as `registryOf` where it could not at all. */
export function registryInPart(ruleset: WindowsRuleset): Registry {
  const read = readOnce(ruleset);
  if (read.kind === 'registry') return read.registry;
  throw new MessageError(message('windows.policy-unread', { why: read.why }));
}

/** The same, with what is wrong with it, or with what it had to do without. */
export function readOnce(ruleset: WindowsRuleset): ReadRegistry {
  const before = kept.get(ruleset);
  if (before !== undefined) return before;
  const read = readRegistry(ruleset.registry, { interfaces: {}, ...ruleset.beside });
  kept.set(ruleset, read);
  return read;
}

const kept = new WeakMap<WindowsRuleset, ReadRegistry>();

/** What a shield is judged by. */
export function shieldPlace(ruleset: WindowsRuleset): ShieldPlace {
  const { beside, profiles } = ruleset;
  return { registry: registryOf(ruleset), beside, inUse: profiles ? new Set(Object.values(profiles)) : null };
}
