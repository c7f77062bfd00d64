// Once for all tests under wine: a Windows of its own in a temporary folder, with Breakwater installed as setup would.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../../../scripts/ensure-built.mjs';
import { findWindowsNode } from '../../../scripts/windows-node.mjs';
import { endWindows, must, startWindows } from './prefix';

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
  'sc.exe': 'sc',
  'powershell.exe': 'powershell',
} as const;

export default async function install(project: TestProject): Promise<() => Promise<void>> {
  await ensureBuilt();
  const node = await findWindowsNode();
  const prefix = await mkdtemp(join(tmpdir(), 'breakwater-wine-'));
  const end = (): Promise<void> => endWindows(prefix);
  try {
    startWindows(prefix);
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
