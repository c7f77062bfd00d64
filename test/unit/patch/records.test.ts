// Reading records in the field's own formats: what is taken from them, what is refused by name, and what is no record at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../main/patch/assemble';
import { judgePatches } from '../../../main/patch/judge/judge';
import { readRecords } from '../../../main/patch/records/read';
import type { CatalogueRecord, HoleRecord } from '../../../main/patch/records/record';
import { catalogueOf, merge } from '../../../main/patch/stored';
import { debian, elBuild, linux, windows } from './bundled';

const cve = (id: string, cna: object, more: object = {}): object => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: {
    cveId: id,
    state: 'PUBLISHED',
    datePublished: '2024-01-09T18:00:00',
    dateUpdated: '2024-02-01T00:00:00.000Z',
    ...more,
  },
  containers: { cna },
});

const microsoft = (product: string, ...versions: readonly object[]): object => ({
  vendor: 'Microsoft',
  product,
  versions,
});
const range = (version: string, lessThan: string): object => ({
  version,
  lessThan,
  status: 'affected',
  versionType: 'custom',
});

function hole(value: object): HoleRecord {
  const { records, refused } = readRecords(JSON.stringify(value), 'test.json');
  expect(refused).toEqual([]);
  const [record] = records;
  if (record?.kind !== 'hole') throw new Error(`not a hole: ${record?.kind}`);
  return record;
}

const refusedOf = (value: unknown, name = 'test.json') =>
  readRecords(typeof value === 'string' ? value : JSON.stringify(value), name).refused;

