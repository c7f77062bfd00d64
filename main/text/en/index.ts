// English, the language of documents and the one to translate from.
import type { Language } from '../render';
import { doubts } from './doubts';
import { grammar } from './grammar';
import { pages } from './pages';
import { smb } from './smb';

export const english: Language = {
  grammar,
  texts: { ...doubts, ...pages, ...smb, verbatim: '{text}' },
};
