// What reading and changing a Windows PC meets.
import type { None } from './none';

export interface WindowsMessages {
  readonly 'windows.no-reg': None;
}
