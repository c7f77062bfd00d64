// Reads one record in the OSV format (https://ossf.github.io/osv-schema/): DSA-*, DEBIAN-CVE-*, USN-*, UBUNTU-CVE-*, RHSA-*, ALSA-* and others.
import * as v from 'valibot';
import { packagingOf } from '../versions/packaging';
import { besideStretches, stretchesOf } from './osv-ranges';
import { cveIdsIn, firstProblem, isWebAddress, list, origin, shortText, text, time } from './parts';
import type { CatalogueRecord, HoleRecord, RecordRange, Refused } from './record';
import { ecosystemOf } from './red-hat-ecosystem';

const event = v.looseObject({
  introduced: v.optional(shortText),
  fixed: v.optional(shortText),
  last_affected: v.optional(shortText),
});
const schema = v.looseObject({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{2,60}$/, 'not an id such as DSA-5071-1')),
  summary: v.optional(shortText, ''),
  details: v.optional(text, ''),
  aliases: v.optional(list(shortText), []),
  upstream: v.optional(list(shortText), []),
  related: v.optional(list(shortText), []),
  published: v.optional(time),
  modified: v.optional(time),
  withdrawn: v.optional(time),
  affected: v.optional(
    list(
      v.looseObject({
        package: v.optional(v.looseObject({ ecosystem: shortText, name: shortText })),
        ranges: v.optional(list(v.looseObject({ type: shortText, events: list(event) })), []),
        versions: v.optional(list(shortText), []),
        // Ubuntu's notices: which of its holes the notice closes in this release. Free in form by OSV's schema.
        database_specific: v.optional(v.unknown()),
      }),
    ),
    [],
  ),
  references: v.optional(list(v.looseObject({ type: shortText, url: v.string() })), []),
  x_breakwater: origin,
});
type OsvRecord = v.InferOutput<typeof schema>;

export function readOsv(value: unknown, name: string): CatalogueRecord | Refused {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) {
    const named = v.safeParse(v.looseObject({ id: shortText }), value);
    return { name: named.success ? named.output.id.slice(0, 60) : name, why: firstProblem(parsed.issues) };
  }
  const record = parsed.output;
  const { id, published = null, modified = null, withdrawn, references, x_breakwater: made } = record;
  const url =
    references.find((one) => one.type === 'ADVISORY' && isWebAddress(one.url))?.url ??
    `https://osv.dev/vulnerability/${id}`;
  const source = {
    format: 'osv',
    id,
    url,
    by: made.by,
    published,
    modified: latestOf(withdrawn ?? null, modified) ?? published,
  } as const;
  if (withdrawn !== undefined) return { kind: 'withdrawn', source };
  return { kind: 'hole', source, ...holeOf(record) };
}

/** A record that was withdrawn may have been modified since, or not have been. */
const latestOf = (a: string | null, b: string | null): string | null =>
  a !== null && (b === null || Date.parse(a) > Date.parse(b)) ? a : b;

function holeOf(record: OsvRecord): Omit<HoleRecord, 'kind' | 'source'> {
  const { id, summary, details, affected, published, references } = record;
  const page = references.find((one) => one.type === 'ADVISORY' && isWebAddress(one.url))?.url;
  const packages = affected.flatMap((one) => rangeOf(one, id));
  const isFixed = packages.some(({ stretches }) => stretches.some(({ fixed }) => fixed !== null && fixed !== '0'));
  return {
    about: aboutOf(record),
    title: summary,
    summary: details.replace(/\s+/g, ' ').trim().slice(0, 2_000),
    windows: [],
    windowsUnversioned: [],
    windowsUnaffected: [],
    otherProducts: [],
    packages,
    upstream: null,
    updates: [],
    workarounds: [],
    course:
      published !== undefined && page !== undefined && isFixed
        ? [{ stage: 'patch-out', date: published.slice(0, 10), source: page }]
        : [],
    knownExploited: null,
  };
}

/** "related" counts only where nothing stronger names a CVE: AlmaLinux puts its ids there. */
function aboutOf({ id, aliases, upstream, related }: OsvRecord): readonly string[] {
  const named = [id, ...aliases, ...upstream].flatMap(cveIdsIn);
  const ids = named.length > 0 ? named : related.flatMap(cveIdsIn);
  return ids.length > 0 ? [...new Set(ids)] : [id];
}

function rangeOf(
  { package: about, ranges, versions, database_specific: more }: OsvRecord['affected'][number],
  record: string,
): readonly RecordRange[] {
  if (about === undefined) return [];
  const ecosystem = ecosystemOf(about.ecosystem);
  const stretches = ranges
    .filter(({ type }) => type === 'ECOSYSTEM')
    .flatMap(({ events }) => stretchesOf(ecosystem, events));
  // Commits alone, or nothing at all, say nothing of the distribution's versions.
  if (stretches.length === 0 && versions.length === 0) return [];
  return [
    {
      ecosystem,
      name: about.name,
      kind: packagingOf(ecosystem) === 'dpkg' ? 'source' : 'binary',
      // "fixed: 0" is how feeds say that no version ever had it.
      stretches: stretches.filter(({ fixed }) => fixed !== '0'),
      versions: besideStretches(ecosystem, versions, stretches),
      record,
      ...holesIn(more),
    },
  ];
}

const cvesMap = v.looseObject({ cves_map: v.looseObject({ cves: list(v.looseObject({ id: shortText })) }) });

/** A map that can't be read leaves it open which holes it is about: it closes none, and keeps each from being taken for closed. */
function holesIn(more: unknown): Pick<RecordRange, 'holes' | 'isUnclear'> {
  if (typeof more !== 'object' || more === null || !('cves_map' in more)) return {};
  const { success, output } = v.safeParse(cvesMap, more);
  return success ? { holes: output.cves_map.cves.flatMap(({ id }) => cveIdsIn(id)) } : { isUnclear: true };
}
