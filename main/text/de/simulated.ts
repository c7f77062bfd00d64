import type { SimulatedMessages } from '../../model/messages/simulated';
import { textsOf } from '../texts';

export const simulated = textsOf<SimulatedMessages>()({
  'simulated.no-rights': 'Ein simulierter PC fragt nie.',
});
