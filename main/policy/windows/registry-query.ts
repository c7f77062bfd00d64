// One line after the other of what `reg query KEY /s` prints. Pure.
import type { RegistryData, RegistryValue } from './registry';
import type { RegistryBuilder } from './registry-builder';
import { dataOfBytes, hexBytes, numberOf, registryTypes } from './registry-data';
import type { TextLine, TextLines } from './text-lines';

export class QueryReader {
  readonly #builder: RegistryBuilder;
  /** A string value that the lines after it may go on with, and where its data began. */
  #open: { readonly value: RegistryValue; readonly from: number } | null = null;
  #before: { readonly kind: 'key'; readonly full: string } | { readonly kind: 'other' } = { kind: 'other' };

  constructor(builder: RegistryBuilder) {
    this.#builder = builder;
  }

  /** Whether the last line was a key's. */
  get endsWithKey(): boolean {
    return this.#before.kind === 'key';
  }

  read(line: TextLine, { text }: TextLines): void {
    if (line.text.trim() === '') {
      if (line.text === '') this.#before = { kind: 'other' };
      return;
    }
    if (isQueryKey(line.text)) this.#key(line);
    else if (!this.#value(line)) this.#goOn(line, text);
  }

  #key(line: TextLine): void {
    const builder = this.#builder;
    builder.openKey(line.text, !isLossy(line.text));
    this.#open = null;
    const full = builder.current ?? '';
    if (this.#before.kind === 'key') {
      builder.listKey(this.#before.full);
      builder.listKey(full);
    }
    this.#before = { kind: 'key', full };
    if (!line.ended) builder.wrong(line.number, "the text ends within a key's name");
  }

  /** false where the line has not the form of a value: four spaces (a tab on Windows XP), name, type, data. */
  #value(line: TextLine): boolean {
    const { text } = line;
    const gap = text.startsWith('    ') ? '    ' : text.startsWith('\t') ? '\t' : null;
    if (gap === null) return false;
    const typeAt = text.indexOf(`${gap}REG_`, gap.length);
    if (typeAt < 0) return false;
    const typeStart = typeAt + gap.length;
    const dataGap = text.indexOf(gap, typeStart);
    const type = (dataGap < 0 ? text.slice(typeStart) : text.slice(typeStart, dataGap)).trimEnd();
    const dataStart = dataGap < 0 ? text.length : dataGap + gap.length;
    const written = text.slice(gap.length, typeAt);
    const builder = this.#builder;
    if (builder.current === null) {
      builder.wrong(line.number, 'a value without its key: the beginning is missing');
      return true;
    }
    const raw = text.slice(dataStart);
    const data = dataOf(type, raw);
    this.#open = null;
    this.#before = { kind: 'other' };
    if (data === null) {
      const why = registryTypes.has(type) ? 'the data do not fit its type' : 'of a type that is not known';
      builder.wrong(line.number, `the value ${JSON.stringify(shortened(written))} can't be read: ${why}`);
      return true;
    }
    // The unnamed value's name is translated; a value with a name in brackets may follow it.
    const name = /^\(.*\)$/s.test(written) && !builder.hasValue('') ? '' : written;
    const value = builder.setValue(name, type, data, { exact: !isLossy(written) && !isLossy(raw), cut: !line.ended });
    if (data.kind === 'text' || data.kind === 'list') this.#open = { value, from: line.start + dataStart };
    return true;
  }

  /** A string with a line break runs over lines. What goes on with no string is no line of `reg query`. */
  #goOn(line: TextLine, text: string): void {
    const { ended, number } = line;
    const open = this.#open;
    this.#before = { kind: 'other' };
    if (open && ended) {
      // With the line ends as they are: `reg query` prints a string's own ones.
      const raw = text.slice(open.from, line.start + line.text.length);
      const data = dataOf(open.value.type, raw);
      const { name, type } = open.value;
      if (data) this.#builder.setValue(name, type, data, { exact: open.value.exact && !isLossy(raw), cut: false });
      return;
    }
    // Above the first key may stand what was typed to get the text.
    if (this.#builder.current === null && ended) return;
    this.#builder.wrong(number, ended ? 'neither a key nor a value' : 'the text ends within a value');
  }
}

/** Whether a line is a key's; the long name of its root, or the short one as people type it. */
export const isQueryKey = (line: string): boolean =>
  line.startsWith('HK') && /^HK(?:EY_[A-Z_]+|LM|CU|CR|U|CC)(?:\\|$)/.test(line);

const isLossy = (text: string): boolean => text.includes('?') || text.includes('\ufffd');
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text);

/** null where the data do not fit the type, or the type is none. */
function dataOf(type: string, raw: string): RegistryData | null {
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK':
      return { kind: 'text', text: raw };
    case 'REG_MULTI_SZ':
      return { kind: 'list', texts: raw === '' ? [] : raw.replace(/(?:\\0)+$/, '').split('\\0') };
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
