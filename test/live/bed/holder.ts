// The process that holds a bed: raised, found, ended with all that lives in it.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Holder {
  readonly process: ChildProcess;
  /** The number of the bed's process namespace ("pid:[4026532...]"). */
  readonly pidNamespace: string;
  /** Arguments of nsenter that lead into the bed. */
  readonly entrance: readonly string[];
}

/** Starts hold.sh in fresh namespaces and waits until it says "up"; rejects with its words when it does not. */
export async function hold(project: string, env: Readonly<Record<string, string>>): Promise<Holder> {
  const child = spawn(
    'unshare',
    ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', '/bin/bash', 'test/live/bed/hold.sh'],
    { cwd: project, env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...env }, detached: true },
  );
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The bed was not up within 20 s. ${complaints}`));
    }, 20_000);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line !== 'up') return;
      clearTimeout(timer);
      resolve();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`The bed could not be raised (exit ${code}): ${complaints}`));
    });
  });
  const target = `/proc/${child.pid}/ns`;
  return {
    process: child,
    pidNamespace: readlinkSync(`${target}/pid_for_children`),
    entrance: [`--mount=${target}/mnt`, `--net=${target}/net`, `--pid=${target}/pid_for_children`, '--wd=/'],
  };
}

/** Lets go of a bed and waits until none of its processes is left (5 s at most, then rejects naming them). */
export async function letGo(holder: Holder): Promise<void> {
  holder.process.stdin?.end();
  const end = Date.now() + 5000;
  for (;;) {
    const left = processesIn(holder.pidNamespace);
    if (left.length === 0 && holder.process.exitCode !== null) return;
    if (Date.now() > end) throw new Error(`Processes of the bed are left: ${left.map(commandOf).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The processes that live in a process namespace, by their numbers outside of it. */
export function processesIn(pidNamespace: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => namespaceOf(pid) === pidNamespace);
}

function namespaceOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null; // it ended meanwhile
  }
}

function commandOf(pid: number): string {
  try {
    return `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`;
  } catch {
    return String(pid);
  }
}
