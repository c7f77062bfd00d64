// A PC as far as its patches go: from facts, and from a description in a file.
import { describe, expect, it } from 'vitest';
import type { Fact, Facts, Listener, PatchFact, SmbServer } from '../../../main/model/facts';
import { verbatim } from '../../../main/model/message';
import { readDescribedPc } from '../../../main/patch/described-pc';
import { judgeAdvisory } from '../../../main/patch/judge/judge';
import { pcOf } from '../../../main/patch/pc';
import { inEnglish, spoken } from '../in-english';
import { bundledCatalogue } from './bundled';

const known = <T>(value: T): Fact<T> => ({
  state: 'known',
  value,
  source: { kind: 'registry', name: 'test' },
  at: '2026-01-01T00:00:00.000Z',
});
const failed: Fact<never> = {
  state: 'failed',
  why: verbatim('the registry did not answer'),
  source: { kind: 'registry', name: 'test' },
  at: '2026-01-01T00:00:00.000Z',
};

const windowsFact: PatchFact = {
  kind: 'windows',
  build: '10.0.14393',
  ubr: 1,
  installationType: 'Client',
  edition: 'Professional',
  architecture: 'x64',
  hotpatch: false,
  preview: false,
  updates: null,
  restart: { state: 'none', because: verbatim('test') },
};
const linuxFact: PatchFact = {
  kind: 'linux',
  distribution: 'debian',
  release: '12',
  packaging: 'dpkg',
  packages: { state: 'known', value: { installed: [], lookedFor: ['samba'] } },
  kernel: { state: 'unknown', why: verbatim('test') },
  restart: { state: 'none', because: verbatim('test') },
};
const at445: Listener = { protocol: 'tcp', family: 'ipv4', address: '0.0.0.0', port: 445, owner: null };
const windowsServer = (name: string, value: string): SmbServer => ({
  product: 'windows',
  configuration: 'LanmanServer',
  settings: [{ name, value, isDefault: false, from: 'SMB1 in the registry' }],
  shares: [],
});

function features(more: Partial<Pick<Facts, 'patch' | 'servers' | 'listeners'>>): Readonly<Record<string, boolean>> {
  const pc = pcOf({ patch: known(windowsFact), servers: failed, listeners: failed, ...more });
  return Object.fromEntries(Object.entries(pc.features).map(([name, state]) => [name, state.on]));
}

describe('features', () => {
  it('are off by what was read, and not known otherwise', () => {
    expect(features({})).toEqual({});
    expect(features({ listeners: known([at445]) })).toEqual({});
    expect(features({ listeners: known([]) })).toEqual({ 'smb-server': false });
    expect(features({ servers: known([windowsServer('Print Spooler service', 'disabled')]) })).toEqual({
      'print-spooler': false,
    });
    expect(features({ servers: known([windowsServer('Print Spooler service', 'automatic')]) })).toEqual({});
    expect(features({ servers: known([windowsServer('ProductType', 'ServerNT')]) })).toEqual({
      'domain-controller': false,
    });
    expect(features({ servers: known([windowsServer('ProductType', 'LanmanNT')]) })).toEqual({});
    expect(features({ listeners: known([{ ...at445, address: '127.0.0.1' }]) })).toEqual({ 'smb-server': false });
  });

  it.each([
    ['SMB1 server', 'off', 'smb1'],
    ['SMB1 server', 'not installed', 'smb1'],
    ['SMB1', '0', 'smb1'],
    ['SMB2', '0', 'smb2'],
    ['DisableCompression', '1', 'smb-compression'],
  ])('of Windows: %s = %s', (name, value, feature) => {
    expect(features({ servers: known([windowsServer(name, value)]) })).toEqual({ [feature]: false });
  });

  it.each([
    ['SMB1 server', 'on'],
    ['SMB1', '1'],
    ['DisableCompression', '0'],
    ['SMB1 client', 'off'],
  ])('of Windows: %s = %s switches nothing off', (name, value) => {
    expect(features({ servers: known([windowsServer(name, value)]) })).toEqual({});
  });

  it("of Linux: the kernel's server is off where nothing of it is there", () => {
    const ksmbd: SmbServer = { product: 'ksmbd', configuration: '/etc/ksmbd/ksmbd.conf', settings: [], shares: [] };
    expect(features({ patch: known(linuxFact), servers: known([]) })).toEqual({ ksmbd: false });
    expect(features({ patch: known(linuxFact), servers: known([ksmbd]) })).toEqual({});
    expect(features({ patch: known(linuxFact) })).toEqual({});
  });

  it('closes the door in the verdict', () => {
    const pc = pcOf({
      patch: known(windowsFact),
      servers: known([windowsServer('SMB1', '0')]),
      listeners: known([at445]),
    });
    expect(spoken(judgeAdvisory(bundledCatalogue(), 'CVE-2017-0144', pc))).toMatchObject({
      state: 'vulnerable',
      doorClosed:
        'SMBv1 is switched off (SMB1 in the registry), in force once the Server service, or the PC, has been started after that.',
    });
  });
});

