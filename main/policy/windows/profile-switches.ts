// What a PC's switches say of each profile, as far as it matters for whether local rules have any effect there. Pure.
import type { Profile } from '../../model/review';
import { firewallServiceKey, groupPolicyKey, localPolicyKey } from './firewall-keys';
import { numberAt, presence, type Registry } from './registry';

export interface ProfileSwitch {
  readonly profile: Profile;
  readonly firewall: 'on' | 'off';
  readonly by: 'group policy' | 'this PC' | 'default';
  /** Whether local rules count there; only group policy can say they do not. */
  readonly merge: boolean;
}

const localKeys: Readonly<Record<Profile, string>> = {
  domain: 'DomainProfile',
  // The service reads StandardProfile for private networks ([MS-FASP] 2.2.2), whatever else stands there.
  private: 'StandardProfile',
  public: 'PublicProfile',
};

/** Of all three profiles ([MS-GPFAS] 2.2.3, [MS-FASP] 2.2.38). */
export function profileSwitches(registry: Registry): readonly ProfileSwitch[] {
  return (['domain', 'private', 'public'] as const).map((profile): ProfileSwitch => {
    const policy = policyKeyOf(registry, profile);
    const byPolicy = numberAt(registry, policy, 'EnableFirewall');
    const local = numberAt(registry, `${localPolicyKey}\\${localKeys[profile]}`, 'EnableFirewall');
    return {
      profile,
      firewall: (byPolicy ?? local ?? 1) === 0 ? 'off' : 'on',
      by: byPolicy !== null ? 'group policy' : local !== null ? 'this PC' : 'default',
      merge: numberAt(registry, policy, 'AllowLocalPolicyMerge') !== 0,
    };
  });
}

/** 4 = disabled: Windows then enforces no rule, which Microsoft calls unsupported. */
export const isServiceDisabled = (registry: Registry): boolean => numberAt(registry, firewallServiceKey, 'Start') === 4;

/** The old StandardProfile counts for private and public only where neither of these has a key (GPFAS 2.2.3). */
function policyKeyOf(registry: Registry, profile: Profile): string {
  if (profile === 'domain') return `${groupPolicyKey}\\DomainProfile`;
  const hasNew = ['PrivateProfile', 'PublicProfile'].some(
    (key) => presence(registry, `${groupPolicyKey}\\${key}`) === 'present',
  );
  const own = profile === 'private' ? 'PrivateProfile' : 'PublicProfile';
  return `${groupPolicyKey}\\${hasNew ? own : 'StandardProfile'}`;
}
