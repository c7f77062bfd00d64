// What is said to people, as data: a code and what it is about. The words are made where they are shown (main/text).
import type { Messages } from './messages/all';

export type MessageCode = keyof Messages;

/** What a message is about, by its code. Times are ISO 8601 UTC, addresses CIDR; texts of others are parameters, as they are. */
export type ParamsOf<C extends MessageCode> = Messages[C];

export type Param = string | number | boolean | null | Message | readonly Param[];

/**
 * Codes and parameters are the contract of every document and file: a code keeps its meaning and its parameters for ever, and another
 * meaning gets another code.
 */
export interface Message {
  readonly code: MessageCode;
  readonly params: Readonly<Record<string, Param>>;
}

/** A message, or data and words of others that are the same in every language. */
export type Words = string | Message;

/** `params` are left out where the code has none. */
export function message<C extends MessageCode>(
  code: C,
  ...[params]: Record<never, never> extends ParamsOf<C> ? [] : [params: ParamsOf<C>]
): Message {
  return { code, params: params ?? {} };
}

/** The words of another program, a file or a publisher, shown as they are in every language. */
export const verbatim = (text: string): Message => message('verbatim', { text });

/** Data stands as it is. */
export const asMessage = (words: Words): Message => (typeof words === 'string' ? verbatim(words) : words);

/** Whether a value has a message's shape, as read from a file or a document; its code may be of another version. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('params' in value)) return false;
  const { code, params } = value;
  const isBag = typeof params === 'object' && params !== null && !Array.isArray(params);
  return typeof code === 'string' && isBag && Object.keys(value).length === 2;
}

/** Two messages are the same where code and all parameters are: a key for sets and maps. */
export const messageKey = ({ code, params }: Message): string => JSON.stringify([code, params]);
