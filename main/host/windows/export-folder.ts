// Where reg.exe writes what it exports, for as long as that is read.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { win32 } from 'node:path';
import { administratorsFolder } from './state-folder';

/**
 * Makes a folder that nobody with fewer rights can write to; the caller removes it. An administrator's lies among those of
 * administrators: their folder for temporary files can be written by any program of the same user, which could forge what is read.
 */
export function makeExportFolder(): string {
  try {
    const made = mkdtempSync(win32.join(administratorsFolder(), 'breakwater-'));
    sweep(administratorsFolder());
    return made;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EPERM', 'EACCES', 'ENOENT'].includes(code)) throw error;
    return mkdtempSync(win32.join(tmpdir(), 'breakwater-'));
  }
}

/** Milliseconds after which none is in use: reading takes seconds, and the longest that Windows' scheduler lets us run is 10 minutes. */
const staleAfter = 24 * 60 * 60 * 1000;

/** Takes away what runs that were cut off, by a power cut for one, have left there. */
function sweep(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    if (!/^breakwater-[A-Za-z0-9]{6}$/.test(name)) continue;
    const path = win32.join(folder, name);
    try {
      if (Date.now() - statSync(path).mtimeMs > staleAfter) rmSync(path, { recursive: true });
    } catch {
      // In use, or taken away by another run: the next one looks again.
    }
  }
}
