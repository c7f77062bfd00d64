// Text that a stranger chose (a share's name, a rule's comment, the path of a program), made fit to be shown.

/**
 * What steers a terminal, ends a line, turns the direction of writing, or is not seen: control characters of both kinds, formats (bidi,
 * zero-width, tags), half characters, private ones, line ends, and what Unicode lets a font leave out (variation selectors, fillers).
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]/gu;
/** Most texts are of these alone, and the classes of Unicode take a millisecond to compile. */
const isPlain = /^[ -~]*$/;
const isPlainLines = /^[ -~\n]*$/;

/** The text with each of those as its code point, "\u{202e}"; what was shown already stays as it is. Pure. */
export function shownText(text: string): string {
  return isPlain.test(text) ? text : text.replace(unseen, escaped);
}

/** The same for text of many lines: line ends and tabs stay. */
export function shownLines(text: string): string {
  return isPlainLines.test(text)
    ? text
    : text.replace(unseen, (one) => (one === '\n' || one === '\t' ? one : escaped(one)));
}

/** Whether all of a text is seen as it is: only such a one can be copied from what is shown. */
export const isSeen = (text: string): boolean => isPlain.test(text) || text.search(unseen) < 0;

const escaped = (one: string): string => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`;

/** At most `longest` UTF-16 units of a text, shown. Pure. */
export const strangerText = (text: string, longest: number): string => shownText(text.slice(0, longest));

/**
 * The JSON of a document: read again it is the same, but none of these characters stands in it as such (RFC 8259, section 7: any may
 * be written as \uXXXX). `indent` as JSON.stringify takes it.
 */
export function shownJson(document: object, indent = 2): string {
  const text = JSON.stringify(document, null, indent);
  if (isPlainLines.test(text)) return text;
  return text.replace(unseen, (one) =>
    one === '\n'
      ? one
      : Array.from({ length: one.length }, (_, i) => `\\u${one.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** Every string in a value of plain objects and lists, shown as lines; what needs no change is the same object. Pure. */
export function shownDeep<T>(value: T): T {
  // A string for a string, a list for a list, an object of the same keys for an object.
  return shown(value) as T;
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return shownLines(value);
  if (Array.isArray(value)) {
    const items = value.map(shown);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value);
  const changed = entries.map(([key, item]) => [shownText(key), shown(item)] as const);
  const isSame = changed.every(([key, item], i) => key === entries[i]?.[0] && item === entries[i]?.[1]);
  return isSame ? value : Object.fromEntries(changed);
}