describe('a CVE record', () => {
  it('names builds by where a range ends, whatever it begins with', () => {
    const { windows: ranges } = hole(
      cve('CVE-2024-0001', { affected: [microsoft('Windows 10 Version 1809', range('10.0.0', '10.0.17763.5329'))] }),
    );
    expect(ranges).toEqual([
      {
        product: 'Windows 10 Version 1809',
        build: '10.0.17763',
        from: '10.0.17763.0',
        below: '10.0.17763.5329',
        kind: 'Client',
        platforms: [],
        updates: [],
      },
    ]);
  });

  it.each(['unspecified', '-', 'N/A', 'since 3.5.0'])('without numbers (%j) names products only', (version) => {
    const record = hole(
      cve('CVE-2024-0001', {
        affected: [microsoft('Windows 10 Version 1903 for 32-bit Systems', { version, status: 'affected' })],
      }),
    );
    expect(record.windows).toEqual([]);
    expect(record.windowsUnversioned).toEqual(['Windows 10 Version 1903 for 32-bit Systems']);
  });

  it.each(['publication', 'https://aka.ms/OfficeSecurityReleases', '10.0.17763'])(
    'whose range ends in %j has no number',
    (end) => {
      expect(
        hole(cve('CVE-2024-0001', { affected: [microsoft('Windows Server 2019', range('10.0.0', end))] })).windows,
      ).toEqual([]);
    },
  );

  it('tells servers, Server Core and clients apart', () => {
    const kindOf = (product: string) =>
      hole(cve('CVE-2024-0001', { affected: [microsoft(product, range('10.0.0', '10.0.17763.1'))] })).windows[0]?.kind;
    expect(kindOf('Windows Server 2019')).toBe('Server');
    expect(kindOf('Windows Server 2022, 23H2 Edition (Server Core installation)')).toBe('Server Core');
    expect(kindOf('Windows 11 version 22H3')).toBe('Client');
  });

  it('never uses what the record was before (x_legacyV4Record)', () => {
    const legacy = {
      affects: {
        vendor: {
          vendor_data: [
            {
              product: {
                product_data: [
                  { product_name: 'Windows', version: { version_data: [{ version_value: '10.0.17763.1' }] } },
                ],
              },
            },
          ],
        },
      },
    };
    const record = hole(
      cve('CVE-2024-0001', {
        affected: [microsoft('Windows 10', { version: 'unspecified', status: 'affected' })],
        x_legacyV4Record: legacy,
      }),
    );
    expect(record.windows).toEqual([]);
  });

  it('tells of exploits and of CISA by its other containers', () => {
    const value = cve('CVE-2024-0001', { affected: [] }) as { containers: object };
    const adp = [
      {
        metrics: [
          {
            other: { type: 'ssvc', content: { timestamp: '2024-03-05T00:00:00Z', options: [{ Exploitation: 'poc' }] } },
          },
        ],
      },
      { timeline: [{ time: '2024-04-01T00:00:00+00:00', lang: 'en', value: 'CVE-2024-0001 added to CISA KEV' }] },
    ];
    const record = hole({ ...value, containers: { ...value.containers, adp } });
    expect(record.course.map(({ stage, date }) => [stage, date])).toEqual([
      ['published', '2024-01-09'],
      ['exploit-public', '2024-03-05'],
      ['known-exploited', '2024-04-01'],
    ]);
    expect(record.knownExploited).toEqual({ since: '2024-04-01', due: null, ransomware: 'unknown' });
  });

  it('that was rejected is dropped by name', () => {
    const rejected = {
      dataType: 'CVE_RECORD',
      dataVersion: '5.1',
      cveMetadata: { cveId: 'CVE-2024-0001', state: 'REJECTED', dateUpdated: '2024-05-01T00:00:00Z' },
      containers: { cna: { rejectedReasons: [] } },
    };
    const before = readRecords(JSON.stringify(cve('CVE-2024-0001', { affected: [] })), 'a').records;
    const { records } = merge(before, readRecords(JSON.stringify(rejected), 'b').records);
    expect(records.map(({ kind }) => kind)).toEqual(['withdrawn']);
    expect(assemble(records, { updates: [], problems: [] }).advisories).toEqual([]);
  });

  it.each([
    [
      'a version of the format that is not known',
      { ...cve('CVE-2024-0001', {}), dataVersion: '6.0' },
      'CVE-2024-0001',
      /dataVersion/,
    ],
    ['an id that is none', cve('CVE-1', {}), 'CVE-1', /cveId/],
    ['a list where a text belongs', cve('CVE-2024-0001', { title: ['x'] }), 'CVE-2024-0001', /title/],
    ['a date that is none', cve('CVE-2024-0001', {}, { dateUpdated: 'yesterday' }), 'CVE-2024-0001', /dateUpdated/],
    ['no containers', { ...cve('CVE-2024-0001', {}), containers: undefined }, 'CVE-2024-0001', /containers/],
  ])('with %s is refused by its id', (_what, value, name, why) => {
    const [refused, ...more] = refusedOf(value);
    expect(more).toEqual([]);
    expect(refused?.name).toBe(name);
    expect(refused?.why).toMatch(why);
  });
});

const ecosystem = (...events: readonly object[]): object => ({ type: 'ECOSYSTEM', events });
const fixedIn = (fixed: string): object => ecosystem({ introduced: '0' }, { fixed });
const commits = { type: 'GIT', events: [{ introduced: '0' }, { fixed: 'abc' }] };
/** What is said of one package of a release, Samba's of Debian 12 where `more` says nothing else. */
const affected = (ranges: readonly object[], more: object = {}): { readonly affected: readonly object[] } => ({
  affected: [{ package: { ecosystem: 'Debian:12', name: 'samba' }, ranges, ...more }],
});
const osv = (id: string, fixed: string, more: object = {}): object => ({
  id,
  modified: '2024-02-01T00:00:00Z',
  ...affected([fixedIn(fixed)]),
  ...more,
});
const stateOf = (records: readonly CatalogueRecord[], pc: Parameters<typeof judgePatches>[1]) =>
  judgePatches(assemble(records, { updates: [], problems: [] }), pc, new Date()).verdicts.map(({ id, state }) => [
    id,
    state,
  ]);
