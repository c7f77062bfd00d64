// One line (or a value that runs over several) of what `reg export` writes, Windows' own or the older REGEDIT4. Pure.
import { message } from '../../model/message';
import type { RegistryData } from './registry';
import type { RegistryBuilder } from './registry-builder';
import { dataOfBytes, hexBytes, numberOf, typeNames } from './registry-data';
import type { TextLine, TextLines } from './text-lines';

/** `version` 4 = strings written as bytes are of a code page, not UTF-16. */
export function readExportLine(line: TextLine, lines: TextLines, version: 4 | 5, builder: RegistryBuilder): void {
  const text = line.text.trim();
  if (text === '' || text.startsWith(';')) return;
  if (text.startsWith('[')) readKey(line, text, builder);
  else if (!text.startsWith('"') && !text.startsWith('@'))
    builder.wrong(line.number, message(line.ended ? 'saved.registry.neither' : 'saved.registry.ends-in-line'));
  else readValue(line, text, lines, version, builder);
}

function readValue(line: TextLine, text: string, lines: TextLines, version: 4 | 5, builder: RegistryBuilder): void {
  const start = line.start + line.text.indexOf(text);
  const name = text.startsWith('@') ? { text: '', end: start + 1 } : quotedAt(lines.text, start);
  const equals = name === null ? null : skipBlanks(lines.text, name.end);
  if (name === null || equals === null || lines.text[equals] !== '=') {
    if (name) lines.continueAt(Math.max(name.end - 1, line.start));
    builder.wrong(line.number, message('saved.registry.value-name'));
    return;
  }
  const data = readData(skipBlanks(lines.text, equals + 1), lines, version);
  const shown = JSON.stringify(name.text.slice(0, 60));
  if (builder.current === null) builder.wrong(line.number, message('saved.registry.no-key', { name: shown }));
  else if (data === 'bad') builder.wrong(line.number, message('saved.registry.value-bad', { name: shown }));
  else if (data === 'deletion') builder.deleteValue(name.text);
  else {
    const { type, exact, cut, ...rest } = data;
    builder.setValue(name.text, type, rest, { exact: exact && !name.text.includes('\ufffd'), cut });
  }
}

function readKey(line: TextLine, text: string, builder: RegistryBuilder): void {
  const end = text.lastIndexOf(']');
  const isDeleted = text.startsWith('[-');
  const path = text.slice(isDeleted ? 2 : 1, end);
  if (end < 0 || !/^HK[A-Z_]+(?:\\|$)/i.test(path)) {
    builder.current = null;
    builder.wrong(line.number, message('saved.registry.key-name'));
  } else if (isDeleted) builder.deleteKey(path);
  else builder.openKey(path, !path.includes('\ufffd'), line.number);
}

type Written = RegistryData & { readonly type: string; readonly exact: boolean; readonly cut: boolean };

function readData(start: number, lines: TextLines, version: 4 | 5): Written | 'deletion' | 'bad' {
  const { text } = lines;
  if (text[start] === '"') {
    const quoted = quotedAt(text, start);
    const rest = lines.continueAt((quoted?.end ?? text.length) - 1);
    if (quoted === null || !/^"\s*(?:;.*)?$/.test(rest.text)) return 'bad';
    const exact = !quoted.text.includes('\ufffd');
    return { kind: 'text', text: quoted.text, type: 'REG_SZ', exact, cut: false };
  }
  const { data, last } = wrapped(start, lines);
  if (/^-\s*$/.test(data)) return 'deletion';
  const read = dataOf(data, version);
  // A number or a list of bytes says of itself only in part whether it goes on.
  const isHalf = data.endsWith(',') || (!last.ended && /^dword/i.test(data) && !/:[0-9a-f]{8}$/i.test(data));
  if (read === null || isHalf) return 'bad';
  const strings = read.kind === 'text' ? read.text : read.kind === 'list' ? read.texts.join() : '';
  return { ...read, exact: !(version === 4 && strings.includes('?')), cut: !last.ended };
}

/** Data without quotes; a backslash at a line's end joins the next. */
function wrapped(start: number, lines: TextLines): { readonly data: string; readonly last: TextLine } {
  let last = lines.continueAt(start);
  const parts: string[] = [];
  while (last.text.trimEnd().endsWith('\\')) {
    parts.push(last.text.trimEnd().slice(0, -1).trim());
    const next = lines.next();
    // Nothing follows: the comma before the backslash tells so.
    if (next === null) return { data: parts.join(''), last };
    last = next;
  }
  const comment = last.text.indexOf(';');
  parts.push((comment < 0 ? last.text : last.text.slice(0, comment)).trim());
  return { data: parts.join(''), last };
}

function dataOf(text: string, version: 4 | 5): (RegistryData & { readonly type: string }) | null {
  const [, word, kind, digits = ''] = /^(dword|qword|hex(?:\(([0-9a-f]{1,8})\))?):(.*)$/is.exec(text) ?? [];
  if (word === undefined) return null;
  if (/^[dq]word$/i.test(word)) {
    const isShort = /^d/i.test(word);
    const data = numberOf(`0x${digits.trim()}`, isShort ? 4 : 8);
    return data && { ...data, type: isShort ? 'REG_DWORD' : 'REG_QWORD' };
  }
  const bytes = hexBytes(digits);
  const type = typeNames[kind === undefined ? 3 : Number.parseInt(kind, 16)];
  if (bytes === null) return null;
  const data = type === undefined ? { kind: 'bytes' as const, bytes } : dataOfBytes(type, bytes, version === 5);
  return data && { ...data, type: type ?? `REG_${kind}` };
}

/** The string in quotes that begins here, with its escapes undone, and where it ends; null where it does not. */
function quotedAt(text: string, start: number): { readonly text: string; readonly end: number } | null {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return { text: unescaped(text.slice(start + 1, quote)), end: quote + 1 };
    at = quote + 1;
  }
}

/** Windows writes two escapes; Wine also writes line breaks as one. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\s\S])/g, (_, character: string) => {
    const known = { n: '\n', r: '\r', '0': '' }[character];
    return known ?? character;
  });
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
