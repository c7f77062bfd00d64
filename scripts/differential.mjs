// `npm run differential -- --minutes N [--seed S]`: random rulesets, judged by the review and tried in the kernel.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { runChild } from './run-child.mjs';
import { root } from './sources.mjs';

if (process.platform !== 'linux' || process.getuid() !== 0) {
  console.error(
    "The differential test can't be run: it loads firewall rules into namespaces, which needs Linux and root.",
  );
  process.exitCode = 1;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'breakwater-differential-'));
  try {
    const program = join(folder, 'differential.mjs');
    await build({
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
      sourcemap: 'inline',
      entryPoints: ['test/differential/main.ts'],
      outfile: program,
      // The oracle is found from where its own file lies.
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'test/differential/oracle.ts')).href) },
    });
    const node = join(root, 'node_modules/.bin/node');
    process.exitCode = await runChild(node, ['--enable-source-maps', program, ...process.argv.slice(2)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
