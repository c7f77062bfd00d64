// What a simulated PC says of itself.
import type { None } from './none';

export interface SimulatedMessages {
  readonly 'simulated.rules-forbidden': None;
  readonly 'simulated.not-asked': None;
  readonly 'simulated.stopped': None;
  readonly 'simulated.no-restart-key': None;
  readonly 'simulated.both-apply': None;
  readonly 'simulated.all-profiles': None;
  readonly 'simulated.no-scope': None;
  readonly 'simulated.registry-value': None;
  readonly 'simulated.registry-value.named': { readonly name: string };
  readonly 'simulated.default.compression': None;
}
