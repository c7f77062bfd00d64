// Takes records from a file, a folder or the web into the catalogue: all that can be read, in one step, never older over newer.
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type RecordsRead, readRecords } from '../../patch/records/read';
import { type CatalogueRecord, keyOf, type Refused, whyAhead } from '../../patch/records/record';
import { relaxing } from '../../patch/relaxed';
import { merge, type StoredRecords } from '../../patch/stored';
import { Busy, withLock } from '../journal/lock';
import { letAllRead, makeStateFolder } from '../journal/state-folder';
import { type CataloguePlaces, readBundledRecords, readUpdate, readUpdates } from './catalogue';
import { updateFile } from './catalogue-paths';
import { download, NoAddress } from './download';

/** Of one file and of all together, in bytes; and how many files. Ten times what all of the first list takes. */
const mostInOne = 64 * 1024 * 1024;
const mostInAll = 512 * 1024 * 1024;
const mostFiles = 20_000;

export interface CatalogueUpdated {
  readonly from: string;
  /** system = for everybody on this PC; user = for this user only. */
  readonly scope: 'system' | 'user';
  readonly path: string;
  /** Ids of records. */
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  /** Records that say less than the ones in whose place they would come, and what: not taken in until somebody agrees. */
  readonly heldBack: readonly Refused[];
  /** How many were already here, as new or newer. */
  readonly kept: number;
  readonly refused: readonly Refused[];
  /** Ids of records that were rejected or withdrawn by their publisher. */
  readonly withdrawn: readonly string[];
}

/** The update can't be taken in, and nothing was changed; the message is for people. */
export class NotUpdated extends Error {
  constructor(
    message: string,
    /** Whether what was given is wrong, and not this PC. */
    readonly isInput = false,
  ) {
    super(message);
  }
}

export interface UpdateOptions {
  readonly now: Date;
  /** Whether what would be held back is taken in: somebody has agreed to it. Absent = no. */
  readonly agreed?: boolean;
  readonly isAdministrator: boolean;
  readonly signal?: AbortSignal;
}

/** Rejects with `NotUpdated`. What one record has wrong refuses that record only. */
export async function updateCatalogue(
  from: string,
  places: CataloguePlaces,
  options: UpdateOptions,
): Promise<CatalogueUpdated> {
  const { now, isAdministrator, agreed = false, signal } = options;
  const scope = isAdministrator && places.system !== null ? 'system' : 'user';
  const folder = scope === 'system' ? places.system : places.user;
  if (folder === null) throw new NotUpdated('there is no folder to keep an update in.');
  const read = withoutFuture(await readFrom(from, signal), now);
  if (read.records.length === 0) throw new NotUpdated(nothingUsable(from, read.refused), true);
  return alone(folder, async () => {
    if (signal?.aborted) throw new NotUpdated('stopped; nothing was changed.');
    return takeIn(read, { from, places, folder, scope, now, agreed });
  });
}

interface Taking {
  readonly from: string;
  readonly places: CataloguePlaces;
  readonly folder: string;
  readonly scope: 'system' | 'user';
  readonly now: Date;
  readonly agreed: boolean;
}

/** Nobody else may write between what is read here and what is written. */
function takeIn(read: RecordsRead, { from, places, folder, scope, now, agreed }: Taking): CatalogueUpdated {
  const { before, lost } = updateBefore(folder, scope);
  // What Breakwater brings counts too: an update that is older than that is not kept.
  const here = recordsHere(places);
  const heldBack = agreed ? [] : heldBackOf(here, read.records);
  const isHeld = new Set(heldBack.map(({ key }) => key));
  const taken = read.records.filter((record) => !isHeld.has(keyOf(record)));
  const isNew = merge(here, taken);
  const wanted = new Set([...isNew.added, ...isNew.replaced]);
  const { records } = merge(
    before,
    taken.filter((record) => wanted.has(keyOf(record))),
  );
  const stored: StoredRecords = { schema: 'breakwater/records@2', made: now.toISOString(), from, records };
  if (wanted.size > 0) writeWhole(folder, stored);
  return {
    from,
    scope,
    path: updateFile(folder),
    added: isNew.added.map(idOfKey),
    replaced: isNew.replaced.map(idOfKey),
    kept: isNew.kept.length,
    heldBack: heldBack.map(({ name, why }) => ({ name, why })),
    refused: [...lost, ...read.refused],
    withdrawn: read.records.filter(({ kind }) => kind === 'withdrawn').map(({ source }) => source.id),
  };
}

/** Those that would count and take something back: the stricter one counts until somebody agrees. */
function heldBackOf(
  here: readonly CatalogueRecord[],
  given: readonly CatalogueRecord[],
): readonly (Refused & { readonly key: string })[] {
  return [...relaxing(here, given)].map(([record, lost]) => ({
    key: keyOf(record),
    name: record.source.id,
    why: lost.slice(0, 5).join('; '),
  }));
}

/** One update of this folder at a time: two that ran at once would each keep what it has read only. */
async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await withLock(folder, null, work);
  } catch (error) {
    if (error instanceof NotUpdated) throw error;
    if (error instanceof Busy)
      throw new NotUpdated(`another Breakwater is changing what is kept in ${folder} right now: try again.`);
    throw new NotUpdated(`${updateFile(folder)} could not be written: ${(error as Error).message}.`);
  }
}

