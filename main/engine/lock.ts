// One change at a time on this PC: a lock file beside the journal.
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeStateFolder } from './state-folder';

/** Longer than any change takes; an older lock belongs to a process that is gone even if its number is in use again. */
const stale = 120_000;
const patience = 10_000;

export class Busy extends Error {}

/** Locks that this very process holds: another one with its number is of a process that was killed. */
const held = new Set<string>();

/**
 * Runs `work` while no other process does. Waits up to 10 s for one that does, then rejects with `Busy`.
 * A lock left by a killed process, or from before the PC started (`boot`, null = not known), is taken over.
 */
export async function withLock<T>(folder: string, boot: string | null, work: () => Promise<T>): Promise<T> {
  makeStateFolder(folder);
  const path = join(folder, 'lock');
  const deadline = Date.now() + patience;
  while (!(await take(path, boot))) {
    const gone = await leftOver(path, boot);
    if (gone !== null) await setAside(path, gone);
    else if (Date.now() > deadline) throw new Busy('Another Breakwater is changing the shield on this PC right now.');
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  held.add(path);
  try {
    return await work();
  } finally {
    held.delete(path);
    await rm(path, { force: true });
  }
}

/** Written aside and linked into place whole, so that a lock without its holder's name is never a live one. */
async function take(path: string, boot: string | null): Promise<boolean> {
  const draft = `${path}.${process.pid}.new`;
  try {
    await writeFile(draft, `${process.pid} ${boot ?? ''}`, { mode: 0o644 });
    await link(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ENOENT: another act of this very process has used the same draft.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** What a lock says whose holder is gone; null = it is held, or gone by now. */
async function leftOver(path: string, boot: string | null): Promise<string | null> {
  try {
    const [holder, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    if (Date.now() - mtimeMs > stale) return holder;
    const [pid, itsBoot] = holder.split(' ');
    // The power failed before it was on disk.
    if (!pid) return holder;
    // Numbers begin anew with each start of the PC: the same one may be alive again.
    if (boot && itsBoot && itsBoot !== boot) return holder;
    const isOfOthers = Number(pid) !== process.pid || held.has(path);
    return isOfOthers && isAlive(Number(pid)) ? null : holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Takes a left-over lock away; where somebody was quicker and it is a live one by now, puts it back. */
async function setAside(path: string, holder: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== holder) await link(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
