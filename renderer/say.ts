// Messages in the window's words.
import { english } from '../main/text/en';
import { sayIn } from '../main/text/render';

export const say = sayIn(english);
