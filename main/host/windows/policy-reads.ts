// Reads everything that Windows' firewall decides by: its keys of the registry, whether its service runs, other firewall products.
import type { Ruleset } from '../../model/facts';
import type { RegistrySource } from '../../model/review';
import { places, rulesKey } from '../../policy/windows/places';
import { keyAt, type Registry, subkeysOf, textAt } from '../../policy/windows/registry';
import { withoutEffect } from '../../policy/windows/shield';
import type { Ran } from '../run-program';
import { connectionsIn, connectionsKey } from './read/connections';
import type { InterfaceProfile } from './read/network';
import { windowsVersion } from './read/system';
import { type KeyAnswer, type KeyQuestion, type RunReg, readKeys } from './registry-reads';
import { readTogether } from './registry-together';
import { shieldPlace } from './ruleset-registry';

export type WindowsRuleset = Extract<Ruleset, { kind: 'windows' }>;

/**
 * In the order they are asked, by the file that `collect` saves each in (none ends in .reg: a double click would import it). Parents are listed beside their subkeys, so that a key that is
 * not there can be told from one that may not be read. Rules have names and paths in every language and are exported; switches are
 * plain numbers.
 */
const questions: Readonly<Record<string, KeyQuestion>> = {
  'local-rules.txt': { key: rulesKey('local'), how: 'export' },
  'group-policy.txt': { key: places.groupPolicy, how: 'export' },
  'connections.txt': { key: connectionsKey, how: 'export' },
  'mdm.txt': { key: places.mdm, how: 'export' },
  'connection-security-rules.txt': { key: `${places.local}\\ConSecRules`, how: 'export' },
  'local-policy.txt': { key: places.local, how: 'values' },
  'domain-profile.txt': { key: `${places.local}\\DomainProfile`, how: 'tree' },
  'private-profile.txt': { key: `${places.local}\\StandardProfile`, how: 'tree' },
  'public-profile.txt': { key: `${places.local}\\PublicProfile`, how: 'tree' },
  'policies.txt': { key: 'HKLM\\SOFTWARE\\Policies\\Microsoft', how: 'values' },
  'firewall-service.txt': { key: places.service('mpssvc'), how: 'values' },
  'filter-engine.txt': { key: places.service('BFE'), how: 'values' },
  'other-firewalls.txt': { key: places.otherFirewalls, how: 'tree' },
  'version.txt': { key: places.windowsVersion, how: 'values' },
};

/** Only about the connections of this PC, and not part of what is judged elsewhere. */
const notSaved = new Set(['connections.txt', 'version.txt', 'policies.txt']);

export interface PolicyTools {
  readonly reg: RunReg;
  /** `sc query mpssvc`. */
  askService(signal?: AbortSignal): Promise<Ran>;
  /** Which profile each connected interface is in; null = not told. Asked only where it makes a difference. */
  profiles(): Promise<readonly InterfaceProfile[] | null>;
  /** A folder for exports that nobody else can write to. */
  readonly folder: string;
}

/** Rejects with an Error with a message for people where the local rules, or the switches of a profile, can't be read. */
export async function readPolicy(tools: PolicyTools, signal?: AbortSignal): Promise<WindowsRuleset> {
  const names = Object.keys(questions);
  const [answers, service] = await Promise.all([
    readKeys(tools.reg, Object.values(questions), tools.folder, signal),
    tools.askService(signal),
  ]);
  const answer = new Map(names.map((name, at) => [name, answers[at] as KeyAnswer]));
  const registry = readTogether(answers);
  for (const name of needed)
    if (answer.get(name)?.text === null) throw new Error(`${questions[name]?.key} is not there or may not be read`);
  const connections = connectionsIn(registry);
  const version = windowsVersion(registry);
  const state = serviceState(service);
  const ruleset: WindowsRuleset = {
    kind: 'windows',
    registry: names.flatMap((name): readonly RegistrySource[] => {
      const text = answer.get(name)?.text ?? null;
      return text === null || notSaved.has(name) ? [] : [{ name, text }];
    }),
    beside: {
      guids: Object.fromEntries(connections.map(({ name, guid }) => [name, guid])),
      kinds: Object.fromEntries(connections.flatMap(({ name, kind }) => (kind === null ? [] : [[name, kind]]))),
      ...(version === null || version.build < 10_240
        ? {}
        : { build: `10.0.${version.build}${version.revision === null ? '' : `.${version.revision}`}` }),
      absentKeys: answers.filter((one) => one.text === null && isListedAway(registry, one.key)).map(({ key }) => key),
      ...(state === null ? {} : { firewallService: state }),
      otherFirewalls: otherFirewalls(registry),
    },
    profiles: null,
  };
  // A rule of ours may be without effect in a profile that is not in use, and PowerShell is slow.
  const profiles = withoutEffect(shieldPlace(ruleset)).length > 0 ? await tools.profiles() : null;
  return profiles === null
    ? ruleset
    : { ...ruleset, profiles: Object.fromEntries(profiles.map(({ name, profile }) => [name, profile])) };
}

/** Without these nothing can be said: any other rule may let in what these keep out. */
const needed = ['local-rules.txt', 'local-policy.txt'] as const;

/** Whether the key above was read and does not have it: then it is not there, and not just out of reach. */
function isListedAway(registry: Registry, key: string): boolean {
  const at = key.lastIndexOf('\\');
  const [above, name] = [key.slice(0, at), key.slice(at + 1)];
  return (
    keyAt(registry, above) !== null &&
    !subkeysOf(registry, above).some((own) => own.toUpperCase() === name.toUpperCase())
  );
}

/** Products that registered as a firewall; those that are switched off are among them, since which are is not documented. */
function otherFirewalls(registry: Registry): readonly string[] {
  return subkeysOf(registry, places.otherFirewalls).map(
    (id) => textAt(registry, `${places.otherFirewalls}\\${id}`, 'DISPLAYNAME') ?? id,
  );
}

/**
 * The state's number in what `sc query` prints (its word is translated): the second line with "label : number", after the type's
 * (SERVICE_STATUS: 1 stopped, 4 running). null = not told.
 */
function serviceState(ran: Ran): 'running' | 'stopped' | null {
  if (ran.kind !== 'ended' || ran.code !== 0) return null;
  const numbers = [...ran.stdout.matchAll(/^\s+\S[^:\r\n]*:\s+([0-9a-f]+)\s/gim)].map(([, number]) => number);
  return numbers[1] === '4' ? 'running' : numbers[1] === '1' ? 'stopped' : null;
}
