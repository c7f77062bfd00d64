// A saved PC in a folder that somebody else made up.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSaved } from '../../../main/cli/saved-files';

function folderWith(make: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-from-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  make(folder);
  return folder;
}
const whyNot = (path: string): string => {
  try {
    readSaved(path, false);
    return 'read';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each(['ruleset.json', 'local.reg', 'host.json'])('a link called %s shows nothing of what it leads to', (name) => {
  const secret = folderWith((folder) => writeFileSync(join(folder, 'secret'), 'keel laid at midnight\n'));
  const folder = folderWith((at) => {
    if (name === 'host.json') writeFileSync(join(at, 'ruleset.json'), '{"nftables": []}');
    symlinkSync(join(secret, 'secret'), join(at, name));
  });
  const why = whyNot(folder);
  expect(why).toMatch(/is a link, and none is followed/);
  expect(why).not.toContain('midnight');
});

test('a pipe keeps nobody waiting', () => {
  const folder = folderWith((at) => execFileSync('/usr/bin/mkfifo', [join(at, 'local.reg')]));
  expect(whyNot(folder)).toMatch(/is not a file/);
});

test('a folder of thousands of files is none of ours', () => {
  const folder = folderWith((at) => {
    for (let i = 0; i < 2001; i++) writeFileSync(join(at, `${i}`), '');
  });
  expect(whyNot(folder)).toMatch(/holds more than 2000 files/);
});
