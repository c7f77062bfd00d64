// Records that tell of several things at once: a part that can't be read, or is of something else, never makes the rest look safe.
import { describe, expect, it } from 'vitest';
import type { AdvisoryVerdict, PcForPatch } from '../../../main/model/advisory';
import { assemble } from '../../../main/patch/assemble';
import { judgeAdvisory } from '../../../main/patch/judge/judge';
import { readRecords } from '../../../main/patch/records/read';
import { bundledRecords, debian, linux, server, windows } from './bundled';

const id = 'CVE-2024-0001';

const cve = (...affected: readonly object[]): object => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: {
    cveId: id,
    state: 'PUBLISHED',
    datePublished: '2024-01-09T00:00:00Z',
    dateUpdated: '2024-02-01T00:00:00Z',
  },
  containers: { cna: { affected } },
});
const osv = (name: string, ecosystem: string, of: string, events: readonly object[], more: object = {}): object => ({
  id: name,
  modified: '2024-02-01T00:00:00Z',
  aliases: [id],
  affected: [{ package: { ecosystem, name: of }, ranges: [{ type: 'ECOSYSTEM', events }] }],
  ...more,
});
const recordsOf = (records: readonly object[]) => {
  const { records: read, refused } = readRecords(JSON.stringify(records), 'test.json');
  expect(refused).toEqual([]);
  return read;
};
function stateOf(pc: PcForPatch, records: readonly object[], of = id): AdvisoryVerdict['state'] | undefined {
  return judgeAdvisory(assemble(recordsOf(records), { updates: [], problems: [] }), of, pc)?.state;
}

describe('a hole of the kernel', () => {
  const pc = linux(
    'debian',
    '12',
    { linux: '6.1.140-1', 'linux-image-6.1.0-9-amd64': '6.1.20-1' },
    { kernel: '6.1.0-9-amd64' },
  );

  it.each([
    ['Debian:11', 'ksmbd-tools'],
    ['AlmaLinux:8', 'samba'],
    ['Debian:12', 'samba'],
  ])('is judged by the kernel that runs, whatever another record says of %s %s', (ecosystem, name) => {
    const hole = 'CVE-2023-32250';
    const more = recordsOf([osv('DSA-9999-1', ecosystem, name, [{ introduced: '0' }], { aliases: [hole] })]);
    const catalogue = assemble([...bundledRecords().records, ...more], { updates: [], problems: [] });
    expect(judgeAdvisory(catalogue, hole, pc)?.state).toBe('vulnerable');
  });

  it('and of a server is vulnerable where either is', () => {
    const records = [
      osv('DSA-1-1', 'Debian:12', 'linux', [{ introduced: '0' }, { fixed: '6.1.10-1' }]),
      osv('DSA-1-2', 'Debian:12', 'samba', [{ introduced: '0' }, { fixed: '2:4.18-1' }]),
    ];
    const having = (samba: string | null) =>
      linux('debian', '12', { linux: '6.1.20-1', samba }, { kernel: '6.1.0-9-amd64' });
    expect(stateOf(having('2:4.17-1'), records)).toBe('vulnerable');
    expect(stateOf(having('2:4.18-1'), records)).toBe('patched');
    expect(stateOf(having(null), records)).toBe('patched');
    expect(stateOf(debian('12', '2:4.18-1'), records)).toBe('unknown');
  });
});

