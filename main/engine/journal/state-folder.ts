// The folder of the record and the keeper's note, and what is in it: everybody may read it, whatever the umask of who makes it.
import { chmodSync, fchmodSync, mkdirSync } from 'node:fs';

/** Leaves a folder that is there as it is. */
export function makeStateFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o755);
}

/** For a file that was made just now. */
export const letAllRead = (file: number): void => fchmodSync(file, 0o644);
