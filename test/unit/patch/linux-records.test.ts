// Records taken in with `advisories update` whose ranges tell less than they seem to: Linux PCs are not patched by what they leave out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdvisoryVerdict, PcForPatch } from '../../../main/model/advisory';
import { assemble } from '../../../main/patch/assemble';
import { judgePatches } from '../../../main/patch/judge/judge';
import { readRecords } from '../../../main/patch/records/read';
import { inEnglish } from '../in-english';
import { debian, elBuild, linux } from './bundled';

const id = 'CVE-2024-0001';

const cve = (...affected: readonly object[]): object => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: id, state: 'PUBLISHED', datePublished: '2024-01-09T18:00:00Z' },
  containers: { cna: { affected } },
});

const osv = (record: string, ...affected: readonly object[]): object => ({
  id: record,
  modified: '2024-02-01T00:00:00Z',
  upstream: [id],
  affected,
});

function verdictOf(pc: PcForPatch, ...records: readonly object[]): AdvisoryVerdict {
  const { records: read, refused } = readRecords(JSON.stringify(records), 'test.json');
  expect(refused).toEqual([]);
  const { verdicts } = judgePatches(assemble(read, { updates: [], problems: [] }), pc, new Date());
  const [verdict] = verdicts;
  if (!verdict || verdicts.length > 1) throw new Error(`${verdicts.length} verdicts`);
  return verdict;
}

const affected = (version: string, more: object = {}): object => ({ version, status: 'affected', ...more });
const unaffected = (version: string, more: object = {}): object => ({ version, status: 'unaffected', ...more });
const below = (lessThan: string): object => ({ lessThan });
const through = (lessThanOrEqual: string): object => ({ lessThanOrEqual });

const samba = (versions: readonly object[], more: object = {}): object => ({
  vendor: 'Samba',
  product: 'samba',
  versions,
  ...more,
});
const arch = (version: string): PcForPatch => linux('arch', '', { samba: version });
const sambaAt = (version: string, ...entries: readonly object[]) => verdictOf(arch(version), cve(...entries)).state;

const kernel = (versions: readonly object[], more: object = {}): object => ({
  vendor: 'Linux',
  product: 'Linux',
  defaultStatus: 'affected',
  versions,
  ...more,
});
const kernelAt = (version: string, ...entries: readonly object[]) =>
  verdictOf(linux('arch', '', {}, { kernel: version }), cve(...entries)).state;

