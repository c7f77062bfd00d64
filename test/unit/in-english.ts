// Messages as tests read them.
import { isMessage, type Message } from '../../main/model/message';
import { messageOf } from '../../main/model/message-error';
import { english } from '../../main/text/en';
import { sayIn } from '../../main/text/render';

const say = sayIn(english);

/** "" where there is no message. */
export const inEnglish = (message: Message | undefined): string => (message === undefined ? '' : say(message));

/** What a page shows: a message, or data as it is. */
export const wordsInEnglish = (words: string | Message): string => (typeof words === 'string' ? words : say(words));

/** The same value with every message in it in words; what has none in it is the same object. */
export function spoken<T>(value: T): Spoken<T> {
  return inWords(value) as Spoken<T>;
}

function inWords(value: unknown): unknown {
  if (isMessage(value)) return say(value);
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, part, inWords(part)] as const);
  if (parts.every(([, before, after]) => before === after)) return value;
  return Array.isArray(value)
    ? parts.map(([, , after]) => after)
    : Object.fromEntries(parts.map(([key, , after]) => [key, after]));
}

export type Spoken<T> = T extends Message
  ? string
  : T extends string | ((...args: never) => unknown)
    ? T
    : T extends object
      ? { [K in keyof T]: Spoken<T[K]> }
      : T;

/** What people are told of the failure of an act; "" where it does not fail. */
export function failureOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return say(messageOf(error));
  }
}
