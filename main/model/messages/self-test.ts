// The steps of the self-test.
import type { None } from './none';

export interface SelfTestMessages {
  readonly 'self-test.skipped': None;
}
