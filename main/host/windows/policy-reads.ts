// Reads everything that Windows' firewall decides by: its keys of the registry, whether its service runs, other firewall products.
import type { networkInterfaces } from 'node:os';
import type { Ruleset } from '../../model/facts';
import type { RegistrySource } from '../../model/review';
import { places, rulesKey } from '../../policy/windows/places';
import { wholeProfiles } from '../../policy/windows/profiles-in-use';
import { presence, type Registry, subkeysOf, textAt } from '../../policy/windows/registry';
import { withoutEffect } from '../../policy/windows/shield';
import type { Ran } from '../run-program';
import { connectionsIn, connectionsKey } from './read/connections';
import { type InterfaceProfile, networkOf } from './read/network';
import { windowsVersion } from './read/system';
import type { KeyAnswer, KeyQuestion } from './registry-reads';
import { readTogether } from './registry-together';
import { registryOf, shieldPlace } from './ruleset-registry';
import { areKnown, serverQuestions, switchesIn } from './server-switches';
import { type ServiceState, serviceState } from './service-state';

export type WindowsRuleset = Extract<Ruleset, { kind: 'windows' }>;

/**
 * What is judged, by the file that `collect` saves it in (none ends in .reg: a double click would import it). One call a tree: rules
 * and paths are in every language, so those are exported.
 */
const policyQuestions: Readonly<Record<string, KeyQuestion>> = {
  'local-policy.txt': { key: places.local, how: 'export' },
  'group-policy.txt': { key: places.groupPolicy, how: 'export' },
  'firewall-service.txt': { key: places.service('mpssvc'), how: 'values' },
  'filter-engine.txt': { key: places.service('BFE'), how: 'values' },
  'other-firewalls.txt': { key: places.otherFirewalls, how: 'tree' },
};

/** Which interface is which adapter, and the version that rules can be for. */
const besideQuestions: readonly KeyQuestion[] = [
  { key: connectionsKey, how: 'export' },
  { key: places.windowsVersion, how: 'values' },
];

export interface PolicyTools {
  readKeys(questions: readonly KeyQuestion[]): Promise<readonly KeyAnswer[]>;
  /** `sc query NAME`. */
  askService(name: string): Promise<Ran>;
  /** Which profile each connected interface is in; null = not told. Asked only where it makes a difference. */
  profiles(): Promise<readonly InterfaceProfile[] | null>;
  /** The interfaces that have an address now. */
  readonly addresses: typeof networkInterfaces;
}

/**
 * `shield`: only what our rules are judged by. Rejects with an Error with a message for people where the local rules can't be read.
 */
export async function readPolicy(tools: PolicyTools, part: 'shield' | 'whole'): Promise<WindowsRuleset> {
  const names = Object.keys(policyQuestions);
  const [answers, aside, server, service, serverService] = await Promise.all([
    tools.readKeys(Object.values(policyQuestions)),
    tools.readKeys(part === 'whole' ? besideQuestions : []),
    tools.readKeys(serverQuestions),
    tools.askService('mpssvc'),
    tools.askService('LanmanServer'),
  ]);
  const ruleset: WindowsRuleset = {
    kind: 'windows',
    registry: names.flatMap((name, at): readonly RegistrySource[] => {
      const text = answers[at]?.text ?? null;
      return text === null ? [] : [{ name, text }];
    }),
    beside: {
      ...besideOf(
        answers,
        readTogether([...aside, ...answers.filter(({ key }) => key === places.otherFirewalls)]),
        service,
      ),
      ...serverOf(server, serviceState(serverService)),
    },
    profiles: null,
  };
  // Without these nothing can be said: any other rule may let in what these keep out.
  if (answers[0]?.text === null || presence(registryOf(ruleset), rulesKey('local')) !== 'present')
    throw new Error(`${rulesKey('local')} is not there or may not be read`);
  // A rule of ours may be without effect in a profile that is not in use, and PowerShell is slow.
  const profiles = withoutEffect(shieldPlace(ruleset)).length > 0 ? await tools.profiles() : null;
  return profiles === null ? ruleset : { ...ruleset, profiles: profilesNow(tools.addresses(), profiles) };
}

function profilesNow(
  all: ReturnType<PolicyTools['addresses']>,
  listed: readonly InterfaceProfile[],
): WindowsRuleset['profiles'] {
  const { interfaces } = networkOf(all, [], listed);
  const told = interfaces.flatMap(({ name, profile }) => (profile === null ? [] : [[name, profile] as const]));
  return wholeProfiles(
    Object.fromEntries(interfaces.map(({ name, addresses }) => [name, addresses.map(({ address }) => address)])),
    Object.fromEntries([...listed.map(({ name, profile }) => [name, profile] as const), ...told]),
  );
}

function besideOf(answers: readonly KeyAnswer[], registry: Registry, service: Ran): WindowsRuleset['beside'] {
  const connections = connectionsIn(registry);
  const version = windowsVersion(registry);
  const state = serviceState(service);
  const isKnown = (key: string, ...states: readonly KeyAnswer['state'][]): boolean =>
    answers.some((answer) => answer.key === key && states.includes(answer.state));
  return {
    guids: Object.fromEntries(connections.map(({ name, guid }) => [name, guid])),
    kinds: Object.fromEntries(connections.flatMap(({ name, kind }) => (kind === null ? [] : [[name, kind]]))),
    ...(version === null || version.build < 10_240
      ? {}
      : { build: `10.0.${version.build}${version.revision === null ? '' : `.${version.revision}`}` }),
    absentKeys: isKnown(places.groupPolicy, 'absent') ? [places.groupPolicy] : [],
    ...(state === null ? {} : { firewallService: state }),
    // What may not be read may name one.
    ...(isKnown(places.otherFirewalls, 'read', 'absent') ? { otherFirewalls: otherFirewalls(registry) } : {}),
  };
}

/** Nothing is said of switches that may be there and could not be read. */
function serverOf(
  answers: readonly KeyAnswer[],
  service: ServiceState | null,
): Pick<WindowsRuleset['beside'], 'server'> {
  return areKnown(answers) ? { server: switchesIn(answers, service) } : {};
}

/** Products that registered as a firewall; those that are switched off are among them, since which are is not documented. */
function otherFirewalls(registry: Registry): readonly string[] {
  return subkeysOf(registry, places.otherFirewalls).map(
    (id) => textAt(registry, `${places.otherFirewalls}\\${id}`, 'DISPLAYNAME') ?? id,
  );
}
