// Tells by a glance at a rule's text what part it can have in the answer, since most of a PC's rules have none. Pure.
import type { Traffic } from './match';

/**
 * none: read in full, the rule would not matter either, as it is for outbound traffic, off, or of another protocol; keeps-some-out: it blocks, and
 * for some addresses only; any: it must be read. The first two are said only of what is written once, in the one spelling of Windows.
 */
export function glanceAt(text: string, { protocol }: Traffic): 'none' | 'keeps-some-out' | 'any' {
  const other = protocol === 6 ? 'Protocol=17|' : 'Protocol=6|';
  let directions = 0;
  let states = 0;
  let protocols = 0;
  let actions = 0;
  let isOut = false;
  let isOff = false;
  let isOther = false;
  let isBlock = false;
  let isForSome = false;
  for (let at = text.indexOf('|') + 1; at > 0; at = text.indexOf('|', at) + 1) {
    // Letters of either case, by which what is written twice is found.
    const first = text.charCodeAt(at) | 32;
    if (first === letters.d && isEqualsAt(text, at + 3)) {
      directions++;
      isOut = text.startsWith('Dir=Out|', at);
    } else if (first === letters.p && isEqualsAt(text, at + 8)) {
      protocols++;
      isOther = text.startsWith(other, at);
    } else if (first === letters.r) isForSome ||= text.startsWith('RA4=', at) || text.startsWith('RA6=', at);
    else if (first === letters.a && isEqualsAt(text, at + 6)) {
      // "Action" and "Active" differ in their fourth letter.
      if ((text.charCodeAt(at + 4) | 32) === letters.v) {
        states++;
        isOff = text.startsWith('Active=FALSE|', at);
      } else {
        actions++;
        isBlock = text.startsWith('Action=Block|', at);
      }
    }
  }
  if ((isOut && directions === 1) || (isOff && states === 1) || (isOther && protocols === 1)) return 'none';
  return isBlock && actions === 1 && isForSome ? 'keeps-some-out' : 'any';
}

const letters = { a: 97, d: 100, p: 112, r: 114, v: 118 } as const;
const isEqualsAt = (text: string, at: number): boolean => text.charCodeAt(at) === 61;
