// What background protection says of its passes.
import type { None } from './none';

export interface KeeperMessages {
  readonly 'keeper.never-ran': None;
}
