// The catalogue on disk: what is trusted, what is passed over, and updates from files, folders and the web.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type CataloguePlaces, readCatalogue } from '../../../../main/engine/advisories/catalogue';
import { updateFile, updatesStamp } from '../../../../main/engine/advisories/catalogue-paths';
import { NotUpdated, type UpdateOptions, updateCatalogue } from '../../../../main/engine/advisories/catalogue-update';
import { download } from '../../../../main/engine/advisories/download';
import { withLock } from '../../../../main/engine/journal/lock';
import type { Catalogue } from '../../../../main/model/advisory';
import { assemble } from '../../../../main/patch/assemble';
import { judgeAdvisory } from '../../../../main/patch/judge/judge';
import { readRecords } from '../../../../main/patch/records/read';
import { relaxing } from '../../../../main/patch/relaxed';
import { bundledRecords, debian } from '../../patch/bundled';
import { serveHttps } from '../https-server';

const now = new Date('2026-03-01T08:00:00.000Z');
const asUser: UpdateOptions = { now, isAdministrator: false };

interface Bed extends CataloguePlaces {
  readonly folder: string;
  readonly system: string;
  readonly user: string;
  /** A file with this content, by its path. */
  file(name: string, content: string | object): string;
}

function bed(): Bed {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-catalogue-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const bundled = join(folder, 'bundled');
  mkdirSync(bundled);
  const { records } = bundledRecords();
  const catalogue = assemble(records, { updates: [], problems: [] });
  writeFileSync(
    join(bundled, 'records.json'),
    JSON.stringify({ schema: 'breakwater/records@2', made: '2026-01-01T00:00:00Z', from: 'Breakwater', records }),
  );
  writeFileSync(join(bundled, 'advisories.json'), JSON.stringify({ schema: 'breakwater/catalogue@1', ...catalogue }));
  const file = (name: string, content: string | object): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  return { folder, bundled, system: join(folder, 'system'), user: join(folder, 'user'), file };
}

function catalogueOf(places: CataloguePlaces): Catalogue {
  const read = readCatalogue(places);
  if (read.catalogue === null) throw new Error(read.why);
  return read.catalogue;
}

const hole = (id: string, dateUpdated: string, title = 'A new hole'): object => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: id, state: 'PUBLISHED', datePublished: '2026-02-10T18:00:00Z', dateUpdated },
  containers: {
    cna: {
      title,
      affected: [
        {
          vendor: 'Microsoft',
          product: 'Windows 11 Version 24H2',
          versions: [
            { version: '10.0.26100.0', lessThan: '10.0.26100.7800', versionType: 'custom', status: 'affected' },
          ],
        },
      ],
    },
  },
});

const titleOf = (places: CataloguePlaces, id: string): string | undefined =>
  catalogueOf(places).advisories.find((one) => one.id === id)?.title;

