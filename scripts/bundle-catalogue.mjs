// Makes the catalogue of advisories that the product brings, from the records in main/patch/catalogue, with the product's own readers.
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './sources.mjs';

/**
 * Writes into `folder`, beside the notices of the records' publishers: advisories.json, put together so that a cold inspection need not, and records.json, what it was
 * put together from, for updates. Rejects where one of our own records is refused: none may be lost on the way.
 */
export async function bundleCatalogue(folder) {
  const from = join(root, 'main/patch/catalogue');
  const names = (await readdir(from, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  const { readRecords, assemble } = await patchCode();
  const records = [];
  for (const name of names) {
    const { records: read, refused } = readRecords(await readFile(join(from, name), 'utf8'), name, 'breakwater');
    if (refused.length > 0) throw new Error(`the record ${refused[0].name} is refused: ${refused[0].why}`);
    records.push(...read);
  }
  const made = records
    .flatMap(({ source }) => source.modified ?? [])
    .sort()
    .at(-1);
  const stored = { schema: 'breakwater/records@2', made, from: 'Breakwater', records };
  const catalogue = { schema: 'breakwater/catalogue@1', ...assemble(records, { updates: [], problems: [] }) };
  await copyFile(join(from, 'NOTICES.md'), join(folder, 'advisories-notices.md'));
  await writeFile(join(folder, 'records.json'), `${JSON.stringify(stored)}\n`);
  await writeFile(join(folder, 'advisories.json'), `${JSON.stringify(catalogue)}\n`);
}

async function patchCode() {
  const outdir = await mkdtemp(join(root, 'node_modules', '.breakwater-records-'));
  try {
    await build({
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'warning',
      stdin: {
        contents: `export { readRecords } from './main/patch/records/read'; export { assemble } from './main/patch/assemble';`,
        resolveDir: root,
        loader: 'ts',
      },
      outfile: join(outdir, 'patch.cjs'),
    });
    return createRequire(import.meta.url)(join(outdir, 'patch.cjs'));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
