// Which record stands where several speak of the same thing, and who may speak as whom.
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../main/patch/assemble';
import { findAdvisory, judgePatches } from '../../../main/patch/judge/judge';
import { dayOfRecord } from '../../../main/patch/record-day';
import { type RecordsOrigin, readRecords } from '../../../main/patch/records/read';
import type { CatalogueRecord } from '../../../main/patch/records/record';
import { merge } from '../../../main/patch/stored';
import { debian } from './bundled';

const read = (value: object, origin?: RecordsOrigin) => readRecords(JSON.stringify(value), 'test.json', origin);
const recordsOf = (...values: readonly object[]) => values.flatMap((value) => read(value).records);
const ours = (value: object) => read({ ...value, x_breakwater: { by: 'ours' } }, 'breakwater').records;
const catalogueOf = (records: readonly CatalogueRecord[]) => assemble(records, { updates: [], problems: [] });
const idsOf = (records: readonly CatalogueRecord[]) => catalogueOf(records).advisories.map(({ id }) => id);

const cve = (id: string, dateUpdated: string, affected: readonly object[] = [], state = 'PUBLISHED') => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: id, state, dateUpdated },
  containers: { cna: { affected } },
});
const osv = (id: string, modified: string, fixed: string, more: object = {}) => ({
  id,
  modified,
  upstream: ['CVE-2024-0001'],
  affected: [
    {
      package: { ecosystem: 'Debian:12', name: 'samba' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, ...(fixed === '' ? [] : [{ fixed }])] }],
    },
  ],
  ...more,
});
const [early, later, last] = ['2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z', '2024-04-01T00:00:00Z'];

describe('a withdrawn OSV record', () => {
  it('with the id of a CVE takes itself away and nothing else', () => {
    const known = recordsOf(cve('CVE-2024-0001', early), osv('DSA-1-1', early, '1'));
    const withdrawn = recordsOf({ id: 'CVE-2024-0001', withdrawn: later });
    expect(withdrawn.map(({ kind }) => kind)).toEqual(['withdrawn']);
    expect(catalogueOf([...known, ...withdrawn])).toEqual(catalogueOf(known));
    const rejected = recordsOf(cve('CVE-2024-0001', later, [], 'REJECTED'));
    expect(idsOf(merge(known, rejected).records)).toEqual([]);
  });

  it.each([
    ['was modified since', early, later],
    ['was not modified since', later, early],
  ])('counts from the later of its two dates on, where it %s', (_what, withdrawn, modified) => {
    const [record] = recordsOf(osv('DSA-1-1', modified, '1', { withdrawn }));
    expect(record?.source.modified).toBe('2024-03-01T00:00:00.000Z');
    const between = recordsOf(osv('DSA-1-1', '2024-02-15T00:00:00Z', '1'));
    expect(idsOf(merge(between, record ? [record] : []).records)).toEqual([]);
    expect(idsOf(merge(record ? [record] : [], between).records)).toEqual([]);
    expect(idsOf(merge(record ? [record] : [], recordsOf(osv('DSA-1-1', last, '1'))).records)).toEqual([
      'CVE-2024-0001',
    ]);
  });
});

describe("our copy of a distribution's record", () => {
  const copy = ours(osv('DEBIAN-CVE-2024-0001', later, ''));
  const stateOf = (records: readonly CatalogueRecord[]) =>
    judgePatches(catalogueOf(records), debian('12', '2:4.17.12+dfsg-0+deb12u5'), new Date()).verdicts[0]?.state;

  it.each([later, last])('does not count any more beside its own of %s', (modified) => {
    const own = recordsOf(osv('DEBIAN-CVE-2024-0001', modified, '2:4.17.12+dfsg-0+deb12u4'));
    expect(stateOf(copy)).toBe('vulnerable');
    for (const records of [[...copy, ...own], [...own, ...copy], merge(copy, own).records]) {
      expect(stateOf(records)).toBe('patched');
      expect(catalogueOf(records).advisories[0]?.sources.map(({ by }) => by)).toEqual(['publisher']);
    }
    expect(merge(copy, own).replaced).toEqual(['osv publisher DEBIAN-CVE-2024-0001']);
  });

  it('goes when the distribution withdraws it', () => {
    expect(idsOf([...copy, ...recordsOf(osv('DEBIAN-CVE-2024-0001', last, '', { withdrawn: last }))])).toEqual([]);
  });

  it('stays where its own is an older one', () => {
    const old = recordsOf(osv('DEBIAN-CVE-2024-0001', early, '4'));
    expect(merge(copy, old)).toMatchObject({ records: copy, kept: ['osv publisher DEBIAN-CVE-2024-0001'] });
    expect(stateOf([...copy, ...old])).toBe('vulnerable');
  });

  it('is told from a CVE record of ours, which fills in beside the published one', () => {
    const versions = [{ version: '10.0.17763.0', lessThan: '10.0.17763.9', status: 'affected' }];
    const filled = ours(cve('CVE-2024-0001', early, [{ vendor: 'Microsoft', product: 'Windows 10', versions }]));
    const published = recordsOf(cve('CVE-2024-0001', last));
    const [advisory] = catalogueOf(merge(filled, published).records).advisories;
    expect(advisory?.windows).toHaveLength(1);
    expect(advisory?.sources.map(({ by }) => by)).toEqual(['publisher', 'ours']);
  });
});

