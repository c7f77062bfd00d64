import type { SimulatedMessages } from '../../model/messages/simulated';
import { textsOf } from '../texts';

export const simulated = textsOf<SimulatedMessages>()({
  'simulated.no-rights': 'A simulated PC never asks.',
});
