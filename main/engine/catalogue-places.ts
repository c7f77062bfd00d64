// Where the catalogue of advisories lies for a program of ours.
import { dirname } from 'node:path';
import type { Host } from '../host/host';
import type { CataloguePlaces } from './catalogue';

/** `user`: the folder of this user's own updates; null for whatever runs as administrator, which trusts no user. */
export function cataloguePlaces(
  host: Pick<Host, 'simulated' | 'stateFolder'>,
  helper: string,
  user: string | null,
): CataloguePlaces {
  return {
    bundled: dirname(helper),
    system: host.simulated === null ? host.stateFolder : null,
    user,
  };
}
