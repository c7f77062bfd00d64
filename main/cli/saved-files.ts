// Reads what `--from` names: the texts of one saved policy, within a limit of size. Blocking: nothing else waits here.

import { closeSync, constants, fstatSync, opendirSync, openSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SavedPc } from '../host/saved/saved-host';
import {
  kindOfText,
  needsJson,
  readSavedPolicy,
  readSavedWindows,
  type SavedPolicyRead,
  savedHostName,
  savedKindWords,
  savedPolicyNames,
} from '../policy/saved-policy';
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
  const { platform, files, passedBy, written } = attempt(path, () => statSync(path).isDirectory())
    ? readFolder(path, most)
    : readOne(path, most);
  const whole = <T>(read: SavedPolicyRead<T>): T => {
    if (read.kind === 'bad') throw new UsageError(`--from ${quotedPath(path)}: ${read.why}.`);
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
  const policy = whole(readSavedWindows(files, complete));
  return { platform, policy, place: placed(policy.host ?? {}), passedBy };
}

interface SavedFiles {
  readonly platform: Saved['platform'];
  readonly files: ReadonlyMap<string, string>;
  readonly passedBy: readonly string[];
  /** When the newest of them was written, ISO 8601 UTC. */
  readonly written: string;
}

/** Of a folder: what `collect` or an administrator's tools leave there are a few. */
const mostFiles = 2000;

function namesIn(path: string): readonly string[] {
  const names: string[] = [];
  const folder = opendirSync(path);
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (names.length === mostFiles)
        throw new UsageError(
          `--from ${quotedPath(path)} holds more than ${mostFiles} files: name the one with the saved policy.`,
        );
      names.push(entry.name);
    }
  } finally {
    folder.closeSync();
  }
  return names;
}

const linuxNames: readonly string[] = [...Object.values(savedPolicyNames), savedHostName];

function readFolder(path: string, most: number): SavedFiles {
  const present = [...attempt(path, () => namesIn(path))].sort();
  const isLinux = present.includes(savedPolicyNames.rulesetJson);
  const windows = isLinux ? [] : present.filter((name) => isRegistry(join(path, name)));
  const wanted =
    windows.length > 0
      ? [...windows, ...present.filter((name) => name === savedHostName)]
      : linuxNames.filter((name) => present.includes(name));
  const files = new Map<string, string>();
  let left = most;
  for (const name of wanted) {
    const { text, size } = readText(join(path, name), left, noLinks);
    left -= size;
    files.set(name, text);
  }
  return {
    platform: windows.length > 0 ? 'windows' : 'linux',
    files,
    passedBy: present.filter((name) => !files.has(name)),
    written: newest([...files.keys()].map((name) => join(path, name))),
  };
}

function newest(paths: readonly string[]): string {
  return new Date(Math.max(0, ...paths.map((path) => statSync(path).mtimeMs))).toISOString();
}

/** Of Linux only the JSON can be judged alone; of Windows any part of the registry. */
function readOne(path: string, most: number): SavedFiles {
  const { text } = readText(path, most);
  const kind = kindOfText(text);
  if (kind === 'nft-json')
    return {
      platform: 'linux',
      files: new Map([[savedPolicyNames.rulesetJson, text]]),
      passedBy: [],
      written: newest([path]),
    };
  if (kind === 'windows')
    return { platform: 'windows', files: new Map([[basename(path), text]]), passedBy: [], written: newest([path]) };
  const alone = kind === 'empty' || kind === 'unknown' ? '' : ' and not enough alone';
  throw new UsageError(`--from ${quotedPath(path)} is ${savedKindWords[kind]}${alone}. ${capital(needsJson)}.`);
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Other files of a folder are passed by; one of these names must be what it says. */
function isRegistry(path: string): boolean {
  const start = startOf(path);
  return /\.reg$/i.test(path) || (start !== null && kindOfText(start) === 'windows');
}

/** The first characters of a regular file; null for whatever reason. */
function startOf(path: string): string | null {
  try {
    return textOf(readAtMost(path, 4096, false, noLinks));
  } catch {
    return null;
  }
}

/**
 * In a folder no link is followed: whoever made it up may not be allowed to read what the link leads to, and a part of it may be told.
 * (Node has no such flag on Windows.)
 */
const noLinks = constants.O_NOFOLLOW ?? 0;

function readText(path: string, most: number, more = 0): { readonly text: string; readonly size: number } {
  const bytes = attempt(path, () => readAtMost(path, most, true, more));
  const text = textOf(bytes);
  if (text.includes('\0')) throw new UsageError(`--from ${quotedPath(path)} is not a text file.`);
  return { text, size: bytes.length };
}

/** Only of a regular file: a pipe could keep us waiting for ever. `whole`: a longer file is refused, else cut. */
function readAtMost(path: string, most: number, whole: boolean, more: number): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | more);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new UsageError(`--from ${quotedPath(path)} is not a file.`);
    if (whole && stats.size > most)
      throw new UsageError(
        `--from: ${quotedPath(path)} is too large; Breakwater reads at most ${Math.floor(mostSaved / 1024 / 1024)} MB in all.`,
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
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'ELOOP'
        ? `--from ${quotedPath(path)} is a link, and none is followed in a folder: put the file itself there.`
        : `--from ${quotedPath(path)} can't be read: ${message}.`,
    );
  }
}
