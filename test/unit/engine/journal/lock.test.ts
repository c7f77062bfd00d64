// One change at a time: locks that others hold, locks that the dead have left, and locks that can't be written.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Busy, LockUnwritable, withLock } from '../../../../main/engine/journal/lock';
import { processMark } from '../../../../main/host/process-mark';

let folder: string;
const children: ChildProcess[] = [];
const lock = (): string => join(folder, 'lock');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bw-lock-'));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A process that lives, as another Breakwater would. */
function another(): { readonly pid: number; end(): Promise<void> } {
  const child = spawn('sleep', ['1000']);
  children.push(child);
  return {
    pid: child.pid ?? 0,
    end: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
/** As if patience were at its end from the second look on. */
const impatient = (): void => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 6_000));
};

test.each([
  ['of a process that is gone', () => `${2 ** 22 - 3} boot-1 77 10 a`],
  ['of a process that is gone, by an earlier version', () => `${2 ** 22 - 3} boot-1`],
  ['of a process with the number of this one, which was killed', () => `${process.pid} boot-1`],
  ['of a process whose number another one has by now', () => `${process.ppid} boot-1 1 10 a`],
  ['from before the PC was started', () => `${process.ppid} boot-0 ${processMark(process.ppid)} 10 a`],
  ['that was not on disk when the power failed', () => ''],
])('a lock %s is taken over at once, and named anew', async (_, text) => {
  await writeFile(lock(), text());
  // With the clock stopped, whoever waits never ends.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const said = await withLock(folder, 'boot-1', async () => readFile(lock(), 'utf8'));
  expect(said).toMatch(new RegExp(`^${process.pid} boot-1 ${processMark(process.pid)} \\d+ [0-9a-f-]{36}$`));
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['an hour ago', -3_600],
  ['ten years ago', -315_000_000],
  ['in the future', 3_600],
])('a lock of a process that lives is not taken over, whatever the clock: made %s', async (_, seconds) => {
  const { pid, end } = another();
  const text = `${pid} boot-1 ${processMark(pid)} 1 a`;
  await writeFile(lock(), text);
  const then = Date.now() / 1000 + seconds;
  await utimes(lock(), then, then);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10 * seconds * 1000);
  impatient();
  await expect(withLock(folder, 'boot-1', async () => 'done')).rejects.toThrow(Busy);
  expect(await readFile(lock(), 'utf8')).toBe(text);
  vi.restoreAllMocks();
  const waiting = withLock(folder, 'boot-1', async () => 'done');
  await end();
  expect(await waiting).toBe('done');
});

test('where the system can not tell processes apart, a lock counts as left only after waiting, and by the time since the start', async () => {
  const { pid } = another();
  const taken = async (at: number): Promise<string> => {
    await writeFile(lock(), `${pid} boot-1  ${at} a`);
    impatient();
    return withLock(folder, 'boot-1', async () => 'taken').catch((error: Error) => error.constructor.name);
  };
  const now = Math.floor(uptime());
  expect(await taken(now)).toBe('Busy');
  expect(await taken(now - 16 * 60)).toBe('taken');
  // Of an earlier start of the PC.
  expect(await taken(now + 60)).toBe('taken');
});

test('a holder deletes its own lock only', async () => {
  const { pid } = another();
  const theirs = `${pid} boot-1 ${processMark(pid)} 1 b`;
  await withLock(folder, 'boot-1', async () => {
    await rm(lock());
    await writeFile(lock(), theirs);
  });
  expect(await readFile(lock(), 'utf8')).toBe(theirs);
});

test('a lock that can not be written is told as that, and the work is not begun', async () => {
  await writeFile(join(folder, 'file'), '');
  const work = vi.fn();
  await expect(withLock(join(folder, 'file', 'below'), 'boot-1', work)).rejects.toThrow(LockUnwritable);
  expect(work).not.toHaveBeenCalled();
});

test('a process that has ended and was not fetched by its parent runs no more', async () => {
  // The shell becomes a program that never asks for its child.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 1000']);
  children.push(parent);
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  await expect.poll(() => processMark(pid)).toBeNull();
  expect(existsSync(`/proc/${pid}`)).toBe(true);
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
