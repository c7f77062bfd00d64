import type { SavedMessages } from '../../model/messages/saved';
import { textsOf } from '../texts';

export const saved = textsOf<SavedMessages>()({
  'saved.empty': 'eine leere Datei',
});