describe("an affected range of upstream's without a fix that can be read", () => {
  const fixedBefore = affected('4.16.0', below('4.16.11'));

  it.each([
    ['that ends with the last affected', affected('4.17.0', through('4.17.11')), 'vulnerable'],
    ['that is one version, the installed one', affected('4.17.5'), 'vulnerable'],
    ['that is one version, another one', affected('4.17.4'), 'unknown'],
    ['without an end', affected('4.17.0', below('*')), 'unknown'],
    ['of which nothing is known', { version: '4.17.0', status: 'unknown', ...below('4.17.12') }, 'unknown'],
    ['that ends with what is no version', affected('4.17.0', below('4.17.5-security')), 'unknown'],
    ['that ends with prose', affected('4.17.0', below('the next release')), 'unknown'],
    ['that is a branch', affected('4.17.0', through('4.17.*')), 'unknown'],
    ['that begins in an older branch', affected('4.16.11', through('4.18.3')), 'vulnerable'],
    [
      'in which the status changes',
      affected('4.17.0', { ...below('4.17.4'), changes: [{ at: '4.17.2', status: 'unaffected' }] }),
      'unknown',
    ],
    ['that is all versions', affected('0', below('*')), 'unknown'],
    ['that begins with prose', affected('since 3.5.0'), 'unknown'],
  ])('%s is not fixed by an older branch', (_what, range, state) => {
    expect(sambaAt('4.17.5', samba([fixedBefore, range]))).toBe(state);
    expect(sambaAt('4.17.5', samba([fixedBefore]), samba([range]))).toBe(state);
  });

  it('leaves later releases of its branch, and later branches, unknown, and others as they are', () => {
    const record = samba([fixedBefore, affected('4.17.0', through('4.17.11'))]);
    expect(['4.16.10', '4.16.11', '4.17.11', '4.17.12', '4.18.0'].map((version) => sambaAt(version, record))).toEqual([
      'vulnerable',
      'patched',
      'vulnerable',
      'unknown',
      'unknown',
    ]);
  });

  it('ends before a fix of its branch that is named beside it', () => {
    const record = samba([affected('4.17.0', through('4.17.11')), unaffected('4.17.12')]);
    expect(['4.17.11', '4.17.12', '4.18.0'].map((version) => sambaAt(version, record))).toEqual([
      'vulnerable',
      'patched',
      'patched',
    ]);
    expect(verdictOf(arch('4.17.11'), cve(record)).fixedIn).toBe('4.17.12');
  });

  it('is said to be vulnerable without naming a fix', () => {
    const verdict = verdictOf(arch('4.17.5'), cve(samba([fixedBefore, affected('4.17.5')])));
    expect(verdict).toMatchObject({ state: 'vulnerable', fixedIn: null, remedy: null });
    expect(inEnglish(verdict.because)).toMatch(/upstream had no fixed version on 2024-01-09/);
  });

  it('of the whole branch comes before a fix at its beginning', () => {
    const record = samba([affected('0', below('4.17.0')), affected('4.17.0', below('4.18.0'))]);
    expect(['4.17.5', '4.18.0'].map((version) => sambaAt(version, record))).toEqual(['unknown', 'patched']);
  });

  it('is never patched, whatever else the record names', () => {
    const release = fc.tuple(fc.integer({ min: 15, max: 18 }), fc.integer({ min: 0, max: 5 }));
    const text = ([minor, patch]: readonly [number, number]): string => `4.${minor}.${patch}`;
    const more = fc.array(
      fc.tuple(release, release).map(([from, to]) => affected(text(from), below(text(to)))),
      { maxLength: 4 },
    );
    const end = fc.constantFrom(through('4.17.4'), below('*'), through('*'), below('4.17.4-1'), through('4.17.*'), {});
    const status = fc.constantFrom('affected', 'unknown', 'unaffected', undefined);
    fc.assert(
      fc.property(more, end, status, (others, ending, defaultStatus) => {
        const record = samba([...others, affected('4.17.3', ending)], { defaultStatus });
        expect(sambaAt('4.17.3', record)).not.toMatch(/patched|not-affected/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("upstream's releases of which all others are affected", () => {
  const all = { defaultStatus: 'affected' };

  it('are fixed in the branch of the one that is not, only', () => {
    const record = samba([unaffected('4.16.3')], all);
    expect(['4.16.2', '4.16.3', '4.18.1'].map((version) => sambaAt(version, record))).toEqual([
      'vulnerable',
      'patched',
      'unknown',
    ]);
  });

  it('are fixed from one on where the record says so', () => {
    for (const onwards of [through('*'), below('*')])
      expect(sambaAt('4.18.1', samba([unaffected('4.16.3', onwards)], all))).toBe('patched');
  });

  it('are not fixed where an affected range ends, nor after a range that is not affected', () => {
    expect(sambaAt('4.17.12', samba([affected('0', below('4.17.12'))], all))).toBe('unknown');
    expect(sambaAt('4.17.20', samba([unaffected('4.17.12', through('4.17.14'))], all))).toBe('unknown');
  });

  it('are all affected where none is named', () => {
    expect(sambaAt('4.19.1', samba([unaffected('4.19.1')]), samba([], all))).toBe('unknown');
  });

  it('are not fixed by another entry where none of them is', () => {
    const record = [samba([affected('4.17.0', below('4.17.3'))], all), samba([unaffected('4.16.3')])];
    expect(['4.16.3', '4.18.1'].map((version) => sambaAt(version, ...record))).toEqual(['unknown', 'unknown']);
  });

  it("tell the kernel's branches as before", () => {
    const record = kernel([
      affected('5.15'),
      unaffected('0', below('5.15')),
      unaffected('5.15.190', through('5.15.*')),
      unaffected('6.1.159', through('6.1.*')),
      unaffected('6.15', through('*')),
    ]);
    expect(
      ['5.10.200', '5.15.3', '5.15.190', '6.1.158', '6.1.159', '6.2.1', '6.15', '6.18.1'].map((version) =>
        kernelAt(version, record),
      ),
    ).toEqual(['not-affected', 'vulnerable', 'patched', 'vulnerable', 'patched', 'vulnerable', 'patched', 'patched']);
  });
});

describe("what is older than the hole, by upstream's releases", () => {
  const before = unaffected('0', below('4.10.0'));
  const rest = affected('4.10.0', below('4.17.12'));

  it('is not what an affected range names', () => {
    const record = samba([before, affected('4.9.3', below('4.9.9')), rest]);
    expect(['4.8.1', '4.9.2', '4.9.5', '4.9.9'].map((version) => sambaAt(version, record))).toEqual([
      'not-affected',
      'not-affected',
      'vulnerable',
      'patched',
    ]);
  });

  it('is not what an affected range of another entry names', () => {
    expect(sambaAt('4.9.5', samba([before, rest]), samba([affected('4.9.3', below('4.9.9'))]))).toBe('vulnerable');
    expect(sambaAt('4.8.5', samba([before, rest]), samba([affected('4.8.0', below('4.10.5'))]))).toBe('vulnerable');
    expect(sambaAt('4.9.5', samba([before, rest]), samba([affected('0', below('4.9.9'))]))).toBe('vulnerable');
  });

  it('is not what an affected range names that has no fix', () => {
    expect(sambaAt('4.9.5', samba([before, affected('4.9.3', through('4.9.8')), rest]))).toBe('vulnerable');
    expect(sambaAt('4.9.5', samba([before, affected('4.9.3', below('4.9.9-security')), rest]))).toBe('unknown');
  });

  it('is not a branch with a fix, to which the hole was brought back', () => {
    const record = kernel([
      affected('6.5'),
      unaffected('0', below('6.5')),
      unaffected('6.1.78', through('6.1.*')),
      unaffected('6.6', through('*')),
    ]);
    expect(
      ['5.10.200', '6.1.50', '6.1.78', '6.2.1', '6.5.1', '6.6'].map((version) => kernelAt(version, record)),
    ).toEqual(['not-affected', 'vulnerable', 'patched', 'unknown', 'vulnerable', 'patched']);
  });

  it('is not told by one entry where another one has no beginning', () => {
    const record = [samba([before, rest]), samba([unaffected('4.17.12')], { defaultStatus: 'affected' })];
    expect(sambaAt('4.9.5', ...record)).toBe('vulnerable');
  });
});

describe('a notice of RPM about the kernel', () => {
  const notice = osv(
    'ALSA-2024:0001',
    ...['bpftool', 'kernel', 'kernel-core', 'perf', 'python3-perf'].map((name) => ({
      package: { ecosystem: 'AlmaLinux:9', name },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '5.14.0-503.40.1.el9_5' }] }],
    })),
  );
  const installed = { kernel: '5.14.0-503.40.1.el9_5', bpftool: '5.14.0-503.40.1.el9_5' };
  const at = (running: string) =>
    verdictOf(linux('almalinux', '9.5', installed, { kernel: `${running}.x86_64` }), notice).state;

  it('that names its tools, too, is judged by what runs', () => {
    expect(at('5.14.0-503.11.1.el9_5')).toBe('unknown');
    expect(at('5.14.0-503.40.1.el9_5')).toBe('patched');
  });

  it("is one about Samba where it names Samba's packages", () => {
    const both = osv(
      'ALSA-2024:0002',
      ...['kernel', 'samba'].map((name) => ({
        package: { ecosystem: 'AlmaLinux:9', name },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '4.18.6-101.el9' }] }],
      })),
    );
    expect(verdictOf(linux('almalinux', '9.3', { samba: '0:4.18.6-100.el9' }), both).state).toBe('vulnerable');
  });
});

