// Which of the packages that matter here are installed, from dpkg's own record or from rpm.
import type { InstalledPackage, Known, PackagesFound } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import type { Ran } from '../../run-program';
import { type SystemFiles, Unreadable } from './files';

/** Source packages whose holes are about TCP 445: the file servers. The kernel's packages are found by `linux-image-`. */
const sources = ['samba', 'ksmbd-tools'] as const;

/** How `rpm -qa` is asked: every name that is built from those, and the kernel. */
const rpmNames = [
  'samba*',
  'libsmbclient*',
  'libwbclient*',
  'libnetapi*',
  'ctdb*',
  'python3-samba*',
  'ksmbd*',
  'kernel*',
];
const rpmFormat =
  '%{NAME}\\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{SOURCERPM}\\t%{VENDOR}\\t%{INSTALLTIME}\\n';

export type RunRpm = (args: readonly string[]) => Promise<Ran>;

export const dpkgStatus = '/var/lib/dpkg/status';
const dpkgUpdates = '/var/lib/dpkg/updates';

/**
 * From dpkg's status file (dpkg(1), deb-control(5)), read without dpkg: it is replaced whole, so half of it is never seen.
 * Null where there is none. Unknown while dpkg writes its changes beside it, or where one of the packages is half installed.
 */
export async function readDpkg(files: SystemFiles): Promise<Known<PackagesFound> | null> {
  try {
    const status = await files.readBytesAside(dpkgStatus);
    if (status === null) return null;
    // What dpkg has done since it wrote the status file lies here until it is done (dpkg's lib/dpkg/dbmodify.c).
    const waiting = files.exists(dpkgUpdates) ? files.list(dpkgUpdates).names.filter((name) => /^\d+$/.test(name)) : [];
    if (waiting.length > 0) return { state: 'unknown', why: message('linux.dpkg.busy') };
    return foundInStatus(status);
  } catch (error) {
    if (error instanceof Unreadable) return { state: 'unknown', why: error.said };
    throw error;
  }
}

/** Stanzas of the wanted packages only: the file may be megabytes, and an inspection waits for it. */
export function foundInStatus(status: Buffer): Known<PackagesFound> {
  if (status.length > 0 && status.at(-1) !== 0x0a)
    return { state: 'unknown', why: message('linux.dpkg.cut-short', { path: dpkgStatus }) };
  const starts = new Set<number>();
  for (const [name, isWanted] of marks)
    for (let at = status.indexOf(name); at >= 0; at = status.indexOf(name, at + name.length)) {
      const line = status.lastIndexOf(0x0a, at) + 1;
      const end = status.indexOf(0x0a, at);
      if (at - line <= 'Package: '.length && isWanted.test(status.toString('latin1', line, end)))
        starts.add(startOf(status, line));
    }
  const installed: InstalledPackage[] = [];
  for (const start of [...starts].sort((a, b) => a - b)) {
    const end = status.indexOf('\n\n', start);
    const read = readStanza(status.toString('utf8', start, end < 0 ? status.length : end));
    if (read === null) continue;
    if ('code' in read) return { state: 'unknown', why: read };
    installed.push(read);
  }
  return { state: 'known', value: { installed, lookedFor: sources } };
}

/** A rare word, and the lines with it that begin a wanted package's entry or name its source. */
const marks: readonly (readonly [string, RegExp])[] = [
  ...sources.map((name) => [name, new RegExp(`^(?:Package: ${name}|Source: ${name}(?: \\(.*)?)$`)] as const),
  ['linux-image-', /^Package: linux-image-/],
];

/** Where the entry that this line is in begins. */
function startOf(bytes: Buffer, line: number): number {
  const gap = line === 0 ? -1 : bytes.lastIndexOf('\n\n', line - 1);
  return gap < 0 ? 0 : gap + 2;
}

/** The package, null where it is not installed, or why it can't be told. */
function readStanza(text: string): InstalledPackage | Message | null {
  const field = (name: string): string | null =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? null;
  const name = field('Package');
  const status = field('Status')?.split(' ') ?? [];
  if (name === null || status.length !== 3)
    return message('linux.dpkg.entry', { path: dpkgStatus, text: JSON.stringify(text.slice(0, 60)) });
  const [, flag = '', state = ''] = status;
  if (state === 'not-installed' || state === 'config-files') return null;
  if (flag !== 'ok' || !['installed', 'triggers-awaited', 'triggers-pending'].includes(state))
    return message('linux.dpkg.half-installed', { name, state: flag === 'ok' ? state : `${flag}, ${state}` });
  const version = field('Version');
  const architecture = field('Architecture');
  if (version === null || architecture === null) return message('linux.dpkg.no-version', { name });
  const source = /^(\S+)(?: \((\S+)\))?$/.exec(field('Source') ?? name);
  if (!source) return message('linux.dpkg.source', { name });
  return {
    name,
    version,
    // A rebuild without changes adds +bN to the binary's version only (deb-version(7), binNMU).
    sourceVersion: source[2] ?? version.replace(/\+b\d+$/, ''),
    source: source[1] ?? name,
    architecture,
  };
}

/** Asked of rpm itself: its database has no format that others may read. */
export async function readRpm(run: RunRpm): Promise<Known<PackagesFound>> {
  const ran = await run(['-qa', '--qf', rpmFormat, ...rpmNames]);
  if (ran.kind === 'not-there') return { state: 'unknown', why: message('linux.rpm.not-there') };
  if (ran.kind === 'not-run') return { state: 'unknown', why: message('linux.rpm.not-run', { why: ran.why }) };
  if (ran.code !== 0 || ran.tooMuch)
    return {
      state: 'unknown',
      why: message('linux.rpm.failed', {
        code: String(ran.code ?? ran.signal),
        complaint: ran.complaint.trim().slice(0, 200),
      }),
    };
  return foundByRpm(ran.stdout);
}

/** The output of `rpm -qa` in our format. */
export function foundByRpm(text: string): Known<PackagesFound> {
  const installed: InstalledPackage[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [name = '', version = '', architecture = '', sourceRpm = '', vendor, placed = '', ...more] = line.split('\t');
    const source = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(sourceRpm);
    if (name === '' || !/^\d+:[^-]+-[^-]+$/.test(version) || more.length > 0)
      return { state: 'unknown', why: message('linux.rpm.line', { text: JSON.stringify(line.slice(0, 60)) }) };
    installed.push({
      name,
      version,
      source: source?.[1] ?? name,
      sourceVersion: source?.[2] ?? version,
      architecture,
      // rpm writes "(none)" for a tag that is not there: a distribution's own packages have it.
      ...(/^\d{1,12}$/.test(placed) ? { placedAt: Number(placed) * 1000 } : {}),
      ...(vendor === undefined ? {} : { vendor: vendor === '(none)' ? '' : vendor }),
    });
  }
  return { state: 'known', value: { installed, lookedFor: [...sources, 'kernel'] } };
}
