import type { OutcomeMessages } from '../../model/messages/outcome';
import { textsOf } from '../texts';

export const outcome = textsOf<OutcomeMessages>()({
  'outcome.firewall-changed': 'The firewall has changed',
  'outcome.firewall-changed.what':
    'The shield was planned without firewall rules, as they had no effect; now they have one.',
  'outcome.firewall-changed.todo': 'Nothing was changed. Plan it anew.',
  'outcome.no-exceptions': 'Without firewall rules there are no exceptions',
  'outcome.no-exceptions.what':
    '{obstacles} With the Server service off nobody can be let in, and nothing keeps this PC from servers elsewhere.',
  'outcome.no-exceptions.todo': 'Nothing was changed. Leave exceptions and outbound out.',
  'outcome.no-effect': 'A shield would have no effect here',
  'outcome.no-effect.what': '{obstacles}',
  'outcome.no-effect.instead': 'Nothing was changed. {instead}',
  'outcome.no-workaround': 'There is no such workaround here',
  'outcome.no-workaround.none': 'This PC has no {workaround}; its platform has no workarounds.',
  'outcome.no-workaround.others': 'This PC has no {workaround}; it has {others:commas}.',
  'outcome.no-workaround.todo': 'Nothing was changed. Leave it out.',
});
