// The switches of a profile, merged from all stores: firewall on or off, default action, block all, merging of local rules. Pure.
import { type Message, message } from '../../model/message';
import type { Profile } from '../../model/review';
import { places, profileKeys, type Store } from './places';
import { keyAt, type Registry, textAt, valueAt } from './registry';

interface Switch<T> {
  readonly value: T;
  /** Where it is set: key and value as written ("HKLM\...\DomainProfile: EnableFirewall=0"); null = nowhere, so Windows' default counts. */
  readonly from: { readonly store: Store; readonly key: string; readonly text: string } | null;
  /** Why it can't be told, in which case `value` is the more open one. */
  readonly doubt: Message | null;
}

export interface Switches {
  readonly enabled: Switch<boolean>;
  readonly defaultInbound: Switch<'allow' | 'block'>;
  /** On in any store wins [PSDOC Set-NetFirewallProfile; MS-FASP 2.2.38]. */
  readonly blockAll: Switch<boolean>;
  /** Whether local rules count. Only group policy's word counts; MDM's is not documented, so it makes a doubt. */
  readonly merge: Switch<'yes' | 'no' | 'unknown'>;
  /** GUIDs of interfaces without firewall, folded to lower case. */
  readonly disabledInterfaces: Switch<readonly string[]>;
  /** Local rules for programs, and for single ports, that older policies leave out. */
  readonly dropsPrograms: boolean;
  readonly dropsPorts: boolean;
}

export function switchesOf(registry: Registry, profile: Profile): Switches {
  const enabled = decided(registry, profile, 'EnableFirewall');
  const inbound = decided(registry, profile, 'DefaultInboundAction');
  return {
    // What is neither 0 nor 1 is not documented: the more open one is assumed.
    enabled: { ...enabled, value: enabled.value === null ? enabled.doubt === null : enabled.value === 1 },
    defaultInbound: {
      ...inbound,
      value: inbound.value === 1 || (inbound.value === null && inbound.doubt === null) ? 'block' : 'allow',
    },
    blockAll: blockAllOf(registry, profile),
    merge: mergeOf(registry, profile),
    disabledInterfaces: disabledOf(registry, profile),
    dropsPrograms: isDropped(registry, profile, 'AuthorizedApplications'),
    dropsPorts: isDropped(registry, profile, 'GloballyOpenPorts'),
  };
}

interface Found {
  readonly store: Store;
  readonly key: string;
  readonly text: string;
  /** null = it is not a number that is whole. */
  readonly number: number | null;
}

function foundIn(registry: Registry, store: Store, profile: Profile, name: string): Found | null {
  for (const key of profileKeys(registry, store, profile)) {
    const value = valueAt(registry, key, name);
    if (value === null) continue;
    const number = value.kind === 'number' && !value.cut ? value.number : null;
    return { store, key, text: `${name}=${number ?? value.type}`, number };
  }
  return null;
}

/** Group policy's value, else MDM's, else the local one. */
function decided(registry: Registry, profile: Profile, name: string): Switch<number | null> {
  const all = (['group-policy', 'mdm', 'local'] as const).flatMap(
    (store) => foundIn(registry, store, profile, name) ?? [],
  );
  const [first] = all;
  if (first === undefined) return { value: null, from: null, doubt: null };
  const [group, mdm] = [all.find(({ store }) => store === 'group-policy'), all.find(({ store }) => store === 'mdm')];
  if (group && mdm && group.number !== mdm.number)
    return {
      value: null,
      from: first,
      doubt: message('windows-rules.contradiction', { policy: group.text, mdm: mdm.text }),
    };
  if (first.number !== 0 && first.number !== 1)
    return { value: null, from: first, doubt: message('windows-rules.neither', { text: first.text }) };
  return { value: first.number, from: first, doubt: null };
}

function blockAllOf(registry: Registry, profile: Profile): Switch<boolean> {
  const all = (['group-policy', 'mdm', 'local'] as const).flatMap(
    (store) => foundIn(registry, store, profile, 'DoNotAllowExceptions') ?? [],
  );
  const on = all.find(({ number }) => number === 1);
  if (on) return { value: true, from: on, doubt: null };
  const odd = all.find(({ number }) => number !== 0);
  return {
    value: false,
    from: odd ?? null,
    doubt: odd === undefined ? null : message('windows-rules.neither', { text: odd.text }),
  };
}

function mergeOf(registry: Registry, profile: Profile): Switches['merge'] {
  const name = 'AllowLocalPolicyMerge';
  const group = foundIn(registry, 'group-policy', profile, name);
  const mdm = foundIn(registry, 'mdm', profile, name);
  if (group?.number === 0) return { value: 'no', from: group, doubt: null };
  const odd = [group, mdm].find((found) => found !== null && found.number !== 1);
  if (!odd) return { value: 'yes', from: group, doubt: null };
  const doubt = message(odd === mdm ? 'windows-rules.mdm-says' : 'windows-rules.neither', { text: odd.text });
  return { value: 'unknown', from: odd, doubt };
}

function disabledOf(registry: Registry, profile: Profile): Switches['disabledInterfaces'] {
  for (const store of ['group-policy', 'mdm', 'local'] as const)
    for (const key of profileKeys(registry, store, profile)) {
      const text = textAt(registry, key, 'DisabledInterfaces');
      if (text === null) continue;
      const value = (text.match(/\{[^{}]*\}/g) ?? []).map((guid) => guid.toLowerCase());
      return { value, from: { store, key, text: `DisabledInterfaces=${text}` }, doubt: null };
    }
  return { value: [], from: null, doubt: null };
}

function isDropped(registry: Registry, profile: Profile, key: string): boolean {
  return profileKeys(registry, 'group-policy', profile).some((path) => {
    const value = keyAt(registry, `${path}\\${key}`)?.values.get('ALLOWUSERPREFMERGE');
    return value?.kind === 'number' && value.number === 0;
  });
}

/** Services without which nothing of the policy is enforced, by how they are started. */
export function disabledService(registry: Registry): { readonly name: string; readonly key: string } | null {
  for (const name of ['mpssvc', 'BFE', 'mpsdrv']) {
    const start = valueAt(registry, places.service(name), 'Start');
    if (start?.kind === 'number' && start.number === 4) return { name, key: places.service(name) };
  }
  return null;
}
