import type { HostMessages } from '../../model/messages/host';
import { textsOf } from '../texts';

export const host = textsOf<HostMessages>()({
  'host.fact.not-asked': 'This was not asked for.',
  'host.fact.not-yet': 'not asked yet',
  'host.fact.stopped': 'Stopped before this was read.',
  'host.fact.not-saved': 'It was not saved.',
  'host.source.negotiate-here': 'negotiate with this PC',
  'host.source.negotiate': 'negotiate with {targets:commas}',
  'host.source.nobody-waits': '{name}: nobody waits at TCP 445 or 139',
  'host.source.simulated': 'simulated PC "{name}"',
  'server.configuration': '{path}; {notes:semicolons}',
  'host.sentence': '{said}.',
});
