import type { AppMessages } from '../../model/messages/app';
import { textsOf } from '../texts';

export const app = textsOf<AppMessages>()({
  'app.quit': 'Beenden',
});