describe('the last affected version', () => {
  const about = (...ranges: readonly (readonly object[])[]) =>
    osv('DEBIAN-CVE-2024-0001', {
      package: { ecosystem: 'Debian:12', name: 'samba' },
      ranges: ranges.map((events) => ({ type: 'ECOSYSTEM', events })),
    });
  const first = { introduced: '0' };

  it('is not what fixes it', () => {
    const verdict = verdictOf(debian('12', '4'), about([first, { last_affected: '3' }]));
    expect(verdict).toMatchObject({ state: 'patched', fixedIn: null, remedy: null });
    expect(inEnglish(verdict.because)).toBe(
      'samba 4 is installed, which is later than 3, the last affected in Debian 12.',
    );
  });

  it("is not what fixes the kernel's hole", () => {
    const notice = osv('DEBIAN-CVE-2024-0001', {
      package: { ecosystem: 'Debian:12', name: 'linux' },
      ranges: [{ type: 'ECOSYSTEM', events: [first, { last_affected: '6.1.36-1' }] }],
    });
    const verdict = verdictOf(linux('debian', '12', { linux: '6.1.37-1' }), notice);
    expect(verdict).toMatchObject({ state: 'patched', fixedIn: null });
    expect(inEnglish(verdict.because)).toContain('later than 6.1.36-1, the last affected');
  });

  it('of one range is not hidden by the fix of another', () => {
    const record = about([first, { fixed: '3' }], [first, { last_affected: '5' }]);
    expect(verdictOf(debian('12', '2'), record)).toMatchObject({ state: 'vulnerable', fixedIn: null });
    expect(verdictOf(debian('12', '4'), record)).toMatchObject({ state: 'vulnerable', fixedIn: null });
    expect(verdictOf(debian('12', '6'), record)).toMatchObject({ state: 'patched', fixedIn: null });
  });

  it('and the fix are the highest of those that apply, in whatever order ranges and records are', () => {
    const [low, high] = [
      [first, { fixed: '2' }],
      [{ introduced: '4' }, { fixed: '5' }],
    ];
    for (const record of [about(low ?? [], high ?? []), about(high ?? [], low ?? [])]) {
      expect(verdictOf(debian('12', '6'), record)).toMatchObject({ state: 'patched', fixedIn: '5' });
      expect(verdictOf(debian('12', '3'), record)).toMatchObject({ state: 'patched', fixedIn: '2' });
    }
    const dsa = (number: string, fixed: string) => ({ ...about([first, { fixed }]), id: `DSA-${number}-1` });
    for (const records of [
      [dsa('1', '2'), dsa('2', '5')],
      [dsa('2', '5'), dsa('1', '2')],
    ]) {
      expect(verdictOf(debian('12', '6'), ...records)).toMatchObject({ state: 'patched', fixedIn: '5' });
      expect(verdictOf(debian('12', '1'), ...records)).toMatchObject({ state: 'vulnerable', fixedIn: '5' });
    }
  });
});

