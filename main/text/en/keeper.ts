import type { KeeperMessages } from '../../model/messages/keeper';
import { textsOf } from '../texts';

export const keeper = textsOf<KeeperMessages>()({
  'keeper.never-ran': 'It has not run yet.',
});
