// Once for all tests under wine: a Windows of its own in a temporary folder, with Breakwater installed as setup would.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../../../scripts/ensure-built.mjs';
import { findWindowsNode } from '../../../scripts/windows-node.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that is this Windows (WINEPREFIX). */
    readonly windows: string;
  }
}

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../../../out');

/** Stand-ins by the name of Windows' program that each takes the place of. */
const standIns = {
  'netsh.exe': 'netsh',
  'netstat.exe': 'prints',
  'schtasks.exe': 'schtasks',
  'sc.exe': 'prints',
  'powershell.exe': 'powershell',
} as const;

export default async function install(project: TestProject): Promise<() => Promise<void>> {
  await ensureBuilt();
  const node = await findWindowsNode();
  const prefix = await mkdtemp(join(tmpdir(), 'breakwater-wine-'));
  const end = async (): Promise<void> => {
    wine(prefix, 'wineserver', ['-k']);
    wine(prefix, 'wineserver', ['-w']);
    await rm(prefix, { recursive: true, force: true });
  };
  try {
    must(wine(prefix, 'wineboot', ['-i']), 'wineboot');
    must(wine(prefix, 'wineserver', ['-w']), 'wineserver');
    // This one stays until it is ended, and with it what the registry does not keep in files.
    must(wine(prefix, 'wineserver', ['-p']), 'wineserver');
    // The first program after a start brings Windows' services up with it.
    must(wine(prefix, 'wine', ['cmd', '/c', 'exit']), 'the first program');
    const drive = join(prefix, 'drive_c');
    const program = join(drive, 'Program Files/Breakwater');
    await mkdir(program);
    await cp(out, program, { recursive: true });
    await cp(node, join(program, 'node.exe'));
    await mkdir(join(drive, 'stand-ins'));
    await buildStandIns(prefix);
    await mkdir(join(prefix, 'locales'));
    for (const name of ['ja_JP', 'tr_TR'])
      must(
        spawnSync('localedef', ['-i', name, '-f', 'UTF-8', join(prefix, `locales/${name}.UTF-8`)], {
          encoding: 'utf8',
        }),
        `the locale ${name}`,
      );
    project.provide('windows', prefix);
    return end;
  } catch (problem) {
    await end();
    throw problem;
  }
}

async function buildStandIns(prefix: string): Promise<void> {
  const system = join(prefix, 'drive_c/windows/system32');
  for (const source of new Set(Object.values(standIns))) {
    const made = join(prefix, `${source}.exe`);
    const libraries = ['-lrpcrt4', '-lws2_32', '-ladvapi32'];
    const args = ['-municode', '-O1', '-s', '-Wall', '-Werror', '-o', made, join(here, `stand-ins/${source}.c`)];
    must(spawnSync('x86_64-w64-mingw32-gcc', [...args, ...libraries], { encoding: 'utf8' }), `building ${source}`);
    for (const [name, own] of Object.entries(standIns))
      if (own === source)
        for (const place of name === 'powershell.exe' ? ['WindowsPowerShell/v1.0'] : ['.'])
          await cp(made, join(system, place, name));
  }
  await writeFile(join(prefix, 'stand-ins'), Object.keys(standIns).join(','));
}

/** Without pipes: wine's services live on and would keep them open. */
function wine(prefix: string, program: string, args: readonly string[]): Ended {
  const env = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=d' };
  return spawnSync(program, args, { env, stdio: 'ignore', timeout: 110_000 });
}

type Ended = Pick<SpawnSyncReturns<string | Buffer | null>, 'status' | 'error' | 'stderr'>;

function must({ status, stderr, error }: Ended, what: string): void {
  if (status !== 0) throw new Error(`${what} failed: ${error?.message ?? status}\n${String(stderr ?? '')}`);
}
