// Which firewall decides on a Windows PC: its own, switched on or off by profile, or another product. Pure.
import type { FirewallManager } from '../../../model/facts';
import type { Profile } from '../../../model/review';
import { places, profiles } from '../../../policy/windows/places';
import type { Registry } from '../../../policy/windows/registry';
import { disabledService, switchesOf } from '../../../policy/windows/switches';
import type { WindowsRuleset } from '../policy-reads';
import { registryOf } from '../ruleset-registry';

/** Throws an Error with a message for people where the policy's text can't be read. */
export function managersOf(ruleset: WindowsRuleset): readonly FirewallManager[] {
  const others = (ruleset.beside.otherFirewalls ?? []).map(
    (title): FirewallManager => ({
      name: 'other',
      title,
      state: 'unknown',
      because: 'It is registered in the Security Center as a firewall; Windows may leave the filtering to it.',
    }),
  );
  const own = { name: 'windows-firewall', title: 'Windows Defender Firewall', ...ownState(ruleset) } as const;
  return [own, ...others, ...(ruleset.beside.otherFirewalls === undefined ? [unreadOthers] : [])];
}

const unreadOthers: FirewallManager = {
  name: 'other',
  title: 'Another firewall product, if there is one',
  state: 'unknown',
  because: `${places.otherFirewalls}, where the Security Center lists them, could not be read.`,
};

function ownState(ruleset: WindowsRuleset): Pick<FirewallManager, 'state' | 'because'> {
  const registry = registryOf(ruleset);
  const disabled = disabledService(registry);
  if (disabled !== null) return { state: 'inactive', because: `Its service ${disabled.name} is disabled.` };
  if (ruleset.beside.firewallService === 'stopped')
    return { state: 'inactive', because: 'Its service (mpssvc) does not run.' };
  const on = profiles.map((profile) => switchesOf(registry, profile).enabled.value);
  return {
    state: on.every((one) => one) ? 'active' : on.includes(true) ? 'unknown' : 'inactive',
    because: `${profiles.map((profile) => profileWords(registry, profile)).join('; ')}.`,
  };
}

function profileWords(registry: Registry, profile: Profile): string {
  const { enabled, merge } = switchesOf(registry, profile);
  const by = enabled.from?.store === 'group-policy' ? ' by group policy' : '';
  return `${profile}: ${enabled.value ? 'on' : 'off'}${by}${merge.value === 'yes' ? '' : ', local rules do not count'}`;
}
