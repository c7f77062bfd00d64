// One Windows under wine, as a test sees it: its registry, its files, what its stand-ins are told, and Breakwater run on it.
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Finished, finished } from '../../live/bed/finished';
import { restartWindows, serverEnded, wineCommand, wineEnvironment } from './prefix';
import { toRegFile } from './reg-file';

const program = 'C:\\Program Files\\Breakwater';
const reg = 'C:\\windows\\system32\\reg.exe';

/** Keys that tests fill; everything below them is of the test. */
const ownKeys = [
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanWorkstation',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\mpssvc',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\srv',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\mrxsmb10',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\NetBT',
  'HKLM\\SOFTWARE\\Policies\\Microsoft',
  'HKLM\\SOFTWARE\\Microsoft\\Security Center',
  'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule',
  'HKLM\\SOFTWARE\\Stand-ins',
  'HKU\\S-1-5-19',
];

export interface StandInOrders {
  /** What it prints. */
  readonly out?: string | Buffer;
  readonly code?: number;
  /** What goes wrong at which call, counted from 1. */
  readonly fail?: Readonly<Record<number, 'denied' | 'error' | 'lost' | 'half' | 'policy' | 'crash'>>;
}

export interface RunOptions {
  /** Whether Windows' own programs that wine lacks are stood in for; without, wine's stubs answer (nothing, and 0). */
  readonly standIns?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that Breakwater lies in. */
  readonly program?: string;
  readonly within?: number;
}

export interface RunEnded extends Finished {
  readonly stdoutBytes: Buffer;
}

export class WindowsPc {
  readonly prefix = inject('windows');

  /** Runs `breakwater ARGS` on Windows' Node. */
  breakwater(args: readonly string[], options: RunOptions = {}): Promise<RunEnded> {
    const folder = options.program ?? program;
    return this.wine([`${folder}\\node.exe`, `${folder}\\cli.js`, ...args], options);
  }

