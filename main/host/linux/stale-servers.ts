// Whether the SMB servers that run are the ones that are installed: from before an update, from elsewhere, or in a container.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledPackage, Known, Serving } from '../../model/facts';
import { message } from '../../model/message';
import { MessageError, messageOf } from '../../model/message-error';
import { strangerText } from '../../model/untrusted-text';
import { sambaSourceOf } from '../../patch/samba-packages';
import type { SystemFiles } from './read/files';
import { type Processes, userOf } from './read/processes';
import { findSmbProcesses, type SmbProcess } from './read/smb-processes';

/** Where packages put programs (Filesystem Hierarchy Standard 3.0, chapter 4); what is built here goes to /usr/local or /opt. */
const ofPackages = /^\/usr\/(?:s?bin|lib(?:64|exec)?)\//;

/** Of a program's path, which any user chooses: as much as a sentence can bear. */
const longestPath = 200;

/** What is looked at: the PC's files, and `root`, the folder that they lie in ("/" on a real PC). */
interface LookedAt {
  readonly files: SystemFiles;
  readonly root: string;
}

/**
 * Every SMB server that root runs (whoever else calls a program smbd steers nothing), as this user may see it. Where the program may not
 * be seen, the server of a known service counts by when it was started (/proc/PID/stat, proc(5)): after the package's files were put in
 * place it runs as installed, before that it does not. `installed` are Samba's packages among others. Never throws.
 */
export function readServing(
  installed: readonly InstalledPackage[],
  processes: () => Processes,
  { files, root }: LookedAt,
): Known<Serving> {
  try {
    const running = processes();
    // One that is not seen may still run (mount option hidepid).
    if (!running.complete) throw new MessageError(message('linux.processes-hidden'));
    const own = findSmbProcesses(files, running).filter(({ pid }) => userOf(files, pid) === 0);
    const times = startTimes(files, () => placedAt(installed, root));
    return { state: 'known', value: { ...sorted(own, files, times), foreignModule: foreignModule(files) } };
  } catch (error) {
    return { state: 'unknown', why: message('linux.serving-unread', { why: messageOf(error) }) };
  }
}

interface Standing {
  readonly is: 'as-installed' | 'replaced' | 'elsewhere' | 'unsure';
  /** What to tell of it beside its number, for people. */
  readonly more: string;
}

/** The first process of each program. */
function sorted(servers: readonly SmbProcess[], files: SystemFiles, byTime: (pid: number) => Standing) {
  const told = {
    replaced: new Map<string, string>(),
    elsewhere: new Map<string, string>(),
    unsure: new Map<string, string>(),
  };
  for (const server of servers) {
    const { pid, program } = server;
    const { is, more } = standingOf(server, files, byTime);
    if (is !== 'as-installed' && !told[is].has(program))
      told[is].set(program, `${strangerText(program, 20)} (process ${pid}${more === '' ? '' : `, ${more}`})`);
  }
  return {
    replaced: [...told.replaced.values()],
    elsewhere: [...told.elsewhere.values()],
    unsure: [...told.unsure.values()],
    pids: servers.map(({ pid }) => pid),
  };
}

function standingOf(
  { pid, executable, isReplaced, standing }: SmbProcess,
  files: SystemFiles,
  byTime: (pid: number) => Standing,
): Standing {
  if (executable === null)
    return standing === 'this-pc'
      ? byTime(pid)
      : { is: 'unsure', more: 'whose program may be seen by an administrator only' };
  const elsewhere: Standing = { is: 'elsewhere', more: strangerText(executable, longestPath) };
  if (standing === 'other-root') return elsewhere;
  if (isReplaced !== false) return { is: 'replaced', more: '' };
  // With mounts of its own the same path may be another file.
  const running = files.identity(`/proc/${pid}/exe`);
  const isItsFile = running !== null && running === files.identity(executable);
  return ofPackages.test(executable) && isItsFile ? { is: 'as-installed', more: '' } : elsewhere;
}

/** Children are copies of the program that their session began with, whenever they were made: that one's start decides. */
function startTimes(files: SystemFiles, placed: () => number | null): (pid: number) => Standing {
  let known: { readonly at: number | null } | null = null;
  return (pid) => {
    known ??= { at: placed() };
    const leader = statOf(files, pid)?.[3];
    const started = leader === undefined ? null : startOf(files, Number(leader));
    if (started === null || known.at === null)
      return { is: 'unsure', more: 'of which it is not known when it was started' };
    return { is: started >= known.at ? 'as-installed' : 'replaced', more: '' };
  };
}

/** Fields of /proc/PID/stat from the state on: the name before may itself contain brackets and spaces. */
function statOf(files: SystemFiles, pid: number): readonly string[] | null {
  const text = files.glance(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/**
 * Milliseconds since 1970; null = not told. Ticks are hundredths of a second for every program (USER_HZ); the start of the PC is told in
 * whole seconds, so this is never too late.
 */
function startOf(files: SystemFiles, pid: number): number | null {
  const ticks = statOf(files, pid)?.[19];
  // A line for each processor and one for all interrupts come before it.
  const boot = /^btime (\d+)$/m.exec(files.readIfThere('/proc/stat') ?? '')?.[1];
  return ticks === undefined || boot === undefined ? null : Number(boot) * 1000 + Number(ticks) * 10;
}

/** When the last of Samba's packages was put in place: by rpm's record, or by dpkg's list of its files, which is written with them. */
function placedAt(installed: readonly InstalledPackage[], root: string): number | null {
  const times = installed
    .filter(({ name, source }) => sambaSourceOf(source) !== null || sambaSourceOf(name) !== null)
    .map(({ name, architecture, placedAt: told }) => told ?? listedAt(name, architecture, root));
  const known = times.filter((time) => time !== null);
  return known.length === 0 || known.length < times.length ? null : Math.max(...known);
}

function listedAt(name: string, architecture: string, root: string): number | null {
  for (const file of [`${name}.list`, `${name}:${architecture}.list`]) {
    try {
      return statSync(join(root, 'var/lib/dpkg/info', file)).mtimeMs;
    } catch {
      // The other name, or none.
    }
  }
  return null;
}

/** An out-of-tree module of the kernel's server has holes of its own (Documentation/admin-guide/tainted-kernels.rst: "O"). */
const foreignModule = (files: SystemFiles): string | null =>
  (files.glance('/sys/module/ksmbd/taint') ?? '').includes('O') ? 'ksmbd' : null;
