import type { ExposureMessages } from '../../model/messages/exposure';
import { textsOf } from '../texts';

export const exposure = textsOf<ExposureMessages>()({
  'exposure.nobody-listens': 'No program on this PC waits for file-sharing connections (TCP 445 and 139) from outside.',
  'exposure.listeners-unknown': 'Which programs wait for connections is not known: {why}',
  'exposure.addresses-unknown': "This PC's addresses are not known: {why}",
  'exposure.shield-whole': 'Our shield is up, and its rules were just read and found whole.',
  'exposure.reached-at': 'TCP {ports:each} can be reached at {addresses:commas}',
  'exposure.open': '{places}, and {who}',
  'exposure.around': '{places} over another network interface of this PC: its rules let some addresses in there.',
  'exposure.nobody-let-in': "Programs wait at TCP {ports:each}, and the firewall's rules let nobody in from other PCs.",
  'exposure.shield-not-whole': 'Our shield is not whole, though, so do not rely on it: put it up again.',
  'exposure.unless-other-rules': '{places}, unless other firewall rules keep it shut: {why:clause}.',
  'exposure.nothing-passed-on': 'No firewall rule passes such connections on to another program.',
  'exposure.nothing-let-in': "The firewall's rules let no such connection in, not even to be passed on.",
  'exposure.could-pass-on': 'Firewall rules could still pass them on to a container or another program: {why:clause}.',
  'exposure.may-pass-on': 'Firewall rules may pass them on to a container or another program, and let some in.',
  'exposure.not-judged': 'they could not be judged',
  'exposure.part-not-saved': '{what}; save it with {save}',
  'exposure.parts-not-saved':
    'those that were saved let nobody in, but what else could was not saved: {parts:semicolons}',
  'exposure.who.everybody': 'no firewall rule keeps everybody out',
  'exposure.who.some': "the firewall's rules let some addresses in",
  'exposure.who': '{who}.',
  'exposure.as-far-as-judged': '{who}, as far as its rules can be judged.',
  'exposure.program-elsewhere': 'a program at another port, by a firewall rule',
  'exposure.program-hidden': 'a program we are not permitted to see',
  'exposure.process': '{name} (process {pid})',
});
