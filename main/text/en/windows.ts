import type { WindowsMessages } from '../../model/messages/windows';
import { textsOf } from '../texts';

export const windows = textsOf<WindowsMessages>()({
  'windows.no-reg': 'reg.exe is not there: this is no whole Windows.',
});
