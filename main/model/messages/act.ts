// What a plan, a change and its outcome say.
import type { None } from './none';

export interface ActMessages {
  readonly 'act.nothing-changed': None;
}
