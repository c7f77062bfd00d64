import type { ActMessages } from '../../model/messages/act';
import { textsOf } from '../texts';

export const act = textsOf<ActMessages>()({
  'act.nothing-changed': 'Es wurde nichts geändert.',
});
