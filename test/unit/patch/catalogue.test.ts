// The records that the product brings: all of the first list, each with its source, and each judged on both sides of its numbers.
import { describe, expect, it } from 'vitest';
import { verbatim } from '../../../main/model/message';
import { ageOf, findAdvisory, judgePatches } from '../../../main/patch/judge/judge';
import { catalogueOfTheDay } from '../../../main/patch/of-the-day';
import { compareDpkg } from '../../../main/patch/versions/dpkg';
import { compareRpm } from '../../../main/patch/versions/rpm';
import { inEnglish, wordsInEnglish } from '../in-english';
import { bundledCatalogue, bundledRecords, linux, pcLike, windows } from './bundled';

const catalogue = bundledCatalogue();

/** The first list, by the names that people know. */
const firstList = [
  'CVE-2005-1206',
  'CVE-2006-3439',
  'CVE-2008-4250',
  'CVE-2009-3103',
  'CVE-2010-2550',
  'CVE-2011-0661',
  'CVE-2017-0143',
  'CVE-2017-0144',
  'CVE-2017-0145',
  'CVE-2017-0146',
  'CVE-2017-0147',
  'CVE-2017-0148',
  'CVE-2020-0796',
  'CVE-2020-1206',
  'CVE-2020-1472',
  'CVE-2021-34527',
  'CVE-2022-24500',
  'CVE-2022-26809',
  'CVE-2022-35804',
  'CVE-2022-37958',
  'CVE-2024-43642',
  'CVE-2025-55234',
  'CVE-2025-58726',
  'CVE-2023-23397',
  'CVE-2025-33073',
  'CVE-2017-7494',
  'CVE-2021-44142',
  'CVE-2022-38023',
  'CVE-2023-3961',
  'CVE-2023-34966',
  'CVE-2022-47939',
  'CVE-2023-32250',
  'CVE-2025-37899',
];

describe('the catalogue that the product brings', () => {
  it('is read without a record refused', () => {
    expect(bundledRecords().refused).toEqual([]);
  });

  it.each(firstList)('has %s, with its records, how it is reached, and where its attack stands', (id) => {
    const advisory = findAdvisory(catalogue, id);
    if (!advisory) throw new Error('not there');
    expect(advisory.title).not.toBe('');
    expect(advisory.sources.filter(({ format }) => format !== 'note').length).toBeGreaterThan(0);
    expect(advisory.sources.every(({ url }) => url.startsWith('https://'))).toBe(true);
    expect(advisory.reach.kind).not.toBe('unknown');
    expect(wordsInEnglish(advisory.reach.says).length).toBeGreaterThan(20);
    expect(advisory.course.length).toBeGreaterThan(0);
    const dates = advisory.course.flatMap(({ date }) => date ?? []);
    expect(dates).toEqual([...dates].sort());
  });

  it('knows which of them are exploited', () => {
    const exploited = catalogue.advisories.filter(({ knownExploited }) => knownExploited).map(({ id }) => id);
    expect(exploited.sort()).toEqual([
      'CVE-2017-0143',
      'CVE-2017-0144',
      'CVE-2017-0145',
      'CVE-2017-0146',
      'CVE-2017-0147',
      'CVE-2017-0148',
      'CVE-2017-7494',
      'CVE-2020-0796',
      'CVE-2020-1472',
      'CVE-2021-34527',
      'CVE-2023-23397',
      'CVE-2025-33073',
    ]);
  });

  it("has CISA's own entries about them, with their due dates and what ransomware uses", () => {
    const listed = (id: string) => findAdvisory(catalogue, id)?.knownExploited;
    expect(listed('CVE-2017-0144')).toEqual({ since: '2022-02-10', due: '2022-08-10', ransomware: 'known' });
    expect(listed('CVE-2020-1472')).toEqual({ since: '2021-11-03', due: '2022-05-03', ransomware: 'known' });
    expect(listed('CVE-2023-23397')).toEqual({ since: '2023-03-14', due: '2023-04-04', ransomware: 'unknown' });
  });

  it('says of outgoing and other holes that shutting the port does not mend them', () => {
    const reachOf = (id: string) => findAdvisory(catalogue, id)?.reach;
    expect(reachOf('CVE-2023-23397')).toMatchObject({ kind: 'client', inboundBlock: 'no', outboundBlock: 'partly' });
    expect(reachOf('CVE-2025-33073')).toMatchObject({ kind: 'client', inboundBlock: 'no' });
    expect(reachOf('CVE-2017-0144')).toMatchObject({ kind: 'server', inboundBlock: 'closes' });
    expect(reachOf('CVE-2021-34527')).toMatchObject({ kind: 'server', inboundBlock: 'partly' });
  });

  it('is found by the id of any of its records', () => {
    expect(findAdvisory(catalogue, 'dsa-5071-1')?.id).toBe('CVE-2021-44142');
    expect(findAdvisory(catalogue, 'USN-6238-1')?.id).toBe('CVE-2023-34966');
    expect(findAdvisory(catalogue, 'CVE-1999-0001')).toBeNull();
  });
});

const stateOf = (id: string, pc: Parameters<typeof judgePatches>[1]) =>
  judgePatches(catalogue, pc, new Date()).verdicts.find((verdict) => verdict.id === id)?.state;

