// `npm run test:debian13`: the live tests in a tree of Debian 13, on this machine's kernel. Further arguments go to vitest.
import { runInTree, treeNode } from './debian-tree.mjs';
import { ensureBuilt } from './ensure-built.mjs';

try {
  await ensureBuilt();
  const vitest = [treeNode, 'node_modules/vitest/vitest.mjs', 'run', '--project', 'live', ...process.argv.slice(2)];
  process.exitCode = await runInTree({ release: 'trixie', uses: ['live', 'unit'] }, vitest);
} catch (problem) {
  console.error(`The tests on Debian 13 can't be run: ${problem.message}`);
  process.exitCode = 1;
}