/** Records from the future are refused by name. */
function withoutFuture({ records, refused }: RecordsRead, now: Date): RecordsRead {
  const told = records.map((record) => ({ record, why: whyAhead(record, now) }));
  return {
    records: told.flatMap(({ record, why }) => (why === null ? [record] : [])),
    refused: [
      ...refused,
      ...told.flatMap(({ record, why }) => (why === null ? [] : [{ name: record.source.id, why }])),
    ],
  };
}

/** "cve publisher CVE-2020-0796" -> the id. */
const idOfKey = (key: string): string => key.split(' ').slice(2).join(' ');

function recordsHere(places: CataloguePlaces): readonly CatalogueRecord[] {
  try {
    const { updates } = readUpdates(places);
    return updates.reduce((all, { stored }) => merge(all, stored).records, readBundledRecords(places));
  } catch (error) {
    throw new NotUpdated(`${(error as Error).message}.`);
  }
}

/** An earlier update that is damaged holds nothing to keep; that it is replaced is told. */
function updateBefore(
  folder: string,
  scope: 'system' | 'user',
): { readonly before: readonly CatalogueRecord[]; readonly lost: readonly Refused[] } {
  try {
    return { before: readUpdate(folder, scope)?.stored ?? [], lost: [] };
  } catch (error) {
    return { before: [], lost: [{ name: 'the update before', why: `${(error as Error).message}; it is replaced` }] };
  }
}

function nothingUsable(from: string, refused: readonly Refused[]): string {
  const [first] = refused;
  const shown = JSON.stringify(from.slice(0, 120));
  if (!first)
    return `${shown} holds no records: give a file, a folder of .json files, or an https address of CVE (JSON 5), OSV or KEV records.`;
  const more = refused.length > 1 ? ` (and ${refused.length - 1} more)` : '';
  return `${shown} holds nothing that can be used: ${first.name}: ${first.why}${more}.`;
}

async function readFrom(from: string, signal?: AbortSignal): Promise<RecordsRead> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(from)) return readRecords(await downloaded(from, signal), from);
  const files = filesOf(from);
  const all: { records: CatalogueRecord[]; refused: Refused[] } = { records: [], refused: [] };
  let left = mostInAll;
  for (const [at, path] of files.entries()) {
    // So that Ctrl-C is heard: reading and checking is all synchronous.
    if (at % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) throw new NotUpdated('stopped; nothing was changed.');
    const text = readText(path, files.length === 1);
    if (typeof text !== 'string') {
      all.refused.push({ name: path, why: text.why });
      continue;
    }
    left -= text.length;
    if (left < 0)
      throw new NotUpdated(
        `${JSON.stringify(from.slice(0, 120))} is too large: at most ${mostInAll / 1024 / 1024} MB are read at once.`,
        true,
      );
    const read = readRecords(text, path);
    for (const record of read.records) all.records.push(record);
    for (const one of read.refused) all.refused.push(one);
  }
  return all;
}

async function downloaded(address: string, signal?: AbortSignal): Promise<string> {
  try {
    return await download(address, mostInOne, signal);
  } catch (error) {
    throw new NotUpdated(
      `${JSON.stringify(address.slice(0, 120))} could not be fetched: ${(error as Error).message}.`,
      error instanceof NoAddress,
    );
  }
}

/** The file itself, or every .json file in and below a folder; links are not followed. */
function filesOf(from: string): readonly string[] {
  try {
    if (!statSync(from).isDirectory()) return [from];
    const files: string[] = [];
    const folders = [from];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) folders.push(join(folder, entry.name));
        else if (entry.isFile() && entry.name.toLowerCase().endsWith('.json')) files.push(join(folder, entry.name));
        if (files.length > mostFiles)
          throw new NotUpdated(
            `${JSON.stringify(from.slice(0, 120))} holds more than ${mostFiles} files: take them in by parts.`,
            true,
          );
      }
    return files.sort();
  } catch (error) {
    if (error instanceof NotUpdated) throw error;
    throw new NotUpdated(`${JSON.stringify(from.slice(0, 120))} can't be read: ${(error as Error).message}.`, true);
  }
}

/** Only of a regular file: a pipe could keep us waiting for ever. */
function readText(path: string, isOnly: boolean): string | { readonly why: string } {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) return { why: 'it is not a file' };
      if (stats.size > mostInOne) return { why: `it is larger than ${mostInOne / 1024 / 1024} MB` };
      const bytes = Buffer.alloc(stats.size);
      let length = 0;
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = readSync(file, bytes, length, bytes.length - length, null);
      return new TextDecoder().decode(bytes.subarray(0, length));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (isOnly)
      throw new NotUpdated(`${JSON.stringify(path.slice(0, 120))} can't be read: ${(error as Error).message}.`, true);
    return { why: (error as Error).message };
  }
}

/** Beside it first, then in its place: whoever reads meanwhile finds the old one or the new one. */
function writeWhole(folder: string, stored: StoredRecords): void {
  const path = updateFile(folder);
  const draft = `${path}.${process.pid}.new`;
  try {
    makeStateFolder(folder);
    const file = openSync(draft, 'w', 0o644);
    try {
      letAllRead(file);
      const bytes = Buffer.from(`${JSON.stringify(stored)}\n`);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    removeDraft(draft);
    throw new NotUpdated(`${path} could not be written: ${(error as Error).message}.`);
  }
}

function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // What can't be removed either: the reason that is told is the one why it could not be written.
  }
}
