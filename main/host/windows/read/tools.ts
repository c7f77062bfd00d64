// What reading a Windows PC needs from outside: its programs, the clock, this process, and the SMB question.
import { arch, hostname, networkInterfaces, release } from 'node:os';
import type { SmbAnswer } from '../../../model/smb';
import { type Ran, runProgram } from '../../run-program';
import { makeExportFolder } from '../export-folder';
import type { PolicyTools } from '../policy-reads';
import { registryReader } from '../registry-reads';
import { type SystemFolder, type SystemProgram, systemFolder } from '../system-folder';

/** As `probe` in `main/smb/probe`. */
export type Probe = (
  target: { readonly address: string; readonly port: number },
  options: { timeoutMs?: number; signal?: AbortSignal },
) => Promise<SmbAnswer>;

export interface ReadingTools {
  run(program: SystemProgram, args: readonly string[], signal?: AbortSignal): Promise<Ran>;
  /** Makes a folder that nobody with fewer rights can write to. */
  makeFolder(): string;
  readonly addresses: typeof networkInterfaces;
  readonly architecture: string;
  readonly hostname: string;
  readonly release: string;
  readonly probe: Probe;
  now(): Date;
}

/** Of the PC that this process runs on. */
export function thisPc(probe: Probe, now: () => Date): ReadingTools {
  return {
    run: (program, args, signal) => runSystemProgram(systemFolder(), program, args, signal),
    makeFolder: makeExportFolder,
    addresses: networkInterfaces,
    architecture: arch(),
    hostname: hostname(),
    release: release(),
    probe,
    now,
  };
}

/** By absolute path, with an argument array, in Windows' own folder. Never rejects. */
export function runSystemProgram(
  folder: SystemFolder,
  program: SystemProgram,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<Ran> {
  return runProgram(folder.program(program), args, folder.surroundings, { signal });
}

/** What reading the firewall's policy needs of these. */
export function policyTools(
  { run, makeFolder, addresses = networkInterfaces }: Pick<ReadingTools, 'run' | 'makeFolder'> & Partial<ReadingTools>,
  profiles: PolicyTools['profiles'],
  signal?: AbortSignal,
): PolicyTools {
  return {
    ...registryReader((args) => run('reg', args, signal), makeFolder),
    askService: (name) => run('sc', ['query', name], signal),
    profiles,
    addresses,
  };
}
