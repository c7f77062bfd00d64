// The catalogue on disk: what is trusted, what is passed over, and updates from files, folders and the web.
import { execFileSync } from 'node:child_process';
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
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CataloguePlaces, readCatalogue } from '../../../main/engine/catalogue';
import { updateFile, updatesStamp } from '../../../main/engine/catalogue-places';
import { NotUpdated, type UpdateOptions, updateCatalogue } from '../../../main/engine/catalogue-update';
import { download } from '../../../main/engine/download';
import type { Catalogue } from '../../../main/model/advisory';
import { assemble } from '../../../main/patch/assemble';
import { bundledRecords } from '../patch/bundled';

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
    JSON.stringify({ schema: 'breakwater/records@1', made: '2026-01-01T00:00:00Z', from: 'Breakwater', records }),
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
    writeFileSync(updateFile(places.user), '{"schema": "breakwater/records@1", "records": [');
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
      asUser,
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

  it('that is stopped changes nothing', async () => {
    const places = bed();
    const from = places.file('a.json', hole('CVE-2026-0001', '2026-02-10T18:00:00Z'));
    await expect(updateCatalogue(from, places, { ...asUser, signal: AbortSignal.abort() })).rejects.toThrow(/stopped/);
    expect(existsSync(places.user)).toBe(false);
  });
});

describe('fetching from the web', () => {
  /** A server of this test's own, with a certificate that the test trusts. */
  async function serve(
    answer: (path: string) => { readonly status?: number; readonly location?: string; readonly body?: string },
  ): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'breakwater-https-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    );
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      const { status = 200, location, body = '' } = answer(request.url ?? '');
      response.writeHead(status, location ? { location } : {}).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { NODE_TLS_REJECT_UNAUTHORIZED: before } = process.env;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    onTestFinished(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

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
