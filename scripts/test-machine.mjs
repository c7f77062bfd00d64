// `npm run test:machine`: Breakwater on a virtual machine with a kernel of its own (Debian 13's, emulated): real starts, a reset button,
// a suspend, the kernel's own file server, SELinux. Further arguments go to vitest. Takes ten to twenty minutes.
import { runBesideTree } from './debian-tree.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { root } from './sources.mjs';
import { ensurePackages, packages } from './test-packages.mjs';

try {
  await ensureBuilt();
  if (process.platform === 'linux') ensurePackages(packages.emulator);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/machine/vitest.config.mts'];
  process.exitCode = await runBesideTree({ release: 'trixie', uses: ['guest'] }, [
    '/bin/bash',
    'test/machine/make-guest.sh',
    process.execPath,
    ...vitest,
    ...process.argv.slice(2),
  ]);
} catch (problem) {
  console.error(`The tests on a virtual machine can't be run: ${problem.message} (in ${root})`);
  process.exitCode = 1;
}
