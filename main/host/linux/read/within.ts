// Whether this Linux lives in a container or in Windows (WSL), by what their makers promise to put there.
import type { WithinPc } from '../../../model/facts';
import type { SystemFiles } from './files';

/**
 * Of containers: systemd's "Container Interface" (/run/systemd/container, and `container` in the environment of process 1),
 * /run/.containerenv of podman, /.dockerenv of docker. Of WSL: the kernel's release, which ends in "microsoft-standard-WSL2". A
 * container in WSL is a container. null = nothing tells. Never throws.
 */
export function readWithin(files: SystemFiles): WithinPc | null {
  const release = files.glance('/proc/sys/kernel/osrelease') ?? '';
  const isWsl = /microsoft/i.test(release);
  const name = containerName(files);
  if (name === null || name === 'wsl') return isWsl || name === 'wsl' ? { kind: 'wsl', name: 'WSL' } : null;
  return { kind: 'container', name };
}

function containerName(files: SystemFiles): string | null {
  const told = files.glance('/run/systemd/container')?.trim() || environmentOfFirst(files);
  if (told) return told;
  if (files.exists('/run/.containerenv')) return 'podman';
  return files.exists('/.dockerenv') ? 'docker' : null;
}

/** `container=NAME`; null also where it may not be read, as by ordinary users. */
function environmentOfFirst(files: SystemFiles): string | null {
  try {
    const all = files.readIfThere('/proc/1/environ') ?? '';
    return /(?:^|\0)container=([^\0]{1,64})/.exec(all)?.[1] ?? null;
  } catch {
    return null;
  }
}
