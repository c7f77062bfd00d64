// From where the door can be reached, in one sentence for everybody. Pure.
import type { NetworkFact, Review } from '../../preload/contract';
import { words } from '../words';
import { reachPicture } from './reach-picture';

/** How many networks are named in a sentence. */
const mostNamed = 4;

/** null where the review does not know. Says who may come in by the rules, not whether anybody waits behind the door. */
export function reachSentence(review: Review, network: NetworkFact | null): string | null {
  if (review.verdict === 'unknown') return null;
  if (review.verdict === 'open') return words.reach.everybody;
  if (review.verdict === 'closed') return words.reach.nobody;
  const lanes = reachPicture(review, network);
  const cells = lanes.flatMap((lane) =>
    lane.cells
      .filter(({ zone, passage }) => zone !== 'self' && (passage === 'open' || passage === 'some'))
      .map((cell) => ({ ...cell, lane })),
  );
  if (cells.some(({ zone, passage }) => zone === 'internet' && passage === 'open')) return words.reach.everybody;
  if (cells.length === 0) return words.reach.notInUse;
  const isNear = cells.every(({ zone, passage }) => zone === 'near' && passage === 'open');
  const from = cells.flatMap(({ lane }) => (isNear ? lane.near : lane.networks));
  const named = [...new Set(from)];
  const list =
    named.slice(0, mostNamed).join(', ') +
    (named.length > mostNamed ? words.reach.andMore(named.length - mostNamed) : '');
  return isNear ? words.reach.ownNetwork(list) : words.reach.addresses(list);
}
