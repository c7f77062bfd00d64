// Which firewall decides on a Windows PC: its own, switched on or off by profile, or another product. Pure.
import type { FirewallManager } from '../../../model/facts';
import { isServiceDisabled, type ProfileSwitch, profileSwitches } from '../../../policy/windows/profile-switches';
import type { WindowsRuleset } from '../policy-reads';
import { registryOf } from '../ruleset-registry';

export function managersOf(ruleset: WindowsRuleset): readonly FirewallManager[] {
  const registry = registryOf(ruleset);
  const disabled = isServiceDisabled(registry);
  const profiles = profileSwitches(registry);
  const others = (ruleset.beside.otherFirewalls ?? []).map(
    (title): FirewallManager => ({
      name: 'other',
      title,
      state: 'unknown',
      because: 'It is registered in the Security Center as a firewall; Windows may leave the filtering to it.',
    }),
  );
  return [
    {
      name: 'windows-firewall',
      title: 'Windows Defender Firewall',
      state: disabled ? 'inactive' : stateOf(ruleset, profiles),
      because: disabled ? 'Its service (mpssvc) is disabled.' : becauseOf(ruleset, profiles),
    },
    ...others,
  ];
}

function stateOf({ beside }: WindowsRuleset, profiles: readonly ProfileSwitch[]): FirewallManager['state'] {
  const isOff = beside.firewallService === 'stopped' || profiles.every(({ firewall }) => firewall === 'off');
  return isOff ? 'inactive' : profiles.every(({ firewall }) => firewall === 'on') ? 'active' : 'unknown';
}

function becauseOf({ beside }: WindowsRuleset, profiles: readonly ProfileSwitch[]): string {
  if (beside.firewallService === 'stopped') return 'Its service (mpssvc) does not run.';
  return profiles
    .map(({ profile, firewall, by, merge }) => {
      const how = by === 'group policy' ? ' by group policy' : '';
      return `${profile}: ${firewall}${how}${merge ? '' : ', local rules do not count there'}`;
    })
    .join('; ');
}
