import type { OutcomeMessages } from '../../model/messages/outcome';
import { textsOf } from '../texts';

export const outcome = textsOf<OutcomeMessages>()({
  'outcome.firewall-changed': 'Die Firewall hat sich geändert',
  'outcome.firewall-changed.what':
    'Der Schutzschild wurde ohne Firewall-Regeln geplant, weil sie keine Wirkung hatten; jetzt haben sie eine.',
  'outcome.firewall-changed.todo': 'Es wurde nichts geändert. Planen Sie ihn neu.',
  'outcome.no-exceptions': 'Ohne Firewall-Regeln gibt es keine Ausnahmen',
  'outcome.no-exceptions.what':
    '{obstacles} Ist der Serverdienst aus, kann niemand zugelassen werden, und nichts hält diesen PC von Servern anderswo ab.',
  'outcome.no-exceptions.todo': 'Es wurde nichts geändert. Lassen Sie Ausnahmen und ausgehende Verbindungen weg.',
  'outcome.no-effect': 'Ein Schutzschild hätte hier keine Wirkung',
  'outcome.no-effect.what': '{obstacles}',
  'outcome.no-effect.instead': 'Es wurde nichts geändert. {instead}',
  'outcome.no-workaround': 'Diese Abhilfe gibt es hier nicht',
  'outcome.no-workaround.none': 'Dieser PC hat {workaround} nicht; auf seiner Plattform gibt es keine Abhilfen.',
  'outcome.no-workaround.others': 'Dieser PC hat {workaround} nicht; er hat {others:commas}.',
  'outcome.no-workaround.todo': 'Es wurde nichts geändert. Lassen Sie sie weg.',
});
