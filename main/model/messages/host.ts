// What reading and changing a PC meets, on every platform.
import type { None } from './none';

export interface HostMessages {
  readonly 'host.not-asked': None;
}
