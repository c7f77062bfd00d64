// Where Windows' own programs lie, and with which environment they are run.
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { win32 } from 'node:path';
import type { Surroundings } from '../run-program';

/** Absolute paths of the programs that are run, by the name they have here. */
export interface SystemFolder {
  /** "C:\Windows". */
  readonly root: string;
  /** "C:", where Program Files and ProgramData lie. */
  readonly drive: string;
  program(name: SystemProgram): string;
  readonly surroundings: Surroundings;
}

export type SystemProgram = 'reg' | 'netsh' | 'netstat' | 'tasklist' | 'sc' | 'schtasks' | 'powershell';

/**
 * Of this PC, for reading. No environment counts: it lies on the drive that this program and the user's profile lie on, else where
 * the system libraries of this process were loaded from. Throws an Error with a message for people where that can't be told.
 */
export function systemFolder(): SystemFolder {
  quick ??= folderAt(usualRoot() ?? loadedRoot());
  return quick;
}

/**
 * As `systemFolder`, for what runs with administrator rights: always where this process's own ntdll.dll was loaded from, which is
 * before any of the user's settings counts. Takes longer, once (process.report of Node's).
 */
export function trustedSystemFolder(): SystemFolder {
  trusted ??= folderAt(loadedRoot());
  return trusted;
}

let quick: SystemFolder | null = null;
let trusted: SystemFolder | null = null;

/** Programs of `root` ("C:\\Windows"), with an environment that is made from it alone. Pure. */
export function folderAt(root: string): SystemFolder {
  const system = win32.join(root, 'System32');
  const shell = win32.join(system, 'WindowsPowerShell\\v1.0');
  const temporary = win32.join(root, 'Temp');
  return {
    root,
    drive: root.slice(0, 2),
    program: (name) => win32.join(name === 'powershell' ? shell : system, `${name}.exe`),
    surroundings: {
      env: {
        SystemRoot: root,
        windir: root,
        SystemDrive: root.slice(0, 2),
        ComSpec: win32.join(system, 'cmd.exe'),
        PATH: `${system};${root};${shell}`,
        PATHEXT: '.COM;.EXE',
        TEMP: temporary,
        TMP: temporary,
        // A program that is looked up by its bare name is not taken from the folder it runs in.
        NoDefaultCurrentDirectoryInExePath: '1',
      },
      cwd: system,
      decode: asAscii,
    },
  };
}

/** The user's profile is told by the system (GetUserProfileDirectory), not by the environment; null = it lies elsewhere than this program. */
function usualRoot(): string | null {
  const drives = [process.execPath, userInfo().homedir].map((path) => path.slice(0, 2).toUpperCase());
  const [drive = ''] = drives;
  const root = `${drive}\\Windows`;
  return /^[A-Z]:$/.test(drive) && drives[1] === drive && existsSync(`${root}\\System32\\ntdll.dll`) ? root : null;
}

/** Two folders above the ntdll.dll that this process runs with. */
function loadedRoot(): string {
  // Since Node 22; without it the names of all connections are looked up.
  Object.assign(process.report, { excludeNetwork: true });
  const root = rootOfLoaded((process.report.getReport() as { sharedObjects?: readonly string[] }).sharedObjects ?? []);
  if (root !== null) return root;
  throw new Error('Where Windows lies can not be told: this process has no ntdll.dll of its System32.');
}

/** `modules`: paths of what a process has loaded. null = Windows' own library is not among them. Pure. */
export function rootOfLoaded(modules: readonly string[]): string | null {
  for (const path of modules) {
    const [, root] = /^([A-Za-z]:\\(?:[^\\]+\\)*[^\\]+)\\(?:System32|SysWOW64)\\ntdll\.dll$/i.exec(path) ?? [];
    if (root !== undefined) return root;
  }
  return null;
}

/**
 * Programs print in the code page of the console or of Windows, which is not known here, and lose what is not in it. Only ASCII is the
 * same in all of them: every other byte becomes the mark for a character that is not known.
 */
function asAscii(output: Buffer): string {
  return output.toString('latin1').replace(/[\u0080-\u00ff]/g, '\ufffd');
}
