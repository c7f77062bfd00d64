// A Windows of its own in a folder: wine's prefix, with its server and services running.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';

/** Blocks for about ten seconds. Throws where wine does not start. */
export function startWindows(prefix: string): void {
  must(wine(prefix, 'wineboot', ['-i']), 'wineboot');
  must(wine(prefix, 'wineserver', ['-w']), 'wineserver');
  // This one stays until it is ended, and with it what the registry does not keep in files.
  must(wine(prefix, 'wineserver', ['-p']), 'wineserver');
  // The first program after a start brings Windows' services up with it.
  must(wine(prefix, 'wine', ['cmd', '/c', 'exit']), 'the first program');
}

/** Also takes the folder away. */
export async function endWindows(prefix: string): Promise<void> {
  wine(prefix, 'wineserver', ['-k']);
  wine(prefix, 'wineserver', ['-w']);
  await rm(prefix, { recursive: true, force: true });
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
