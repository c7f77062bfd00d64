// Makes the one file of advisories that the product brings, from the records in main/patch/catalogue, with the product's own readers.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './sources.mjs';

/** Writes it to `path`. Rejects where one of our own records is refused: none may be lost on the way. */
export async function bundleCatalogue(path) {
  const folder = join(root, 'main/patch/catalogue');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  const readRecords = await reader();
  const records = [];
  for (const name of names) {
    const { records: read, refused } = readRecords(await readFile(join(folder, name), 'utf8'), name);
    if (refused.length > 0) throw new Error(`the record ${refused[0].name} is refused: ${refused[0].why}`);
    records.push(...read);
  }
  const made = records.flatMap(({ source }) => source.modified ?? []).sort();
  const stored = { schema: 'breakwater/records@1', made: made.at(-1), from: 'Breakwater', records };
  await writeFile(path, `${JSON.stringify(stored)}\n`);
}

async function reader() {
  const outdir = await mkdtemp(join(root, 'node_modules', '.breakwater-records-'));
  try {
    const common = { absWorkingDir: root, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' };
    await build({ ...common, entryPoints: ['main/patch/records/read.ts'], outfile: join(outdir, 'read.cjs') });
    return createRequire(import.meta.url)(join(outdir, 'read.cjs')).readRecords;
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
