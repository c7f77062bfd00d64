// The released builds of Windows 10 and later: what is not here is a preview, or newer than this list.

export interface WindowsBuild {
  readonly name: string;
  /** The last day on which any of its editions got ordinary updates: later records leave it out although it may be affected. ISO 8601. */
  readonly servedUntil: string;
}

/** Builds of one code get the same updates, with the same number: Microsoft's release information pages. */
const oneCode: readonly (readonly string[])[] = [
  ['10.0.19041', '10.0.19042', '10.0.19043', '10.0.19044', '10.0.19045'],
  ['10.0.22621', '10.0.22631'],
  ['10.0.26100', '10.0.26200'],
];
export const shareUpdates = (a: string, b: string): boolean =>
  oneCode.some((builds) => builds.includes(a) && builds.includes(b));

/** From Microsoft's product lifecycle pages (learn.microsoft.com/lifecycle): the edition that is served longest, without paid extensions. */
export const windowsBuilds: Readonly<Record<string, WindowsBuild>> = {
  '10.0.10240': { name: 'Windows 10 (1507)', servedUntil: '2025-10-14' },
  '10.0.10586': { name: 'Windows 10 1511', servedUntil: '2018-04-10' },
  '10.0.14393': { name: 'Windows 10 1607, Windows Server 2016', servedUntil: '2027-01-12' },
  '10.0.15063': { name: 'Windows 10 1703', servedUntil: '2019-10-08' },
  '10.0.16299': { name: 'Windows 10 1709', servedUntil: '2020-10-13' },
  '10.0.17134': { name: 'Windows 10 1803', servedUntil: '2021-05-11' },
  '10.0.17763': { name: 'Windows 10 1809, Windows Server 2019', servedUntil: '2029-01-09' },
  '10.0.18362': { name: 'Windows 10 1903', servedUntil: '2020-12-08' },
  '10.0.18363': { name: 'Windows 10 1909', servedUntil: '2022-05-10' },
  '10.0.19041': { name: 'Windows 10 2004', servedUntil: '2021-12-14' },
  '10.0.19042': { name: 'Windows 10 20H2', servedUntil: '2023-05-09' },
  '10.0.19043': { name: 'Windows 10 21H1', servedUntil: '2022-12-13' },
  '10.0.19044': { name: 'Windows 10 21H2', servedUntil: '2027-01-12' },
  '10.0.19045': { name: 'Windows 10 22H2', servedUntil: '2025-10-14' },
  '10.0.20348': { name: 'Windows Server 2022', servedUntil: '2031-10-14' },
  '10.0.22000': { name: 'Windows 11 21H2', servedUntil: '2024-10-08' },
  '10.0.22621': { name: 'Windows 11 22H2', servedUntil: '2025-10-14' },
  '10.0.22631': { name: 'Windows 11 23H2', servedUntil: '2026-11-10' },
  '10.0.25398': { name: 'Windows Server 23H2', servedUntil: '2025-10-24' },
  '10.0.26100': { name: 'Windows 11 24H2, Windows Server 2025', servedUntil: '2034-10-10' },
  '10.0.26200': { name: 'Windows 11 25H2', servedUntil: '2028-10-10' },
};

/** Its number, and a day before any build with a greater one was made: its own BuildLabEx is of 2024-03-31 ("ge_release.240331-1435"). */
export const newestBuild = Math.max(...Object.keys(windowsBuilds).map((build) => Number(build.split('.')[2])));
export const newestBuildMade = '2024-01-01';
