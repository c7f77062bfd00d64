// Where reg.exe writes what it exports, for as long as that is read.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { win32 } from 'node:path';
import { administratorsFolder } from './state-folder';

/**
 * Makes a folder that nobody with fewer rights can write to; the caller removes it. An administrator's lies among those of
 * administrators: their folder for temporary files can be written by any program of the same user, which could forge what is read.
 */
export function makeExportFolder(): string {
  try {
    return mkdtempSync(win32.join(administratorsFolder(), 'breakwater-'));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EPERM', 'EACCES', 'ENOENT'].includes(code)) throw error;
    return mkdtempSync(win32.join(tmpdir(), 'breakwater-'));
  }
}
