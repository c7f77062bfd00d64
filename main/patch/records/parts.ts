// Pieces that the schemas of all formats share: times, texts, addresses, ids.
import * as v from 'valibot';

/** Records are as long as they are; nothing in them that is used here is longer than this. */
export const text = v.pipe(v.string(), v.maxLength(20_000));
export const shortText = v.pipe(v.string(), v.maxLength(2_000));
export const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.maxLength(20_000));

/** ISO 8601 with or without a zone (UTC then), or a date alone: made one form, in UTC. */
export const time = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/,
    'not a time as ISO 8601 writes it',
  ),
  v.transform((written) => {
    const dated = written.length === 10 ? `${written}T00:00:00Z` : written.replace(' ', 'T');
    const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(dated.slice(10)) ? dated : `${dated}Z`;
    return new Date(zoned.replace(/(\.\d{3})\d+/, '$1'));
  }),
  v.check((date) => !Number.isNaN(date.getTime()), 'no such time'),
  v.transform((date) => date.toISOString()),
);

export const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/, 'not a date such as 2022-02-10'));

/** CVE ids in a text: "UBUNTU-CVE-2021-44142" has one, "DSA-5071-1" none. */
export const cveIdsIn = (written: string): readonly string[] => written.match(/CVE-\d{4}-\d{4,10}/g) ?? [];

/** Only addresses that may be shown as links are kept. */
export const isWebAddress = (url: string): boolean => /^https?:\/\/[^\s"'<>]{1,500}$/.test(url);

/** Who made a record, as our own files say it. Records from elsewhere do not have it. */
export const origin = v.optional(v.looseObject({ by: v.picklist(['publisher', 'ours']) }), { by: 'publisher' });

/** The first problem in a sentence: "affected.0.versions: ...". */
export function firstProblem(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (!issue) return 'not understood';
  const path = v.getDotPath(issue);
  return `${path === null ? '' : `${path}: `}${issue.message}`.slice(0, 200);
}
