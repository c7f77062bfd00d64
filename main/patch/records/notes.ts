// Reads Breakwater's own notes: how a hole is reached, what a shield does for it, and what else helps.
import * as v from 'valibot';
import { cvePage } from '../pages';
import { date, firstProblem, isWebAddress, list, shortText, time } from './parts';
import type { CatalogueRecord, Refused } from './record';

const webAddress = v.pipe(v.string(), v.check(isWebAddress, 'not a web address'));
const effect = v.picklist(['closes', 'partly', 'no', 'unknown']);
const noteSchema = v.strictObject({
  short: shortText,
  reach: v.strictObject({
    kind: v.picklist(['server', 'client', 'elsewhere', 'unknown']),
    inboundBlock: effect,
    outboundBlock: effect,
    says: shortText,
  }),
  features: list(
    v.picklist([
      'smb-server',
      'smb1',
      'smb2',
      'smb-compression',
      'print-spooler',
      'domain-controller',
      'vfs-fruit',
      'ksmbd',
    ]),
  ),
  workarounds: list(v.strictObject({ what: shortText, source: webAddress })),
  course: list(
    v.strictObject({
      stage: v.picklist(['published', 'patch-out', 'exploit-public', 'scanning-seen', 'known-exploited']),
      date: v.nullable(date),
      source: webAddress,
    }),
  ),
});
const schema = v.looseObject({
  schema: v.literal('breakwater/notes@1'),
  modified: v.optional(time),
  notes: v.record(v.string(), v.unknown()),
});

export function readNotes(
  value: unknown,
  name: string,
): { readonly records: readonly CatalogueRecord[]; readonly refused: readonly Refused[] } {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return { records: [], refused: [{ name, why: firstProblem(parsed.issues) }] };
  const { notes, modified = null } = parsed.output;
  const records: CatalogueRecord[] = [];
  const refused: Refused[] = [];
  for (const [id, note] of Object.entries(notes)) {
    const read = v.safeParse(noteSchema, note);
    if (!read.success) refused.push({ name: `note of ${id.slice(0, 40)}`, why: firstProblem(read.issues) });
    else
      records.push({
        kind: 'note',
        about: id,
        ...read.output,
        source: {
          format: 'note',
          id,
          url: cvePage(id),
          by: 'ours',
          published: null,
          modified,
        },
      });
  }
  return { records, refused };
}
