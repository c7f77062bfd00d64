// Whether only administrators could have written a program: nothing else may run with their rights.
import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The part of an absolute path that somebody else could have written: the file itself or a folder above it; null = none. */
export async function writableByOthers(path: string): Promise<string | null> {
  for (let item = path; ; item = dirname(item)) {
    const stats = await lstat(item).catch(() => null);
    if (
      !stats ||
      stats.isSymbolicLink() ||
      stats.uid !== 0 ||
      ((stats.mode & 0o022) !== 0 && (stats.mode & 0o1000) === 0)
    )
      return item;
    if (dirname(item) === item) return null;
  }
}
