// Reads a file of records, whichever format it is in: what can't be read is refused by name, and the rest is kept.
import { readCve } from './cve';
import { readKev } from './kev';
import { readNotes } from './notes';
import { readOsv } from './osv';
import type { CatalogueRecord, Refused } from './record';

export interface RecordsRead {
  readonly records: readonly CatalogueRecord[];
  readonly refused: readonly Refused[];
}

/** One record, a list of them, CISA's catalogue, or notes, as JSON. `name` is what to call it. */
export function readRecords(text: string, name: string): RecordsRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { records: [], refused: [{ name, why: `it is not JSON (${(error as Error).message.slice(0, 120)})` }] };
  }
  return readValue(value, name);
}

function readValue(value: unknown, name: string): RecordsRead {
  if (Array.isArray(value)) {
    const read = value.map((one, at) => readValue(one, `${name}, record ${at + 1}`));
    return { records: read.flatMap(({ records }) => records), refused: read.flatMap(({ refused }) => refused) };
  }
  if (typeof value !== 'object' || value === null) return { records: [], refused: [{ name, why: unknownFormat }] };
  if ('catalogVersion' in value) {
    const { record, refused } = readKev(value, name);
    return { records: record ? [record] : [], refused };
  }
  if ('schema' in value && value.schema === 'breakwater/notes@1') return readNotes(value, name);
  if ('dataType' in value) return settled(readCve(value, name));
  if ('id' in value && ('affected' in value || 'withdrawn' in value || 'schema_version' in value))
    return settled(readOsv(value, name));
  return { records: [], refused: [{ name, why: unknownFormat }] };
}

const unknownFormat = "it is neither a CVE record (JSON 5), nor an OSV record, nor CISA's catalogue";

const settled = (read: CatalogueRecord | Refused): RecordsRead =>
  'kind' in read ? { records: [read], refused: [] } : { records: [], refused: [read] };
