// `npm run -s breakwater -- ARGS`: the command line out of a checkout, built first where needed.
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { runChild } from './run-child.mjs';
import { out } from './sources.mjs';

try {
  await ensureBuilt();
  process.exitCode = await runChild(process.execPath, [join(out, 'cli.js'), ...process.argv.slice(2)]);
} catch (problem) {
  console.error(`Breakwater can't be started: ${problem.message}`);
  process.exitCode = 1;
}
