// Reads what `--from` names: the texts of one saved policy, within a limit of size. Blocking: nothing else waits here.

import { closeSync, constants, fstatSync, opendirSync, openSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SavedPc } from '../host/saved/saved-host';
import { message } from '../model/message';
import { foreignFile, platformOf } from '../policy/foreign-file';
import {
  kindOfText,
  needsJson,
  readSavedPolicy,
  readSavedWindows,
  type SavedPolicyRead,
  savedHostName,
  savedKind,
  savedPolicyNames,
} from '../policy/saved-policy';
import { places } from '../policy/windows/places';
import { isRegistryPol, readRegistryPol } from '../policy/windows/registry-pol';
import { quotedPath, UsageError } from './arguments';
import { textOf } from './file-text';

/** Of all files together, in bytes: three times what a PC with 200,000 rules prints. */
const mostSaved = 256 * 1024 * 1024;

export type Saved = SavedPc & {
  /** Files of the folder that are no part of what is judged. */
  readonly passedBy: readonly string[];
};

/**
 * A folder as `collect` writes it, or one file. `complete`: somebody's word that what was not saved is not there.
 * Throws `UsageError` with what is wrong and what is needed.
 */
export function readSaved(path: string, complete: boolean, most = mostSaved): Saved {
  const { platform, files, policyFiles, passedBy, written } = attempt(path, () => statSync(path).isDirectory())
    ? readFolder(path, most)
    : readOne(path, most);
  const whole = <T>(read: SavedPolicyRead<T>): T => {
    if (read.kind === 'bad') throw new UsageError(message('usage.from.bad', { path: quotedPath(path), why: read.why }));
    return read.policy;
  };
  const placed = ({ savedAt }: { readonly savedAt?: string }): SavedPc['place'] => ({
    path,
    at: savedAt ?? written,
    ...(complete ? { complete } : {}),
  });
  if (platform === 'linux') {
    const policy = whole(readSavedPolicy(files, complete));
    return { platform, policy, place: placed(policy.host ?? {}), passedBy };
  }
  const policy = whole(readSavedWindows(files, policyFiles, complete));
  return { platform, policy, place: placed(policy.host ?? {}), passedBy };
}

interface SavedFiles {
  readonly platform: Saved['platform'];
  readonly files: ReadonlyMap<string, string>;
  /** Of these, what was made from a registry.pol. */
  readonly policyFiles: ReadonlySet<string>;
  readonly passedBy: readonly string[];
  /** When the newest of them was written, ISO 8601 UTC. */
  readonly written: string;
}

/** Of a folder: what `collect` or an administrator's tools leave there are a few. */
const mostFiles = 2000;
/** Folders below it: a backup of group policy has its registry.pol in {GUID}\DomainSysvol\GPO\Machine. */
const deepest = 6;

/** Paths below the folder: of files; of what is no file, too, where `below` is 0. No link is followed. */
function namesIn(path: string, below: number): readonly string[] {
  const names: string[] = [];
  const list = (inside: string, left: number): void => {
    const folder = opendirSync(join(path, inside));
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if (names.length === mostFiles)
          throw new UsageError(message('usage.from.too-many', { path: quotedPath(path), count: mostFiles }));
        const name = inside === '' ? entry.name : join(inside, entry.name);
        if (below === 0 || entry.isFile()) names.push(name);
        else if (entry.isDirectory() && left > 0) list(name, left - 1);
      }
    } finally {
      folder.closeSync();
    }
  };
  list('', below);
  return names;
}

const linuxNames: readonly string[] = [...Object.values(savedPolicyNames), savedHostName];

function readFolder(path: string, most: number): SavedFiles {
  const top = [...attempt(path, () => namesIn(path, 0))].sort();
  const asLinux = (): SavedFiles => readNamed(path, 'linux', top, new Set(linuxNames), most);
  if (top.includes(savedPolicyNames.rulesetJson)) return asLinux();
  const here = top.filter((name) => isRegistry(join(path, name)));
  if (here.length > 0) return readNamed(path, 'windows', top, new Set([...here, savedHostName]), most);
  if (linuxNames.some((name) => top.includes(name))) return asLinux();
  const all = [...attempt(path, () => namesIn(path, deepest))].sort();
  const below = all.filter((name) => isRegistry(join(path, name)));
  if (below.length > 0) return readNamed(path, 'windows', all, new Set(below), most);
  for (const name of all.slice(0, mostLookedAt)) mustNotBeForeign(join(path, name), attemptStart(join(path, name)));
  return asLinux();
}

/** So many files are looked into for what they could be instead. */
const mostLookedAt = 50;

