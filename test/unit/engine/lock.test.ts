// One change at a time: locks that others hold, and locks that the dead have left.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withLock } from '../../../main/engine/lock';

let folder: string;
const lock = (): string => join(folder, 'lock');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bw-lock-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ['of a process that is gone', `${2 ** 22 - 3} boot-1`],
  ['of a process with the number of this one, which was killed', `${process.pid} boot-1`],
  ['from before the PC was started', `${process.ppid} boot-0`],
  ['that was not on disk when the power failed', ''],
])('a lock %s is taken over at once', async (_, text) => {
  await writeFile(lock(), text);
  // With the clock stopped, whoever waits never ends.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  expect(await withLock(folder, 'boot-1', async () => readFile(lock(), 'utf8'))).toBe(`${process.pid} boot-1`);
});

test('two acts of one process go one after the other', async () => {
  const order: string[] = [];
  const act = (name: string) =>
    withLock(folder, null, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push(`${name} ends`);
    });
  await Promise.all([act('a'), act('b')]);
  expect(order[1]?.replace('ends', '')).toBe(order[0]?.replace('begins', ''));
  expect(order[3]?.replace('ends', '')).toBe(order[2]?.replace('begins', ''));
});
