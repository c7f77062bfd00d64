// `npm run bench`: how fast Breakwater is beside what people would use instead; `-- --only NAME` for one comparison.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChild } from './run-child.mjs';
import { root } from './sources.mjs';

const node = join(root, 'node_modules/.bin/node');

try {
  const obstacle = findObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  process.exitCode = (await build()) || (await measure());
} catch (problem) {
  console.error(`The benchmark can't be run: ${problem.message}`);
  process.exitCode = 1;
}

function findObstacle() {
  if (process.platform !== 'linux') return 'it puts everything into namespaces, which only Linux has.';
  if (process.getuid() !== 0) return 'it makes namespaces and firewall rules in them: run it as root.';
  if (!existsSync(node)) return 'the pinned Node is missing (node_modules/.bin/node). Run: npm ci';
  return null;
}

/** Always anew, and by the Node that is measured: what another one compiled ahead would be turned down and slow the start. */
function build() {
  console.error('Building Breakwater ...');
  return runChild(node, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 2, 2] });
}

/** All files are in one folder that goes away again; resolves to the exit code. */
async function measure() {
  const folder = await mkdtemp(join(tmpdir(), 'breakwater-bench-'));
  try {
    await bundleInto(folder);
    const env = { ...process.env, BENCH_FOLDER: folder, BENCH_PROJECT: root };
    return await runChild(node, [join(folder, 'bench.mjs'), ...process.argv.slice(2)], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleInto(outdir) {
  const esbuild = await import('esbuild');
  const common = { absWorkingDir: root, bundle: true, platform: 'node', logLevel: 'warning', outdir };
  await esbuild.build({
    ...common,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    entryPoints: { bench: 'test/bench/bench.ts' },
    // The test bed finds the project from where its own file lies.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'test/live/bed/bed.ts')).href) },
  });
  await esbuild.build({
    ...common,
    format: 'cjs',
    target: 'node18',
    external: ['electron'],
    entryPoints: {
      'review-program': 'test/bench/review-program.ts',
      stopwatch: 'test/bench/stopwatch-program.ts',
      'windows-review-program': 'test/bench/windows-review-program.ts',
      'window-watch': 'test/bench/window/watch-program.ts',
      'empty/main': 'test/bench/window/empty-app.ts',
    },
  });
}
