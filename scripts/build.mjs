// Builds everything the product runs into out/: one file per entry, nothing loaded from node_modules at run time.
import { cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'out');

// Node 18.15 is what the try-out runtime (Electron 25) has; the shipped one is newer.
const node = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node18',
  external: ['electron'],
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
};

await rm(out, { recursive: true, force: true });
await mkdir(join(out, 'renderer'), { recursive: true });
await Promise.all([
  build({
    ...node,
    entryPoints: { cli: 'main/cli/main.ts', helper: 'main/helper/main.ts', app: 'main/app/main.ts' },
    outdir: out,
  }),
  build({ ...node, entryPoints: { preload: 'preload/bridge.ts' }, outdir: out }),
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
    outdir: join(out, 'renderer'),
    logLevel: 'warning',
  }),
  cp(join(root, 'renderer/index.html'), join(out, 'renderer/index.html')),
]);
