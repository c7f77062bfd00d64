// Where Windows Firewall keeps its policy in the registry, and which control set a saved registry means. Pure.
import type { Profile } from '../../model/review';
import { folded, fullPath, numberAt, presence, type Registry, type RegistryKey } from './registry';

const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';

export const places = {
  local: `${services}\\SharedAccess\\Parameters\\FirewallPolicy`,
  groupPolicy: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall',
  mdm: `${services}\\SharedAccess\\Parameters\\FirewallPolicy\\Mdm`,
  service: (name: string): string => `${services}\\${name}`,
  otherFirewalls: 'HKLM\\SOFTWARE\\Microsoft\\Security Center\\Provider\\Fw',
  windowsVersion: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
} as const;

/** By precedence where a switch is set in several [MS-FASP 2.2.38]. */
export type Store = 'group-policy' | 'mdm' | 'local';

const storePlaces: Readonly<Record<Store, string>> = {
  'group-policy': places.groupPolicy,
  mdm: places.mdm,
  local: places.local,
};

export const rulesKey = (store: Store): string => `${storePlaces[store]}\\FirewallRules`;

export const profiles: readonly Profile[] = ['domain', 'private', 'public'];
const profileKeyNames: Readonly<Record<Profile, string>> = {
  domain: 'DomainProfile',
  private: 'PrivateProfile',
  public: 'PublicProfile',
};

/**
 * The keys with a profile's switches in a store, by precedence. The local store's private profile is called StandardProfile
 * [MS-FASP 2.2.2]; group policy's StandardProfile counts for private and public where it has neither of their own [MS-GPFAS 2.2.3].
 */
export function profileKeys(registry: Registry, store: Store, profile: Profile): readonly string[] {
  const own = `${storePlaces[store]}\\${profileKeyNames[profile]}`;
  const standard = `${storePlaces[store]}\\StandardProfile`;
  if (profile === 'domain') return [own];
  if (store === 'local') return [profile === 'private' ? standard : own];
  if (store === 'mdm') return profile === 'private' ? [own, standard] : [own];
  const has = (of: 'private' | 'public'): boolean =>
    presence(registry, `${places.groupPolicy}\\${profileKeyNames[of]}`) !== 'absent' &&
    presence(registry, `${places.groupPolicy}\\${profileKeyNames[of]}`) !== 'not-saved';
  return has('private') || has('public') ? [own] : [standard];
}

/**
 * A registry saved from a hive has no CurrentControlSet: the set that was in use takes its place. null where several are there
 * and nothing says which it is.
 */
export function withCurrentControlSet(registry: Registry): Registry | null {
  if (registry.present.has(folded(fullPath(places.service('SharedAccess'))))) return registry;
  const sets = new Map<string, string>();
  for (const path of registry.present) {
    const [, system, number] =
      /^(HKEY_LOCAL_MACHINE\\[^\\]+)\\CONTROLSET(\d{3})\\SERVICES\\SHAREDACCESS$/.exec(path) ?? [];
    if (system !== undefined && number !== undefined) sets.set(`${system}\\CONTROLSET${number}`, system);
  }
  if (sets.size === 0) return registry;
  const inUse = [...sets].filter(([set, system]) => {
    const current = numberAt(registry, `${system}\\Select`, 'Current');
    return current === null ? sets.size === 1 : set.endsWith(`CONTROLSET${String(current).padStart(3, '0')}`);
  });
  const [chosen] = inUse;
  if (chosen === undefined || inUse.length > 1) return null;
  const [from] = chosen;
  const to = folded('HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet');
  const moved = (path: string): string =>
    path.startsWith(`${from}\\`) || path === from ? to + path.slice(from.length) : path;
  const keys = new Map<string, RegistryKey>([...registry.keys].map(([path, key]) => [moved(path), key]));
  const whole = new Set([...registry.whole].map(moved));
  return { keys, present: new Set([...registry.present].map(moved)), whole };
}
