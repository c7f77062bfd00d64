// The documents that the command line prints and the window shows.
import type { Facts } from './facts';
import type { Verdicts } from './verdicts';

export interface Report {
  readonly schema: 'breakwater/inspect@1';
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The simulated PC's name, or null on a real one. */
  readonly simulated: string | null;
  /** Of another PC: the folder or file that its facts were saved in, and when; and whether somebody's word counts that all was saved. */
  readonly saved?: { readonly path: string; readonly at: string; readonly complete?: true };
  readonly facts: Facts;
  readonly verdicts: Verdicts;
}
