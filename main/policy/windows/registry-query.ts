// One line after the other of what `reg query KEY /s` prints. Pure.
import { type Message, message } from '../../model/message';
import { dataText, type RegistryData, type RegistryValue } from './registry';
import type { RegistryBuilder } from './registry-builder';
import { dataOfBytes, hexBytes, numberOf, registryTypes } from './registry-data';
import type { TextLine, TextLines } from './text-lines';

export class QueryReader {
  readonly #builder: RegistryBuilder;
  /** A string value that the lines after it may go on with: where its data begin, and, once they have gone on, where they end. */
  #open: { readonly value: RegistryValue; readonly from: number; to: number | null } | null = null;
  #before: { readonly kind: 'key'; readonly full: string } | { readonly kind: 'other' } = { kind: 'other' };
  #isAfterBlank = false;
  /** Folded paths of the keys at whose end it says, in any language, how many matches were found: `reg query` with /f, /t, or /v and /s. */
  readonly searched = new Set<string>();

  constructor(builder: RegistryBuilder) {
    this.#builder = builder;
  }

  /** Whether the last line was a key's. */
  get endsWithKey(): boolean {
    return this.#before.kind === 'key';
  }

  read(line: TextLine, lines: TextLines): void {
    if (line.text.trim() === '') {
      if (line.text === '') this.#before = { kind: 'other' };
      this.#isAfterBlank = true;
      return;
    }
    const isAfterBlank = this.#isAfterBlank;
    this.#isAfterBlank = false;
    const isKey = isQueryKey(line.text);
    const parts = isKey ? null : valueParts(line.text);
    // What follows the string that was open, it is whole.
    if (isKey || parts) this.end(lines);
    if (isKey) this.#key(line);
    else if (parts) this.#value(line, parts);
    else if (isAfterBlank && this.#builder.current !== null && isTail(line, lines)) {
      this.end(lines);
      this.searched.add(this.#builder.current);
    } else this.#goOn(line);
  }

  /** After the last line, before the registry is built or another shape begins. */
  end({ text }: TextLines): void {
    const open = this.#open;
    this.#open = null;
    if (!open || open.to === null) return;
    // With the line ends as they are: `reg query` prints a string's own ones.
    const raw = text.slice(open.from, open.to);
    const { name, type, exact } = open.value;
    const data = dataOf(type, raw);
    if (data) this.#builder.setValue(name, type, data, { exact: exact && !isLossy(raw), cut: false });
  }

  #key(line: TextLine): void {
    const builder = this.#builder;
    builder.openKey(line.text, !isLossy(line.text), line.number);
    const full = builder.current ?? '';
    if (this.#before.kind === 'key') {
      builder.listKey(this.#before.full);
      builder.listKey(full);
    }
    this.#before = { kind: 'key', full };
    if (!line.ended) builder.wrong(line.number, message('saved.registry.ends-in-key'));
  }

  #value(line: TextLine, { written, type, dataStart }: ValueParts): void {
    const builder = this.#builder;
    if (builder.current === null) {
      builder.wrong(line.number, message('saved.registry.without-key'));
      return;
    }
    const raw = line.text.slice(dataStart);
    const data = dataOf(type, raw);
    this.#before = { kind: 'other' };
    if (data === null) {
      const code = registryTypes.has(type) ? 'saved.registry.not-fitting' : 'saved.registry.type-unknown';
      builder.wrong(line.number, message(code, { name: JSON.stringify(shortened(written)) }));
      return;
    }
    // The unnamed value's name is translated; a value with a name in brackets may follow it.
    const name = isBracketed(written) && isUnnamedFree(builder.valueOf(''), data) ? '' : written;
    const before = builder.valueOf(name);
    if (before !== undefined && !isSame(before, type, data)) builder.wrong(line.number, twice(written));
    const value = builder.setValue(name, type, data, { exact: !isLossy(written) && !isLossy(raw), cut: !line.ended });
    if (data.kind === 'text' || data.kind === 'list') this.#open = { value, from: line.start + dataStart, to: null };
  }

