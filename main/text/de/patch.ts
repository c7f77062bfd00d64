import type { PatchMessages } from '../../model/messages/patch';
import { textsOf } from '../texts';

export const patch = textsOf<PatchMessages>()({
  'patch.not-told': 'Es ist nicht bekannt.',
});