function readNamed(
  path: string,
  platform: Saved['platform'],
  present: readonly string[],
  wanted: ReadonlySet<string>,
  most: number,
): SavedFiles {
  const files = new Map<string, string>();
  const policyFiles = new Set<string>();
  let left = most;
  for (const name of present.filter((one) => wanted.has(one))) {
    const { text, size, isPolicyFile } = readText(join(path, name), left, noLinks);
    left -= size;
    // Most group policy objects say nothing of the firewall.
    if (isPolicyFile && text === '') continue;
    files.set(name, text);
    if (isPolicyFile) policyFiles.add(name);
  }
  const [first] = wanted;
  if (platform === 'windows' && ![...files.keys()].some((name) => name !== savedHostName))
    throw new UsageError(message('saved.pol.no-firewall', { path: quotedPath(join(path, first ?? '')) }));
  return {
    ...{ platform, files, policyFiles },
    passedBy: present.filter((name) => !files.has(name)),
    written: newest([...files.keys()].map((name) => join(path, name))),
  };
}

function newest(paths: readonly string[]): string {
  return new Date(Math.max(0, ...paths.map((path) => statSync(path).mtimeMs))).toISOString();
}

/** Of Linux only the JSON can be judged alone; of Windows any part of the registry. */
function readOne(path: string, most: number): SavedFiles {
  mustNotBeForeign(path, attemptStart(path));
  const { text, isPolicyFile } = readText(path, most);
  const name = basename(path);
  const one = { passedBy: [], written: newest([path]) };
  if (isPolicyFile) {
    if (text === '') throw new UsageError(message('saved.pol.no-firewall', { path: quotedPath(path) }));
    return { platform: 'windows', files: new Map([[name, text]]), policyFiles: new Set([name]), ...one };
  }
  const kind = kindOfText(text);
  const files = new Map([[kind === 'nft-json' ? savedPolicyNames.rulesetJson : name, text]]);
  if (kind === 'nft-json' || kind === 'windows')
    return { platform: kind === 'windows' ? 'windows' : 'linux', files, policyFiles: new Set(), ...one };
  const code = kind === 'empty' || kind === 'unknown' ? 'usage.from.is' : 'usage.from.not-enough';
  throw new UsageError(message(code, { path: quotedPath(path), kind: savedKind(kind), needs: needsJson }));
}

/** Throws `UsageError` where a file is one that people have at hand, and that no policy can be judged by. */
function mustNotBeForeign(path: string, start: Buffer | null): void {
  if (start === null || isRegistryPol(start)) return;
  const text = textOf(start);
  const kind = kindOfText(text) === 'unknown' ? foreignFile(start, text) : null;
  if (kind === null) return;
  const platform = platformOf[kind];
  throw new UsageError(
    message('saved.foreign', {
      path: quotedPath(path),
      what: message(`saved.foreign.${kind}`),
      why: message(`saved.foreign.${kind}.why`),
      how:
        platform === 'windows'
          ? message('saved.how.windows', { local: places.local, group: places.groupPolicy })
          : message(platform === 'linux' ? 'saved.how.linux' : 'saved.how.unpack'),
    }),
  );
}

/** Other files of a folder are passed by; one of these names must be what it says. */
function isRegistry(path: string): boolean {
  const start = attemptStart(path);
  return /\.reg$/i.test(path) || (start !== null && (isRegistryPol(start) || kindOfText(textOf(start)) === 'windows'));
}

/** The first bytes of a regular file; null for whatever reason. */
function attemptStart(path: string): Buffer | null {
  try {
    return readAtMost(path, 4096, false, noLinks);
  } catch {
    return null;
  }
}

/**
 * In a folder no link is followed: whoever made it up may not be allowed to read what the link leads to, and a part of it may be told.
 * (Node has no such flag on Windows.)
 */
const noLinks = constants.O_NOFOLLOW ?? 0;

interface ReadFile {
  /** Of a registry.pol what it sets of the firewall, as `reg export` would write it. */
  readonly text: string;
  readonly size: number;
  readonly isPolicyFile: boolean;
}

function readText(path: string, most: number, more = 0): ReadFile {
  const bytes = attempt(path, () => readAtMost(path, most, true, more));
  const size = bytes.length;
  if (isRegistryPol(bytes)) {
    const read = readRegistryPol(bytes);
    if (read.kind === 'bad') throw new UsageError(message(`saved.pol.${read.why}`, { path: quotedPath(path) }));
    return { text: read.text, size, isPolicyFile: true };
  }
  const text = textOf(bytes);
  if (text.includes('\0')) throw new UsageError(message('usage.from.no-text', { path: quotedPath(path) }));
  return { text, size, isPolicyFile: false };
}

/** Only of a regular file: a pipe could keep us waiting for ever. `whole`: a longer file is refused, else cut. */
function readAtMost(path: string, most: number, whole: boolean, more: number): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | more);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new UsageError(message('usage.from.no-file', { path: quotedPath(path) }));
    if (whole && stats.size > most)
      throw new UsageError(
        message('usage.from.too-large', { path: quotedPath(path), megabytes: Math.floor(mostSaved / 1024 / 1024) }),
      );
    const bytes = Buffer.allocUnsafe(Math.min(stats.size, most));
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message: why } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'ELOOP'
        ? message('usage.from.link', { path: quotedPath(path) })
        : message('usage.from.unreadable', { path: quotedPath(path), why }),
    );
  }
}