  /** A string with a line break runs over lines. What goes on with no string is no line of `reg query`. */
  #goOn({ ended, number, start, text }: TextLine): void {
    this.#before = { kind: 'other' };
    if (this.#open && ended) {
      this.#open.to = start + text.length;
      return;
    }
    // Above the first key may stand what was typed to get the text.
    if (this.#builder.current === null && ended) return;
    this.#builder.wrong(number, message(ended ? 'saved.registry.neither' : 'saved.registry.ends-in-value'));
  }
}

/** The last line of a search, which begins like no value and is followed by nothing, or by what another command printed. */
function isTail(line: TextLine, lines: TextLines): boolean {
  if (/^\s/.test(line.text)) return false;
  const rest = /\S[^\r\n]{0,40}/g;
  rest.lastIndex = line.start + line.text.length;
  const next = rest.exec(lines.text)?.[0];
  return next === undefined || (/\d/.test(line.text) && (isQueryKey(next) || /^Windows Reg|^REGEDIT/.test(next)));
}

interface ValueParts {
  readonly written: string;
  readonly type: string;
  /** Where the data begin in the line. */
  readonly dataStart: number;
}

/** null where the line has not the form of a value: four spaces (a tab on Windows XP), name, type, data. */
function valueParts(text: string): ValueParts | null {
  const gap = text.startsWith('    ') ? '    ' : text.startsWith('\t') ? '\t' : null;
  if (gap === null) return null;
  const typeAt = text.indexOf(`${gap}REG_`, gap.length);
  if (typeAt < 0) return null;
  const typeStart = typeAt + gap.length;
  const dataGap = text.indexOf(gap, typeStart);
  const type = (dataGap < 0 ? text.slice(typeStart) : text.slice(typeStart, dataGap)).trimEnd();
  const dataStart = dataGap < 0 ? text.length : dataGap + gap.length;
  return { written: text.slice(gap.length, typeAt), type, dataStart };
}

/** Whether a line is a key's; the long name of its root, or the short one as people type it. */
export const isQueryKey = (line: string): boolean =>
  line.startsWith('HK') && /^HK(?:EY_[A-Z_]+|LM|CU|CR|U|CC)(?:\\|$)/.test(line);

function twice(name: string): Message {
  const code = isLossy(name) ? 'saved.registry.value-twice-lossy' : 'saved.registry.value-twice';
  return message(code, { name: JSON.stringify(shortened(name)) });
}

const isBracketed = (name: string): boolean => name.startsWith('(') && name.endsWith(')');

/** The same key may be printed twice; its unnamed value is the same then. */
function isUnnamedFree(unnamed: RegistryValue | undefined, data: RegistryData): boolean {
  return unnamed === undefined || isSame(unnamed, unnamed.type, data);
}

const isLossy = (text: string): boolean => text.includes('?') || text.includes('\ufffd');
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text);

function isSame(value: RegistryValue, type: string, data: RegistryData): boolean {
  return value.type === type && dataText(value) === dataText(data);
}

/** Parts are joined by a backslash and a zero, of which some may stand at the end. */
function listOf(raw: string): readonly string[] {
  let end = raw.length;
  while (end >= 2 && raw.startsWith('\\0', end - 2)) end -= 2;
  return end === 0 ? [] : raw.slice(0, end).split('\\0');
}

/** null where the data do not fit the type, or the type is none. */
function dataOf(type: string, raw: string): RegistryData | null {
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK':
      return { kind: 'text', text: raw };
    case 'REG_MULTI_SZ':
      return { kind: 'list', texts: listOf(raw) };
    case 'REG_DWORD':
    case 'REG_DWORD_LITTLE_ENDIAN':
    case 'REG_DWORD_BIG_ENDIAN':
    case 'REG_QWORD':
    case 'REG_QWORD_LITTLE_ENDIAN':
      return numberOf(raw, type.startsWith('REG_Q') ? 8 : 4);
    default: {
      if (!registryTypes.has(type)) return null;
      const bytes = hexBytes(raw);
      return bytes && dataOfBytes('REG_BINARY', bytes, true);
    }
  }
}
