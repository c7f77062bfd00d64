// Whether a PC is patched for an advisory, and why.
import type { None } from './none';

export interface PatchMessages {
  readonly 'patch.not-told': None;
}
