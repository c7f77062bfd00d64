// Who may import whom: each forbidden arrow is a lint error, each allowed one is not; and only host asks which platform this is.
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const forbidden: readonly (readonly [file: string, from: string])[] = [
  ['main/model', '../policy/address-sets'],
  ['main/model', 'node:fs'],
  ['main/policy', '../host/host'],
  ['main/policy/nftables', '../../engine/engine'],
  ['main/policy', 'node:fs'],
  ['main/smb', '../engine/engine'],
  ['main/patch', '../host/host'],
  ['main/host', '../engine/journal'],
  ['main/host/linux', '../../helper/perform'],
  ['main/host/linux/read', '../../../engine/engine'],
  ['main/engine', '../helper/perform'],
  ['main/engine', '../cli/main'],
  ['main/helper', '../cli/main'],
  ['main/cli', '../helper/perform'],
  ['main/cli/commands', '../../app/main'],
  ['main/app', '../cli/main'],
  ['main/app', '../../renderer/store'],
  ['main/report', '../app/main'],
  ['preload', '../main/engine/engine'],
  ['preload', 'node:fs'],
  ['renderer', '../main/model/facts'],
  ['renderer/guide', '../../main/model/facts'],
  ['renderer', 'electron'],
  ['renderer', '../preload/bridge'],
  ['renderer', 'node:fs'],
];
const allowed: typeof forbidden = [
  ['main/policy', '../model/facts'],
  ['main/host', '../policy/door'],
  ['main/engine', '../host/host'],
  ['main/helper', '../engine/act'],
  ['main/cli', '../engine/open'],
  ['main/app', '../../preload/contract'],
  ['preload', '../main/model/facts'],
  ['renderer', '../preload/contract'],
];
const ways = {
  statically: (from: string) => `import { x } from '${from}';\nexport const y = x;\n`,
  dynamically: (from: string) => `export const y = import('${from}');\n`,
};

let house: string;
let faulted: ReadonlySet<string>;
const nameOf = (room: string, from: string, way: string): string =>
  `${room}/${from.replaceAll(/[^a-z]/g, '-')}-${way}.ts`;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'bw-house-'));
  cpSync('biome.json', join(house, 'biome.json'));
  for (const [room, from] of [...forbidden, ...allowed])
    for (const [way, text] of Object.entries(ways)) {
      const path = join(house, nameOf(room, from, way));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text(from));
    }
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout, error } = spawnSync(resolve('node_modules/.bin/biome'), args, {
    cwd: house,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string | { file: string } } }[];
  };
  const imports = diagnostics.filter(({ category }) => /noRestrictedImports|noNodejsModules/.test(category));
  faulted = new Set(
    imports.map(({ location: { path } }) => (typeof path === 'string' ? path : path.file).replace(/^\.\//, '')),
  );
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the house', () => {
  it.each(forbidden)('%s may not import %s', (room, from) => {
    for (const way of Object.keys(ways)) expect([...faulted]).toContain(nameOf(room, from, way));
  });

  it.each(allowed)('%s may import %s', (room, from) => {
    for (const way of Object.keys(ways)) expect([...faulted]).not.toContain(nameOf(room, from, way));
  });

  it('asks which platform this is in main/host only', () => {
    const asking = globSync('{main,preload,renderer}/**/*.{ts,tsx}').filter((file) =>
      /process\.platform|os\.platform\(|\bplatform\(\)/.test(readFileSync(file, 'utf8')),
    );
    expect(asking.filter((file) => !file.startsWith('main/host/'))).toEqual([]);
    expect(asking).toContain('main/host/choose.ts');
  });
});
