import type { WindowsMessages } from '../../model/messages/windows';
import { textsOf } from '../texts';

export const windows = textsOf<WindowsMessages>()({
  'windows.no-reg': 'reg.exe fehlt: Das ist kein vollständiges Windows.',
});
