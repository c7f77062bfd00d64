// Whether somebody who is not an administrator could have written a part of the state folder.
import type { Stats } from 'node:fs';

/**
 * `stats` of the folder or a file in it, by lstat. Windows' file system does not tell Node who may write: there the folder lies where
 * only administrators may make anything, and a link to elsewhere is all that can be wrong.
 */
export function couldBeOthers(stats: Stats): boolean {
  if (stats.isSymbolicLink()) return true;
  return process.platform !== 'win32' && (stats.uid !== 0 || (stats.mode & 0o022) !== 0);
}
