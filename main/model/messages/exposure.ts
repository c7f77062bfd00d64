// Who can reach the ports of file sharing, and why.
import type { Message, Words } from '../message';
import type { None } from './none';

export interface ExposureMessages {
  readonly 'exposure.nobody-listens': None;
  readonly 'exposure.listeners-unknown': { readonly why: Message };
  readonly 'exposure.addresses-unknown': { readonly why: Message };
  readonly 'exposure.shield-whole': None;
  readonly 'exposure.reached-at': { readonly ports: readonly number[]; readonly addresses: readonly string[] };
  readonly 'exposure.open': { readonly places: Message; readonly who: Message };
  readonly 'exposure.around': { readonly places: Message };
  readonly 'exposure.nobody-let-in': { readonly ports: readonly number[] };
  readonly 'exposure.shield-not-whole': None;
  readonly 'exposure.unless-other-rules': { readonly places: Message; readonly why: Message };
  readonly 'exposure.nothing-passed-on': None;
  readonly 'exposure.nothing-let-in': None;
  readonly 'exposure.could-pass-on': { readonly why: Message };
  readonly 'exposure.may-pass-on': None;
  readonly 'exposure.not-judged': None;
  readonly 'exposure.part-not-saved': { readonly what: Words; readonly save: Words };
  readonly 'exposure.parts-not-saved': { readonly parts: readonly Message[] };
  readonly 'exposure.who.everybody': None;
  readonly 'exposure.who.some': None;
  readonly 'exposure.who': { readonly who: Message };
  readonly 'exposure.as-far-as-judged': { readonly who: Message };
  readonly 'exposure.program-elsewhere': None;
  readonly 'exposure.program-hidden': None;
  readonly 'exposure.process': { readonly name: string; readonly pid: number };
}
