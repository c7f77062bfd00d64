// Runs before the tests (npm's pretest): what they need beyond npm is there, the product is built, the Electron runtime is found.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages, packages } from './test-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

try {
  if (process.platform === 'linux')
    ensurePackages([packages.live, packages.unit, packages.window, packages.windows].flat());
  else console.error('The live tests, the window tests and the tests under wine need Linux: they will fail here.');
  build();
  const { findRuntime } = await import('./electron-runtime.mjs');
  await findRuntime();
  const { findWindowsNode } = await import('./windows-node.mjs');
  await findWindowsNode();
} catch (problem) {
  console.error(`The tests can't be prepared: ${problem.message}`);
  process.exitCode = 1;
}

function build() {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed (see above).');
}
