// Reads what `--from` names: the texts of one saved policy, within a limit of size. Blocking: nothing else waits here.
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LinuxPolicy } from '../model/review';
import {
  kindOfText,
  needsJson,
  readSavedPolicy,
  savedHostName,
  savedKindWords,
  savedPolicyNames,
} from '../policy/saved-policy';
import { quotedPath, UsageError } from './arguments';

/** Of all files together, in bytes: three times what a PC with 200,000 rules prints. */
const mostSaved = 256 * 1024 * 1024;

/** A folder as `collect` writes it, or one file. Throws `UsageError` with what is wrong and what is needed. */
export function readSaved(path: string, most = mostSaved): LinuxPolicy {
  const files = attempt(path, () => statSync(path).isDirectory()) ? readFolder(path, most) : readOne(path, most);
  const read = readSavedPolicy(files);
  if (read.kind === 'bad') throw new UsageError(`--from ${quotedPath(path)}: ${read.why}.`);
  return read.policy;
}

const names: readonly string[] = [...Object.values(savedPolicyNames), savedHostName];

function readFolder(path: string, most: number): ReadonlyMap<string, string> {
  const present = attempt(path, () => readdirSync(path));
  const files = new Map<string, string>();
  let left = most;
  for (const name of names.filter((one) => present.includes(one))) {
    const { text, size } = readText(join(path, name), left);
    left -= size;
    files.set(name, text);
  }
  if (!files.has(savedPolicyNames.rulesetJson)) mustNotBeWindows(path, present);
  return files;
}

/** Only the JSON can be judged alone. */
function readOne(path: string, most: number): ReadonlyMap<string, string> {
  const { text } = readText(path, most);
  const kind = kindOfText(text);
  if (kind === 'nft-json') return new Map([[savedPolicyNames.rulesetJson, text]]);
  if (kind === 'windows') throw windowsPolicy(path);
  const alone = kind === 'empty' || kind === 'unknown' ? '' : ' and not enough alone';
  throw new UsageError(`--from ${quotedPath(path)} is ${savedKindWords[kind]}${alone}. ${capital(needsJson)}.`);
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function mustNotBeWindows(path: string, present: readonly string[]): void {
  for (const name of present.slice(0, 50)) {
    const start = startOf(join(path, name));
    if (start !== null && kindOfText(start) === 'windows') throw windowsPolicy(path);
  }
}

function windowsPolicy(path: string): UsageError {
  return new UsageError(
    `--from ${quotedPath(path)} is ${savedKindWords.windows}: this version of Breakwater judges saved Linux policies only.`,
  );
}

/** The first characters of a regular file; null for whatever reason. */
function startOf(path: string): string | null {
  try {
    return decoded(readAtMost(path, 4096, false));
  } catch {
    return null;
  }
}

function readText(path: string, most: number): { readonly text: string; readonly size: number } {
  const bytes = attempt(path, () => readAtMost(path, most, true));
  const text = decoded(bytes);
  if (text.includes('\0')) throw new UsageError(`--from ${quotedPath(path)} is not a text file.`);
  return { text, size: bytes.length };
}

/** Windows' tools write UTF-16 with a mark at the start; everything else is UTF-8. */
function decoded(bytes: Buffer): string {
  const isWide = bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Only of a regular file: a pipe could keep us waiting for ever. `whole`: a longer file is refused, else cut. */
function readAtMost(path: string, most: number, whole: boolean): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
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
    throw new UsageError(`--from ${quotedPath(path)} can't be read: ${(error as Error).message}.`);
  }
}
