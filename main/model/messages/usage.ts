// What is said of wrong arguments, and the help of each command.
import type { None } from './none';

export interface UsageMessages {
  readonly 'usage.unknown-command': None;
}
