// What commands of the command line say beside their pages.
import type { None } from './none';

export interface CommandMessages {
  readonly 'command.nothing-changed': None;
}
