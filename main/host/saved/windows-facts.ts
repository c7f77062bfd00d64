// What can be told of a Windows PC from its saved registry and host.json. Pure.
import type { Fact, Ruleset } from '../../model/facts';
import { message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import type { WindowsPolicy } from '../../model/review';
import { places } from '../../policy/windows/places';
import { wholeProfiles } from '../../policy/windows/profiles-in-use';
import { presence, type Registry, textAt } from '../../policy/windows/registry';
import type { HostFacts } from '../host';
import type { WindowsRuleset } from '../windows/policy-reads';
import { servicing } from '../windows/read/keys';
import { managersOf } from '../windows/read/managers';
import { olderKernels, patchOf } from '../windows/read/patch';
import { serversOf } from '../windows/read/servers';
import { systemOf, windowsVersion } from '../windows/read/system';
import { registryInPart } from '../windows/ruleset-registry';
import { listenersIn, networkIn, notSaved, type SavedPlace, savedFact } from './saved-facts';

/** `name`: what the PC is called. Throws an Error with a message for people where the registry can't be read. */
export function windowsFacts(policy: WindowsPolicy, name: string, place: SavedPlace): HostFacts {
  const { registry: texts, host, complete = false } = policy;
  const { interfaces, listening: __, listeners: ___, savedAt: ____, profiles, ...beside } = host ?? { interfaces: {} };
  const ruleset: WindowsRuleset = {
    kind: 'windows',
    registry: texts,
    beside,
    profiles: wholeProfiles(interfaces, profiles ?? null),
    complete,
  };
  const registry = registryInPart(ruleset);
  const from = texts.map((text) => text.name).join(', ');
  const told = <T>(read: (registry: Registry) => T): Fact<T> => {
    try {
      return savedFact(read(registry), from, place);
    } catch (error) {
      return {
        state: 'failed',
        why: message('host.sentence', { said: messageOf(error) }),
        source: { kind: 'file', name: place.path },
        at: place.at,
      };
    }
  };
  const architecture = architectureIn(registry);
  const build = windowsVersion(registry)?.build ?? 0;
  const [network, listeners] = [networkIn(host), listenersIn(host)];
  return {
    // Of people, and of a moment.
    sessions: notSaved(place),
    smb: notSaved(place),
    system: told(() =>
      systemOf(registry, {
        architecture: architecture ?? 'not known',
        hostname: name,
        release: olderKernels[build] ?? '',
        administrator: false,
      }),
    ),
    network: network === null ? notSaved(place) : savedFact(network, 'host.json', place),
    listeners: listeners === null ? notSaved(place) : savedFact(listeners, 'host.json', place),
    servers: told(serversOf),
    managers: told(() => managersOf(ruleset)),
    ruleset: savedFact<Ruleset>(ruleset, from, place),
    patch: told(() => {
      const patch = patchOf(registry, architecture ?? '');
      return presence(registry, servicing) === 'present'
        ? patch
        : { ...patch, restart: { state: 'unknown', because: message('windows.key-not-saved', { key: servicing }) } };
    }),
  };
}

/** As Node names it: of "18362.1.amd64fre.19h1_release.190318-1202" x64. */
function architectureIn(registry: Registry): string | null {
  const [, word = ''] =
    /^\d+\.\d+\.(amd64|x86|arm64)(?:fre|chk)\./.exec(textAt(registry, places.windowsVersion, 'BuildLabEx') ?? '') ?? [];
  return { amd64: 'x64', x86: 'ia32', arm64: 'arm64' }[word] ?? null;
}
