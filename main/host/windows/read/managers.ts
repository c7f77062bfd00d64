// Which firewall decides on a Windows PC: its own, switched on or off by profile, or another product. Pure.
import type { FirewallManager } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
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
      because: message('windows.manager.other'),
    }),
  );
  const own = { name: 'windows-firewall', title: 'Windows Defender Firewall', ...ownState(ruleset) } as const;
  return [own, ...others, ...(ruleset.beside.otherFirewalls === undefined ? [unreadOthers] : [])];
}

const unreadOthers: FirewallManager = {
  name: 'other',
  title: 'Another firewall product, if there is one',
  state: 'unknown',
  because: message('windows.manager.others-unread', { key: places.otherFirewalls }),
};

function ownState(ruleset: WindowsRuleset): Pick<FirewallManager, 'state' | 'because'> {
  const registry = registryOf(ruleset);
  const disabled = disabledService(registry);
  if (disabled !== null)
    return { state: 'inactive', because: message('windows.manager.disabled', { name: disabled.name }) };
  if (ruleset.beside.firewallService === 'stopped')
    return { state: 'inactive', because: message('windows.manager.stopped', { name: 'mpssvc' }) };
  const on = profiles.map((profile) => switchesOf(registry, profile).enabled.value);
  return {
    state: on.every((one) => one) ? 'active' : on.includes(true) ? 'unknown' : 'inactive',
    because: message('windows.manager.profiles', { profiles: profiles.map((profile) => ofProfile(registry, profile)) }),
  };
}

function ofProfile(registry: Registry, profile: Profile): Message {
  const { enabled, merge } = switchesOf(registry, profile);
  const state = `${enabled.value ? 'on' : 'off'}${enabled.from?.store === 'group-policy' ? '-by-policy' : ''}` as const;
  const said = message(`windows.manager.profile.${state}`, { profile });
  return merge.value === 'yes' ? said : message('windows.manager.profile.no-local-rules', { profile: said });
}
