// Reads one record in CVE JSON 5: who is affected is in `containers.cna`, what is known of attacks in `containers.adp`.
import * as v from 'valibot';
import type { CourseEvent, KnownExploited, PackageRange, RecordSource, Workaround } from '../../model/advisory';
import { cisaPage, cvePage } from '../pages';
import { type Affected, affectedSchema, packagesOf } from './cve-affected';
import { upstreamOf } from './cve-upstream';
import { windowsOf } from './cve-windows';
import { date, firstProblem, isWebAddress, list, origin, shortText, text, time } from './parts';
import type { CatalogueRecord, HoleRecord, Refused } from './record';

const metric = v.looseObject({
  other: v.optional(v.looseObject({ type: v.optional(shortText), content: v.optional(v.unknown()) })),
});
const container = v.looseObject({
  title: v.optional(shortText),
  datePublic: v.optional(time),
  affected: v.optional(list(affectedSchema), []),
  descriptions: v.optional(list(v.looseObject({ value: text })), []),
  references: v.optional(
    list(v.looseObject({ url: v.string(), name: v.optional(shortText, ''), tags: v.optional(list(shortText), []) })),
    [],
  ),
  workarounds: v.optional(list(v.looseObject({ value: text })), []),
  metrics: v.optional(list(metric), []),
  timeline: v.optional(list(v.looseObject({ time, value: shortText })), []),
});
const schema = v.looseObject({
  dataType: v.literal('CVE_RECORD'),
  dataVersion: v.pipe(v.string(), v.regex(/^5\./, 'this version of the format is not known here')),
  cveMetadata: v.looseObject({
    cveId: v.pipe(v.string(), v.regex(/^CVE-\d{4}-\d{4,10}$/, 'not an id such as CVE-2020-0796')),
    state: v.picklist(['PUBLISHED', 'REJECTED']),
    datePublished: v.optional(time),
    dateUpdated: v.optional(time),
  }),
  containers: v.looseObject({ cna: container, adp: v.optional(list(container), []) }),
  x_breakwater: origin,
});
/** A rejected record has no more than its id and the reason. */
const rejectedSchema = v.looseObject({
  dataType: v.literal('CVE_RECORD'),
  cveMetadata: v.looseObject({
    cveId: schema.entries.cveMetadata.entries.cveId,
    state: v.literal('REJECTED'),
    dateUpdated: v.optional(time),
  }),
});
type CveRecord = v.InferOutput<typeof schema>;

