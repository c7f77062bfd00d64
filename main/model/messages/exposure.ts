// Who can reach the ports of file sharing, and why.
import type { None } from './none';

export interface ExposureMessages {
  readonly 'exposure.nobody-listens': None;
}