describe('the day of a record', () => {
  it("is the publisher's own record's, not that of our notes or of what we filled in", () => {
    const note = {
      short: 'x',
      reach: { kind: 'server', inboundBlock: 'closes', outboundBlock: 'no', says: 'x' },
      features: [],
      workarounds: [],
      course: [],
    };
    const notes = { schema: 'breakwater/notes@1', modified: last, notes: { 'CVE-2024-0001': note } };
    const records = [
      ...read(notes, 'breakwater').records,
      ...ours(cve('CVE-2024-0001', later)),
      ...recordsOf(cve('CVE-2024-0001', early)),
    ];
    const [advisory] = catalogueOf(records).advisories;
    expect(advisory?.sources).toHaveLength(3);
    expect(advisory && dayOfRecord(advisory, 'CVE-2024-0001')).toBe('2024-02-01');
    expect(advisory && dayOfRecord(advisory, 'DSA-1-1')).toBeUndefined();
  });
});

describe('a record from elsewhere', () => {
  it.each([
    ['a CVE record', { ...cve('CVE-2024-0001', early), x_breakwater: { by: 'ours' } }, 'CVE-2024-0001'],
    ['a rejection', { ...cve('CVE-2024-0001', early, [], 'REJECTED'), x_breakwater: { by: 'ours' } }, 'CVE-2024-0001'],
    ['an OSV record', osv('DSA-1-1', early, '1', { x_breakwater: { by: 'ours' } }), 'DSA-1-1'],
    [
      'a part of a catalogue',
      { catalogVersion: '1', dateReleased: early, vulnerabilities: [], x_breakwater: { by: 'ours' } },
      'test.json',
    ],
    ['notes', { schema: 'breakwater/notes@1', notes: {} }, 'test.json'],
  ])('is refused by name where it says that Breakwater wrote it: %s', (_what, value, name) => {
    expect(read(value)).toEqual({
      records: [],
      refused: [{ name, why: expect.stringMatching(/^only Breakwater's own catalogue has /) }],
    });
    expect(read(value, 'breakwater').refused).toEqual([]);
  });

  it('counts without what only our catalogue adds to records', () => {
    const versions = [
      { version: '6.1.7601', status: 'affected', x_fixedBy: ['KB4012212'] },
      { version: '10.0.17763.0', lessThan: '10.0.17763.9', status: 'affected', x_fixedBy: ['KB4012212'] },
    ];
    const value = cve('CVE-2024-0001', early, [{ vendor: 'Microsoft', product: 'Windows 10', versions }]);
    const updatesOf = (origin?: RecordsOrigin) =>
      read({ ...value, x_breakwater: { by: 'publisher' } }, origin).records.flatMap((record) =>
        record.kind === 'hole' ? record.windows.map(({ updates }) => updates) : [],
      );
    expect(updatesOf()).toEqual([[]]);
    expect(updatesOf('breakwater')).toEqual([['KB4012212'], ['KB4012212']]);
    expect(read({ ...value, x_breakwater: 7 }).records.map(({ source }) => source.by)).toEqual(['publisher']);
  });
});

describe("CISA's catalogue with a bad entry", () => {
  const kev = (dateReleased: string, ...vulnerabilities: readonly object[]) =>
    recordsOf({ catalogVersion: '1', dateReleased, vulnerabilities });
  const [one, two] = ['CVE-2024-0001', 'CVE-2024-0002'].map((cveID) => ({ cveID, dateAdded: '2024-01-02' }));
  const whole = kev(early, one ?? {}, two ?? {});
  const listedIn = (records: readonly CatalogueRecord[]) =>
    records.flatMap((record) => (record.kind === 'exploited' ? Object.keys(record.entries) : [])).sort();

  it('takes nothing away that was known of that hole', () => {
    expect(listedIn(merge(whole, kev(later, { ...one, dateAdded: 'soon' })).records)).toEqual(['CVE-2024-0001']);
    const advisories = catalogueOf([
      ...whole,
      ...kev(later, { ...one, dateAdded: 'soon' }),
      ...recordsOf(cve('CVE-2024-0001', early)),
    ]).advisories;
    expect(advisories.map(({ knownExploited }) => knownExploited?.since)).toEqual(['2024-01-02']);
  });

  it('may mean any hole where the entry names none', () => {
    expect(listedIn(merge(whole, kev(later, { cveID: 'CVE' })).records)).toEqual(['CVE-2024-0001', 'CVE-2024-0002']);
  });

  it('gives way to the whole one of the same day, and what a whole one leaves out is gone', () => {
    const damaged = merge(whole, kev(later, { ...one, dateAdded: 'soon' })).records;
    expect(listedIn(merge(damaged, kev(later, two ?? {})).records)).toEqual(['CVE-2024-0002']);
    expect(listedIn(merge(kev(later, two ?? {}), kev(later, { cveID: 'CVE' })).records)).toEqual(['CVE-2024-0002']);
  });
});

it('an advisory is found by its id as it is written before one that differs in case', () => {
  const records = recordsOf(cve('CVE-2024-0001', early), { id: 'cve-2024-0001', modified: early, affected: [] });
  const catalogue = catalogueOf(records);
  expect(catalogue.advisories).toHaveLength(2);
  expect(findAdvisory(catalogue, 'CVE-2024-0001')?.id).toBe('CVE-2024-0001');
  expect(findAdvisory(catalogue, 'cve-2024-0001')?.id).toBe('cve-2024-0001');
  expect(findAdvisory(catalogueOf(recordsOf(cve('CVE-2024-0001', early))), 'cve-2024-0001')?.id).toBe('CVE-2024-0001');
});
