// Records as Breakwater keeps them: the ones that it brings, and the ones of an update, in one file each. Pure.
import type { Catalogue, CatalogueUpdate } from '../model/advisory';
import { assemble } from './assemble';
import { type CatalogueRecord, keyOf, successorOf } from './records/record';

/** A file of read records. `made` ISO 8601 UTC; `from` is where they came from. */
export interface StoredRecords {
  readonly schema: 'breakwater/records@2';
  readonly made: string;
  readonly from: string;
  readonly records: readonly CatalogueRecord[];
}

export interface Merged {
  readonly records: readonly CatalogueRecord[];
  /** Keys ("cve publisher CVE-2020-0796") of what was not there before, replaced an older one, or was older or the same. */
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  readonly kept: readonly string[];
}

/** Newer records take the place of older ones, never the other way round. */
export function merge(before: readonly CatalogueRecord[], after: readonly CatalogueRecord[]): Merged {
  const records = new Map(before.map((record) => [keyOf(record), record]));
  const [added, replaced, kept]: [string[], string[], string[]] = [[], [], []];
  for (const record of after) {
    const key = keyOf(record);
    const known = records.get(key);
    const standing = known ? successorOf(known, record) : record;
    if (standing === null) {
      kept.push(key);
      continue;
    }
    (known ? replaced : added).push(key);
    records.set(key, standing);
  }
  return { records: [...records.values()], added, replaced, kept };
}

export interface StoredUpdate extends CatalogueUpdate {
  readonly stored: readonly CatalogueRecord[];
}

/** The catalogue of what Breakwater brings and of updates, in order of trust. */
export function catalogueOf(
  bundled: readonly CatalogueRecord[],
  updates: readonly StoredUpdate[],
  problems: readonly string[],
): Catalogue {
  const records = updates.reduce((all, { stored }) => merge(all, stored).records, bundled);
  return assemble(records, {
    updates: updates.map(({ scope, at, from, records: count }) => ({ scope, at, from, records: count })),
    problems,
  });
}
