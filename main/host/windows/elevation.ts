// How Breakwater gets administrator rights on Windows: by the question of User Account Control, through sudo-prompt.
import { lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { win32 } from 'node:path';
import { ElevationFailed } from '../elevation/elevation-failed';
import type { Elevation } from '../host';
import { isAdministrator } from './administrator';
import { systemFolder, trustedSystemFolder } from './system-folder';

const byHand = 'Run this command in a terminal that was opened with "Run as administrator".';

export const windowsElevation: Elevation = {
  isAdministrator: once(() => isAdministrator(systemFolder())),
  node: [process.execPath],
  // Electron runs scripts only when told so.
  env: process.versions.electron === undefined ? null : { ELECTRON_RUN_AS_NODE: '1' },
  // No way to take the question back; the request it is about ends by itself.
  endPrompts: () => undefined,
  byHand,
  /**
   * Of what did not run sudo-prompt has no exit code. It says so, too, of a batch that is slow to begin: the record tells whether
   * something was done all the same, and is looked at whenever nothing was granted.
   */
  refused: async ({ code }) =>
    code === null
      ? {
          reason: 'denied',
          what: 'Permission was not given.',
          todo: 'Nothing was changed. Try again when an administrator can answer.',
        }
      : null,
  // sudo-prompt writes the command into a batch file: no character that means something there.
  plain: /^[A-Za-z0-9 ._:\\()=-]+$/,
  writableByOthers: (path) => outsideProgramFiles(path, trustedSystemFolder().drive),
  /**
   * sudo-prompt looks powershell.exe up by its bare name, goes back to the current folder with administrator rights, and puts its
   * batch files into the folder for temporary files; with a name that is not ASCII they do not run.
   */
  prepare() {
    const { env, cwd } = trustedSystemFolder().surroundings;
    if (!/^[A-Za-z]:[A-Za-z0-9 ._\\~()-]+$/.test(tmpdir()))
      throw new ElevationFailed(
        'impossible',
        `Windows' question for permission can't be put from here: the folder for temporary files, ${tmpdir()}, has a name that its batch files can't carry.`,
        byHand,
      );
    for (const name of ['PATH', 'PATHEXT', 'ComSpec', 'NoDefaultCurrentDirectoryInExePath'] as const)
      process.env[name] = env[name];
    process.chdir(cwd);
  },
};

/**
 * The first part of a path that is not where only administrators write; null = all of it is. Which that is can't be read from here, so
 * it goes by Program Files, and no part may be a link to elsewhere. Below Windows itself many folders take files of anybody (Temp,
 * Tasks, tracing, System32\\spool\\drivers\\color), so nothing there counts.
 */
export function outsideProgramFiles(path: string, drive: string): string | null {
  const normal = win32.normalize(path);
  if (!normal.toLowerCase().startsWith(`${drive}\\Program Files\\`.toLowerCase())) return normal;
  for (let item = normal; ; item = win32.dirname(item)) {
    if (isLinkOrMissing(item)) return item;
    if (win32.dirname(item) === item) return null;
  }
}

function isLinkOrMissing(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return true;
  }
}

function once<T>(ask: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => {
    kept ??= { value: ask() };
    return kept.value;
  };
}