/** `name` is what to call it where it names no id. */
export function readCve(value: unknown, name: string): CatalogueRecord | Refused {
  const rejected = v.safeParse(rejectedSchema, value);
  if (rejected.success) {
    const { cveId, dateUpdated } = rejected.output.cveMetadata;
    return { kind: 'withdrawn', source: sourceOf(cveId, 'publisher', null, dateUpdated ?? null) };
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return { name: idOf(value) ?? name, why: firstProblem(parsed.issues) };
  return holeOf(parsed.output);
}

function idOf(value: unknown): string | null {
  const found = v.safeParse(v.looseObject({ cveMetadata: v.looseObject({ cveId: shortText }) }), value);
  return found.success ? found.output.cveMetadata.cveId.slice(0, 40) : null;
}

function sourceOf(id: string, by: RecordSource['by'], published: string | null, modified: string | null): RecordSource {
  return { format: 'cve', id, url: cvePage(id), by, published, modified };
}

function holeOf(record: CveRecord): HoleRecord {
  const { cveId, datePublished, dateUpdated } = record.cveMetadata;
  const { cna, adp } = record.containers;
  const published = datePublished ?? cna.datePublic ?? null;
  const about = cna.descriptions[0]?.value ?? '';
  const affected: readonly Affected[] = cna.affected;
  return {
    kind: 'hole',
    source: sourceOf(cveId, record.x_breakwater.by, published, dateUpdated ?? published),
    about: [cveId],
    title: cna.title ?? firstSentence(about),
    summary: plain(about),
    ...windowsOf(affected),
    packages: unique(packagesOf(affected, cveId)),
    upstream: upstreamOf(affected),
    updates: updatesOf(cna),
    workarounds: workaroundsOf(cna),
    course: courseOf(record, published),
    knownExploited: exploitedOf([cna, ...adp]),
  };
}

type Container = CveRecord['containers']['cna'];

const vendorsPage = ({ references }: Container): string | null =>
  references.find(({ tags, url }) => tags.includes('vendor-advisory') && isWebAddress(url))?.url ??
  references.find(({ url }) => isWebAddress(url))?.url ??
  null;

const updatesOf = ({ references }: Container): readonly string[] => [
  ...new Set(references.flatMap(({ name }) => /^KB\d{5,8}$/.exec(name)?.[0] ?? [])),
];

function workaroundsOf(cna: Container): readonly Workaround[] {
  const source = vendorsPage(cna);
  return source === null ? [] : cna.workarounds.map(({ value }) => ({ what: plain(value), source }));
}

/** Exploits are told by tags, by CISA's SSVC decision ("poc", "active"), and by its catalogue. */
function courseOf(
  { containers: { cna, adp }, cveMetadata }: CveRecord,
  published: string | null,
): readonly CourseEvent[] {
  const page = cvePage(cveMetadata.cveId);
  const exploit = cna.references.find(
    ({ tags, url }) =>
      (tags.includes('exploit') || /packetstorm.*(?:proof-of-concept|remote-code)/i.test(url)) && isWebAddress(url),
  );
  const decision =
    adp
      .flatMap(({ metrics }) => metrics)
      .map(exploitationOf)
      .find((found) => found !== null) ?? null;
  const exploited = exploitedOf([cna, ...adp]);
  return [
    ...(published === null ? [] : [{ stage: 'published' as const, date: published.slice(0, 10), source: page }]),
    ...(exploit ? [{ stage: 'exploit-public' as const, date: null, source: exploit.url }] : []),
    ...(decision?.exploitation === 'poc'
      ? [{ stage: 'exploit-public' as const, date: decision.date, source: page }]
      : []),
    ...(decision?.exploitation === 'active' && exploited === null
      ? [{ stage: 'known-exploited' as const, date: decision.date, source: page }]
      : []),
    ...(exploited
      ? [{ stage: 'known-exploited' as const, date: exploited.since, source: cisaPage(cveMetadata.cveId) }]
      : []),
  ];
}

const ssvc = v.looseObject({
  timestamp: v.optional(time),
  options: list(v.looseObject({ Exploitation: v.optional(v.string()) })),
});
const kev = v.looseObject({ dateAdded: date });

function exploitationOf({
  other,
}: v.InferOutput<typeof metric>): { readonly exploitation: string; readonly date: string | null } | null {
  if (other?.type !== 'ssvc') return null;
  const parsed = v.safeParse(ssvc, other.content);
  const exploitation = parsed.success
    ? parsed.output.options.find((one) => one.Exploitation !== undefined)?.Exploitation
    : undefined;
  return parsed.success && exploitation ? { exploitation, date: parsed.output.timestamp?.slice(0, 10) ?? null } : null;
}

/** CISA says so in its own container, as a metric or a line of the timeline. */
function exploitedOf(containers: readonly Container[]): KnownExploited | null {
  for (const { metrics, timeline } of containers) {
    for (const { other } of metrics) {
      const parsed = other?.type === 'kev' ? v.safeParse(kev, other.content) : null;
      if (parsed?.success) return { since: parsed.output.dateAdded, due: null, ransomware: 'unknown' };
    }
    const added = timeline.find(({ value }) => /added to CISA KEV$/.test(value));
    if (added) return { since: added.time.slice(0, 10), due: null, ransomware: 'unknown' };
  }
  return null;
}

/** Descriptions come with HTML at times. */
const plain = (written: string): string =>
  written
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 2_000);
const firstSentence = (written: string): string =>
  plain(written)
    .split(/(?<=\.)\s/)[0]
    ?.slice(0, 200) ?? '';

/** Records name the same package more than once, for each of their repositories. */
function unique(packages: readonly PackageRange[]): readonly PackageRange[] {
  return [...new Map(packages.map((one) => [JSON.stringify(one), one])).values()];
}
