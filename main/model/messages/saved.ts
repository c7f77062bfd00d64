// What is said of files that were saved of another PC.
import type { None } from './none';

export interface SavedMessages {
  readonly 'saved.empty': None;
}
