import type { SimulatedMessages } from '../../model/messages/simulated';
import { textsOf } from '../texts';

export const simulated = textsOf<SimulatedMessages>()({
  'simulated.rules-forbidden': "(simulated) only an administrator may read the firewall's rules",
  'simulated.not-asked': 'not asked for',
  'simulated.stopped': 'stopped before it was read (simulated)',
  'simulated.no-restart-key': 'no key RebootPending',
  'simulated.both-apply': 'Group policy and local rules both apply in the domain profile.',
  'simulated.all-profiles': 'On in all three profiles; inbound is blocked by default.',
  'simulated.no-scope': 'The rule FPS-SMB-In-TCP-NoScope lets every address reach TCP 445, on public networks too.',
  'simulated.registry-value': 'registry value',
  'simulated.registry-value.named': 'registry value {name}',
  'simulated.default.compression': 'default of Windows 10 1903 and later',
});
