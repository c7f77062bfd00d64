// A Windows PC's saved registry as one whole that can be judged, or what is wrong with it; and what it says of the PC itself. Pure.
import { type Message, message } from '../../model/message';
import type { NotSaved, RegistrySource, WindowsReviewHost } from '../../model/review';
import { saveGroupPolicy } from './missing';
import { momentsOf, type Part } from './moments';
import { places, rulesKey, type Store, withCurrentControlSet } from './places';
import { folded, fullPath, mergeRegistries, presence, type Registry, subkeysOf, textAt } from './registry';
import { mostProblems } from './registry-builder';
import { type RegistryText, readRegistryText } from './registry-text';

export type ReadRegistry =
  | {
      readonly kind: 'registry';
      /** Of the first of the moments. */
      readonly registry: Registry;
      /** One; several where texts contradict each other, and then what each makes of it has to be judged. */
      readonly moments: readonly Moment[];
    }
  /** It is a policy's, and still can't be judged. */
  | { readonly kind: 'unclear'; readonly why: Message }
  /** It is none: "there is no firewall policy in it ...". */
  | { readonly kind: 'bad'; readonly why: Message };

export interface Moment {
  /** The texts that are of this moment alone; empty where there is one moment. */
  readonly names: readonly string[];
  readonly registry: Registry;
  readonly missing: readonly NotSaved[];
}

/**
 * Texts of one PC. What can be read of a policy's is judged; what is wrong with it is named as missing, and what is wrong elsewhere is passed by.
 * Texts that contradict each other are never united.
 */
export function readRegistry(sources: readonly RegistrySource[], host: WindowsReviewHost | null): ReadRegistry {
  const texts = sources.map(({ name, text, isPolicyFile }) => ({
    name,
    ...(isPolicyFile ? readPolicyFile(name, text) : readText(name, text)),
  }));
  const [nothing] = texts.filter(({ registry }) => registry.present.size === 0 && registry.whole.size === 0);
  if (nothing !== undefined && texts.length === 1)
    return {
      kind: 'bad',
      why: message('saved.registry.first', {
        name: nothing.name,
        problem: nothing.first ?? message('saved.registry.empty'),
      }),
    };
  const ways = momentsOf(texts, isNeeded);
  if (ways === null) return { kind: 'unclear', why: message('saved.registry.many') };
  const shared = texts.filter((text) => ways.every((way) => way.some(({ name }) => name === text.name)));
  const moments: Moment[] = [];
  for (const way of ways) {
    const registry = withCurrentControlSet(withAbsent(united(way), host?.absentKeys ?? []));
    if (registry === null)
      return {
        kind: 'unclear',
        why: message('saved.registry.control-sets'),
      };
    const names = way.map(({ name }) => name);
    moments.push({
      names: ways.length === 1 ? [] : names.filter((name) => !shared.some((text) => text.name === name)),
      registry,
      missing: texts.flatMap(({ name, missing }) => (names.includes(name) ? missing : [])),
    });
  }
  const [first] = moments;
  const hasPolicy = moments.some(({ registry }) =>
    [places.local, places.groupPolicy].some((path) => presence(registry, path) === 'present'),
  );
  // What takes a policy away is of one, too.
  const isOfPolicy = hasPolicy || texts.some(({ registry }) => [...registry.whole].some((key) => isPolicyKey(key)));
  return first !== undefined && isOfPolicy
    ? { kind: 'registry', registry: first.registry, moments }
    : { kind: 'bad', why: needsPolicy };
}

interface ReadText {
  readonly registry: Registry;
  readonly missing: readonly NotSaved[];
  /** What is wrong with it first: "line 1: ..."; null = nothing. */
  readonly first: Message | null;
}

function readText(name: string, text: string): ReadText {
  const read = readRegistryText(text);
  const { registry, problems, shape, searched, isImport } = read;
  const again = message('saved.registry.again');
  // Of a text with very many problems only the first are told.
  const problem = problems.find(
    ({ key }, at) => shape === 'export' || key === null || isNeeded(key) || at === mostProblems - 1,
  );
  const [first] = problems;
  const single = shape === 'query' ? [...registry.whole].filter((key) => isSingle(registry, key)) : [];
  const missing: readonly NotSaved[] = [
    ...(problem === undefined
      ? []
      : [
          {
            code: 'damaged-text' as const,
            what: message('saved.registry.damaged', { name, line: problem.line, why: problem.why }),
            save: again,
          },
        ]),
    ...([...searched].some(isNeeded)
      ? [
          {
            code: 'search-result' as const,
            what: message('saved.registry.search', { name }),
            save: again,
          },
        ]
      : []),
    ...(isImport
      ? [
          {
            code: 'import-file' as const,
            what: message('saved.registry.import', { name }),
            save: again,
          },
        ]
      : []),
    ...(isCutOff(read)
      ? [
          {
            code: 'rest-of-text' as const,
            what: message('saved.registry.rest', { name }),
            save: again,
          },
        ]
      : []),
    ...single.map((key) => ({
      code: 'rest-of-text' as const,
      what: message('saved.registry.single', { key: registry.keys.get(key)?.path ?? key, name }),
      save: again,
    })),
  ];
  return {
    registry,
    missing,
    first: first === undefined ? null : message('saved.registry.line', { line: first.line, why: first.why }),
  };
}

/** What one group policy object sets: nothing is known not to be there by that. */
function readPolicyFile(name: string, text: string): ReadText {
  const { registry } = readRegistryText(text);
  const missing: NotSaved = {
    code: 'other-policies',
    what: message('saved.registry.other-policies', { name }),
    save: saveGroupPolicy,
  };
  return { registry: { ...registry, whole: new Set() }, missing: [missing], first: null };
}

/** Whether of a key of rules and switches that was asked for one value alone was printed. (A registered firewall may have one only.) */
function isSingle(registry: Registry, full: string): boolean {
  const hasOne = registry.keys.get(full)?.values.size === 1 && isAmong(full, ofPolicy);
  return hasOne && ![...registry.keys.keys()].some((key) => key.startsWith(`${full}\\`));
}

/** What several texts say of one moment; a key that nothing is judged by, and of which they say different things, is not known. */
function united(parts: readonly Part[]): Registry {
  let registries = parts.map(({ registry }) => registry);
  for (;;) {
    const merged = mergeRegistries(registries);
    if (merged.kind === 'registry') return merged.registry;
    const full = foldedPath(merged.path);
    registries = registries.map((registry) => {
      const key = registry.keys.get(full);
      if (key === undefined) return registry;
      const unread = { ...key, read: false, values: new Map() };
      return { ...registry, keys: new Map([...registry.keys, [full, unread]]) };
    });
  }
}

const needsPolicy = message('saved.registry.no-policy', { local: places.local, group: places.groupPolicy });

const ofPolicy: readonly string[] = [places.local, places.groupPolicy].map(foldedPath);
const stores: readonly string[] = [...ofPolicy, foldedPath(places.otherFirewalls)];
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

const policyKeys = [places.local, places.groupPolicy].map(foldedPath);
const isPolicyKey = (key: string): boolean => policyKeys.some((one) => key === one || key.startsWith(`${one}\\`));

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
