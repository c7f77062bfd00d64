// Line first, order second: a version counts by the bound of its own line only, whatever it looks like beside another's.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdvisoryVerdict, PcForPatch } from '../../../main/model/advisory';
import { assemble } from '../../../main/patch/assemble';
import { judgePatches } from '../../../main/patch/judge/judge';
import { readRecords } from '../../../main/patch/records/read';
import { isOfLine, lineOf } from '../../../main/patch/versions/line';
import { inEnglish } from '../in-english';
import { debian, linux } from './bundled';

const id = 'CVE-2024-0001';

/** Bounds by ecosystem ("" = no fix, "never" = never had it), and upstream's fixes with the release that brought the hole. */
interface Hole {
  readonly bounds?: Readonly<Record<string, string>>;
  readonly product?: 'samba' | 'linux';
  readonly upstream?: readonly string[];
  readonly since?: string;
}

function verdictOn(pc: PcForPatch, { bounds = {}, product = 'samba', upstream, since }: Hole): AdvisoryVerdict {
  const name = (ecosystem: string): string =>
    product === 'samba' ? 'samba' : /^Alma/.test(ecosystem) ? 'kernel' : 'linux';
  const osv = Object.entries(bounds).map(([ecosystem, fixed], at) => ({
    id: `OSV-${at}-1`,
    upstream: [id],
    modified: '2024-02-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem, name: name(ecosystem) },
        ranges: [
          {
            type: 'ECOSYSTEM',
            events: [{ introduced: '0' }, ...(fixed === '' ? [] : [{ fixed: fixed === 'never' ? '0' : fixed }])],
          },
        ],
      },
    ],
  }));
  const versions = [
    ...(since === undefined ? [] : [{ version: '0', lessThan: since, status: 'unaffected' }]),
    ...(upstream ?? []).map((version) => ({ version, status: 'unaffected' })),
  ];
  const cve = {
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: id, state: 'PUBLISHED', dateUpdated: '2024-01-01T00:00:00Z' },
    containers: {
      cna: {
        affected: upstream ? [{ vendor: product === 'samba' ? 'Samba' : 'Linux', product, versions }] : [],
        descriptions: [],
      },
    },
  };
  const { records, refused } = readRecords(JSON.stringify([cve, ...osv]), 'test.json');
  expect(refused).toEqual([]);
  const [verdict] = judgePatches(assemble(records, { updates: [], problems: [] }), pc, new Date()).verdicts;
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

/** As rpm tells who packed what. */
function packedBy(vendor: string, pc: PcForPatch): PcForPatch {
  const { software } = pc;
  if (software?.kind !== 'linux' || software.packages.state !== 'known') throw new Error('no packages');
  const { installed, lookedFor } = software.packages.value;
  const value = { installed: installed.map((one) => ({ ...one, vendor })), lookedFor };
  return { ...pc, software: { ...software, packages: { state: 'known', value } } };
}

const ubuntu = (release: string, samba: string): PcForPatch => linux('ubuntu', release, { samba });
const kernel = (distro: string, release: string, version: string): PcForPatch =>
  linux(distro, release, { linux: version });

const hole4480: Hole = {
  bounds: {
    'Debian:11': '2:4.13.13+dfsg-1~deb11u8',
    'Debian:12': '2:4.17.12+dfsg-0+deb12u4',
    'Debian:13': '2:4.22.8+dfsg-0+deb13u2',
    'Ubuntu:22.04:LTS': '2:4.15.13+dfsg-0ubuntu1.12',
    'Ubuntu:Pro:20.04:LTS': '2:4.15.13+dfsg-0ubuntu0.20.04.8+esm2',
  },
  upstream: ['4.22.10', '4.23.8', '4.24.3'],
};
const hole3961: Hole = {
  bounds: { 'Debian:12': '2:4.17.12+dfsg-0+deb12u1', 'AlmaLinux:9': '4.18.6-101.el9_3' },
  upstream: ['4.17.12', '4.18.8', '4.19.1'],
  since: '4.16.0',
};
const redHat3961: Hole = { ...hole3961, bounds: { 'Red Hat:enterprise_linux:9::baseos': '4.18.6-101.el9_3' } };

