import type { PatchMessages } from '../../model/messages/patch';
import { textsOf } from '../texts';

export const patch = textsOf<PatchMessages>()({
  'patch.not-told': 'It is not told.',
});
