import type { ExposureMessages } from '../../model/messages/exposure';
import { textsOf } from '../texts';

export const exposure = textsOf<ExposureMessages>()({
  'exposure.nobody-listens': 'Niemand lauscht.',
});
