// What the keeper's service prints for the system's journal. Pure.

import type { Outcome } from '../model/outcome';
import { strangerText } from '../model/untrusted-text';
import { english } from '../text/en';
import { sayIn, wordsIn } from '../text/render';

/** Of one line in the system's journal. */
const longestLine = 4000;

/** A level (sd-daemon(3): 4 warning, 5 notice) before each line; nothing where nothing happened. */
export function newsOf(outcome: Outcome): string {
  const line = (level: number, text: string): string =>
    `<${level}>${strangerText(text.replace(/\s+/g, ' '), longestLine)}\n`;
  // The system's journal has no reader whose language is known.
  const words = wordsIn(sayIn(english));
  if (outcome.kind === 'done') return outcome.notes.map((note) => line(5, words(note))).join('');
  return line(4, `${words(outcome.title)}. ${words(outcome.what)} ${words(outcome.todo)}`);
}