describe('a server that no package brought', () => {
  const samba: SmbServer = { product: 'samba', configuration: '/etc/samba/smb.conf', settings: [], shares: [] };
  const ksmbd: SmbServer = { product: 'ksmbd', configuration: '/etc/ksmbd/ksmbd.conf', settings: [], shares: [] };
  const packaged = (...names: readonly string[]): typeof linuxFact => ({
    ...linuxFact,
    packages: {
      state: 'known',
      value: {
        installed: names.map((name) => ({
          name,
          version: '2:4.17.12+dfsg-0+deb12u1',
          source: 'samba',
          sourceVersion: '2:4.17.12+dfsg-0+deb12u1',
          architecture: 'amd64',
        })),
        lookedFor: ['samba', 'ksmbd-tools'],
      },
    },
  });
  const stateOf = (patch: typeof linuxFact, servers: readonly SmbServer[], listeners: readonly (typeof at445)[]) =>
    judgeAdvisory(
      bundledCatalogue(),
      'CVE-2023-3961',
      pcOf({ patch: known(patch), servers: known(servers), listeners: known(listeners) }),
    )?.state;

  it.each([
    ['none at all', packaged(), [], [], 'not-affected'],
    ['a Samba of another make, not running', packaged(), [samba], [], 'unknown'],
    ['something that waits at TCP 445, a container say', packaged(), [], [at445], 'unknown'],
    ['that, beside libraries of the fixed version', packaged('samba-libs', 'smbclient'), [], [at445], 'unknown'],
    ["the kernel's server at TCP 445", packaged(), [ksmbd], [at445], 'not-affected'],
    ["the distribution's own", packaged('samba', 'samba-libs'), [samba], [at445], 'patched'],
    ['libraries alone', packaged('samba-libs'), [], [], 'patched'],
  ] as const)('%s', (_what, patch, servers, listeners, state) => {
    expect(stateOf(patch, servers, listeners)).toBe(state);
  });
});

it('what could not be read leaves everything unknown, with the reason', () => {
  const pc = pcOf({ patch: failed, servers: failed, listeners: failed });
  expect(spoken(judgeAdvisory(bundledCatalogue(), 'CVE-2017-0144', pc))).toMatchObject({
    state: 'unknown',
    because: expect.stringContaining('the registry did not answer'),
  });
});

describe('a description', () => {
  it.each([
    ['', /not JSON/],
    ['[]', /"os" must be/],
    ['{}', /"os" must be/],
    ['{"os":"macos"}', /"os" must be/],
    ['{"os":"windows"}', /"build"/],
    ['{"os":"windows","build":"Windows 10"}', /not a version of Windows/],
    ['{"os":"windows","build":"10.0.19045.3086","smb1":"no"}', /"smb1"/],
    ['{"os":"windows","build":"10.0.19045.3086","arch":"sparc"}', /"arch"/],
    ['{"os":"windows","build":"10.0.19045.3086","updates":["4012212"]}', /"updates\.0"/],
    ['{"os":"linux"}', /"distro"/],
    ['{"os":"linux","distro":"debian","packages":["samba"]}', /"packages/],
    ['{"os":"linux","distro":"debian","packages":{"samba":4}}', /"packages\.samba"/],
  ])('%j is refused, with what is wrong', (text, why) => {
    const read = readDescribedPc(text);
    expect(read.kind === 'bad' && inEnglish(read.why)).toMatch(why);
  });

  it('tells what of it is not used', () => {
    expect(readDescribedPc('{"os":"windows","build":"10.0.19045.3086","smb_1":false,"name":"PC-1"}')).toMatchObject({
      kind: 'pc',
      unused: ['smb_1', 'name'],
    });
  });
});