/** What is installed, the hole, and what is right. */
const rows: readonly (readonly [string, PcForPatch, Hole, AdvisoryVerdict['state'], AdvisoryVerdict['code']])[] = [
  ["1: Debian 12's own, fixed", debian('12', '2:4.17.12+dfsg-0+deb12u4'), hole4480, 'patched', 'fixed'],
  ["2: Debian 12's own, before", debian('12', '2:4.17.12+dfsg-0+deb12u3'), hole4480, 'vulnerable', 'below-fix'],
  [
    "3: a backport of Debian 13's",
    debian('12', '2:4.22.6+dfsg-0+deb13u1~bpo12+1'),
    hole4480,
    'vulnerable',
    'below-fix',
  ],
  ["4: Debian 13's, pinned", debian('12', '2:4.22.4+dfsg-1~deb13u1'), hole4480, 'vulnerable', 'below-fix'],
  [
    "5: a backport of unstable's, by its bound",
    debian('13', '2:4.24.7+dfsg-1~bpo13+1'),
    { ...hole4480, bounds: { ...hole4480.bounds, 'Debian:14': '2:4.24.3+dfsg-1' } },
    'patched',
    'fixed',
  ],
  [
    "5: a backport of unstable's, by upstream",
    debian('13', '2:4.24.7+dfsg-1~bpo13+1'),
    hole4480,
    'patched',
    'fixed-upstream',
  ],
  ["6: Debian 11's, left over", debian('12', '2:4.13.13+dfsg-1~deb11u8'), hole4480, 'patched', 'fixed'],
  [
    "7: unstable's upload of the same release",
    debian('11', '2:4.13.13+dfsg-1'),
    { bounds: { 'Debian:11': '2:4.13.13+dfsg-1~deb11u3', 'Debian:12': '2:4.16.0+dfsg-2' } },
    'vulnerable',
    'below-fix',
  ],
  ["8: Ubuntu's own, fixed", ubuntu('22.04', '2:4.15.13+dfsg-0ubuntu1.12'), hole4480, 'patched', 'fixed'],
  [
    '9: fixed in Ubuntu Pro only',
    ubuntu('20.04', '2:4.15.13+dfsg-0ubuntu0.20.04.8'),
    hole4480,
    'vulnerable',
    'below-fix',
  ],
  ["10: a PPA's", ubuntu('22.04', '2:4.20.4+dfsg-1~ubuntu22.04~ppa1'), hole4480, 'unknown', 'other-line'],
  [
    "11: somebody else's build",
    packedBy('Somebody', linux('almalinux', '9.3', { samba: '0:4.18.7-1.el9' })),
    hole3961,
    'unknown',
    'other-line',
  ],
  [
    "12: later in the vendor's line",
    packedBy('Red Hat, Inc.', linux('rhel', '9.4', { samba: '0:4.19.4-104.el9' })),
    redHat3961,
    'patched',
    'fixed',
  ],
  [
    '13: of a release that is kept longer',
    packedBy('Red Hat, Inc.', linux('rhel', '9.2', { samba: '0:4.17.5-102.el9_2' })),
    { bounds: { 'Red Hat:rhel_eus:9.2::baseos': '0:4.17.5-103.el9_2' } },
    'vulnerable',
    'below-fix',
  ],
  [
    "14: a backport of Debian 13's kernel",
    kernel('debian', '12', '6.12.22-1~bpo12+1'),
    { product: 'linux', bounds: { 'Debian:12': '6.1.159-1', 'Debian:13': '6.12.29-1' } },
    'vulnerable',
    'below-fix',
  ],
  [
    '15: a mainline kernel',
    kernel('ubuntu', '22.04', '6.2.10-060210.202304060735'),
    {
      product: 'linux',
      bounds: { 'Ubuntu:22.04:LTS': '5.15.0-94.104' },
      upstream: ['6.2.16', '6.3.2', '6.4.0'],
      since: '5.15.0',
    },
    'vulnerable',
    'below-fix',
  ],
  [
    "16: Fedora's, by upstream's number",
    linux('fedora', '39', { samba: '2:4.19.2-1.fc39' }),
    hole3961,
    'patched',
    'fixed-upstream',
  ],
  [
    '17: SAMBA+, without its feed',
    debian('12', '4.16.3-18'),
    { upstream: ['4.14.14', '4.15.9', '4.16.4'] },
    'unknown',
    'other-line',
  ],
  ['18: built here, before the hole', debian('12', '2:4.15.13'), hole3961, 'not-affected', 'not-affected'],
];

