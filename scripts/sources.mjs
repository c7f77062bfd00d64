// What out/ is built from: its fingerprint, to tell whether a build is up to date.
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const out = join(root, 'out');
/** Written last by a build: the fingerprint of the sources it began with. */
export const stamp = 'sources.sha256';

const sources = [
  'main',
  'preload',
  'renderer',
  'scripts/build.mjs',
  'scripts/bundle-catalogue.mjs',
  'scripts/quick-start.cjs',
  'package.json',
  'package-lock.json',
];

/** Names, sizes and times of all source files; changes with every edit, removal and checkout. */
export function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    const stats = statSync(join(root, path));
    if (stats.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) add(`${path}/${name}`);
    else hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
  };
  for (const path of sources) add(path);
  return hash.digest('hex');
}

export async function isBuilt() {
  const built = await readFile(join(out, stamp), 'utf8').catch(() => null);
  return built === fingerprint();
}
