// The journal on disk: one JSON line an entry, appended and flushed before the next step is taken.
// Synchronous inside: a small file, and loading the other kind of file access would take longer than reading it.
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { couldBeOthers } from '../../host/posix/state-trust';
import type { Journal, JournalEntry } from '../../model/journal';
import { shieldSchema, wasSchema } from '../shield/shield-schema';
import { shortened } from './journal-length';
import { letAllRead, makeStateFolder } from './state-folder';

export const journalPath = (stateFolder: string): string => join(stateFolder, 'journal.jsonl');

/** Reading it failed in a way that leaves the record unknown: never taken for "no shield". */
export class JournalUnreadable extends Error {}

/**
 * Reads the whole journal; a folder or file that is not there is an empty one. A last line cut short by a crash is left out and
 * said in `damage`. With `trusted`, only what administrators alone can write is believed. Rejects with `JournalUnreadable`.
 */
export async function readJournal(stateFolder: string, trusted: boolean): Promise<Journal> {
  const path = journalPath(stateFolder);
  let text: string;
  try {
    if (trusted) mustBeAdministrators(stateFolder, path);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof JournalUnreadable) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { path, entries: [], damage: null };
    throw new JournalUnreadable(`${path} can't be read: ${message}`);
  }
  return { path, ...parseJournal(text) };
}

/** Any text in: the whole entries, and what was wrong with the rest. */
export function parseJournal(text: string): Pick<Journal, 'entries' | 'damage'> {
  const entries: JournalEntry[] = [];
  let bad = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const entry = parseEntry(line);
    if (entry) entries.push(entry);
    else bad++;
  }
  const damage =
    bad === 0
      ? null
      : `${bad} line${bad === 1 ? '' : 's'} of the journal can't be read (cut short by a crash, or written by another version).`;
  return { entries, damage };
}

/** What an entry says beside its number and date, which `Recorder.add` gives it. */
export type Step = DistributiveOmit<JournalEntry, 'seq' | 'at' | 'boot'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface Recorder {
  readonly journal: Journal;
  /** Whether an entry was added, or may have been. */
  readonly isTouched: boolean;
  /** On disk (fsync) when this resolves. */
  add(step: Step): Promise<JournalEntry>;
  /**
   * Where the file is longer than 10 MB, takes out what is over (`shortened`), in one step: a crash leaves the old file or the new one.
   * Rejects where it can't be written, or nothing can be taken out; then it is as it was.
   */
  trim(): Promise<void>;
}

/** Bytes of the journal that are allowed, and that are left when it was longer. */
const most = 10 * 1024 * 1024;
const enough = most / 2;

/** Opens the journal for writing, making the folder (0755) and file (0644) where they are missing. The caller holds the lock. */
export async function openRecorder(
  stateFolder: string,
  trusted: boolean,
  now: () => Date,
  boot: string | null,
): Promise<Recorder> {
  makeStateFolder(stateFolder);
  const journal = await readJournal(stateFolder, trusted);
  const entries = [...journal.entries];
  // A line that was cut short, be it of its end alone, must not swallow the next one.
  let lead = endsWithLine(journal.path) ? '' : '\n';
  let isTouched = false;
  return {
    journal: { ...journal, entries },
    get isTouched() {
      return isTouched;
    },
    async add(step) {
      isTouched = true;
      const entry: JournalEntry = { seq: (entries.at(-1)?.seq ?? 0) + 1, at: now().toISOString(), boot, ...step };
      const isNew = entries.length === 0;
      const file = openSync(journal.path, 'a', 0o644);
      const before = lead;
      lead = '\n';
      try {
        if (isNew) letAllRead(file);
        const line = Buffer.from(`${before}${JSON.stringify(entry)}\n`);
        for (let written = 0; written < line.length; ) written += writeSync(file, line, written);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (isNew) syncFolder(stateFolder);
      lead = '';
      entries.push(entry);
      return entry;
    },
    async trim() {
      if (entries.length === 0 || statSync(journal.path).size <= most) return;
      const lines = readFileSync(journal.path, 'utf8')
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => ({ text, entry: parseEntry(text) }));
      const fewer = shortened(lines, enough);
      if (fewer.length === lines.length) throw new Error('all of it belongs to what is not over.');
      replaceFile(journal.path, fewer.map(({ text }) => `${text}\n`).join(''));
      syncFolder(stateFolder);
      lead = '';
    },
  };
}

/** In one step. What was begun and could not be finished is taken away: it may be what fills the disk. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  try {
    const file = openSync(draft, 'wx', 0o644);
    try {
      letAllRead(file);
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Also where there is none yet. */
function endsWithLine(path: string): boolean {
  try {
    return [undefined, 0x0a].includes(readFileSync(path).at(-1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

/** A new file is only kept through a crash once its folder is on disk too (fsync(2)). */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    // Windows flushes no folders; NTFS journals their entries itself.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    closeSync(handle);
  }
}

/** Throws `JournalUnreadable` where somebody else than an administrator could have written it. */
export function mustBeAdministrators(folder: string, path: string): void {
  for (const item of [folder, path]) {
    const stats = lstatSync(item);
    if (couldBeOthers(stats))
      throw new JournalUnreadable(
        `${item} could have been written by somebody who is not an administrator; what it says does not count.`,
      );
  }
}

const entryBase = {
  seq: v.pipe(v.number(), v.integer()),
  at: v.pipe(v.string(), v.isoTimestamp()),
  boot: v.nullable(v.string()),
};
const shieldOrNull = v.nullable(shieldSchema);
// Journals written before there were workarounds.
const was = v.optional(wasSchema, {});
const entrySchema: v.GenericSchema<unknown, JournalEntry> = v.variant('step', [
  v.object({ ...entryBase, step: v.literal('raising'), shield: shieldSchema, before: shieldOrNull, was }),
  v.object({ ...entryBase, step: v.literal('changed') }),
  v.object({ ...entryBase, step: v.literal('proved'), shield: shieldSchema, proof: v.array(v.string()) }),
  v.object({
    ...entryBase,
    step: v.literal('undone'),
    why: v.string(),
    restored: shieldOrNull,
    was: v.optional(wasSchema),
  }),
  v.object({ ...entryBase, step: v.literal('restored'), why: v.string() }),
  v.object({
    ...entryBase,
    step: v.literal('not-restored'),
    code: v.optional(v.nullable(v.picklist(['refused', 'not-whole'])), null),
    why: v.string(),
  }),
  v.object({
    ...entryBase,
    step: v.literal('lowering'),
    shield: shieldOrNull,
    why: v.optional(v.nullable(v.string()), null),
    was,
  }),
  v.object({ ...entryBase, step: v.literal('lowered'), shield: shieldOrNull, restAsBefore: v.boolean() }),
  v.object({
    ...entryBase,
    step: v.literal('left'),
    why: v.string(),
    clear: v.string(),
    standing: v.optional(shieldOrNull, null),
    was: v.optional(wasSchema),
  }),
]);

function parseEntry(line: string): JournalEntry | null {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
