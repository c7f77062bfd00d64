import type { HostMessages } from '../../model/messages/host';
import { textsOf } from '../texts';

export const host = textsOf<HostMessages>()({
  'host.fact.not-asked': 'Danach wurde nicht gefragt.',
  'host.fact.not-yet': 'noch nicht gefragt',
  'host.fact.stopped': 'Abgebrochen, bevor dies gelesen wurde.',
  'host.fact.not-saved': 'Es wurde nicht gespeichert.',
  'host.source.negotiate-here': 'Aushandlung mit diesem PC',
  'host.source.negotiate': 'Aushandlung mit {targets:commas}',
  'host.source.nobody-waits': '{name}: Niemand wartet an TCP 445 oder 139',
  'host.source.simulated': 'simulierter PC "{name}"',
  'server.configuration': '{path}; {notes:semicolons}',
  'host.sentence': '{said}.',
});
