// What can be told of a Linux PC from the files that `collect` saved of it. Pure.
import type { LinuxPolicy } from '../../model/review';
import type { HostFacts } from '../host';
import { shieldIn } from '../linux/whole-ruleset';
import { listenersIn, networkIn, notSaved, type SavedPlace, savedFact } from './saved-facts';

export function linuxFacts(policy: LinuxPolicy, place: SavedPlace): HostFacts {
  const { rulesetJson, host, complete = false, torn = false, ...beside } = policy;
  const [network, listeners] = [networkIn(host), listenersIn(host)];
  return {
    // Of people, and of a moment.
    sessions: notSaved(place),
    smb: notSaved(place),
    system: notSaved(place),
    network: network === null ? notSaved(place) : savedFact(network, 'host.json', place),
    listeners: listeners === null ? notSaved(place) : savedFact(listeners, 'host.json', place),
    servers: notSaved(place),
    managers: notSaved(place),
    ruleset:
      rulesetJson === null
        ? notSaved(place)
        : savedFact(
            {
              kind: 'nftables',
              whole: true,
              json: rulesetJson,
              shieldText: beside.rulesetText === null ? null : shieldIn(beside.rulesetText),
              legacyTables: host?.legacyTables ?? null,
              waysOn: { ...(host?.routes && { routes: host.routes }), ...(host?.bridges && { bridges: host.bridges }) },
              beside,
              torn,
              complete,
            },
            'ruleset.json',
            place,
          ),
    patch: notSaved(place),
  };
}
