// Builds out/ unless it is up to date; all messages go to stderr.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isBuilt, root } from './sources.mjs';

/** Throws an Error with a message for people when the build fails. */
export async function ensureBuilt() {
  if (await isBuilt()) return;
  console.error('Building Breakwater ...');
  const stdio = ['ignore', 2, 2];
  const { status, error } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio });
  if (error) throw error;
  if (status !== 0) throw new Error('The build failed (see above). If packages are missing, run: npm ci');
}
