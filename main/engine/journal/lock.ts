// One change at a time on this PC: a lock file beside the journal, which names the process that holds it.
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isKeptOpen, type KeptOpen, keepOpen } from '../../host/kept-open';
import { processMark } from '../../host/process-mark';
import { makeStateFolder } from './state-folder';

/** Milliseconds that a process waits for another's change. */
const patience = 10_000;
/**
 * Seconds since the PC's start, which no clock changes, after which a lock counts as left where the system can't tell whether the
 * process with its number is still the one that took it. The longest that Windows' scheduler lets one of our acts run is 10 minutes.
 */
const unsureFor = 15 * 60;

/** Another process holds the lock. */
export class Busy extends Error {}

/** The lock can't be taken, since nothing can be written, or not even be read: a full or damaged disk, or one that is read-only. */
export class LockUnwritable extends Error {}

/** Locks that this very process holds or is about to, by what they say. */
const held = new Set<string>();
/** How many times this process has asked for a lock: each has files of its own beside it. */
let asked = 0;

/**
 * Runs `work` while no other process does. Waits up to 10 s for one that does, then rejects with `Busy`; rejects with
 * `LockUnwritable` where no lock can be written. A lock counts as left, and is taken over, when its holder runs no more (by number and
 * time of start; on Windows, by number and the file that it keeps open) or is from before the PC started (`boot`, null = not known). No
 * clock is asked.
 */
export async function withLock<T>(folder: string, boot: string | null, work: () => Promise<T>): Promise<T> {
  const path = join(folder, 'lock');
  const name = randomUUID();
  const own = `${process.pid} ${boot ?? ''} ${processMark(process.pid) ?? ''} ${Math.floor(uptime())} ${name}`;
  const beside = `${path}.${process.pid}.${asked++}`;
  held.add(own);
  let sign: KeptOpen | null = null;
  try {
    await writing(() => makeStateFolder(folder));
    // Before the lock: one that is there has it.
    sign = await writing(() => keepOpen(keptFile(path, name)));
    const deadline = performance.now() + patience;
    while (!(await writing(() => take(path, `${beside}.new`, own)))) {
      const isPatient = performance.now() <= deadline;
      const gone = await writing(() => leftOver(path, boot, isPatient));
      if (gone !== null) await writing(() => takeOver(path, beside, gone));
      else if (isPatient) await new Promise((resolve) => setTimeout(resolve, 50));
      else throw new Busy('Another Breakwater is changing the shield on this PC right now.');
    }
    try {
      return await work();
    } finally {
      // One that can't be taken away names this process, and counts as left once that has ended: no reason to lose what the work gave.
      await setAside(path, beside, own).catch(() => undefined);
    }
  } finally {
    await sign?.end().catch(() => undefined);
    held.delete(own);
  }
}

/** What the holder with this name keeps open. */
const keptFile = (path: string, name: string): string => `${path}.${name}.held`;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function writing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new LockUnwritable(`Nothing can be written beside the record: ${(error as Error).message}`);
  }
}

/** Written aside and linked into place whole, so that a lock without its holder's name is never a live one. */
async function take(path: string, draft: string, own: string): Promise<boolean> {
  try {
    await writeFile(draft, own, { mode: 0o644 });
    await link(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** What a lock says whose holder is gone; null = it is held, or gone by now. `isPatient`: whether its holder may still end. */
async function leftOver(path: string, boot: string | null, isPatient: boolean): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  // Those of earlier versions have no more than the first two.
  const [pid, itsBoot, itsMark, takenAt, name = ''] = text.split(' ');
  // The power failed before it was on disk.
  if (!pid) return text;
  // Numbers begin anew with each start of the PC: the same one may be alive again.
  if (boot && itsBoot && itsBoot !== boot) return text;
  if (Number(pid) === process.pid) return held.has(text) ? null : text;
  const mark = processMark(Number(pid));
  if (mark === null) return text;
  if (mark !== '' && itsMark) return mark === itsMark ? null : text;
  const isOpen = uuid.test(name) ? await isKeptOpen(keptFile(path, name)) : null;
  if (isOpen !== null) return isOpen ? null : text;
  const age = uptime() - Number(takenAt);
  return !isPatient && (age < 0 || age > unsureFor) ? text : null;
}

/** Takes a lock away whose holder is gone, and what that kept open. */
async function takeOver(path: string, aside: string, gone: string): Promise<void> {
  await setAside(path, aside, gone);
  const [, , , , name = ''] = gone.split(' ');
  if (uuid.test(name)) await rm(keptFile(path, name), { force: true });
}

/** Takes the lock that says `holder` away; where it is another one by now, that is put back. */
async function setAside(path: string, aside: string, holder: string): Promise<void> {
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== holder) await link(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
  await rm(aside, { force: true });
}