describe('a Windows that is named without a number of its own', () => {
  const microsoft = (product: string, versions: readonly object[], more: object = {}) => ({
    vendor: 'Microsoft',
    product,
    versions,
    ...more,
  });
  const range = (version: string, lessThan: string, status = 'affected') => ({ version, lessThan, status });
  const unread = { version: 'unspecified', status: 'affected' };
  const of23h2 = microsoft('Windows 11 Version 23H2', [range('10.0.22631.0', '10.0.22631.3000')]);
  const from = (product: string, version: string) => microsoft(product, [range(version, '*', 'unaffected')]);
  const of1809 = microsoft('Windows 10 Version 1809', [range('10.0.17763.0', '10.0.17763.500')]);
  const core = (build: string) => windows(build, { installationType: 'Server Core' });

  it.each([
    ['22631.3000', windows('22631.3000'), [microsoft('Windows', [range('0', '*')]), of23h2]],
    ['22631.3000', windows('22631.3000'), [microsoft('Windows', [unread]), of23h2]],
    ['22631.3000', windows('22631.3000'), [microsoft('Windows', [], { defaultStatus: 'affected' }), of23h2]],
    ['22631.3000', windows('22631.3000'), [microsoft('n/a', [{ version: 'n/a', status: 'affected' }]), of23h2]],
    ['22631.3000', windows('22631.3000'), [microsoft('Windows 11', [unread]), of23h2]],
    [
      '22631.3000',
      windows('22631.3000'),
      [microsoft('Windows', [range('0', '*')]), from('Windows Server 2022 and later', '10.0.20348.0')],
    ],
    [
      '22631.3000',
      windows('22631.3000'),
      [microsoft('Windows 11', [unread]), from('Windows 10 and later', '10.0.10240.0')],
    ],
    [
      '17763.600',
      windows('17763.600'),
      [microsoft('Windows', [range('10.0.19045.5965', '*', 'unaffected')], { defaultStatus: 'affected' }), of1809],
    ],
    ['17763.600', windows('17763.600'), [microsoft('Windows 10 and earlier', [range('0', '10.0.19045.5965')])]],
    ['17763.600', windows('17763.600'), [microsoft('Windows 10 and earlier', [range('0', '10.0.19045.5965')]), of1809]],
    [
      '17134.600',
      core('17134.600'),
      [
        from('Windows 10 Version 1803', '10.0.17134.0'),
        microsoft('Windows Server, version 1803 (Server Core Installation)', [unread]),
      ],
    ],
    [
      '18362.800',
      core('18362.800'),
      [
        microsoft('Windows 10 Version 1903', [range('10.0.18362.0', '10.0.18362.720')]),
        microsoft('Windows Server, version 1903 (Server Core installation)', [unread]),
      ],
    ],
  ])('may be this one: %s', (_, pc, affected) => {
    expect(stateOf(pc, [cve(...affected)])).toBe('unknown');
  });

  it('is not one of another line', () => {
    expect(stateOf(windows('22631.3000'), [cve(microsoft('Windows 10', [unread]), of23h2)])).toBe('patched');
    expect(stateOf(windows('22631.3000'), [cve(microsoft('Windows Server 2012 R2', [unread]), of23h2)])).toBe(
      'patched',
    );
    expect(
      stateOf(server('20348.3000'), [
        cve(microsoft('Windows Server', [unread]), from('Windows Server 2022', '10.0.20348.0')),
      ]),
    ).toBe('unknown');
  });
});