describe('the catalogue', () => {
  it('is what Breakwater brings, where there is no update', () => {
    const catalogue = catalogueOf(bed());
    expect(catalogue.advisories.length).toBeGreaterThan(30);
    expect(catalogue).toMatchObject({ updates: [], problems: [] });
  });

  it.each([
    ['missing', null, /is missing/],
    ['cut short', '{"schema": "breakwater/rec', /is damaged/],
    ['something else', '{"schema": "other"}', /is damaged, or of another version/],
    ['full of nonsense', '{"schema": "breakwater/catalogue@1", "advisories": [7]}', /is damaged/],
  ])('is not there at all where the file that Breakwater brings is %s, and says so', (_what, content, why) => {
    const places = bed();
    const file = join(places.bundled, 'advisories.json');
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
    const read = readCatalogue(places);
    expect(read.catalogue).toBeNull();
    expect('why' in read && read.why).toMatch(why);
  });

  it('is known to be another one once an update came or went, also where it can not be looked for', () => {
    const places = bed();
    const stamps = [updatesStamp(places)];
    mkdirSync(places.user);
    writeFileSync(updateFile(places.user), '{}');
    stamps.push(updatesStamp(places));
    rmSync(places.user, { recursive: true });
    // Root may look everywhere: what it can't either is a folder that is linked to itself.
    symlinkSync(places.user, places.user);
    stamps.push(updatesStamp(places));
    expect(new Set(stamps).size).toBe(3);
    expect(catalogueOf(places)).toMatchObject({ problems: [expect.stringContaining('is passed over')] });
  });

  it('is used without an update that is damaged, and says so', async () => {
    const places = bed();
    mkdirSync(places.user);
    writeFileSync(updateFile(places.user), '{"schema": "breakwater/records@2", "records": [');
    const { advisories, problems } = catalogueOf(places);
    expect(advisories.length).toBeGreaterThan(30);
    expect(problems).toEqual([expect.stringContaining('is passed over')]);
    const updated = await updateCatalogue(
      places.file('new.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z')),
      places,
      asUser,
    );
    expect(updated.refused[0]?.why).toContain('it is replaced');
    expect(catalogueOf(places).problems).toEqual([]);
  });

  it('takes an update for everybody only where administrators alone could have written it', async () => {
    const places = bed();
    await updateCatalogue(places.file('new.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z')), places, {
      now,
      isAdministrator: true,
    });
    expect(titleOf(places, 'CVE-2026-0001')).toBe('A new hole');
    chmodSync(updateFile(places.system), 0o666);
    expect(titleOf(places, 'CVE-2026-0001')).toBeUndefined();
    expect(catalogueOf(places).problems).toEqual([expect.stringContaining('does not count')]);
  });

  it("leaves a user's own update out for what runs as administrator", async () => {
    const places = bed();
    const { scope } = await updateCatalogue(
      places.file('new.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z')),
      places,
      asUser,
    );
    expect(scope).toBe('user');
    expect(titleOf(places, 'CVE-2026-0001')).toBe('A new hole');
    expect(titleOf({ ...places, user: null }, 'CVE-2026-0001')).toBeUndefined();
  });
});

