// From where the door can be reached, in one sentence for everybody. Pure.
import type { ReachSaid } from '../../preload/contract';
import { words } from '../words';

export function reachSentence(said: ReachSaid): string {
  switch (said.kind) {
    case 'everybody':
      return words.reach.everybody;
    case 'nobody':
      return words.reach.nobody;
    case 'not-in-use':
      return words.reach.notInUse;
    case 'own-network':
    case 'addresses': {
      const { first, more } = said.from;
      const list = first.join(', ') + (more > 0 ? words.reach.andMore(more) : '');
      return said.kind === 'own-network' ? words.reach.ownNetwork(list) : words.reach.addresses(list);
    }
  }
}
