// Which parts of a Windows PC's policy were not saved, and the command that saves each. Pure.
import { type Message, message } from '../../model/message';
import type { NotSaved, Profile, WindowsReviewHost } from '../../model/review';
import { places, profileKeys, rulesKey } from './places';
import { folded, fullPath, presence, type Registry, valueAt } from './registry';

/**
 * What of all that could let somebody in, in these profiles, is neither in the text nor known not to be there. Every Windows has the local
 * rules, a key for each profile, and both services, so a text without them is none of the whole.
 */
export function missingFrom(
  registry: Registry,
  host: WindowsReviewHost | null,
  profiles: readonly Profile[],
): readonly NotSaved[] {
  return [
    ...missingLocal(registry, profiles),
    ...missingGroupPolicy(registry),
    ...missingMdm(registry),
    ...missingServices(registry, host),
    ...missingFirewalls(registry, host),
  ];
}

const exportOf = (key: string, file: string): string => `reg export "${key}" ${file}`;
const saveLocal = exportOf(places.local, 'local.reg');
/** The command that saves what all group policy objects together have set. */
export const saveGroupPolicy = message('saved.registry.group-command', {
  command: exportOf(places.groupPolicy, 'group.reg'),
});

function missingLocal(registry: Registry, profiles: readonly Profile[]): readonly NotSaved[] {
  const areRulesThere = presence(registry, rulesKey('local')) === 'present' || isKnownAway(registry, rulesKey('local'));
  const absent = profiles.filter((profile) =>
    profileKeys(registry, 'local', profile).every(
      (key) => presence(registry, key) !== 'present' && !isKnownAway(registry, key),
    ),
  );
  const switches =
    absent.length === 1
      ? message('saved.part.switches', { profile: absent[0] ?? '', key: places.local })
      : message('saved.part.switches-of', { profiles: absent, key: places.local });
  return [
    ...(areRulesThere
      ? []
      : [
          {
            code: 'local-rules' as const,
            what: message('saved.part.local-rules', { key: rulesKey('local') }),
            save: saveLocal,
          },
        ]),
    ...(absent.length === 0 ? [] : [{ code: 'local-profiles' as const, what: switches, save: saveLocal }]),
  ];
}

/** Looked for by its name and not found: that the key above was saved is not enough for what every Windows has. */
const isKnownAway = (registry: Registry, path: string): boolean => registry.whole.has(folded(fullPath(path)));

const groupParts: readonly string[] = [
  'FirewallRules',
  'DomainProfile',
  'PrivateProfile',
  'PublicProfile',
  'StandardProfile',
];

function missingGroupPolicy(registry: Registry): readonly NotSaved[] {
  const of = (what: Message): NotSaved => ({ code: 'group-policy', what, save: saveGroupPolicy });
  const key = places.groupPolicy;
  if (presence(registry, places.groupPolicy) === 'not-saved') return [of(message('saved.part.group-policy', { key }))];
  const parts = groupParts.filter((name) => presence(registry, `${places.groupPolicy}\\${name}`) === 'not-saved');
  return parts.length === 0 ? [] : [of(message('saved.part.group-policy-parts', { parts, key }))];
}

function missingMdm(registry: Registry): readonly NotSaved[] {
  const parts = [places.mdm, ...groupParts.map((name) => `${places.mdm}\\${name}`)];
  const isThere = parts.every((path) => presence(registry, path) !== 'not-saved');
  return isThere ? [] : [{ code: 'mdm', what: message('saved.part.mdm', { key: places.mdm }), save: saveLocal }];
}

/** A service that runs needs no other proof; BFE is what mpssvc depends on. */
function missingServices(registry: Registry, host: WindowsReviewHost | null): readonly NotSaved[] {
  if (host?.firewallService !== undefined) return [];
  const names = ['mpssvc', 'BFE'].filter((name) => valueAt(registry, places.service(name), 'Start') === null);
  return names.map((name) => ({
    code: 'firewall-service',
    what: message('saved.part.service', { name, key: places.service(name) }),
    save: `reg query "${places.service(name)}" /v Start > ${name}.txt`,
  }));
}

function missingFirewalls(registry: Registry, host: WindowsReviewHost | null): readonly NotSaved[] {
  if (host?.otherFirewalls !== undefined || presence(registry, places.otherFirewalls) !== 'not-saved') return [];
  const what = message('saved.part.other-firewalls', { key: places.otherFirewalls });
  return [{ code: 'other-firewalls', what, save: `reg query "${places.otherFirewalls}" /s > other-firewalls.txt` }];
}
