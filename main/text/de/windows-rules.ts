import type { WindowsRulesMessages } from '../../model/messages/windows-rules';
import { textsOf } from '../texts';

export const windowsRules = textsOf<WindowsRulesMessages>()({
  'windows-rules.not-read': 'Die Regeln wurden nicht gelesen.',
});
