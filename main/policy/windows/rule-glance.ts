// Tells by a glance at a rule's text that it has no part in the answer, since most of a PC's rules have none. Pure.
import type { Traffic } from './match';

/**
 * false only where the whole rule, read in full, would not matter either: it is for outbound traffic, or off, or of another protocol, and
 * says so once, in the one spelling that Windows writes.
 */
export function mayMatter(text: string, { protocol }: Traffic): boolean {
  const other = protocol === 6 ? 'Protocol=17|' : 'Protocol=6|';
  let [directions, states, protocols] = [0, 0, 0];
  let [isOut, isOff, isOther] = [false, false, false];
  for (let at = text.indexOf('|') + 1; at > 0; at = text.indexOf('|', at) + 1) {
    // Letters of either case: what is written twice is read in full.
    switch (text.charCodeAt(at) | 32) {
      case 100:
        if (text.charCodeAt(at + 3) !== 61) break;
        directions++;
        isOut = text.startsWith('Dir=Out|', at);
        break;
      case 97:
        if (text.charCodeAt(at + 6) !== 61) break;
        // "Action" is as long.
        if (
          (text.charCodeAt(at + 3) | 32) === 105 &&
          (text.charCodeAt(at + 2) | 32) === 116 &&
          (text.charCodeAt(at + 4) | 32) === 118
        ) {
          states++;
          isOff = text.startsWith('Active=FALSE|', at);
        }
        break;
      case 112:
        if (text.charCodeAt(at + 8) !== 61) break;
        protocols++;
        isOther = text.startsWith(other, at);
        break;
    }
  }
  return !((isOut && directions === 1) || (isOff && states === 1) || (isOther && protocols === 1));
}
