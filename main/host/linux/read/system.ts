// Which Linux this is, from os-release(5) and /proc/sys/kernel.
import type { Source, SystemFact } from '../../../model/facts';
import type { SystemFiles } from './files';
import type { ThisPc } from './tools';
import { readWithin } from './within';

const places = ['/etc/os-release', '/usr/lib/os-release'];

/** Throws `Unreadable`. A distribution without os-release is "Linux" (the manual's default) with an empty version. */
export function readSystem(files: SystemFiles, pc: ThisPc): { readonly value: SystemFact; readonly source: Source } {
  const { values: release, place } = readOsRelease(files);
  const name = release.get('PRETTY_NAME') ?? [release.get('NAME') ?? 'Linux', release.get('VERSION')].join(' ').trim();
  const within = readWithin(files);
  const value: SystemFact = {
    platform: 'linux',
    name,
    // Distributions that are always the newest have no VERSION_ID.
    version: release.get('VERSION_ID') ?? release.get('BUILD_ID') ?? '',
    build: files.read('/proc/sys/kernel/osrelease').trim(),
    architecture: pc.architecture,
    hostname: files.read('/proc/sys/kernel/hostname').trim(),
    administrator: pc.uid === 0,
    bootId: files.readIfThere('/proc/sys/kernel/random/boot_id')?.trim() || null,
    ...(within === null ? {} : { within }),
  };
  return { value, source: { kind: 'file', name: `${place === null ? '' : `${place}, `}/proc/sys/kernel` } };
}

/** The values of os-release and where it lies; none where there is no such file. Throws `Unreadable`. */
export function readOsRelease(files: SystemFiles): {
  readonly values: ReadonlyMap<string, string>;
  readonly place: string | null;
} {
  const place = places.find((path) => files.exists(path)) ?? null;
  return { values: parseOsRelease(place === null ? '' : files.read(place)), place };
}

/** NAME=value lines in the shell's quoting; lines that are none are passed over, as the manual allows. Empty values are not there. */
function parseOsRelease(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const assignment = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*?)\s*$/.exec(line);
    if (!assignment) continue;
    const [, name = '', raw = ''] = assignment;
    const value = unquote(raw);
    if (value !== '') values.set(name, value);
  }
  return values;
}

function unquote(raw: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(raw);
  if (quoted?.[1] === "'") return quoted[2] ?? '';
  return (quoted?.[2] ?? raw).replace(/\\([\\"'$`])/g, '$1');
}
