import type { CommandMessages } from '../../model/messages/commands';
import { textsOf } from '../texts';

export const commands = textsOf<CommandMessages>()({
  'command.nothing-changed': 'nothing was changed.',
});
