// What a language consists of: for each message code a text with places for its parameters.
import type { MessageRooms } from '../model/messages/all';

/**
 * "{name}" is the parameter of that name: a text or number as it is, a message in its own words. "{name:form}" is one of `forms`
 * (render.ts). "{{" is a brace.
 */
export type Text = string | PluralText;

/** By the number `by`, the text of its plural category (CLDR plural rules). */
interface PluralText {
  readonly by: string;
  readonly one: string;
  readonly other: string;
}

export type Texts<M> = { readonly [C in keyof M]: Text };

/** All texts of a language by room: put into one object they would take milliseconds at every start. */
export type AllTexts = { readonly [R in keyof MessageRooms]: Texts<MessageRooms[R]> };

type PlacesIn<S> = S extends `${infer Before}{{${infer After}`
  ? PlacesIn<Before> | PlacesIn<After>
  : S extends `${string}{${infer P}}${infer Rest}`
    ? (P extends `${infer N}:${string}` ? N : P) | PlacesIn<Rest>
    : never;
type PlacesOf<T> = T extends PluralText ? PlacesIn<T['one']> | PlacesIn<T['other']> | T['by'] : PlacesIn<T>;

/** A text with a place for a parameter that its message does not have is no text for it. */
type Fitting<M, T> = {
  readonly [C in keyof T]: C extends keyof M ? ([PlacesOf<T[C]>] extends [keyof M[C]] ? T[C] : never) : never;
};

/** One room's texts in one language, complete and with no place that stays empty: anything else does not compile. */
export const textsOf =
  <M>() =>
  <const T extends Texts<M>>(texts: T & Fitting<M, T>): Texts<M> =>
    texts;
