// Reads a file of records, whichever format it is in: what can't be read is refused by name, and the rest is kept.
import * as v from 'valibot';
import { readCve } from './cve';
import { readKev } from './kev';
import { readNotes } from './notes';
import { readOsv } from './osv';
import { shortText } from './parts';
import type { CatalogueRecord, Refused } from './record';

export interface RecordsRead {
  readonly records: readonly CatalogueRecord[];
  readonly refused: readonly Refused[];
}

/** Breakwater's own catalogue, as it is built; or anything that is taken in later. */
export type RecordsOrigin = 'breakwater' | 'elsewhere';

/** More than the largest file that is taken in can hold of real records. */
const mostInList = 100_000;

/**
 * One record, a list of them, CISA's catalogue, or notes, as JSON. `name` is what to call it. From elsewhere nothing speaks as
 * Breakwater: notes, and records that say they are ours, are refused (as the publisher's they would stand in the place of what
 * the publisher has said), and whatever else only our catalogue adds to a record (`x_breakwater`, `x_fixedBy`) is left out.
 */
export function readRecords(text: string, name: string, origin: RecordsOrigin = 'elsewhere'): RecordsRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(name, `it is not JSON (${(error as Error).message.slice(0, 120)})`);
  }
  if (!Array.isArray(value)) return readOne(value, name, origin);
  if (value.length > mostInList) return refuse(name, `it lists more than ${mostInList} records: take them in by parts`);
  const read = value.map((one, at) => readOne(one, `${name}, record ${at + 1}`, origin));
  return { records: read.flatMap(({ records }) => records), refused: read.flatMap(({ refused }) => refused) };
}

function readOne(value: unknown, name: string, origin: RecordsOrigin): RecordsRead {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(name, unknownFormat);
  if (origin === 'elsewhere') {
    const claimed = claimOf(value);
    if (claimed !== null) return refuse(nameOf(value) ?? name, `only Breakwater's own catalogue has ${claimed}`);
    leaveOutOurs(value);
  }
  if ('catalogVersion' in value) {
    const { record, refused } = readKev(value, name);
    return { records: record ? [record] : [], refused };
  }
  if ('schema' in value && value.schema === 'breakwater/notes@1') return readNotes(value, name);
  if ('dataType' in value) return settled(readCve(value, name));
  if ('id' in value && ('affected' in value || 'withdrawn' in value || 'schema_version' in value))
    return settled(readOsv(value, name));
  return refuse(name, unknownFormat);
}

const unknownFormat = "it is neither a CVE record (JSON 5), nor an OSV record, nor CISA's catalogue";

/** What of Breakwater's own it says it is; null = nothing. */
function claimOf(value: object): string | null {
  if ('schema' in value && value.schema === 'breakwater/notes@1') return 'notes';
  return v.is(ours, value) ? 'records that Breakwater wrote' : null;
}

const ours = v.looseObject({ x_breakwater: v.looseObject({ by: v.literal('ours') }) });
const cveNamed = v.looseObject({ cveMetadata: v.looseObject({ cveId: shortText }) });
const osvNamed = v.looseObject({ id: shortText });

function nameOf(value: object): string | null {
  if (v.is(cveNamed, value)) return value.cveMetadata.cveId.slice(0, 60);
  return v.is(osvNamed, value) ? value.id.slice(0, 60) : null;
}

/** However deep it lies: without recursion, as records nest as deep as they like. */
function leaveOutOurs(record: object): void {
  const left: Record<string, unknown>[] = [record as Record<string, unknown>];
  for (let one = left.pop(); one !== undefined; one = left.pop())
    for (const key of Object.keys(one)) {
      const inner = one[key];
      if (key === 'x_breakwater' || key === 'x_fixedBy') delete one[key];
      else if (typeof inner === 'object' && inner !== null) left.push(inner as Record<string, unknown>);
    }
}

const refuse = (name: string, why: string): RecordsRead => ({ records: [], refused: [{ name, why }] });

const settled = (read: CatalogueRecord | Refused): RecordsRead =>
  'kind' in read ? { records: [read], refused: [] } : { records: [], refused: [read] };