describe("an entry of Red Hat's", () => {
  const entry = (versions: readonly object[], more: object = {}, release = '9') => ({
    vendor: 'Red Hat',
    product: `Red Hat Enterprise Linux ${release}`,
    packageName: 'samba',
    versions,
    ...more,
  });
  const rpm = (version: string, more: object = {}) => ({ version, status: 'affected', versionType: 'rpm', ...more });
  const fixedIn = (version: string) => rpm(version, { lessThan: '*', status: 'unaffected' });
  const erratum = osv('RHSA-2024:1', 'Red Hat:enterprise_linux:9::baseos', 'samba', [
    { introduced: '0' },
    { fixed: '0:4.17.5-2.el9' },
  ]);
  const at = (samba: string, release = '9.4') => linux('rhel', release, { samba: `0:${samba}` });

  it.each([
    [[rpm('0', { lessThan: '*' }), rpm('0:4.18.6-1.el9', { lessThan: '0:4.18.6-5.el9', status: 'unknown' })], {}],
    [[{ ...rpm('0', { lessThan: '*' }), versionType: 'custom' }], {}],
    [[{ version: '0:4.18.6-1.el9', status: 'unknown' }], { defaultStatus: 'affected' }],
  ])('that can not be read keeps an erratum from proving: %j', (versions, more) => {
    expect(stateOf(at('4.17.5-3.el9'), [erratum])).toBe('patched');
    expect(stateOf(at('4.17.5-3.el9'), [cve(entry(versions, more)), erratum])).toBe('unknown');
  });

  it('for a release that is kept longer, and can not be read, keeps the ordinary one from proving', () => {
    const longer = entry([rpm('0', { lessThan: '*', changes: [{ at: '4.19.0', status: 'unaffected' }] })], {}, '9.2');
    expect(stateOf(at('4.17.5-3.el9_2', '9.2'), [cve(longer, entry([fixedIn('0:4.17.5-2.el9')]))])).toBe('unknown');
  });

  it.each([
    ['4.18.6-1.el9', [rpm('0:4.17.5-1.el9')]],
    ['4.16.4-1.el9', [rpm('0:4.17.5-1.el9')]],
    ['4.18.6-1.el9', [rpm('0')]],
    ['4.17.5-4.el9', [rpm('0', { lessThanOrEqual: '0:4.17.5-3.el9' })]],
  ])('that says nothing of all others proves nothing of %s', (samba, versions) => {
    expect(stateOf(at(samba), [cve(entry(versions))])).toBe('unknown');
  });
});

describe("upstream's releases", () => {
  const samba = (...ranges: readonly (readonly [from: string, below: string])[]) => ({
    vendor: 'Samba',
    product: 'samba',
    defaultStatus: 'unaffected',
    versions: ranges.map(([version, lessThan]) => ({ version, lessThan, status: 'affected' })),
  });
  const slackware = (version: string) => linux('slackware', '15.0', { samba: version });

  it.each([
    ['4.18.8', [samba(['0', '4.20.2'], ['0', '4.18.8'])]],
    ['4.18.9', [samba(['0', '4.20.2']), samba(['4.18.0', '4.18.8'])]],
  ])('that one range calls affected are not fixed by another: %s', (version, affected) => {
    expect(stateOf(slackware(version), [cve(...affected)])).toBe('unknown');
  });

  it('of two programs in one record are not told apart', () => {
    const kernel = {
      vendor: 'Linux',
      product: 'Linux',
      defaultStatus: 'unaffected',
      versions: [{ version: '5.0', lessThan: '6.9', status: 'affected' }],
    };
    expect(
      stateOf(linux('slackware', '15.0', { samba: '4.19.0' }, { kernel: '6.1.1' }), [
        cve(samba(['0', '4.18.2']), kernel),
      ]),
    ).toBe('unknown');
  });
});

it("a notice whose map can't be read keeps others from proving", () => {
  const fixed = (version: string) => [{ introduced: '0' }, { fixed: version }];
  const [notice] = [
    osv('USN-9999-1', 'Ubuntu:22.04:LTS', 'samba', fixed('2:4.19-1'), { aliases: [id, 'CVE-2024-0002'] }),
  ];
  const { affected } = notice as { readonly affected: readonly object[] };
  const unread = {
    ...notice,
    affected: affected.map((one) => ({ ...one, database_specific: { cves_map: { cves: 'x' } } })),
  };
  const own = osv(`UBUNTU-${id}`, 'Ubuntu:22.04:LTS', 'samba', fixed('2:4.15.13+dfsg-0ubuntu1.1'));
  const pc = linux('ubuntu', '22.04', { samba: '2:4.15.13+dfsg-0ubuntu1.2' });
  expect(stateOf(pc, [own])).toBe('patched');
  expect(stateOf(pc, [own, unread])).toBe('unknown');
});