describe('the lines of feeds.md', () => {
  it.each(rows)('%s', (_what, pc, hole, state, code) => {
    const verdict = verdictOn(pc, hole);
    expect([verdict.state, verdict.code], inEnglish(verdict.because)).toEqual([state, code]);
  });

  it('says of what its maker may have fixed to treat it as vulnerable', () => {
    const { because } = verdictOn(ubuntu('22.04', '2:4.20.4+dfsg-1~ubuntu22.04~ppa1'), hole4480);
    expect(inEnglish(because)).toMatch(/treat it as vulnerable/i);
  });

  it('names Ubuntu Pro where only that has the fix', () => {
    expect(verdictOn(ubuntu('20.04', '2:4.15.13+dfsg-0ubuntu0.20.04.8'), hole4480).remedy).toMatchObject({
      code: 'remedy.version-pro',
    });
  });
});

/** Marks of somebody else's builds, put behind a version of the release's own. */
const strangers = [
  '.sernet1',
  '~ppa1',
  '+git20240101',
  '~cloud0',
  '+rpt1',
  '+rpi1',
  'sury1',
  '~xanmod1',
  '+really4.1',
  'local1',
];

describe('a version of another line', () => {
  const release = fc.constantFrom('10', '11', '12', '13');
  const upstream = fc
    .tuple(fc.constantFrom(9, 13, 17, 22, 24), fc.integer({ min: 0, max: 20 }))
    .map(([b, n]) => `4.${b}.${n}`);

  it('is never patched by order alone, whatever is installed and whatever the bound is', () => {
    const shipped: Readonly<Record<string, string>> = { '10': '4.9', '11': '4.13', '12': '4.17', '13': '4.22' };
    fc.assert(
      fc.property(
        release,
        release,
        upstream,
        upstream,
        fc.constantFrom('', ...strangers, '~bpo12+1'),
        (own, its, a, b, mark) => {
          const bound = `2:${a}+dfsg-0+deb${own}u2`;
          const installed = `2:${b}+dfsg-0+deb${its}u9${mark}`;
          // Its own line: the release's marker, a branch that the release shipped or fixed, and nobody else's mark.
          const isOwn =
            own === its &&
            !strangers.includes(mark) &&
            (b.startsWith(`${shipped[its]}.`) || b.split('.')[1] === a.split('.')[1]);
          const { state } = verdictOn(debian(own, installed), { bounds: { [`Debian:${own}`]: bound } });
          if (!isOwn) expect([installed, bound, state]).toEqual([installed, bound, 'unknown']);
          else expect(['patched', 'vulnerable']).toContain(state);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it.each([
    ['debian', '12', 'Debian:12', '2:4.17.12+dfsg-0+deb12u1', '2:4.17.12+dfsg-0+deb12u9'],
    ['debian', '13', 'Debian:13', '2:4.19.1+dfsg-1', '2:4.22.4+dfsg-1~deb13u1'],
    ['ubuntu', '22.04', 'Ubuntu:22.04:LTS', '2:4.15.13+dfsg-0ubuntu1.2', '2:4.15.13+dfsg-0ubuntu1.9'],
    ['ubuntu', '20.04', 'Ubuntu:20.04:LTS', '2:4.13.17~dfsg-0ubuntu0.21.04.1', '2:4.15.13+dfsg-0ubuntu0.20.04.8'],
    ['almalinux', '9.4', 'AlmaLinux:9', '4.18.6-101.el9_3', '4.19.4-105.el9_4'],
  ])('of %s %s is its own until somebody else marks it', (distro, version, ecosystem, bound, installed) => {
    const state = (samba: string) =>
      verdictOn(linux(distro, version, { samba }), { bounds: { [ecosystem]: bound } }).state;
    expect(state(installed)).toBe('patched');
    for (const mark of strangers) expect([mark, state(`${installed}${mark}`)]).toEqual([mark, 'unknown']);
  });

  it("of Ubuntu's other releases goes by their own bound", () => {
    const bounds = { 'Ubuntu:22.04:LTS': '2:4.15.13+dfsg-0ubuntu1.2', 'Ubuntu:24.04:LTS': '2:4.19.5+dfsg-4ubuntu9.6' };
    const on = (release: string, samba: string) => verdictOn(ubuntu(release, samba), { bounds }).state;
    expect(on('22.04', '2:4.19.5+dfsg-4ubuntu9.5')).toBe('vulnerable');
    expect(on('22.04', '2:4.19.5+dfsg-4ubuntu9.6')).toBe('patched');
    expect(on('24.04', '2:4.15.13+dfsg-0ubuntu1.1')).toBe('vulnerable');
    expect(on('20.04', '2:4.15.13+dfsg-0ubuntu1.2')).toBe('patched');
    expect(on('22.04', '2:4.20.4+dfsg-1ubuntu1')).toBe('unknown');
  });

  it('of RPM is told by who packed it, and by its minor release', () => {
    const bounds = { 'AlmaLinux:9': '4.18.6-101.el9_3' };
    const on = (samba: string, vendor: string | null) => {
      const pc = linux('almalinux', '9.4', { samba });
      return verdictOn(vendor === null ? pc : packedBy(vendor, pc), { bounds }).state;
    };
    expect(on('0:4.18.6-101.el9_3', 'AlmaLinux')).toBe('patched');
    expect(on('0:4.18.6-101.el9_3', 'Somebody')).toBe('unknown');
    expect(on('0:4.18.6-102.el9_3', '')).toBe('unknown');
    expect(on('0:4.20.99-1.el9', 'AlmaLinux')).toBe('patched');
    expect(on('0:4.20.99-1.el9', null)).toBe('unknown');
    expect(on('0:4.19.4-105.el8', 'AlmaLinux')).toBe('unknown');
    expect(on('0:4.19.4-105.el9.sernet', 'AlmaLinux')).toBe('unknown');
    expect(on('1:4.10.0-1.el9', 'AlmaLinux')).toBe('unknown');
  });

  it('that is a kernel goes by its branch', () => {
    const bounds = { 'Debian:12': '6.1.37-1', 'Debian:13': '6.3.7-1' };
    const on = (release: string, version: string) =>
      verdictOn(kernel('debian', release, version), { product: 'linux', bounds }).state;
    expect(on('12', '6.1.38-1')).toBe('patched');
    expect(on('12', '6.12.22-1~bpo12+1')).toBe('patched');
    expect(on('12', '6.5.10-1~bpo12+1')).toBe('unknown');
    expect(on('12', '1:6.6.31-1+rpt1')).toBe('unknown');
    expect(on('11', '6.1.36-1~bpo11+1')).toBe('vulnerable');
    expect(
      verdictOn(kernel('ubuntu', '22.04', '6.8.0-40.40'), {
        product: 'linux',
        bounds: { 'Ubuntu:22.04:LTS': '5.15.0-94.104' },
      }).state,
    ).toBe('unknown');
  });
});

describe('the line of a version', () => {
  it('is told for any text, and a stranger is of no release', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.constantFrom('debian', 'ubuntu', 'rhel', 'arch'),
        (text, distribution) => {
          const line = lineOf('samba', text, distribution);
          if (line.maker !== 'foreign') return;
          for (const release of ['12', '22.04', '9'])
            expect(isOfLine(line, { distribution, release }, { name: 'samba', vendor: null, bounds: [text] })).toBe(
              false,
            );
        },
      ),
    );
  });

  it.each([
    ['2:4.22.6+dfsg-0+deb13u1~bpo12+1', 'debian', '13', '2:4.22.6+dfsg-0+deb13u1', '4.22.6'],
    ['2:4.13.13+dfsg-1~deb11u8', 'debian', '11', '2:4.13.13+dfsg-1~deb11u8', '4.13.13'],
    ['2:4.24.7+dfsg-1~bpo13+1', 'debian', null, '2:4.24.7+dfsg-1', '4.24.7'],
    ['2:4.15.13+dfsg-0ubuntu0.20.04.8+esm2', 'ubuntu', '20.04', '2:4.15.13+dfsg-0ubuntu0.20.04.8+esm2', '4.15.13'],
    ['2:4.19.5+dfsg-4ubuntu9.6', 'ubuntu', null, '2:4.19.5+dfsg-4ubuntu9.6', '4.19.5'],
    ['0:4.18.6-101.el9_3.alma.1', 'el', '9', '0:4.18.6-101.el9_3.alma.1', '4.18.6'],
    ['2:4.19.2-1.fc39', 'fedora', '39', '2:4.19.2-1.fc39', '4.19.2'],
    ['4.24.3', 'upstream', null, '4.24.3', '4.24.3'],
    ['2:4.24.3~rc1+dfsg-1', 'foreign', null, '2:4.24.3~rc1+dfsg-1', null],
    ['2:4.24.3+really4.23.1+dfsg-1', 'foreign', null, '2:4.24.3+really4.23.1+dfsg-1', null],
  ])('%s is of %s %s', (version, maker, release, compared, upstream) => {
    expect(lineOf('samba', version, 'debian')).toMatchObject({ maker, release, version: compared, upstream });
  });
});
