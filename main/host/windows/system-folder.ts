// Where Windows' own programs lie, and with which environment they are run.
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
 * Of this PC, by %SystemRoot%, which must be a folder named Windows at the root of a drive. Good for reading as oneself.
 * Throws an Error with a message for people for any other.
 */
export function systemFolder(environment: Readonly<Record<string, string | undefined>>): SystemFolder {
  const root = environment.SystemRoot ?? 'C:\\Windows';
  if (!/^[A-Za-z]:\\Windows$/i.test(root))
    throw new Error(`Windows should lie in C:\\Windows, but %SystemRoot% says ${JSON.stringify(root.slice(0, 100))}.`);
  const system = win32.join(root, 'System32');
  const shell = win32.join(system, 'WindowsPowerShell\\v1.0');
  const temporary = environment.TEMP ?? environment.TMP ?? win32.join(root, 'Temp');
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

/**
 * As `systemFolder`, for what runs with administrator rights. A user may set %SystemRoot% to anything, also for a process that gets such
 * rights later (HKCU\Environment): it counts only on the drive that this program lies on, where nobody else can make that folder.
 */
export function trustedSystemFolder(): SystemFolder {
  const folder = systemFolder(process.env);
  const own = process.execPath.slice(0, 2);
  if (folder.drive.toUpperCase() === own.toUpperCase()) return folder;
  throw new Error(
    `Breakwater's runtime lies on drive ${own}, and Windows by its own word on ${folder.drive}: with administrator rights it runs from the drive of Windows only.`,
  );
}

/**
 * Programs print in the code page of the console or of Windows, which is not known here, and lose what is not in it. Only ASCII is the
 * same in all of them: every other byte becomes the mark for a character that is not known.
 */
function asAscii(output: Buffer): string {
  return output.toString('latin1').replace(/[\u0080-\u00ff]/g, '\ufffd');
}
