// The released builds of Windows 10 and later: what is not here is a preview, or newer than this list.

export interface WindowsBuild {
  readonly name: string;
  /** The day on which anybody could have it. ISO 8601, as all days here. */
  readonly releasedOn: string;
  /** The last day on which any of its editions got ordinary updates: later records leave it out although it may be affected. */
  readonly servedUntil: string;
  /** The same of its servers, where they were given up before. */
  readonly serversUntil?: string;
  /** Previews had the same number for long: from which day on they were made, and the first update number that was released. */
  readonly previews?: { readonly since: string; readonly released: number };
}

/** Builds of one code get the same updates, with the same number: Microsoft's release information pages. */
const oneCode: readonly (readonly string[])[] = [
  ['10.0.19041', '10.0.19042', '10.0.19043', '10.0.19044', '10.0.19045'],
  ['10.0.22621', '10.0.22631'],
  ['10.0.26100', '10.0.26200'],
];
export const shareUpdates = (a: string, b: string): boolean =>
  oneCode.some((builds) => builds.includes(a) && builds.includes(b));

/**
 * From Microsoft's product lifecycle and release information pages (learn.microsoft.com/lifecycle, .../windows/release-health): of the
 * edition that is served longest, without paid extensions. 22621 is of the branch "ni_release.220506"; 26200 was used for previews of
 * 2024 on, and released as 26200.6584.
 */
export const windowsBuilds: Readonly<Record<string, WindowsBuild>> = {
  '10.0.10240': { name: 'Windows 10 (1507)', releasedOn: '2015-07-29', servedUntil: '2025-10-14' },
  '10.0.10586': { name: 'Windows 10 1511', releasedOn: '2015-11-10', servedUntil: '2018-04-10' },
  '10.0.14393': { name: 'Windows 10 1607, Windows Server 2016', releasedOn: '2016-08-02', servedUntil: '2027-01-12' },
  '10.0.15063': { name: 'Windows 10 1703', releasedOn: '2017-04-05', servedUntil: '2019-10-08' },
  '10.0.16299': {
    name: 'Windows 10 1709, Windows Server 1709',
    releasedOn: '2017-10-17',
    servedUntil: '2020-10-13',
    serversUntil: '2019-04-09',
  },
  '10.0.17134': {
    name: 'Windows 10 1803, Windows Server 1803',
    releasedOn: '2018-04-30',
    servedUntil: '2021-05-11',
    serversUntil: '2019-11-12',
  },
  '10.0.17763': { name: 'Windows 10 1809, Windows Server 2019', releasedOn: '2018-10-02', servedUntil: '2029-01-09' },
  '10.0.18362': { name: 'Windows 10 1903, Windows Server 1903', releasedOn: '2019-05-21', servedUntil: '2020-12-08' },
  '10.0.18363': {
    name: 'Windows 10 1909, Windows Server 1909',
    releasedOn: '2019-11-12',
    servedUntil: '2022-05-10',
    serversUntil: '2021-05-11',
  },
  '10.0.19041': { name: 'Windows 10 2004, Windows Server 2004', releasedOn: '2020-05-27', servedUntil: '2021-12-14' },
  '10.0.19042': {
    name: 'Windows 10 20H2, Windows Server 20H2',
    releasedOn: '2020-10-20',
    servedUntil: '2023-05-09',
    serversUntil: '2022-08-09',
  },
  '10.0.19043': { name: 'Windows 10 21H1', releasedOn: '2021-05-18', servedUntil: '2022-12-13' },
  '10.0.19044': { name: 'Windows 10 21H2', releasedOn: '2021-11-16', servedUntil: '2027-01-12' },
  '10.0.19045': { name: 'Windows 10 22H2', releasedOn: '2022-10-18', servedUntil: '2025-10-14' },
  '10.0.20348': { name: 'Windows Server 2022', releasedOn: '2021-08-18', servedUntil: '2031-10-14' },
  '10.0.22000': { name: 'Windows 11 21H2', releasedOn: '2021-10-04', servedUntil: '2024-10-08' },
  '10.0.22621': {
    name: 'Windows 11 22H2',
    releasedOn: '2022-09-20',
    servedUntil: '2025-10-14',
    previews: { since: '2022-05-06', released: 521 },
  },
  '10.0.22631': { name: 'Windows 11 23H2', releasedOn: '2023-10-31', servedUntil: '2026-11-10' },
  '10.0.25398': { name: 'Windows Server 23H2', releasedOn: '2023-10-24', servedUntil: '2025-10-24' },
  '10.0.26100': { name: 'Windows 11 24H2, Windows Server 2025', releasedOn: '2024-06-18', servedUntil: '2034-10-10' },
  '10.0.26200': {
    name: 'Windows 11 25H2',
    releasedOn: '2025-09-30',
    servedUntil: '2028-10-10',
    previews: { since: '2024-04-01', released: 6584 },
  },
};

/** Whether a record's name of a product is that of a build: "Windows 10 Version 22H2 for x64-based Systems". */
export function isNamedBy(product: string, build: string): boolean {
  const names = windowsBuilds[build]?.name.split(', ') ?? [];
  return names.some((name) => plain(product).includes(plain(name)));
}

const older = /\bwindows (?:nt|rt|me|2000|xp|vista|7|8|8\.1|server 2003|server 2008|server 2012)\b/;

const lines = [' windows 10 ', ' windows 11 ', ' windows server '];

/** Whether it may be that of a build: it is, or it names none at all ("Windows", "n/a"), or none of its line ("Windows 11"). */
export function mayBeNamedBy(product: string, build: string): boolean {
  if (isNamedBy(product, build)) return true;
  if (older.test(plain(product)) || Object.keys(windowsBuilds).some((other) => isNamedBy(product, other))) return false;
  const named = lines.filter((line) => plain(product).includes(line));
  const own = plain(windowsBuilds[build]?.name ?? '');
  return named.length === 0 || named.some((line) => own.includes(line));
}

/** Records repeat a few names of products thousands of times. */
const plainNames = new Map<string, string>();

function plain(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const made = ` ${name} `
    .toLowerCase()
    .replace(/[_,()]|\bversion\b/g, ' ')
    .replace(/\s+/g, ' ');
  if (plainNames.size < 10_000) plainNames.set(name, made);
  return made;
}

/** Its number, and a day before any build with a greater one was made: its own BuildLabEx is of 2024-03-31 ("ge_release.240331-1435"). */
export const newestBuild = Math.max(...Object.keys(windowsBuilds).map((build) => Number(build.split('.')[2])));
export const newestBuildMade = '2024-01-01';
