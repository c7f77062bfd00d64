// Messages in the window's words.
import { english } from '../main/text/en';
import { sayIn, wordsIn } from '../main/text/render';

export const say = sayIn(english);

/** A message as it is said, data as it is. */
export const shown = wordsIn(say);
