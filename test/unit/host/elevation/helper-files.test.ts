// Everything that decides what the helper does is checked like the helper itself.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { helperFiles } from '../../../../main/host/elevation/helper-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakwater-helper-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string): string => join(folder, name);

describe("the helper's files", () => {
  it('are itself and what it starts, reads and judges by, as far as they are there', () => {
    expect(helperFiles(inFolder('helper.js'))).toEqual([inFolder('helper.js')]);
    for (const name of ['helper.js', 'helper.code.js', 'helper.cache', 'advisories.json', 'other.js'])
      writeFileSync(inFolder(name), '');
    expect(helperFiles(inFolder('helper.js'))).toEqual(
      ['helper.js', 'helper.code.js', 'helper.cache', 'advisories.json'].map(inFolder),
    );
  });

  it('are there also as links to nowhere', () => {
    symlinkSync('/nowhere', inFolder('helper.code.js'));
    expect(helperFiles(inFolder('helper.js'))).toContain(inFolder('helper.code.js'));
  });
});
