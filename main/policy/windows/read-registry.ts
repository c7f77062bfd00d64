// A Windows PC's saved registry as one whole that can be judged, or what is wrong with it; and what it says of the PC itself. Pure.
import type { NotSaved, RegistrySource, WindowsReviewHost } from '../../model/review';
import { places, rulesKey, type Store, withCurrentControlSet } from './places';
import { folded, fullPath, mergeRegistries, presence, type Registry, subkeysOf, textAt } from './registry';
import { type RegistryText, readRegistryText } from './registry-text';

export type ReadRegistry =
  | { readonly kind: 'registry'; readonly registry: Registry; readonly missing: readonly NotSaved[] }
  /** For people: "policy.reg, line 7: ...". */
  | { readonly kind: 'bad'; readonly why: string };

/** Texts of one PC and one moment. What is wrong outside of what the firewall's policy needs is passed by. */
export function readRegistry(sources: readonly RegistrySource[], host: WindowsReviewHost | null): ReadRegistry {
  const bad = (why: string): ReadRegistry => ({ kind: 'bad', why });
  const parts: Registry[] = [];
  const missing: NotSaved[] = [];
  for (const { name, text } of sources) {
    const read = readRegistryText(text);
    const problem = read.problems.find(({ key }) => read.shape === 'export' || key === null || isNeeded(key));
    if (problem) return bad(`${name}, line ${problem.line}: ${problem.why}`);
    if (isCutOff(read))
      missing.push({
        code: 'rest-of-text',
        what: `the rest of ${name}, which does not end as "reg" ends a text and may be cut off`,
        save: 'the same command again, and the whole of what it writes',
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
  return hasPolicy ? { kind: 'registry', registry: current, missing } : bad(needsPolicy);
}

const needsPolicy = `there is no firewall policy in it; on that PC, save it with reg export "${places.local}" local.reg and, where it is there, reg export "${places.groupPolicy}" group.reg`;

const stores: readonly string[] = [places.local, places.groupPolicy, places.otherFirewalls].map(foldedPath);
const needed: readonly string[] = [...stores, ...['mpssvc', 'BFE', 'mpsdrv'].map(places.service).map(foldedPath)];

function foldedPath(path: string): string {
  return folded(fullPath(path));
}

/** Whether a key is one of those that are judged, below or above one. */
const isNeeded = (key: string): boolean => isAmong(key, needed);

/** Whether a key is one of these, below or above one. The control set may be any. */
function isAmong(key: string, keys: readonly string[]): boolean {
  const path = key.replace(/\\CONTROLSET\d{3}(?=\\|$)/, '\\CURRENTCONTROLSET');
  // Service hardening is not judged.
  if (path.includes('\\FIREWALLPOLICY\\RESTRICTEDSERVICES')) return false;
  return keys.some((one) => path === one || path.startsWith(`${one}\\`) || one.startsWith(`${path}\\`));
}

/**
 * Whether the text ends, without the empty line that both programs end with, within the policy: of the key that it ends in there may be
 * more. What may follow that key is missing by itself, since nothing then tells that it is not there.
 */
const isCutOff = ({ ending, lastKey }: RegistryText): boolean =>
  ending !== 'whole' && lastKey !== null && isAmong(lastKey, stores);

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

/** Other firewall products that are registered with Windows' security centre, by name. */
export function otherFirewalls(registry: Registry, host: WindowsReviewHost | null): readonly string[] {
  const registered = subkeysOf(registry, places.otherFirewalls).map((name) => {
    const path = `${places.otherFirewalls}\\${name}`;
    return textAt(registry, path, 'DISPLAYNAME') ?? name;
  });
  return [...new Set([...(host?.otherFirewalls ?? []), ...registered])];
}
