// What decides whether a Windows PC is patched: its build with the update's number, and whether a restart is waited for. Pure.
import type { PatchFact, RestartState } from '../../../model/facts';
import { message } from '../../../model/message';
import { MessageError } from '../../../model/message-error';
import { places } from '../../../policy/windows/places';
import { keyAt, type Registry, subkeysOf, textAt } from '../../../policy/windows/registry';
import { servicing } from './keys';
import { windowsVersion } from './system';

type WindowsPatch = Extract<PatchFact, { kind: 'windows' }>;

/** `architecture` as Node names it, of this program: the same as Windows' for one that is made for it. Throws where the build is not written. */
export function patchOf(registry: Registry, architecture: string): WindowsPatch {
  const version = windowsVersion(registry);
  if (version === null) throw new MessageError(message('windows.no-build'));
  const type = textAt(registry, places.windowsVersion, 'InstallationType');
  const architectures = { x64: 'x64', ia32: 'x86', arm64: 'arm64' } as const;
  return {
    kind: 'windows',
    // Builds before 10240 are told apart by their kernel, which a program without a manifest is not told.
    build: version.build >= 10_240 ? `10.0.${version.build}` : (olderKernels[version.build] ?? `0.0.${version.build}`),
    ubr: version.revision,
    installationType: type === 'Client' || type === 'Server' || type === 'Server Core' ? type : null,
    edition: version.edition || null,
    architecture: Object.hasOwn(architectures, architecture)
      ? architectures[architecture as keyof typeof architectures]
      : null,
    hotpatch: null,
    preview: null,
    // Which updates are in is not in a few keys, and from Windows 10 on the build's revision tells.
    updates: null,
    restart: restartOf(registry),
  };
}

export const olderKernels: Readonly<Record<number, string>> = {
  6003: '6.0.6003',
  7601: '6.1.7601',
  9200: '6.2.9200',
  9600: '6.3.9600',
};

function restartOf(registry: Registry): RestartState {
  if (keyAt(registry, servicing) === null)
    return { state: 'unknown', because: message('windows.key-unread', { key: servicing }) };
  const isPending = subkeysOf(registry, servicing).some((name) => name.toLowerCase() === 'rebootpending');
  return isPending
    ? { state: 'pending', because: message('windows.restart.pending', { key: `${servicing}\\RebootPending` }) }
    : { state: 'none', because: message('windows.restart.none', { key: `${servicing}\\RebootPending` }) };
}
