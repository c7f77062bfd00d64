// A Windows PC's saved registry as one whole that can be judged, or what is wrong with it; and what it says of the PC itself. Pure.
import type { RegistrySource, WindowsReviewHost } from '../../model/review';
import { places, profileKeys, profiles, rulesKey, type Store, withCurrentControlSet } from './places';
import { folded, fullPath, mergeRegistries, presence, type Registry, subkeysOf, textAt } from './registry';
import { type RegistryText, readRegistryText } from './registry-text';

export type ReadRegistry =
  | { readonly kind: 'registry'; readonly registry: Registry; readonly notes: readonly Missing[] }
  /** For people: "policy.reg, line 7: ...". */
  | { readonly kind: 'bad'; readonly why: string };

/** Something that the judgement had to do without. */
export interface Missing {
  readonly rule: string;
  readonly why: string;
}

/** Texts of one PC and one moment. What is wrong outside of what the firewall's policy needs is passed by. */
export function readRegistry(sources: readonly RegistrySource[], host: WindowsReviewHost | null): ReadRegistry {
  const bad = (why: string): ReadRegistry => ({ kind: 'bad', why });
  const parts: Registry[] = [];
  const notes: Missing[] = [];
  for (const { name, text } of sources) {
    const read = readRegistryText(text);
    const problem = read.problems.find(({ key }) => read.shape === 'export' || key === null || isNeeded(key));
    if (problem) return bad(`${name}, line ${problem.line}: ${problem.why}`);
    if (isCutOff(read)) return bad(`${name} is cut off: the firewall's profiles that should follow are missing`);
    if (read.ending === 'torn')
      notes.push({
        rule: name,
        why: 'its last line has no end: if it was cut off there, whatever followed is missing',
      });
    parts.push(read.registry);
  }
  const merged = mergeRegistries(parts);
  if (merged.kind === 'differs')
    return bad(
      `the value "${merged.name}" of ${merged.path} is there twice and differs: the files are of different PCs or moments`,
    );
  const current = withCurrentControlSet(withAbsent(merged.registry, host?.absentKeys ?? []));
  if (current === null)
    return bad('it has several control sets (ControlSet001, ...) and not the key Select, which says the one in use');
  const hasPolicy = [places.local, places.groupPolicy].some((path) => presence(current, path) === 'present');
  return hasPolicy ? { kind: 'registry', registry: current, notes } : bad(needsPolicy);
}

const needsPolicy = `there is no firewall policy in it; on that PC, save it with reg export "${places.local}" local.reg and, where it is there, reg export "${places.groupPolicy}" group.reg`;

const needed: readonly string[] = [
  ...[places.local, places.groupPolicy, places.otherFirewalls],
  ...['mpssvc', 'BFE', 'mpsdrv'].map(places.service),
].map((path) => folded(fullPath(path)));

/** Whether a key is one of those that are judged, below or above one. The control set may be any. */
function isNeeded(key: string): boolean {
  const path = key.replace(/\\CONTROLSET\d{3}(?=\\|$)/, '\\CURRENTCONTROLSET');
  // Service hardening is not judged.
  if (path.includes('\\FIREWALLPOLICY\\RESTRICTEDSERVICES')) return false;
  return needed.some((one) => path === one || path.startsWith(`${one}\\`) || one.startsWith(`${path}\\`));
}

/**
 * Whether the text ends, without the empty line that both programs end with, where more must follow: after the rules although the
 * profiles come in order, or within a profile's key before the switch that each has.
 */
function isCutOff({ registry, ending, lastKey }: RegistryText): boolean {
  if (ending === 'whole' || lastKey === null) return false;
  const [, policy = '', name = ''] = /^(.*\\FIREWALLPOLICY)\\([^\\]+)$/.exec(lastKey) ?? [];
  const has = (key: string): boolean => registry.keys.has(`${policy}\\${key}`);
  if (name === 'FIREWALLRULES')
    return has('DOMAINPROFILE') && !has('PUBLICPROFILE') && !has('STANDARDPROFILE') && registry.keys.has(policy);
  return name.endsWith('PROFILE') && registry.keys.get(lastKey)?.values.has('ENABLEFIREWALL') === false;
}

/** `keys`: that were looked for and are not there. */
export function withAbsent(registry: Registry, keys: readonly string[]): Registry {
  if (keys.length === 0) return registry;
  return { ...registry, whole: new Set([...registry.whole, ...keys.map((key) => folded(fullPath(key)))]) };
}

/** Whether a store's rules are there: unknown where the store is, or must be, and its rules were not saved. */
export function rulesOf(registry: Registry, store: Store): 'known' | 'unknown' {
  const rules = presence(registry, rulesKey(store));
  if (rules === 'present') return 'known';
  // Every Windows has local rules; of group policy and MDM most have none, so what was not saved is only named.
  if (store === 'local') return 'unknown';
  const above = presence(registry, store === 'mdm' ? places.mdm : places.groupPolicy);
  return above === 'present' && rules === 'not-saved' && isListed(registry, rulesKey(store)) ? 'unknown' : 'known';
}

const isListed = (registry: Registry, path: string): boolean => registry.present.has(folded(fullPath(path)));

const groupParts: readonly string[] = [
  'FirewallRules',
  'DomainProfile',
  'PrivateProfile',
  'PublicProfile',
  'StandardProfile',
];

/** Stores and switches that were not in the text, and what they were taken for. */
export function missingFrom(registry: Registry): readonly Missing[] {
  const missing: Missing[] = [];
  if (presence(registry, places.groupPolicy) === 'not-saved')
    missing.push({
      rule: `group policy (${places.groupPolicy})`,
      why: 'it is not in the text: counted as if none were set. It can open the door, and close it',
    });
  else {
    const parts = groupParts.filter((name) => presence(registry, `${places.groupPolicy}\\${name}`) === 'not-saved');
    if (parts.length > 0)
      missing.push({
        rule: `${parts.join(', ')} of group policy (${places.groupPolicy})`,
        why: 'they are not in the text: counted as if they set nothing',
      });
  }
  const absent = profiles.filter((profile) =>
    profileKeys(registry, 'local', profile).every((key) => presence(registry, key) !== 'present'),
  );
  if (absent.length > 0)
    missing.push({
      rule: `switches of the ${absent.join(', ')} profile${absent.length === 1 ? '' : 's'} (${places.local})`,
      why: 'they are not in the text: counted as Windows has them by itself, firewall on and other inbound connections blocked',
    });
  if (presence(registry, places.mdm) === 'not-saved')
    missing.push({ rule: `MDM (${places.mdm})`, why: 'it is not in the text: counted as if nothing were set' });
  return missing;
}

/** Other firewall products that are registered with Windows' security centre, by name. */
export function otherFirewalls(registry: Registry, host: WindowsReviewHost | null): readonly string[] {
  const registered = subkeysOf(registry, places.otherFirewalls).map((name) => {
    const path = `${places.otherFirewalls}\\${name}`;
    return textAt(registry, path, 'DISPLAYNAME') ?? name;
  });
  return [...new Set([...(host?.otherFirewalls ?? []), ...registered])];
}