const recordsOf = (...values: readonly object[]) =>
  values.flatMap((value, at) => readRecords(JSON.stringify(value), `${at}`).records);

describe('an OSV record', () => {
  it('is about the CVE that its aliases or "upstream" name, with a prefix or without', () => {
    expect(hole(osv('DSA-1-1', '1', { aliases: ['CVE-2024-0001'] })).about).toEqual(['CVE-2024-0001']);
    expect(
      hole(
        osv('USN-1-1', '1', { upstream: ['UBUNTU-CVE-2024-0001', 'UBUNTU-CVE-2024-0002'], related: ['CVE-2024-9999'] }),
      ).about,
    ).toEqual(['CVE-2024-0001', 'CVE-2024-0002']);
    expect(hole(osv('ALSA-2024:1', '1', { related: ['CVE-2024-0001'] })).about).toEqual(['CVE-2024-0001']);
    expect(hole(osv('DSA-2-1', '1')).about).toEqual(['DSA-2-1']);
  });

  it('with several stretches is fixed between them', () => {
    const stretches = ecosystem({ introduced: '0' }, { fixed: '2' }, { introduced: '4' }, { last_affected: '5' });
    const value = osv('DEBIAN-CVE-2024-0001', '', affected([stretches]));
    const at = (version: string) => stateOf(recordsOf(value), debian('12', version))[0]?.[1];
    expect(['1', '2', '3', '4', '5', '5.1'].map(at)).toEqual([
      'vulnerable',
      'patched',
      'patched',
      'vulnerable',
      'vulnerable',
      'patched',
    ]);
  });

  it('whose hole begins later does not count what is older as patched', () => {
    const value = osv('DEBIAN-CVE-2024-0001', '', affected([ecosystem({ introduced: '3' }, { fixed: '4' })]));
    expect(stateOf(recordsOf(value), debian('12', '2'))).toEqual([['CVE-2024-0001', 'not-affected']]);
  });

  it('with an end in another order of versions, or with commits, proves nothing', () => {
    const value = osv('DEBIAN-CVE-2024-0001', '', affected([commits], { versions: ['1', '2'] }));
    expect(stateOf(recordsOf(value), debian('12', '2'))).toEqual([['CVE-2024-0001', 'vulnerable']]);
    expect(stateOf(recordsOf(value), debian('12', '3'))).toEqual([['CVE-2024-0001', 'unknown']]);
  });

  it('that names commits only, or nothing, says nothing of a release', () => {
    for (const ranges of [[], [commits]]) {
      const value = osv('DEBIAN-CVE-2024-0001', '', affected(ranges));
      expect(stateOf(recordsOf(value), debian('12', '2'))).toEqual([['CVE-2024-0001', 'unknown']]);
    }
  });

  it('that lists a version as affected beyond its own ranges proves nothing of that one', () => {
    const versions = ['1', '2', 'no version', '5'];
    const value = osv('DEBIAN-CVE-2024-0001', '', affected([fixedIn('3')], { versions }));
    const at = (version: string) => stateOf(recordsOf(value), debian('12', version))[0]?.[1];
    expect(['2', '3', '4', '5', '6'].map(at)).toEqual(['vulnerable', 'patched', 'patched', 'unknown', 'patched']);
  });

  it('is judged as the OSV schema evaluates it, in whatever order its events are', () => {
    const event = fc.record({
      kind: fc.constantFrom('introduced', 'fixed', 'last_affected'),
      at: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { minLength: 1, maxLength: 8, selector: ({ at }) => at }),
        fc.integer({ min: 0, max: 10 }),
        (events, version) => {
          const textOf = (number: number): string => (number === 0 ? '0' : `2:4.17.${number}+dfsg-0+deb12u1`);
          const range = ecosystem(...events.map(({ kind, at }) => ({ [kind]: textOf(at) })));
          const value = osv('DEBIAN-CVE-2024-0001', '', affected([range]));
          // OSV schema, Evaluation: IncludedInRanges.
          let isVulnerable = false;
          for (const { kind, at } of [...events].sort((a, b) => a.at - b.at)) {
            if (kind === 'introduced' && version >= at) isVulnerable = true;
            else if (kind === 'fixed' && version >= at) isVulnerable = false;
            else if (kind === 'last_affected' && version > at) isVulnerable = false;
          }
          const state = stateOf(recordsOf(value), debian('12', `2:4.17.${version}+dfsg-0+deb12u1`))[0]?.[1];
          expect(state === 'vulnerable').toBe(isVulnerable);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(['samba', 'linux'])(
    'disagreeing with another one about %s is taken at its worst, whichever comes first',
    (name) => {
      const about = (id: string, fixed: string): object =>
        osv(id, fixed, {
          upstream: ['CVE-2024-0001'],
          ...affected([fixedIn(fixed)], { package: { ecosystem: 'Debian:12', name } }),
        });
      const [lower, higher] = [about('DSA-1-1', '1'), about('DSA-2-1', '3')];
      for (const records of [recordsOf(lower, higher), recordsOf(higher, lower)]) {
        expect(stateOf(records, linux('debian', '12', { [name]: '2' }))).toEqual([['CVE-2024-0001', 'vulnerable']]);
        expect(stateOf(records, linux('debian', '12', { [name]: '3' }))).toEqual([['CVE-2024-0001', 'patched']]);
      }
    },
  );

  it('about several holes adds to those that are known, and stands for itself where none is', () => {
    const usn = osv('USN-1-1', '1', { upstream: ['UBUNTU-CVE-2024-0001', 'UBUNTU-CVE-2024-0002'] });
    expect(stateOf(recordsOf(usn), debian('12', '1'))).toEqual([['USN-1-1', 'patched']]);
    expect(stateOf(recordsOf(usn, cve('CVE-2024-0002', { affected: [] })), debian('12', '1'))).toEqual([
      ['CVE-2024-0002', 'patched'],
    ]);
  });

  it.each([
    ['names', { cves: [{ id: 'CVE-2024-0002' }] }, 'unknown', 'patched', 'patched'],
    ['names both', { cves: [{ id: 'CVE-2024-0001' }, { id: 'CVE-2024-0002' }] }, 'patched', 'patched', 'patched'],
    ['names in a form that is not known', { 'CVE-2024-0001': 'released' }, 'unknown', 'unknown', 'unknown'],
  ])('about several holes closes in a release only those that its map %s', (_what, map, first, second, itself) => {
    const usn = osv('USN-1-1', '', {
      upstream: ['UBUNTU-CVE-2024-0001', 'UBUNTU-CVE-2024-0002'],
      ...affected([fixedIn('1')], { database_specific: { cves_map: { ecosystem: 'Debian:12', ...map } } }),
    });
    const own = ['CVE-2024-0001', 'CVE-2024-0002'].map((id) => cve(id, { affected: [] }));
    expect(Object.fromEntries(stateOf(recordsOf(usn, ...own), debian('12', '1')))).toEqual({
      'CVE-2024-0001': first,
      'CVE-2024-0002': second,
    });
    expect(stateOf(recordsOf(usn), debian('12', '1'))).toEqual([['USN-1-1', itself]]);
  });

  it('that is withdrawn is dropped by name', () => {
    const records = merge(
      recordsOf(osv('DSA-1-1', '1')),
      recordsOf(osv('DSA-1-1', '1', { withdrawn: '2024-06-01T00:00:00Z' })),
    ).records;
    expect(stateOf(records, debian('12', '1'))).toEqual([]);
  });
});

describe("CISA's catalogue", () => {
  const kev = (...vulnerabilities: readonly object[]) => ({
    title: 'CISA',
    catalogVersion: '2024.01.01',
    dateReleased: '2024-01-01T15:00:00.000Z',
    count: 1,
    vulnerabilities,
  });

  it('marks what is exploited, in whatever order it comes', () => {
    const entry = {
      cveID: 'CVE-2024-0001',
      dateAdded: '2024-02-02',
      dueDate: '2024-02-23',
      knownRansomwareCampaignUse: 'Known',
    };
    const { advisories } = assemble(recordsOf(kev(entry), cve('CVE-2024-0001', { affected: [] })), {
      updates: [],
      problems: [],
    });
    expect(advisories[0]?.knownExploited).toEqual({ since: '2024-02-02', due: '2024-02-23', ransomware: 'known' });
    expect(advisories[0]?.course.at(-1)).toMatchObject({ stage: 'known-exploited', date: '2024-02-02' });
  });

  it('is not hidden by a later part of it that we bring, which is believed of its own entries', () => {
    const whole = kev(
      { cveID: 'CVE-2024-0001', dateAdded: '2023-12-01' },
      { cveID: 'CVE-2024-0002', dateAdded: '2023-12-02' },
    );
    const part = {
      ...kev({ cveID: 'CVE-2024-0001', dateAdded: '2023-12-01', knownRansomwareCampaignUse: 'Known' }),
      dateReleased: '2024-06-01T00:00:00.000Z',
      x_breakwater: { by: 'ours' },
    };
    const holes = [cve('CVE-2024-0001', { affected: [] }), cve('CVE-2024-0002', { affected: [] })];
    const brought = [...readRecords(JSON.stringify(part), 'ours', 'breakwater').records, ...recordsOf(...holes)];
    const update = { scope: 'system' as const, at: '', from: '', records: 1, stored: recordsOf(whole) };
    const { advisories } = catalogueOf(brought, [update], []);
    expect(advisories.map(({ id, knownExploited }) => [id, knownExploited?.since, knownExploited?.ransomware])).toEqual(
      [
        ['CVE-2024-0002', '2023-12-02', 'unknown'],
        ['CVE-2024-0001', '2023-12-01', 'known'],
      ],
    );
  });

  it('is kept without its bad entries, which are named', () => {
    const { records, refused } = readRecords(
      JSON.stringify(
        kev(
          { cveID: 'nonsense', dateAdded: '2024-01-02' },
          { cveID: 'CVE-2024-0001', dateAdded: '2024-01-02' },
          { cveID: 'CVE-2024-0002', dateAdded: 'soon' },
        ),
      ),
      'kev.json',
    );
    expect(records).toHaveLength(1);
    expect(refused.map(({ name }) => name)).toEqual(['kev.json, entry 1', 'kev.json, entry 3']);
  });
});

describe('a file', () => {
  it('may hold a list of records, of which the bad are refused and the rest is kept', () => {
    const { records, refused } = readRecords(
      JSON.stringify([cve('CVE-2024-0001', {}), { nonsense: true }, osv('DSA-1-1', '1'), 7]),
      'all.json',
    );
    expect(records.map(({ source }) => source.id)).toEqual(['CVE-2024-0001', 'DSA-1-1']);
    expect(refused.map(({ name }) => name)).toEqual(['all.json, record 2', 'all.json, record 4']);
  });

  it.each(['', '{', 'null', '7', '"text"', '{"dataType":"CVE_RECORD"}', '[[[[]]]', '{"id":"x"}', '\u0000'])(
    '%j is refused, with a reason',
    (text) => {
      const { records, refused } = readRecords(text, 'bad.json');
      expect(records).toEqual([]);
      expect(refused).toHaveLength(1);
      expect(refused[0]?.why).not.toBe('');
    },
  );

  it('of any content at all is read or refused, and never makes a PC patched', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { records } = readRecords(text, 'any.json');
        const { verdicts } = judgePatches(
          assemble(records, { updates: [], problems: [] }),
          windows('19045.1'),
          new Date(),
        );
        expect(verdicts.filter(({ state }) => state === 'patched')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('whose versions are any text is judged without a fault', () => {
    const text = fc.string({ maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const records = recordsOf(
          cve('CVE-2024-0001', {
            affected: [
              microsoft('Windows 10', range(a, b)),
              { vendor: 'Samba', product: 'samba', versions: [range(b, c)] },
              {
                vendor: 'Red Hat',
                product: 'Red Hat Enterprise Linux 9',
                packageName: 'samba',
                versions: [{ version: c, lessThan: '*', versionType: 'rpm', status: 'unaffected' }],
              },
            ],
          }),
          osv('DEBIAN-CVE-2024-0001', a || '0'),
        );
        const states = [
          windows('19045.1'),
          debian('12', b),
          linux('rhel', '9.1', { samba: c }),
          linux('arch', '', { samba: a }),
        ].flatMap((pc) => stateOf(records, pc));
        expect(states.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("Red Hat's own packages in a CVE record", () => {
  const rpm = (status: string, version: string, more: object = {}) => ({
    status,
    version: elBuild(version),
    versionType: 'rpm',
    ...more,
  });
  const onwards = { lessThan: '*' };
  it.each([
    ['fixed from one on', 'affected', [rpm('unaffected', '3-1', onwards)], 'vulnerable', 'patched', 'patched'],
    ['affected, without a fix', 'affected', [], 'vulnerable', 'vulnerable', 'vulnerable'],
    ['never affected', 'unaffected', [], 'not-affected', 'not-affected', 'not-affected'],
    ['not told', 'unknown', [], 'unknown', 'unknown', 'unknown'],
    [
      'affected up to one',
      'unaffected',
      [rpm('affected', '0', { lessThan: elBuild('3-1') })],
      'vulnerable',
      'patched',
      'patched',
    ],
    [
      'affected from one on',
      'unaffected',
      [rpm('affected', '3-1', onwards)],
      'not-affected',
      'vulnerable',
      'vulnerable',
    ],
    ['affected in one only', 'unaffected', [rpm('affected', '3-1')], 'not-affected', 'vulnerable', 'patched'],
    [
      'fixed, and broken again',
      'affected',
      [rpm('unaffected', '2-9', onwards), rpm('affected', '3-1', { lessThan: elBuild('4-1') })],
      'vulnerable',
      'vulnerable',
      'patched',
    ],
    [
      'affected in another order',
      'unaffected',
      [{ status: 'affected', version: 'all', versionType: 'custom' }],
      'unknown',
      'unknown',
      'unknown',
    ],
  ])('%s', (_what, defaultStatus, versions, ...states) => {
    const record = recordsOf(
      cve('CVE-2024-0001', {
        affected: [
          {
            vendor: 'Red Hat',
            product: 'Red Hat Enterprise Linux 9',
            packageName: 'samba',
            defaultStatus,
            versions,
          },
        ],
      }),
    );
    const at = (version: string) => stateOf(record, linux('rhel', '9.1', { samba: elBuild(version) }))[0]?.[1];
    expect(['2-1', '3-1', '4-1'].map(at)).toEqual(states);
  });
});

it('a package of RPM is judged by its own version where the record names it, not by that of its source', () => {
  const erratum = osv('ALSA-2024:1', '', {
    related: ['CVE-2024-0001'],
    ...affected([fixedIn(elBuild('3-1'))], { package: { ecosystem: 'AlmaLinux:9', name: 'libsmbclient' } }),
  });
  const pc = linux('almalinux', '9.3', { libsmbclient: elBuild('2-1') });
  if (pc.software?.kind !== 'linux' || pc.software.packages.state !== 'known') throw new Error('not as described');
  const { installed, lookedFor } = pc.software.packages.value;
  const built = installed.map((one) => ({ ...one, sourceVersion: elBuild('5-1') }));
  const software = { ...pc.software, packages: { state: 'known', value: { installed: built, lookedFor } } } as const;
  expect(stateOf(recordsOf(erratum), { ...pc, software })).toEqual([['CVE-2024-0001', 'vulnerable']]);
});

describe("an erratum of Red Hat's", () => {
  type Fix = readonly [product: string, fixed: string];
  const erratum = (...fixes: readonly Fix[]) =>
    osv('RHSA-2024:0001', '', {
      upstream: ['CVE-2024-0001'],
      affected: fixes.flatMap(
        ([product, fixed]) =>
          affected([fixedIn(fixed)], { package: { ecosystem: `Red Hat:${product}`, name: 'samba' } }).affected,
      ),
    });
  const at = (release: string, version: string, ...fixes: readonly Fix[]) => {
    const [major] = release.split('.');
    const built = fixes.map(([product, fixed]): Fix => [product, elBuild(fixed, major)]);
    return stateOf(recordsOf(erratum(...built)), linux('rhel', release, { samba: elBuild(version, major) }))[0]?.[1];
  };

  it.each([
    ['enterprise_linux:9::baseos', '9.3', 'patched', 'vulnerable'],
    ['enterprise_linux:9', '9.3', 'patched', 'vulnerable'],
    ['enterprise_linux:10.1', '10.2', 'patched', 'vulnerable'],
    ['rhel_eus:9.4::appstream', '9.4', 'patched', 'vulnerable'],
    ['enterprise_linux_eus:10.0', '10.0', 'patched', 'vulnerable'],
    ['rhel_e4s:9.0::baseos', '9.0', 'patched', 'vulnerable'],
    ['rhel_eus:9.4::appstream', '9.5', 'unknown', 'unknown'],
    ['enterprise_linux:8::baseos', '9.3', 'unknown', 'unknown'],
    ['enterprise_linux:9::baseos', '8.9', 'unknown', 'unknown'],
    ['openshift:9::el9', '9.3', 'unknown', 'unknown'],
    ['rhel_software_collections:9', '9.3', 'unknown', 'unknown'],
    ['enterprise_linux', '9.3', 'unknown', 'unknown'],
  ])('for %s, on a PC with %s', (product, release, newer, older) => {
    expect(at(release, '0:3-1', [product, '0:3-1'])).toBe(newer);
    expect(at(release, '0:2-1', [product, '0:3-1'])).toBe(older);
  });

  it('counts for a release that is kept longer, with its own lower version, there only', () => {
    const fixes = [
      ['enterprise_linux:9::baseos', '0:4-1'],
      ['rhel_e4s:9.2::baseos', '0:3-1'],
    ] as const;
    expect(at('9.2', '0:3-1', ...fixes)).toBe('patched');
    expect(at('9.2', '0:2-1', ...fixes)).toBe('vulnerable');
    expect(at('9.3', '0:3-1', ...fixes)).toBe('vulnerable');
    expect(at('9.2', '0:3-1', ...fixes, ['rhel_aus:9.2::baseos', '0:3-2'])).toBe('vulnerable');
  });
});

describe('updates', () => {
  const dated = (modified: string, title: string) =>
    cve('CVE-2024-0001', { title, affected: [] }, { dateUpdated: modified });

  it('put newer records in the place of older ones, never the other way round', () => {
    const [old, now] = [
      recordsOf(dated('2024-02-01T00:00:00Z', 'old')),
      recordsOf(dated('2024-03-01T00:00:00Z', 'new')),
    ];
    expect(merge(old, now)).toMatchObject({ replaced: ['cve publisher CVE-2024-0001'], added: [], kept: [] });
    expect(merge(now, old)).toMatchObject({ replaced: [], kept: ['cve publisher CVE-2024-0001'], records: now });
    expect(merge(now, now)).toMatchObject({ replaced: [], kept: ['cve publisher CVE-2024-0001'] });
  });
});
