// Messages in English, as records and files keep them.
import { messageOf } from '../model/message-error';
import { english } from '../text/en';
import { sayIn, wordsIn } from '../text/render';

export const inEnglish = wordsIn(sayIn(english));

export const failureInEnglish = (error: unknown): string => inEnglish(messageOf(error));
