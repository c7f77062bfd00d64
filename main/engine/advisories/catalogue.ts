// The catalogue of advisories on this PC: what Breakwater brings, and updates that an administrator or this user has taken in.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Advisory, Catalogue, CatalogueUpdate } from '../../model/advisory';
import type { CatalogueRecord } from '../../patch/records/record';
import { catalogueOf, type StoredRecords, type StoredUpdate } from '../../patch/stored';
import type { CatalogueRead } from '../engine';
import { mustBeAdministrators } from '../journal/journal';
import { updateFile } from './catalogue-paths';

export interface CataloguePlaces {
  /** The folder with the files that Breakwater brings, absolute: only administrators can write there. */
  readonly bundled: string;
  /** The folder of updates for everybody, where only administrators may write; null = there is none (a simulated PC). */
  readonly system: string | null;
  /** The folder of this user's own updates; null = they are not to be trusted (whatever runs as administrator). */
  readonly user: string | null;
}

/**
 * Never throws: a damaged update is passed over and told of; without the bundled file there is no catalogue at all. Where there
 * is no update it was put together when Breakwater was built.
 */
export function readCatalogue(places: CataloguePlaces): CatalogueRead {
  try {
    const { updates, problems } = readUpdates(places);
    if (updates.length > 0) return { catalogue: catalogueOf(readBundledRecords(places), updates, problems) };
    return { catalogue: { ...readBundledCatalogue(places), problems } };
  } catch (error) {
    return { catalogue: null, why: `There is no catalogue of advisories: ${(error as Error).message}.` };
  }
}

/** Throws an Error for people where it can't be read. */
export function readBundledRecords({ bundled }: CataloguePlaces): readonly CatalogueRecord[] {
  return reinstall(join(bundled, 'records.json'), (path) => readStored(path).records);
}

function readBundledCatalogue({ bundled }: CataloguePlaces): Catalogue {
  return reinstall(join(bundled, 'advisories.json'), (path) => {
    const stored = parseFile(path) as (Partial<Catalogue> & { readonly schema?: unknown }) | null;
    if (
      stored?.schema !== 'breakwater/catalogue@1' ||
      !Array.isArray(stored.advisories) ||
      !stored.advisories.every(isAdvisory)
    )
      throw new Error(otherVersion);
    const { advisories } = stored;
    return { advisories, asOf: String(stored.asOf), updates: [], problems: [] };
  });
}

const otherVersion = 'is damaged, or of another version of Breakwater';

function reinstall<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path);
  } catch (error) {
    throw new Error(`${path} ${(error as Error).message}; install Breakwater again`);
  }
}

export interface CatalogueUpdates {
  readonly updates: readonly StoredUpdate[];
  readonly problems: readonly string[];
}

/** Updates for everybody and of this user, in this order; one that can't be used is told of in `problems`. */
export function readUpdates({ system, user }: CataloguePlaces): CatalogueUpdates {
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
  return { updates, problems };
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
  const stored = parseFile(path) as Partial<StoredRecords> | null;
  if (stored?.schema !== 'breakwater/records@2' || !Array.isArray(stored.records) || !stored.records.every(isRecord))
    throw new Error(otherVersion);
  return { schema: stored.schema, made: String(stored.made), from: String(stored.from), records: stored.records };
}

function parseFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? new NotThere('is missing') : new Error(`can't be read: ${message}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('is damaged (it is not JSON)');
  }
}

function isAdvisory(value: unknown): value is Advisory {
  const advisory = value as Partial<Advisory> | null;
  return typeof advisory?.id === 'string' && Array.isArray(advisory.windows) && Array.isArray(advisory.packages);
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
