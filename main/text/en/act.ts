import type { ActMessages } from '../../model/messages/act';
import { textsOf } from '../texts';

export const act = textsOf<ActMessages>()({
  'act.nothing-changed': 'Nothing was changed.',
});
