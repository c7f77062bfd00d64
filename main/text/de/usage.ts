import type { UsageMessages } from '../../model/messages/usage';
import { textsOf } from '../texts';

export const usage = textsOf<UsageMessages>()({
  'usage.unknown-command': 'diesen Befehl gibt es nicht.',
});
