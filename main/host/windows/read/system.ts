// Which Windows this is, from the registry: names that are shown differ from what the version is told by. Pure.
import type { SystemFact } from '../../../model/facts';
import { message } from '../../../model/message';
import { MessageError } from '../../../model/message-error';
import { places } from '../../../policy/windows/places';
import { numberAt, type Registry, textAt } from '../../../policy/windows/registry';

/** What this process knows without the registry. */
export interface ThisProcess {
  readonly architecture: string;
  readonly hostname: string;
  /** As `os.release()` says it: "10.0.19045". */
  readonly release: string;
  readonly administrator: boolean;
}

export interface WindowsVersion {
  readonly build: number;
  /** null = not written (before Windows 10). */
  readonly revision: number | null;
  /** "22H2", "1903"; "" where none is written. */
  readonly name: string;
  readonly edition: string;
  readonly isServer: boolean;
}

/** null where the registry does not say which build it is. */
export function windowsVersion(registry: Registry): WindowsVersion | null {
  const text = (name: string): string => textAt(registry, places.windowsVersion, name) ?? '';
  const build = /^\d{3,6}$/.test(text('CurrentBuildNumber')) ? Number(text('CurrentBuildNumber')) : null;
  if (build === null) return null;
  return {
    build,
    revision: numberAt(registry, places.windowsVersion, 'UBR'),
    // ReleaseId stayed at 2009 for good when DisplayVersion came with 20H2.
    name: text('DisplayVersion') || text('ReleaseId'),
    edition: text('EditionID'),
    isServer: text('InstallationType') !== '' && text('InstallationType') !== 'Client',
  };
}

/** Throws an Error with a message for people where the build is not written. */
export function systemOf(registry: Registry, own: ThisProcess): SystemFact {
  const version = windowsVersion(registry);
  if (version === null) throw new MessageError(message('windows.no-build'));
  const { build, revision, name } = version;
  const product = textAt(registry, places.windowsVersion, 'ProductName') ?? 'Windows';
  return {
    platform: 'windows',
    name: `${properName(product, version)}${name === '' ? '' : ` ${name}`}`,
    version: name,
    build: `${kernelOf(build, own.release)}${revision === null ? '' : `.${revision}`}`,
    architecture: own.architecture,
    hostname: own.hostname,
    administrator: own.administrator,
    // A start of the PC takes none of our rules away, so it makes no difference which one this is.
    bootId: null,
  };
}

/** ProductName still says "Windows 10" on 11, which is told by its build (22000 and later, not on servers). */
function properName(product: string, { build, isServer }: WindowsVersion): string {
  return build >= 22_000 && !isServer ? product.replace(/^(Windows) 10\b/, '$1 11') : product;
}

/** "10.0" from build 10240 on; before that as the kernel itself says, which CurrentVersion does not for programs without a manifest. */
function kernelOf(build: number, release: string): string {
  if (build >= 10_240) return `10.0.${build}`;
  const [, kernel = '6.1'] = /^(\d+\.\d+)\./.exec(release) ?? [];
  return `${kernel}.${build}`;
}
