// Reads keys of the registry through Windows' own reg.exe, all at once: `reg query` where ASCII is enough, `reg export` where it is not.
import { readFileSync, rmSync } from 'node:fs';
import { win32 } from 'node:path';
import { folded, fullPath, parentOf, subkeysOf } from '../../policy/windows/registry';
import { readRegistryText } from '../../policy/windows/registry-text';
import type { Ran } from '../run-program';

/** How reg.exe is run: one call, its arguments. */
export type RunReg = (args: readonly string[]) => Promise<Ran>;

export interface KeyQuestion {
  /** "HKLM\SYSTEM\...". */
  readonly key: string;
  /** export: it and all below it, exact in every language; tree: the same, but ASCII only; values: its values and the names of its subkeys. */
  readonly how: 'export' | 'tree' | 'values';
}

/**
 * read = `text` has it. absent = a key above it was read, and does not have it. refused = it is there, and may not be read. unknown =
 * neither: what is above it may not be read either.
 */
type KeyState = 'read' | 'absent' | 'refused' | 'unknown';

export type KeyAnswer = KeyQuestion &
  (
    | { readonly state: 'read'; readonly text: string }
    | { readonly state: Exclude<KeyState, 'read'>; readonly text: null }
  );

export interface RegistryReader {
  /**
   * Asks for each key; answers in the same order. Rejects with an Error with a message for people where reg.exe can't be run or writes
   * nothing.
   */
  readKeys(questions: readonly KeyQuestion[]): Promise<readonly KeyAnswer[]>;
}

/**
 * `makeFolder`: makes a folder that nobody with fewer rights can write to, for exports; it is removed afterwards. What is listed to tell
 * a key that is not there from one that may not be read is listed once for a reader.
 */
export function registryReader(reg: RunReg, makeFolder: () => string): RegistryReader {
  const listed = new Map<string, Promise<string | null>>();
  const list = (key: string): Promise<string | null> => {
    const listing = listed.get(folded(key)) ?? query(reg, key, 'values');
    listed.set(folded(key), listing);
    return listing;
  };
  return { readKeys: (questions) => readKeys(reg, list, questions, makeFolder) };
}

type ListKey = (key: string) => Promise<string | null>;

async function readKeys(
  reg: RunReg,
  list: ListKey,
  questions: readonly KeyQuestion[],
  makeFolder: () => string,
): Promise<readonly KeyAnswer[]> {
  const exports = questions.some(({ how }) => how === 'export') ? makeFolder() : null;
  const answers = questions.map(async (question, at): Promise<KeyAnswer> => {
    const { key, how } = question;
    const text =
      how !== 'export' || exports === null
        ? await query(reg, key, how === 'tree' ? 'tree' : 'values')
        : await exported(reg, key, win32.join(exports, `${at}.reg`));
    return text === null
      ? { ...question, state: await stateOfUnread(list, key), text }
      : { ...question, state: 'read', text };
  });
  try {
    return await Promise.all(answers);
  } finally {
    // Where one of them fails the others may still be writing, and a folder in use is not removed.
    await Promise.allSettled(answers);
    if (exports !== null) rmSync(exports, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** reg.exe says the same of a key that is not there and of one that may not be read: the key above it tells them apart. */
async function stateOfUnread(list: ListKey, key: string): Promise<Exclude<KeyState, 'read'>> {
  const above = parentOf(fullPath(key));
  if (above === '') return 'unknown';
  const text = await list(above);
  if (text === null) return (await stateOfUnread(list, above)) === 'absent' ? 'absent' : 'unknown';
  const { registry, problems } = readRegistryText(text);
  if (problems.length > 0) return 'unknown';
  const name = folded(fullPath(key).slice(above.length + 1));
  return subkeysOf(registry, above).some((one) => folded(one) === name) ? 'refused' : 'absent';
}

async function query(reg: RunReg, key: string, how: 'tree' | 'values'): Promise<string | null> {
  const ran = await reg(['query', key, ...(how === 'tree' ? ['/s'] : []), '/reg:64']);
  const text = told(ran, key);
  // Of a key without values and subkeys nothing is printed, not even its name: its code alone says that it is there.
  if (text?.trim() === '') return `\r\n${fullPath(key)}\r\n\r\n`;
  // It ended well, so this is all: the reader goes by an empty line at the end, which is not always printed.
  return text === null || text.endsWith('\r\n\r\n') ? text : `${text}\r\n`;
}

async function exported(reg: RunReg, key: string, file: string): Promise<string | null> {
  if (told(await reg(['export', key, file, '/y', '/reg:64']), key) === null) return null;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Error(`reg.exe wrote no file for ${key}: ${(error as Error).message}`);
  }
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) throw new Error(`What reg.exe wrote for ${key} is not UTF-16.`);
  return new TextDecoder('utf-16le').decode(bytes);
}

/** null = exit code 1: no such key, or no right to read it. The words that come with it are translated, so they are not looked at. */
function told(ran: Ran, key: string): string | null {
  if (ran.kind === 'not-there') throw new Error('reg.exe is not there: this is no whole Windows.');
  if (ran.kind === 'not-run') throw new Error(`reg.exe could not be run: ${ran.why}`);
  if (ran.tooMuch) throw new Error(`${key} is larger than can be read.`);
  if (ran.code === 0) return ran.stdout;
  if (ran.code === 1) return null;
  throw new Error(`reg.exe was ended while it read ${key} (${ran.signal ?? `code ${ran.code}`}).`);
}