describe("an entry of Red Hat's", () => {
  const rpm = (status: string, version: string, more: object = {}) => ({
    status,
    version: elBuild(version),
    versionType: 'rpm',
    ...more,
  });
  const entry = (defaultStatus: string, ...versions: readonly object[]) => ({
    vendor: 'Red Hat',
    product: 'Red Hat Enterprise Linux 9',
    packageName: 'samba',
    defaultStatus,
    versions,
  });
  const at = (version: string, ...entries: readonly object[]) =>
    verdictOf(linux('rhel', '9.1', { samba: elBuild(version) }), cve(...entries)).state;
  const changes = [{ at: elBuild('2-1'), status: 'affected' }];

  it.each([
    ['that knows nothing of some versions', [rpm('unknown', '3-1', below(elBuild('5-1')))]],
    [
      'that knows nothing of some, and more of others',
      [rpm('affected', '0', below(elBuild('3-1'))), rpm('unknown', '3-1')],
    ],
    ['whose fix does not last', [rpm('unaffected', '1-1', { lessThan: '*', changes })]],
    ['whose affected range changes', [rpm('affected', '0', { lessThan: elBuild('1-1'), changes })]],
  ])('%s proves nothing', (_what, versions) => {
    for (const status of ['affected', 'unaffected', 'unknown'])
      expect(at('4-1', entry(status, ...versions))).toBe('unknown');
  });

  it('that can not be read leaves another one about the same package without proof', () => {
    const fixed = entry('affected', rpm('unaffected', '3-1', below('*')));
    expect(at('4-1', fixed)).toBe('patched');
    expect(at('4-1', fixed, entry('unaffected', rpm('unknown', '4-1')))).toBe('unknown');
    expect(at('4-1', fixed, entry('unknown'))).toBe('patched');
  });
});

describe('a record that says nothing of Linux', () => {
  const microsoft = (product: string, ...versions: readonly object[]) => ({ vendor: 'Microsoft', product, versions });
  const on = (...entries: readonly object[]) => verdictOf(debian('12', '2:4.17.9+dfsg-0+deb12u3'), cve(...entries));

  it('is not one about Windows only because it names that without versions', () => {
    const verdict = on(
      microsoft('Windows Server 2019', affected('N/A')),
      microsoft('Windows Server 2022', affected('N/A')),
    );
    expect(verdict.state).toBe('unknown');
    expect(inEnglish(verdict.because)).toBe('Its record names Windows only, without versions.');
  });

  it('is one about Windows where it names builds, affected or not', () => {
    const unnamed = microsoft('Windows Server 2019', affected('N/A'));
    expect(on(microsoft('Windows Server 2019', affected('10.0.0', below('10.0.17763.3770')))).state).toBe(
      'not-affected',
    );
    expect(on(unnamed, microsoft('Windows Server 2022', unaffected('10.0.20348', below('*')))).state).toBe(
      'not-affected',
    );
  });

  it('is one about programs of Windows, and not about those that run on Linux, too', () => {
    expect(on(microsoft('Microsoft Outlook 2016', affected('16.0.0.0'))).state).toBe('not-affected');
    expect(on(microsoft('.NET 6.0', affected('6.0.0'))).state).toBe('unknown');
  });
});