describe('every number of every record', () => {
  const builds = catalogue.advisories.flatMap(({ id, windows: ranges }) =>
    ranges
      .filter(({ build, below }) => below !== null && build.startsWith('10.'))
      .map(({ build, below, kind }) => ({ id, build, below, kind })),
  );

  it.each(builds)('$id: $below is fixed and one less is not ($kind)', ({ id, build, below, kind }) => {
    const ubr = Number(below?.split('.').at(-1));
    const most = Math.max(
      ...builds
        .filter((one) => one.id === id && one.build === build)
        .map((one) => Number(one.below?.split('.').at(-1))),
    );
    const least = Math.min(
      ...builds
        .filter((one) => one.id === id && one.build === build)
        .map((one) => Number(one.below?.split('.').at(-1))),
    );
    const pc = (number: number) =>
      windows(`${build.slice(5)}.${number}`, {
        hotpatch: false,
        installationType: kind === 'unknown' ? 'Client' : kind,
        arch: undefined,
      });
    expect(stateOf(id, pc(most))).toBe('patched');
    expect(stateOf(id, pc(least - 1))).toBe('vulnerable');
    expect(ubr).toBeGreaterThanOrEqual(least);
  });

  const packages = catalogue.advisories.flatMap(({ id, packages: ranges }) =>
    ranges.flatMap(({ ecosystem, name, stretches }) =>
      stretches.flatMap(({ fixed }) => (fixed === null ? [] : [{ id, ecosystem, name, fixed }])),
    ),
  );
  const placeOf = (ecosystem: string): readonly [string, string] => {
    const [family = '', ...rest] = ecosystem.replace(':LTS', '').replace(':Pro', '').split(':');
    return [
      { Debian: 'debian', Ubuntu: 'ubuntu', AlmaLinux: 'almalinux', 'Red Hat': 'rhel' }[family] ?? '',
      rest.join(':'),
    ];
  };

  it.each(packages.filter(({ ecosystem }) => !/^Red Hat:\d+\./.test(ecosystem)))(
    '$id: $name $fixed is fixed in $ecosystem and what sorts before is not',
    ({ id, ecosystem, name, fixed }) => {
      const [distro, release] = placeOf(ecosystem);
      const isRpm = distro === 'rhel' || distro === 'almalinux';
      const before = lineBefore(fixed, isRpm);
      expect((isRpm ? compareRpm : compareDpkg)(before, fixed)).toBeLessThan(0);
      expect(stateOf(id, linux(distro, release, { [name]: fixed }))).toBe('patched');
      expect(stateOf(id, linux(distro, release, { [name]: before }))).toBe('vulnerable');
    },
  );
});

/** The build before it, of the same line: the last number, or the one that begins RPM's release, is one less. */
const lineBefore = (fixed: string, isRpm: boolean): string =>
  fixed.replace(isRpm ? /(?<=-)\d+/ : /\d+$/, (number) => String(Number(number) - 1));

describe('its age', () => {
  const newest = Date.parse(catalogue.asOf);
  const day = 86_400_000;

  it('is counted in days, and too old after 45', () => {
    expect(ageOf(catalogue, new Date(newest + 3 * day))).toMatchObject({ days: 3, tooOld: false });
    expect(ageOf(catalogue, new Date(newest + 45 * day))).toMatchObject({ days: 45, tooOld: false });
    expect(ageOf(catalogue, new Date(newest + 46 * day))).toMatchObject({ days: 46, tooOld: true });
  });

  it('can not be told by a clock that is wrong; verdicts stay what they are', () => {
    const wrong = judgePatches(catalogue, windows('18362.700'), new Date('2001-01-01T00:00:00Z'));
    expect(wrong.catalogue).toMatchObject({ days: null, tooOld: false });
    expect(wrong.problems).toMatchObject([{ code: 'patch.clock-behind' }]);
    const right = judgePatches(catalogue, windows('18362.700'), new Date(newest));
    expect(wrong.verdicts).toEqual(right.verdicts);
    expect(right.problems).toEqual([]);
  });

  it('is no verdict at all where there is no catalogue', () => {
    const none = judgePatches(null, pcLike({ os: 'windows', build: '10.0.18362.9999' }), new Date(), 'It is damaged.');
    expect(none).toEqual({ catalogue: null, verdicts: [], problems: ['It is damaged.'] });
  });
});

describe('of an earlier day (simulated PCs)', () => {
  it('knows nothing of what came later', () => {
    const then = catalogueOfTheDay(catalogue, new Date('2020-03-11T09:30:00.000Z'));
    expect(findAdvisory(then, 'CVE-2020-0796')).toBeNull();
    expect(findAdvisory(then, 'CVE-2017-0144')).toMatchObject({ knownExploited: null });
    expect(findAdvisory(then, 'CVE-2017-0144')?.course.map(({ stage }) => stage)).toEqual(['published', 'patch-out']);
    expect(ageOf(then, new Date('2020-03-11T09:30:00.000Z'))).toMatchObject({ days: 0, tooOld: false });
  });

  it('is the same on a later day', () => {
    expect(catalogueOfTheDay(catalogue, new Date('2030-01-01T00:00:00.000Z'))).toEqual(catalogue);
  });
});

it('a PC of which nothing is known is patched for nothing', () => {
  const { verdicts } = judgePatches(
    catalogue,
    { software: null, why: verbatim('dpkg was at work'), features: {} },
    new Date(),
  );
  expect(new Set(verdicts.map(({ state }) => state))).toEqual(new Set(['unknown']));
  expect(inEnglish(verdicts[0]?.because)).toContain('dpkg was at work');
});
