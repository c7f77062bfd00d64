// The firewall's rules as the window shows them: whatever may grow with their number is cut or counted. Pure.
import type {
  Facts,
  Lane,
  NetworkFact,
  ReachSaid,
  Review,
  Ruleset,
  SeenFacts,
  ShownReview,
  ShownRuleset,
} from '../../../preload/contract';
import { reachPicture } from '../../shared/reach-picture';
import { cut, fewOf } from './paging';

/** How much is shown: names beside a lane and in the sentence, lanes, characters of a ruleset. */
const mostNames = 3;
const mostInSentence = 4;
const mostLanes = 200;
const mostCharacters = 20_000;

/** `network` null = the PC's connections are not known. */
export function showReview(
  review: Review,
  network: NetworkFact | null,
): Pick<ShownReview, 'source' | 'verdict' | 'lanes' | 'moreLanes' | 'said'> {
  const lanes = reachPicture(review, network);
  return {
    source: review.source,
    verdict: review.verdict,
    lanes: lanes.slice(0, mostLanes).map(showLane),
    moreLanes: Math.max(0, lanes.length - mostLanes),
    said: sayReach(review, lanes),
  };
}

/** Other facts than the ruleset cross as they are. */
export function showFacts({ ruleset, ...rest }: Partial<Facts>): Partial<SeenFacts> {
  if (!ruleset) return rest;
  return { ...rest, ruleset: ruleset.state === 'known' ? { ...ruleset, value: showRuleset(ruleset.value) } : ruleset };
}

function showRuleset(ruleset: Ruleset): ShownRuleset {
  if (ruleset.kind === 'simulated') return ruleset;
  if (ruleset.kind === 'windows')
    return {
      kind: 'windows',
      registry: ruleset.registry.map(({ name, text }) => ({ name, ...cut(text, mostCharacters) })),
    };
  const { beside: _, json, shieldText, ...rest } = ruleset;
  return {
    ...rest,
    json: cut(json, mostCharacters),
    shieldText: shieldText === null ? null : cut(shieldText, mostCharacters),
  };
}

function showLane({
  key,
  interface: name,
  kind,
  profile,
  family,
  addresses,
  near,
  cells,
}: Lane): ShownReview['lanes'][number] {
  return {
    key,
    interface: name,
    kind,
    profile,
    family,
    addresses: fewOf(addresses, mostNames),
    cells: cells.map(({ zone, passage, from }) => ({
      zone,
      passage,
      names: fewOf(zone === 'near' && passage !== 'some' ? near : from, mostNames),
    })),
  };
}

/** Says who may come in by the rules, not whether anybody waits behind the door. */
function sayReach(review: Review, lanes: readonly Lane[]): ReachSaid | null {
  if (review.verdict === 'unknown') return null;
  if (review.verdict === 'open') return { kind: 'everybody' };
  if (review.verdict === 'closed') return { kind: 'nobody' };
  const cells = lanes.flatMap((lane) =>
    lane.cells
      .filter(({ zone, passage }) => zone !== 'self' && (passage === 'open' || passage === 'some'))
      .map((cell) => ({ ...cell, lane })),
  );
  if (cells.some(({ zone, passage }) => zone === 'internet' && passage === 'open')) return { kind: 'everybody' };
  if (cells.length === 0) return { kind: 'not-in-use' };
  const isNear = cells.every(({ zone, passage }) => zone === 'near' && passage === 'open');
  const from = new Set(cells.flatMap(({ lane }) => (isNear ? lane.near : lane.networks)));
  return { kind: isNear ? 'own-network' : 'addresses', from: fewOf([...from], mostInSentence) };
}
