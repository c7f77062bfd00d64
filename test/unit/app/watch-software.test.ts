// Noticing that software was installed: real files in a folder, replaced as a package manager replaces them.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchSoftware } from '../../../main/app/watch-software';

const patience = 100;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let folder: string;
let changes: number;
let stop: () => void = () => undefined;
const place = (name: string): string => join(folder, name);
const start = (...names: readonly string[]): void => {
  stop = watchSoftware(
    names.map(place),
    () => {
      changes++;
    },
    patience,
  );
};
const replace = (name: string): void => {
  writeFileSync(place(`${name}-new`), 'x');
  renameSync(place(`${name}-new`), place(name));
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakwater-watch-'));
  changes = 0;
  writeFileSync(place('status'), '');
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a file that is replaced over and over is told once, and again at the next time', async () => {
  start('status');
  for (let time = 0; time < 5; time++) {
    replace('status');
    await pause(patience / 5);
  }
  await expect.poll(() => changes).toBe(1);
  replace('status');
  await expect.poll(() => changes).toBe(2);
});

test('a file that appears is told; others beside it are not', async () => {
  start('status', 'reboot-required');
  writeFileSync(place('other'), 'x');
  await pause(3 * patience);
  expect(changes).toBe(0);
  writeFileSync(place('reboot-required'), 'x');
  await expect.poll(() => changes).toBe(1);
});

test('a file in folders that are made later is told, and watched from then on', async () => {
  start('a/b/advisories.json');
  mkdirSync(place('a/b'), { recursive: true });
  writeFileSync(place('a/b/advisories.json'), 'x');
  await expect.poll(() => changes).toBeGreaterThan(0);
  await pause(3 * patience);
  const before = changes;
  replace('a/b/advisories.json');
  await expect.poll(() => changes).toBe(before + 1);
});

test('what is not there is left out, and what is stopped stays silent', async () => {
  start('status', 'missing/rpmdb.sqlite');
  replace('status');
  await expect.poll(() => changes).toBe(1);
  stop();
  replace('status');
  await pause(3 * patience);
  expect(changes).toBe(1);
});
