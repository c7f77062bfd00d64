// Where the catalogue of advisories lies for a program of ours.
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../../host/host';
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

export const updateFile = (folder: string): string => join(folder, 'advisories.json');

/** Updates that count here; they need not be there. */
export const updateFiles = ({ system, user }: CataloguePlaces): readonly string[] =>
  [system, user].flatMap((folder) => (folder === null ? [] : [updateFile(folder)]));

/** Another text once an update was taken in or removed since, or can be read or no longer. Never throws. */
export function updatesStamp(places: CataloguePlaces): string {
  return updateFiles(places).map(stamp).join();
}

function stamp(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
