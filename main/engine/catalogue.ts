// The catalogue of advisories on this PC: what Breakwater brings, and updates that an administrator or this user has taken in.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CatalogueUpdate } from '../model/advisory';
import type { CatalogueRecord } from '../patch/records/record';
import { catalogueOf, type StoredRecords, type StoredUpdate } from '../patch/stored';
import type { CatalogueRead } from './engine';
import { mustBeAdministrators } from './journal';

export interface CataloguePlaces {
  /** The file that Breakwater brings: absolute, in its own folder. */
  readonly bundled: string;
  /** The folder of updates for everybody, where only administrators may write; null = there is none (a simulated PC). */
  readonly system: string | null;
  /** The folder of this user's own updates; null = they are not to be trusted (whatever runs as administrator). */
  readonly user: string | null;
}

export const updateFile = (folder: string): string => join(folder, 'advisories.json');

/** Never throws: a damaged update is passed over and told of; without the bundled file there is no catalogue at all. */
export function readCatalogue(places: CataloguePlaces): CatalogueRead {
  try {
    const { bundled, updates, problems } = readLayers(places);
    return { catalogue: catalogueOf(bundled, updates, problems) };
  } catch (error) {
    return { catalogue: null, why: `There is no catalogue of advisories: ${(error as Error).message}.` };
  }
}

export interface CatalogueLayers {
  readonly bundled: readonly CatalogueRecord[];
  readonly updates: readonly StoredUpdate[];
  readonly problems: readonly string[];
}

/** Throws an Error for people where the bundled file can't be read. */
export function readLayers({ bundled, system, user }: CataloguePlaces): CatalogueLayers {
  let own: StoredRecords;
  try {
    own = readStored(bundled);
  } catch (error) {
    throw new Error(`${bundled} ${(error as Error).message}; install Breakwater again`);
  }
  const problems: string[] = [];
  const updates: StoredUpdate[] = [];
  for (const [scope, folder] of [
    ['system', system],
    ['user', user],
  ] as const) {
    try {
      const update = folder === null ? null : readUpdate(folder, scope);
      if (update) updates.push(update);
    } catch (error) {
      problems.push(`An update of the catalogue is passed over: ${(error as Error).message}`);
    }
  }
  return { bundled: own.records, updates, problems };
}

/** Null where there is none. Throws an Error for people where it is not to be trusted or can't be read. */
export function readUpdate(folder: string, scope: CatalogueUpdate['scope']): StoredUpdate | null {
  const path = updateFile(folder);
  try {
    if (scope === 'system') mustBeAdministrators(dirname(path), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { made, from, records } = readStored(path);
    return { scope, at: made, from, records: records.length, stored: records };
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw new Error(`${path} ${(error as Error).message}`);
  }
}

class NotThere extends Error {}

/** Written by us and put in place whole; what is looked at here is whether it is that, and all of it. */
function readStored(path: string): StoredRecords {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? new NotThere('is missing') : new Error(`can't be read: ${message}`);
  }
  let stored: Partial<StoredRecords> | null;
  try {
    stored = JSON.parse(text) as Partial<StoredRecords> | null;
  } catch {
    throw new Error('is damaged (it is not JSON)');
  }
  if (stored?.schema !== 'breakwater/records@1' || !Array.isArray(stored.records) || !stored.records.every(isRecord))
    throw new Error('is damaged, or of another version of Breakwater');
  return { schema: stored.schema, made: String(stored.made), from: String(stored.from), records: stored.records };
}

function isRecord(value: unknown): value is CatalogueRecord {
  const record = value as Partial<CatalogueRecord> | null;
  return (
    typeof record?.kind === 'string' &&
    ['hole', 'withdrawn', 'exploited', 'note'].includes(record.kind) &&
    typeof record.source?.id === 'string' &&
    (record.kind !== 'hole' ||
      (Array.isArray(record.windows) && Array.isArray(record.packages) && Array.isArray(record.about)))
  );
}
