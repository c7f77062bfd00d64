// What a simulated PC says of itself.
import type { None } from './none';

export interface SimulatedMessages {
  readonly 'simulated.no-rights': None;
}
