// Lives in a room with a screen and starts apps there: how long until they report their first paint, and how much memory they take.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { answerLines } from '../answer-lines';
import type { Start, Started } from './room';

/** Until an app that was just opened has come to rest, and until one that was told to end has ended, in milliseconds. */
const settling = 1500;
const ending = 5000;

void answerLines<Start, Started>(async ({ argv: [program, ...args], env }) => {
  if (program === undefined) throw new Error('there is no program to run');
  const before = new Set(processes());
  const own = (): number[] => processes().filter((pid) => !before.has(pid));
  const begin = performance.timeOrigin + performance.now();
  const child = spawn(program, args, { env: { ...env }, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const painted = await new Promise<number>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-2000);
      });
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.includes('"firstPaint"')) resolve((JSON.parse(line) as { firstPaint: number }).firstPaint);
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`ended before its first paint (exit ${code}). ${said}`)));
      setTimeout(() => reject(new Error(`nothing was painted within 30 s. ${said}`)), 30_000).unref();
    });
    await wait(settling);
    const pids = own();
    return { paintMs: painted - begin, memoryMb: proportionalSet(pids) / 1024, processes: pids.length };
  } finally {
    child.kill('SIGTERM');
    await Promise.race([gone, wait(ending)]);
    for (const pid of own()) kill(pid);
    for (let left = 100; left > 0 && own().length > 0; left--) await wait(20);
  }
});

/** Running processes of this room; those that only wait to be collected have no memory and do not count. */
function processes(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name) !== '')
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}

/** Kilobytes: each process's own memory and its share of what it has in common with others (proc(5), smaps_rollup). */
function proportionalSet(pids: readonly number[]): number {
  return pids
    .map((pid) => Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]))
    .reduce((sum, kilobytes) => sum + kilobytes, 0);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended meanwhile
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
