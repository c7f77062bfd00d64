// A Windows of its own in a folder: wine's prefix, with its server and services running.
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Blocks for about ten seconds. Throws where wine does not start. */
export function startWindows(prefix: string): void {
  must(wine(prefix, 'wineboot', ['-i']), 'wineboot');
  must(wine(prefix, 'wineserver', ['-w']), 'wineserver');
  startServer(prefix);
  // The first program after a start brings Windows' services up with it.
  must(wine(prefix, 'wine', ['cmd', '/c', 'exit']), 'the first program');
}

/**
 * This one stays until it is ended, and with it what the registry does not keep in files. The shell that waits for it has a number
 * that is known, and writes down how it ended.
 */
function startServer(prefix: string): void {
  const output = openSync(serverOutput(prefix), 'w');
  const command = 'wineserver --foreground --persistent; echo "exit code $?"';
  const shell = spawn(...wineCommand('sh', ['-c', command]), {
    env: { ...process.env, ...wineEnvironment(prefix) },
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  shell.unref();
  writeFileSync(serverNumber(prefix), String(shell.pid));
}

/** Whether wine's own server, of which all programs of this Windows are clients, has ended: they then wait for it forever, or fail. */
export function serverEnded(prefix: string): boolean {
  return !isOf(prefix, readFileSync(serverNumber(prefix), 'utf8'));
}

/**
 * A new start after `serverEnded`. Returns the words for the test that was under way, and for `retry` in vitest's configuration:
 * wine 8's server dies once in some thousands of program starts, which says nothing about Breakwater.
 */
export function restartWindows(prefix: string): string {
  endPrograms(prefix);
  const said = readFileSync(serverOutput(prefix), 'utf8');
  startWindows(prefix);
  return `wine's own server ended by itself: ${said}`;
}

/** Also takes the folder away. */
export async function endWindows(prefix: string): Promise<void> {
  wine(prefix, 'wineserver', ['-k']);
  wine(prefix, 'wineserver', ['-w']);
  endPrograms(prefix);
  await rm(prefix, { recursive: true, force: true });
}

const serverNumber = (prefix: string): string => join(prefix, 'server-number');
const serverOutput = (prefix: string): string => join(prefix, 'server-output');

/** Programs outlive a server that died, and those that are just starting others leave new ones: until none is there. */
function endPrograms(prefix: string): void {
  const living = (): readonly string[] =>
    readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOf(prefix, name));
  for (let pids = living(); pids.length > 0; pids = living())
    for (const pid of pids)
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch (problem) {
        // Ended by itself meanwhile.
        if ((problem as NodeJS.ErrnoException).code !== 'ESRCH') throw problem;
      }
}

function isOf(prefix: string, pid: string): boolean {
  try {
    // Empty for one that has ended and that nobody has waited for.
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`WINEPREFIX=${prefix}`);
  } catch {
    return false;
  }
}

/** What every program of a Windows is started with. Its server's socket lies in the prefix, and goes with it. */
export const wineEnvironment = (prefix: string) => ({
  WINEPREFIX: prefix,
  TMPDIR: prefix,
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml=d',
  NODE_SKIP_PLATFORM_CHECK: '1',
});

/**
 * Without random addresses (setarch(8)): with them, once in some thousands of starts, something lies where wine 8 must put a page of
 * Windows' ("failed to map the shared user data"), and the program, or the one that it starts, fails.
 */
export const wineCommand = (program: string, args: readonly string[]): [string, string[]] => [
  'setarch',
  ['--addr-no-randomize', program, ...args],
];

/** Without pipes: wine's services live on and would keep them open. */
export function wine(prefix: string, program: string, args: readonly string[]): Ended {
  const env = { ...process.env, ...wineEnvironment(prefix) };
  return spawnSync(...wineCommand(program, args), { env, stdio: 'ignore', timeout: 110_000 });
}

type Ended = Pick<SpawnSyncReturns<string | Buffer | null>, 'status' | 'error' | 'stderr'>;

export function must({ status, stderr, error }: Ended, what: string): void {
  if (status !== 0) throw new Error(`${what} failed: ${error?.message ?? status}\n${String(stderr ?? '')}`);
}
