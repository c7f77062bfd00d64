// Messages as tests read them.
import type { Message } from '../../main/model/message';
import { english } from '../../main/text/en';
import { sayIn } from '../../main/text/render';

const say = sayIn(english);

/** "" where there is no message. */
export const inEnglish = (message: Message | undefined): string => (message === undefined ? '' : say(message));

/** What a page shows: a message, or data as it is. */
export const wordsInEnglish = (words: string | Message): string => (typeof words === 'string' ? words : say(words));
