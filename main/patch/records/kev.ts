// Reads CISA's catalogue of known exploited vulnerabilities, in its own JSON.
import * as v from 'valibot';
import type { KnownExploited } from '../../model/advisory';
import { date, firstProblem, list, origin, shortText, time } from './parts';
import type { CatalogueRecord, Refused } from './record';

const schema = v.looseObject({
  catalogVersion: shortText,
  dateReleased: time,
  vulnerabilities: list(v.unknown()),
  x_breakwater: origin,
});
const named = v.looseObject({
  cveID: v.pipe(v.string(), v.regex(/^CVE-\d{4}-\d{4,10}$/, 'not an id such as CVE-2020-0796')),
});
const entry = v.looseObject({
  ...named.entries,
  dateAdded: date,
  dueDate: v.optional(date),
  knownRansomwareCampaignUse: v.optional(shortText, 'Unknown'),
});

/** The catalogue without the entries that are refused, and those by name: what was known of them before is not taken back. */
export function readKev(
  value: unknown,
  name: string,
): { readonly record: CatalogueRecord | null; readonly refused: readonly Refused[] } {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return { record: null, refused: [{ name, why: firstProblem(parsed.issues) }] };
  const entries: Record<string, KnownExploited> = {};
  const refused: Refused[] = [];
  const unread: (string | null)[] = [];
  for (const [at, one] of parsed.output.vulnerabilities.entries()) {
    const read = v.safeParse(entry, one);
    if (!read.success) {
      refused.push({ name: `${name}, entry ${at + 1}`, why: firstProblem(read.issues) });
      const about = v.safeParse(named, one);
      unread.push(about.success ? about.output.cveID : null);
      continue;
    }
    const { cveID, dateAdded, dueDate, knownRansomwareCampaignUse } = read.output;
    entries[cveID] = {
      since: dateAdded,
      due: dueDate ?? null,
      ransomware: knownRansomwareCampaignUse.toLowerCase() === 'known' ? 'known' : 'unknown',
    };
  }
  const { dateReleased, x_breakwater: made } = parsed.output;
  const source = {
    format: 'kev',
    id: 'KEV',
    url: 'https://www.cisa.gov/known-exploited-vulnerabilities-catalog',
    by: made.by,
    published: dateReleased,
    modified: dateReleased,
  } as const;
  return { record: { kind: 'exploited', source, entries, ...(unread.length > 0 ? { unread } : {}) }, refused };
}
