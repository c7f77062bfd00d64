// From a message to the words of one language. Pure.
import type { Message, Param, Words } from '../model/message';
import type { AllTexts, Text } from './texts';

/** What a language brings beside its texts. */
export interface Grammar {
  /** BCP 47: "en", "de". */
  readonly tag: string;
  /** The category of a number (CLDR plural rules). */
  plural(count: number): 'one' | 'other';
  readonly and: string;
  readonly or: string;
  readonly quotes: readonly [string, string];
  number(value: number): string;
  /** Of an ISO 8601 UTC time. */
  time(iso: string): string;
  date(iso: string): string;
  /** The same moment by this PC's clock and time zone; only for the app, since it costs milliseconds. */
  local(iso: string): string;
}

export interface Language {
  readonly grammar: Grammar;
  readonly texts: AllTexts;
}

/** Words of a page in that language: a message as it is said, data as it is. */
export const wordsIn =
  (say: Say) =>
  (words: Words): string =>
    typeof words === 'string' ? words : say(words);

/** A message in the words of a language; of a code that is unknown here, as a newer version's, the code and its parameters. */
export type Say = (message: Message) => string;

export function sayIn({ grammar, texts }: Language): Say {
  const rooms: readonly Readonly<Record<string, Text>>[] = Object.values(texts);
  const say: Say = ({ code, params }) => {
    // A file of another version may hold any code.
    const text = rooms.find((room) => Object.hasOwn(room, code))?.[code];
    return text === undefined ? `${code} ${JSON.stringify(params)}` : filled(textFor(text, params, grammar), params);
  };
  const filled = (template: string, params: Message['params']): string =>
    template.replace(places, (place, name: string | undefined, form: string | undefined) => {
      if (name === undefined) return place.slice(1);
      return shown(params[name], form);
    });
  const shown = (value: Param | undefined, form: string | undefined): string => {
    if (Array.isArray(value))
      return joined(
        value.map((one) => shown(one, undefined)),
        form,
      );
    if (typeof value === 'object' && value !== null) return inForm(say(value as Message), form);
    if (value === undefined || value === null) return '';
    return inForm(value as string | number | boolean, form);
  };
  const inForm = (value: string | number | boolean, form: string | undefined): string => {
    if (form === 'number' && typeof value === 'number') return grammar.number(value);
    const text = String(value);
    if (form === 'time') return grammar.time(text);
    if (form === 'date') return grammar.date(text);
    if (form === 'local') return grammar.local(text);
    if (form === 'quoted') return `${grammar.quotes[0]}${text}${grammar.quotes[1]}`;
    if (form === 'clause') return text.replace(/\.$/, '');
    return form === 'capital' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  };
  const joined = (items: readonly string[], form: string | undefined): string => {
    if (form === 'and' || form === 'or') return listed(items, form === 'and' ? grammar.and : grammar.or);
    if (form === 'alternatives') return items.join(`, ${grammar.or} `);
    if (form === 'each') return items.join(` ${grammar.and} `);
    if (form === 'either') return items.join(` ${grammar.or} `);
    if (form === 'quoted') return items.map((item) => inForm(item, 'quoted')).join(', ');
    return items.join(separators[form ?? ''] ?? ' ');
  };
  return say;
}

/** A place, or a brace of the text itself. */
const places = /\{\{|\{([A-Za-z]\w*)(?::([a-z]+))?\}/g;

/** How the items of a list are put together; without a form they are sentences. */
const separators: Readonly<Record<string, string>> = { commas: ', ', semicolons: '; ', lines: '\n' };

function textFor(text: Text, params: Message['params'], { plural }: Grammar): string {
  return typeof text === 'string' ? text : text[plural(Number(params[text.by]))];
}

/** "a", "a and b", "a, b and c". */
function listed(items: readonly string[], word: string): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}
