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

/** The same value with every message in it in words. */
export function spoken<T>(value: T): Spoken<T> {
  if (isMessage(value)) return say(value) as Spoken<T>;
  if (Array.isArray(value)) return value.map(spoken) as Spoken<T>;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value as Spoken<T>;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoken(one)])) as Spoken<T>;
}

type Spoken<T> = T extends Message
  ? string
  : T extends (...args: never) => unknown
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