  /** Its output goes through files: wine's services, which live on, would keep a pipe open. */
  async wine(argv: readonly string[], { standIns = true, env, within = 120_000 }: RunOptions = {}): Promise<RunEnded> {
    const folder = mkdtempSync(join(tmpdir(), 'breakwater-run-'));
    const files = ['stdout', 'stderr'].map((name) => openSync(join(folder, name), 'w+'));
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
    try {
      const stdio = ['ignore', ...files] as const;
      const child = spawn(...wineCommand('wine', argv), {
        env: { ...this.#environment(standIns), ...env },
        stdio: [...stdio],
        detached: true,
      });
      const watch = setInterval(() => {
        if (serverEnded(this.prefix) && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      }, 1000);
      const { code } = await finished(child, argv, { within }).finally(() => clearInterval(watch));
      this.#mustBeAlive();
      const stdoutBytes = readFileSync(join(folder, 'stdout'));
      return { code, stdout: stdoutBytes.toString('utf8'), stdoutBytes, stderr: text('stderr') };
    } finally {
      for (const file of files) closeSync(file);
      rmSync(folder, { recursive: true });
    }
  }

  /** As just installed: no keys of a test, no orders for stand-ins, no state of ours. */
  reset(): void {
    const text = ownKeys.map((key) => `[-${longKey(key)}]\r\n`).join('\r\n');
    this.#import(`Windows Registry Editor Version 5.00\r\n\r\n${text}`);
    rmSync(this.file('C:\\stand-ins'), { recursive: true });
    mkdirSync(this.file('C:\\stand-ins'));
    const shared = this.file('C:\\Program Files\\Common Files');
    // Beside the state: what was exported by a run that the test before cut off.
    for (const name of readdirSync(shared).filter((one) => /^breakwater(-\w{6})?$/i.test(one)))
      rmSync(join(shared, name), { recursive: true });
  }

  /** Imports what `reg query` printed on another PC, with Windows' own reg.exe. */
  importQueried(...texts: readonly string[]): void {
    for (const text of texts) this.#import(toRegFile(text));
  }

  importDeleted(key: string): void {
    this.#import(`Windows Registry Editor Version 5.00\r\n\r\n[-${longKey(key)}]\r\n`);
  }

  deleteValue(key: string, name: string): void {
    this.#import(`Windows Registry Editor Version 5.00\r\n\r\n[${longKey(key)}]\r\n"${name}"=-\r\n`);
  }

  /** Whether the process counts as one of an administrator: they alone may read the hive of the local service. */
  becomeAdministrator(): void {
    this.importQueried('HKEY_USERS\\S-1-5-19\r\n');
  }

  /** The values of a key and those below it, as `reg query /s` prints them; "" where there is no such key. */
  query(key: string): string {
    const { status, stdout } = this.#run(reg, ['query', key, '/s', '/reg:64']);
    return status === 0 ? stdout : '';
  }

  tell(name: 'netsh' | 'netstat' | 'powershell' | 'sc' | 'schtasks', { out, code, fail }: StandInOrders): void {
    const put = (end: string, text: string | Buffer): void =>
      writeFileSync(this.file(`C:\\stand-ins\\${name}.${end}`), text);
    if (out !== undefined) put('out', out);
    if (code !== undefined) put('code', String(code));
    if (fail !== undefined) {
      put(
        'fail',
        Object.entries(fail)
          .map(([call, what]) => `${call} ${what}\n`)
          .join(''),
      );
      rmSync(this.file(`C:\\stand-ins\\${name}.count`), { force: true });
    }
  }

  /** What makes programs run in the language of a locale ("ja_JP.UTF-8"), and so in its code pages. */
  language(locale: string): Readonly<Record<string, string>> {
    return { LOCPATH: join(this.prefix, 'locales'), LC_ALL: locale };
  }

  /** Services that depend on the Server service, the last to start first; they run. */
  dependents(...names: readonly string[]): void {
    writeFileSync(this.file('C:\\stand-ins\\dependents'), names.join('\n'));
  }

  /** Whether somebody says yes to Windows' question for permission. */
  answerPermission(answer: 'yes' | 'no'): void {
    writeFileSync(this.file('C:\\stand-ins\\powershell.consent'), answer);
  }

  /** What stand-ins were called with, each with its name first. */
  calls(name: string): readonly (readonly string[])[] {
    const path = this.file('C:\\stand-ins\\calls.txt');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split('\t'));
    return lines.filter(([own]) => own === name).map(([, ...args]) => args);
  }

  /** Where a file of this Windows lies on the PC that runs the test. */
  file(path: string): string {
    return join(this.prefix, 'drive_c', ...path.replace(/^C:/i, '').split('\\'));
  }

  #import(text: string): void {
    const path = join(this.prefix, 'drive_c/import.reg');
    writeFileSync(path, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    const { status, stdout } = this.#run(reg, ['import', 'C:\\import.reg', '/reg:64']);
    if (status !== 0) throw new Error(`reg import failed (${status}): ${stdout}`);
  }

  #run(program: string, args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
    const path = join(this.prefix, 'output');
    const output = openSync(path, 'w');
    try {
      const stdio = ['ignore', output, 'ignore'] as const;
      const env = this.#environment(false);
      const { status } = spawnSync(...wineCommand('wine', [program, ...args]), {
        env,
        stdio: [...stdio],
        timeout: 60_000,
      });
      this.#mustBeAlive();
      return { status, stdout: readFileSync(path, 'utf8') };
    } finally {
      closeSync(output);
    }
  }

  #mustBeAlive(): void {
    if (!serverEnded(this.prefix)) return;
    const ended = restartWindows(this.prefix);
    console.warn(ended);
    throw new Error(ended);
  }

  #environment(standIns: boolean): NodeJS.ProcessEnv {
    const own = readFileSync(join(this.prefix, 'stand-ins'), 'utf8');
    const shared = wineEnvironment(this.prefix);
    return {
      ...shared,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      // Arguments in every language; a test that wants another code page says so.
      LC_ALL: 'C.UTF-8',
      WINEDLLOVERRIDES: `${shared.WINEDLLOVERRIDES}${standIns ? `;${own}=n` : ''}`,
    };
  }
}

const longKey = (key: string): string =>
  key.replace(/^HKLM/, 'HKEY_LOCAL_MACHINE').replace(/^HKU/, 'HKEY_USERS').replace(/^HKCU/, 'HKEY_CURRENT_USER');
