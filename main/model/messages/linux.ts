// What reading and changing a Linux PC meets.
import type { None } from './none';

export interface LinuxMessages {
  readonly 'linux.no-nft': None;
}
