// What reading bytes from outside gives: a value, or a reason why there is none.
import type { Message } from '../model/message';

export type Parsed<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'bad'; readonly why: Message };

export function ok<T>(value: T): Parsed<T> {
  return { kind: 'ok', value };
}

/** `why` completes the sentence "the answer is unusable: ...". */
export function bad(why: Message): { readonly kind: 'bad'; readonly why: Message } {
  return { kind: 'bad', why };
}

/**
 * The `length` bytes at `offset`, without copying, or null where they do not lie wholly inside `bytes`.
 * Every offset and length that a server sends goes through here.
 */
export function cut(bytes: Buffer, offset: number, length: number): Buffer | null {
  if (offset < 0 || length < 0 || offset + length > bytes.length) return null;
  return bytes.subarray(offset, offset + length);
}
