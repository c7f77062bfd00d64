// What decides whether this Linux PC is patched: distribution, packages, the kernel that runs, a restart that waits.
import type {
  InstalledPackage,
  Known,
  PackagesFound,
  PatchFact,
  RestartState,
  RunningKernel,
  Source,
} from '../../../model/facts';
import { message, verbatim } from '../../../model/message';
import { type SystemFiles, Unreadable } from './files';
import { dpkgStatus, type RunRpm, readDpkg, readRpm } from './packages';
import { readOsRelease } from './system';

const rpmDatabases = ['/var/lib/rpm', '/usr/lib/sysimage/rpm'];
const restartFiles = ['/run/reboot-required', '/var/run/reboot-required'] as const;

/** Files that change when packages are installed or removed, or a restart becomes due (dpkg(1), rpm's sqlite database). */
export const softwarePlaces: readonly string[] = [
  dpkgStatus,
  ...rpmDatabases.map((folder) => `${folder}/rpmdb.sqlite`),
  ...restartFiles,
];

type LinuxPatchFact = Extract<PatchFact, { kind: 'linux' }>;

/** Rejects with `Unreadable` where not even os-release can be read; what else is missing is unknown within the fact. */
export async function readPatch(
  files: SystemFiles,
  runRpm: RunRpm,
): Promise<{ readonly value: LinuxPatchFact; readonly source: Source }> {
  const { values, place } = readOsRelease(files);
  const dpkg = await readDpkg(files);
  const hasRpm = dpkg === null && rpmDatabases.some((path) => files.exists(path));
  const packages = dpkg ?? (hasRpm ? await readRpm(runRpm) : noPackaging);
  const packaging = dpkg ? 'dpkg' : hasRpm ? 'rpm' : null;
  const value: LinuxPatchFact = {
    kind: 'linux',
    distribution: values.get('ID') ?? '',
    release: values.get('VERSION_ID') ?? '',
    packaging,
    packages,
    kernel: readKernel(files, packages, packaging),
    restart: readRestart(files, packaging),
  };
  const from =
    packaging === 'dpkg' ? dpkgStatus : packaging === 'rpm' ? 'rpm -qa' : message('linux.source.no-package-database');
  return {
    value,
    source: {
      kind: 'file',
      name: message('linux.source.patch', {
        places: [place ?? message('linux.source.no-os-release'), from, '/proc/version'],
      }),
    },
  };
}

const noPackaging: Known<PackagesFound> = {
  state: 'unknown',
  why: message('linux.no-packages'),
};

/** Which package the running kernel is, as far as it says so itself: what is installed may wait for a restart. */
function readKernel(
  files: SystemFiles,
  packages: Known<PackagesFound>,
  packaging: LinuxPatchFact['packaging'],
): Known<RunningKernel> {
  try {
    const release = files.read('/proc/sys/kernel/osrelease').trim();
    const installed = packages.state === 'known' ? packages.value.installed : [];
    const image = installed.find(({ name }) => name === `linux-image-${release}`);
    if (packaging === 'rpm') return { state: 'known', value: kernelOfRpm(release, installed) };
    return {
      state: 'known',
      value: {
        release,
        packageVersion: image ? versionSaid(files) : null,
        source: image ? sourceOfImage(image) : null,
      },
    };
  } catch (error) {
    if (error instanceof Unreadable) return { state: 'unknown', why: error.said };
    throw error;
  }
}

/** Debian ends the build's line with "Debian 6.1.76-1 (2024-02-01)"; Ubuntu has a file of its own: "Ubuntu 5.15.0-91.101-generic 5.15.131". */
function versionSaid(files: SystemFiles): string | null {
  const ubuntu = /^Ubuntu (\S+?)-[a-z][a-z0-9-]*\s/.exec(files.readIfThere('/proc/version_signature') ?? '');
  if (ubuntu) return ubuntu[1] ?? null;
  return /\bDebian (\d\S*) \(\d{4}-/.exec(files.readIfThere('/proc/version') ?? '')?.[1] ?? null;
}

/** Signed images are built from a source of their own, which has the kernel's version: "linux-signed-amd64", "linux-signed-hwe-6.5". */
function sourceOfImage({ source }: InstalledPackage): string {
  return source.replace(/-signed-(?:amd64|arm64|i386)$/, '').replace(/-signed(?=-|$)/, '');
}

/** "5.14.0-427.13.1.el9_4.x86_64" is version, release and architecture of the package. */
function kernelOfRpm(release: string, installed: readonly InstalledPackage[]): RunningKernel {
  const version = release.replace(/\.[a-z0-9_]+$/, '');
  const isInstalled = installed.some(
    (one) => /^kernel(?:-core)?$/.test(one.name) && one.version.replace(/^\d+:/, '') === version,
  );
  return { release, packageVersion: isInstalled ? version : null, source: isInstalled ? 'kernel' : null };
}

/** update-notifier and unattended-upgrades leave this file until the next start (Debian, Ubuntu). */
function readRestart(files: SystemFiles, packaging: LinuxPatchFact['packaging']): RestartState {
  const place = restartFiles.find((path) => files.exists(path));
  if (place === undefined)
    return packaging === 'dpkg'
      ? { state: 'none', because: message('linux.restart.none', { path: restartFiles[0] }) }
      : { state: 'unknown', because: message('linux.restart.not-told') };
  const names = (files.glance(`${place}.pkgs`) ?? '').split('\n').filter((name) => name !== '');
  return {
    state: 'pending',
    because:
      names.length > 0
        ? message('linux.restart.for', { path: place, names: [...new Set(names)].slice(0, 5) })
        : verbatim(place),
  };
}
