// Pages of long lists, and texts cut to what fits: what the shelves of rules and of advisories have in common. Pure.
import type { CutText, Few } from '../../../preload/contract';

/** The beginning of the page of this size in which the place lies, or of the last page. */
export function pageBegin(place: number, count: number, size: number): number {
  const at = Math.min(place, Math.max(0, count - 1));
  return at - (at % size);
}

/** What somebody searches for, as words in small letters. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

export const fewOf = (all: readonly string[], most: number): Few => ({
  first: all.slice(0, most),
  more: Math.max(0, all.length - most),
});

export const cut = (text: string, most: number): CutText => ({
  text: text.slice(0, most),
  rest: Math.max(0, text.length - most),
});