describe('an update', () => {
  it('adds new records, replaces older ones, and leaves newer ones', async () => {
    const places = bed();
    const first = await updateCatalogue(
      places.file('a.json', [
        hole('CVE-2026-0001', '2026-02-10T18:00:00Z'),
        hole('CVE-2025-58726', '2026-02-11T00:00:00Z'),
      ]),
      places,
      // The second names fewer builds of Windows than the one that is here.
      { ...asUser, agreed: true },
    );
    expect(first).toMatchObject({ added: ['CVE-2026-0001'], replaced: ['CVE-2025-58726'], kept: 0, refused: [] });
    const older = await updateCatalogue(
      places.file('b.json', hole('CVE-2026-0001', '2026-02-09T00:00:00Z', 'An old one')),
      places,
      asUser,
    );
    expect(older).toMatchObject({ added: [], replaced: [], kept: 1 });
    expect(titleOf(places, 'CVE-2026-0001')).toBe('A new hole');
    const newer = await updateCatalogue(
      places.file('c.json', hole('CVE-2026-0001', '2026-02-12T00:00:00Z', 'A newer one')),
      places,
      asUser,
    );
    expect(newer).toMatchObject({ replaced: ['CVE-2026-0001'] });
    expect(titleOf(places, 'CVE-2026-0001')).toBe('A newer one');
    expect(catalogueOf(places)).toMatchObject({
      asOf: '2026-08-26T13:16:09.209Z',
      updates: [{ scope: 'user', at: now.toISOString(), records: 2 }],
    });
  });

  it('never replaces what Breakwater brings by something older', async () => {
    const places = bed();
    const before = titleOf(places, 'CVE-2025-33073');
    const updated = await updateCatalogue(
      places.file('old.json', hole('CVE-2025-33073', '2025-06-11T00:00:00Z', 'An old one')),
      places,
      asUser,
    );
    expect(updated).toMatchObject({ added: [], replaced: [], kept: 1 });
    expect(titleOf(places, 'CVE-2025-33073')).toBe(before);
    expect(existsSync(updateFile(places.user))).toBe(false);
  });

  it('comes from a folder with all that is in and below it, and names what it refuses', async () => {
    const places = bed();
    const folder = join(places.folder, 'share', 'cves');
    mkdirSync(join(folder, '2026'), { recursive: true });
    writeFileSync(join(folder, '2026', 'good.json'), JSON.stringify(hole('CVE-2026-0001', '2026-02-10T18:00:00Z')));
    writeFileSync(join(folder, 'bad.json'), '{');
    writeFileSync(join(folder, 'README.txt'), 'not a record');
    symlinkSync('/', join(folder, 'everything'));
    const updated = await updateCatalogue(join(places.folder, 'share'), places, asUser);
    expect(updated.added).toEqual(['CVE-2026-0001']);
    expect(updated.refused).toEqual([{ name: join(folder, 'bad.json'), why: expect.stringContaining('not JSON') }]);
  });

  it('takes a hole away that its publisher has rejected', async () => {
    const places = bed();
    const rejected = {
      dataType: 'CVE_RECORD',
      dataVersion: '5.1',
      cveMetadata: { cveId: 'CVE-2024-43642', state: 'REJECTED', dateUpdated: '2026-02-01T00:00:00Z' },
      containers: { cna: {} },
    };
    const updated = await updateCatalogue(places.file('r.json', rejected), places, asUser);
    expect(updated.withdrawn).toEqual(['CVE-2024-43642']);
    expect(titleOf(places, 'CVE-2024-43642')).toBeUndefined();
  });

  it.each([
    ['a file that is not there', (places: Bed) => join(places.folder, 'nowhere.json'), /can't be read/],
    ['a file that holds nothing usable', (places: Bed) => places.file('x.json', '{"a": 1}'), /neither a CVE record/],
    ['an empty folder', (places: Bed) => places.folder.replace(/$/, '/empty'), /holds no records|can't be read/],
    ['an address that is not https', () => 'http://192.0.2.1/kev.json', /only https is taken/],
    ['an address of a file', () => 'file:///etc/passwd', /only https is taken/],
    ['no address', () => 'https://', /not an address/],
  ])('from %s is not taken in, and nothing is changed', async (_what, from, why) => {
    const places = bed();
    const refused = updateCatalogue(from(places), places, asUser);
    await expect(refused).rejects.toThrow(NotUpdated);
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.toHaveProperty('isInput', true);
    expect(existsSync(places.user)).toBe(false);
  });

  it('that can not be written leaves the one before, whole', async () => {
    const places = bed();
    await updateCatalogue(places.file('a.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z')), places, asUser);
    const before = readFileSync(updateFile(places.user), 'utf8');
    mkdirSync(`${updateFile(places.user)}.${process.pid}.new`);
    await expect(
      updateCatalogue(places.file('b.json', hole('CVE-2026-0002', '2026-02-10T18:00:00Z')), places, asUser),
    ).rejects.toThrow(/could not be written/);
    expect(readFileSync(updateFile(places.user), 'utf8')).toBe(before);
  });

  it('leaves no drafts behind', async () => {
    const places = bed();
    await updateCatalogue(places.file('a.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z')), places, asUser);
    expect(readdirSync(places.user)).toEqual(['advisories.json']);
  });

  it('waits for another one of the same folder, and keeps what that one has taken in', async () => {
    const places = bed();
    await updateCatalogue(places.file('a.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z')), places, asUser);
    const theirs = readFileSync(updateFile(places.user), 'utf8').replaceAll('CVE-2026-0001', 'CVE-2026-0003');
    const from = places.file('b.json', hole('CVE-2026-0002', '2026-02-10T18:00:00Z'));
    const ours = await withLock(places.user, null, async () => {
      const begun = updateCatalogue(from, places, asUser);
      await new Promise((resolve) => setTimeout(resolve, 300));
      writeFileSync(updateFile(places.user), theirs);
      // In a list, so that it is not waited for here: it waits for us.
      return [begun];
    });
    expect((await ours[0])?.added).toEqual(['CVE-2026-0002']);
    expect([titleOf(places, 'CVE-2026-0002'), titleOf(places, 'CVE-2026-0003')]).toEqual(['A new hole', 'A new hole']);
  });

  it('that another one keeps waiting for too long is not taken in, and says so', async () => {
    const places = bed();
    const from = places.file('a.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z'));
    await withLock(places.user, null, async () => {
      const begun = performance.now();
      const later = vi.spyOn(performance, 'now').mockImplementation(() => begun);
      setTimeout(() => later.mockReturnValue(begun + 11_000), 100);
      const refused = updateCatalogue(from, places, asUser);
      await expect(refused).rejects.toThrow(
        /^another Breakwater is changing what is kept in .+ right now: try again\.$/,
      );
      await expect(refused).rejects.toBeInstanceOf(NotUpdated);
      later.mockRestore();
    });
    expect(existsSync(updateFile(places.user))).toBe(false);
  });

  it.each([
    ['nested without end', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['of more records than there could be', `[${'{},'.repeat(299_999)}{}]`],
    [
      'of a record that is nested without end',
      `{"id": "DSA-1-1", "affected": [], "modified": 7, "x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ],
  ])('leaves a list %s out by name, and takes in the rest of the folder', async (_what, content) => {
    const places = bed();
    const folder = join(places.folder, 'share');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.json'), content);
    writeFileSync(join(folder, 'b.json'), JSON.stringify(hole('CVE-2026-0001', '2026-02-10T18:00:00Z')));
    const { added, refused } = await updateCatalogue(folder, places, asUser);
    expect(added).toEqual(['CVE-2026-0001']);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.name).toMatch(/a\.json|DSA-1-1/);
  });

  it('of very many records in one list is taken in', async () => {
    const places = bed();
    const modified = '2026-02-10T18:00:00Z';
    const list = Array.from({ length: 100_000 }, (_none, at) => ({ id: `TEST-${at}`, modified, withdrawn: modified }));
    expect((await updateCatalogue(places.file('list.json', list), places, asUser)).added).toHaveLength(100_000);
    const nonsense = Array.from({ length: 100_000 }, () => 7);
    const from = places.file('nonsense.json', nonsense);
    await expect(updateCatalogue(from, places, asUser)).rejects.toThrow(/and 99999 more/);
  });

  it.each(['9999-12-31T23:59:59Z', '9999-12-31T23:59:59-23:00', '2026-03-03T08:00:00.001Z'])(
    'refuses a record of %s, which is in the future, by name',
    async (ahead) => {
      const places = bed();
      const values = [hole('CVE-2026-0001', ahead), hole('CVE-2026-0002', '2026-03-03T08:00:00Z')];
      const { added, refused } = await updateCatalogue(places.file('a.json', values), places, asUser);
      expect(added).toEqual(['CVE-2026-0002']);
      expect(refused).toEqual([{ name: 'CVE-2026-0001', why: expect.stringContaining('is dated in the future') }]);
    },
  );

  it('refuses a withdrawal whose day has not come', async () => {
    const places = bed();
    const withdrawn = { id: 'USN-6238-1', modified: '2026-02-01T00:00:00Z', withdrawn: '2026-03-02T00:00:00Z' };
    const refused = updateCatalogue(places.file('a.json', withdrawn), places, asUser);
    await expect(refused).rejects.toThrow(/USN-6238-1: it is dated in the future/);
  });

  it('by a withdrawn OSV record with the id of a CVE takes nothing else away', async () => {
    const places = bed();
    const before = catalogueOf(places).advisories.find(({ id }) => id === 'CVE-2020-0796');
    const withdrawn = { id: 'CVE-2020-0796', withdrawn: '2019-10-01T00:00:00Z' };
    await updateCatalogue(places.file('a.json', withdrawn), places, asUser);
    expect(catalogueOf(places).advisories.find(({ id }) => id === 'CVE-2020-0796')).toEqual(before);
    expect(before).toBeDefined();
  });

  it("of a distribution's own newer record takes the place of our copy of it, and so does its withdrawal", async () => {
    const places = bed();
    const sourceOf = () => {
      const found = catalogueOf(places).advisories.find(({ id }) => id === 'CVE-2021-44142');
      return found?.sources
        .filter(({ id }) => id === 'DEBIAN-CVE-2021-44142')
        .map(({ by, modified }) => [by, modified]);
    };
    expect(sourceOf()).toEqual([['ours', '2022-02-03T20:54:02.000Z']]);
    const newer = {
      id: 'DEBIAN-CVE-2021-44142',
      modified: '2026-02-10T00:00:00Z',
      upstream: ['CVE-2021-44142'],
      affected: [],
    };
    const updated = await updateCatalogue(places.file('a.json', newer), places, asUser);
    expect(updated.replaced).toEqual(['DEBIAN-CVE-2021-44142']);
    expect(sourceOf()).toEqual([['publisher', '2026-02-10T00:00:00.000Z']]);
    await updateCatalogue(places.file('b.json', { ...newer, withdrawn: '2026-02-11T00:00:00Z' }), places, asUser);
    expect(sourceOf()).toEqual([]);
  });

  it('that names an earlier fix than the record here is held back by name until somebody agrees', async () => {
    const places = bed();
    const osv = (fixed: string) => ({
      id: 'DEBIAN-CVE-2023-3961',
      modified: '2026-02-10T00:00:00Z',
      upstream: ['CVE-2023-3961'],
      affected: ['Debian:12', 'Debian:13'].map((ecosystem) => ({
        package: { ecosystem, name: 'samba' },
        ranges: [
          {
            type: 'ECOSYSTEM',
            events: [{ introduced: '0' }, { fixed: ecosystem === 'Debian:12' ? fixed : '2:4.19.1+dfsg-1' }],
          },
        ],
      })),
    });
    const lower = places.file('a.json', [
      osv('2:4.17.9+dfsg-0+deb12u3'),
      hole('CVE-2026-0001', '2026-02-10T18:00:00Z'),
    ]);
    const state = () =>
      judgeAdvisory(catalogueOf(places), 'CVE-2023-3961', debian('12', '2:4.17.9+dfsg-0+deb12u3'))?.state;
    const first = await updateCatalogue(lower, places, asUser);
    expect(first).toMatchObject({
      added: ['CVE-2026-0001'],
      replaced: [],
      heldBack: [
        {
          name: 'DEBIAN-CVE-2023-3961',
          why: 'samba of Debian:12 fixed in 2:4.17.9+dfsg-0+deb12u3 instead of 2:4.17.12+dfsg-0+deb12u1',
        },
      ],
    });
    expect(state()).toBe('vulnerable');
    const never = places.file('b.json', { ...osv('0'), modified: '2026-02-11T00:00:00Z' });
    expect((await updateCatalogue(never, places, asUser)).heldBack).toMatchObject([
      { why: 'samba of Debian:12 never had it' },
    ]);
    expect(state()).toBe('vulnerable');
    const higher = places.file('c.json', osv('2:4.17.12+dfsg-0+deb12u2'));
    expect(await updateCatalogue(higher, places, asUser)).toMatchObject({
      heldBack: [],
      replaced: ['DEBIAN-CVE-2023-3961'],
    });
    expect(await updateCatalogue(never, places, { ...asUser, agreed: true })).toMatchObject({ heldBack: [] });
    expect(state()).toBe('not-affected');
  });

  it('of Windows that names an earlier build is held back as well', async () => {
    const places = bed();
    const of = (below: string, day: string) =>
      JSON.parse(JSON.stringify(hole('CVE-2026-0001', day)).replaceAll('7800', below));
    await updateCatalogue(places.file('a.json', of('7800', '2026-02-10T18:00:00Z')), places, asUser);
    const { heldBack } = await updateCatalogue(
      places.file('b.json', of('7700', '2026-02-11T18:00:00Z')),
      places,
      asUser,
    );
    expect(heldBack).toEqual([
      { name: 'CVE-2026-0001', why: 'Windows fixed in 10.0.26100.7700 instead of 10.0.26100.7800' },
    ]);
  });

  it('that leaves a Windows out which would not be affected then is held back as well', async () => {
    const places = bed();
    const fewer = hole('CVE-2025-58726', '2026-02-11T00:00:00Z');
    const { heldBack, replaced } = await updateCatalogue(places.file('a.json', fewer), places, asUser);
    expect(heldBack).toMatchObject([
      { name: 'CVE-2025-58726', why: expect.stringMatching(/^Windows 10\.0\.\d+ Client is not named any more/) },
    ]);
    expect(replaced).toEqual([]);
  });

  it('of the publisher that names an earlier fix than our record of the same hole is one that takes back', () => {
    const of = (below: string, day: string, more: object = {}): string =>
      JSON.stringify({ ...hole('CVE-2026-0001', day), ...more }).replaceAll('7800', below);
    const ours = readRecords(of('7800', '2026-02-10T18:00:00Z', { x_breakwater: { by: 'ours' } }), 'a', 'breakwater');
    expect(ours.records[0]?.source.by).toBe('ours');
    const lost = (below: string) =>
      [...relaxing(ours.records, readRecords(of(below, '2026-02-11T18:00:00Z'), 'b').records).values()].flat();
    expect(lost('7700')).toEqual(['Windows fixed in 10.0.26100.7700 instead of 10.0.26100.7800']);
    expect(lost('7800')).toEqual([]);
    expect(lost('7900')).toEqual([]);
  });

  it('never speaks as Breakwater: notes, and what says it is ours, are refused by name', async () => {
    const places = bed();
    const before = catalogueOf(places).advisories.find(({ id }) => id === 'CVE-2020-0796');
    const values = [
      { schema: 'breakwater/notes@1', modified: '2026-02-20T00:00:00Z', notes: {} },
      { ...hole('CVE-2020-0796', '2026-02-20T00:00:00Z'), x_breakwater: { by: 'ours' } },
      { id: 'DEBIAN-CVE-2020-1472', affected: [], x_breakwater: { by: 'ours' } },
      hole('CVE-2026-0001', '2026-02-10T18:00:00Z'),
    ];
    const { added, replaced, refused } = await updateCatalogue(places.file('a.json', values), places, asUser);
    expect([added, replaced]).toEqual([['CVE-2026-0001'], []]);
    expect(refused).toEqual([
      { name: expect.stringMatching(/a\.json, record 1$/), why: "only Breakwater's own catalogue has notes" },
      { name: 'CVE-2020-0796', why: "only Breakwater's own catalogue has records that Breakwater wrote" },
      { name: 'DEBIAN-CVE-2020-1472', why: "only Breakwater's own catalogue has records that Breakwater wrote" },
    ]);
    expect(catalogueOf(places).advisories.find(({ id }) => id === 'CVE-2020-0796')).toEqual(before);
  });

  it('that is stopped changes nothing', async () => {
    const places = bed();
    const from = places.file('a.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z'));
    await expect(updateCatalogue(from, places, { ...asUser, signal: AbortSignal.abort() })).rejects.toThrow(/stopped/);
    expect(existsSync(places.user)).toBe(false);
  });
});

describe('fetching from the web', () => {
  const serve = (
    answer: (path: string) => { readonly status?: number; readonly location?: string; readonly body?: string },
  ): Promise<string> =>
    serveHttps((request, response) => {
      const { status = 200, location, body = '' } = answer(request.url ?? '');
      response.writeHead(status, location ? { location } : {}).end(body);
    });

  it('follows redirects, and takes the records in', async () => {
    const places = bed();
    const address = await serve((path) =>
      path === '/latest'
        ? { status: 302, location: '/kev.json' }
        : { body: JSON.stringify(hole('CVE-2026-0001', '2026-02-10T18:00:00Z')) },
    );
    const updated = await updateCatalogue(`${address}/latest`, places, asUser);
    expect(updated.added).toEqual(['CVE-2026-0001']);
  });

  it.each([
    ['an answer that is too large', { body: 'x'.repeat(3 * 1024 * 1024) }, /larger than 1 MB/],
    ['an error', { status: 404 }, /answers 404/],
    ['a way to http', { status: 301, location: 'http://192.0.2.1/' }, /only https/],
    ['a circle', { status: 301, location: '/' }, /redirected more than/],
  ])('refuses %s', async (_what, answer, why) => {
    const address = await serve(() => answer);
    await expect(download(`${address}/`, 1024 * 1024)).rejects.toThrow(why);
  });

  it('trusts no certificate that the system does not', async () => {
    const address = await serve(() => ({ body: '{}' }));
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    await expect(download(`${address}/`, 1024)).rejects.toThrow(/self-signed|certificate/i);
  });
});
