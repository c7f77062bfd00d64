import type { ShieldStateMessages } from '../../model/messages/shield-state';
import { textsOf } from '../texts';

export const shieldState = textsOf<ShieldStateMessages>()({
  'shield-state.record-unread': 'The record of shields: {why}',
  'shield-state.gone': 'A shield is gone.',
  'shield-state.switched-off': 'Still switched off by it: {names:commas}. Lifting switches that on again.',
  'shield-state.switched-off-by-failure':
    'Still switched off by a change that failed: {names:commas}. Lifting switches that on again.',
  'shield-state.date-passed':
    'Its date ({until:time}) has passed; it stays up as agreed. Lift it, or give it a new date.',
  'shield-state.no-keeper': 'Nothing looks after this shield: {why}. A restart or a wipe of the rules removes it.',
  'shield-state.keeper-broken':
    "The shield's keeper is not there as it should be: put the shield up again to set it up.",
  'shield-state.interrupted.apply':
    'Putting a shield up was cut off at {at:time}, before the result could be checked. Breakwater can finish or undo it.',
  'shield-state.interrupted.revert':
    'Taking the shield down was cut off at {at:time}, before the result could be checked. Breakwater can finish or undo it.',
  'shield-state.foreign': 'A firewall table with our name does not carry our mark. Breakwater leaves it alone.',
  'shield-state.none': 'No rules of ours are in force, and none should be.',
  'shield-state.expired': 'The shield was up until {until:time}.',
  'shield-state.rules-gone':
    'The shield should be up, but its rules are gone: somebody or something removed them, or the PC was restarted.',
  'shield-state.not-on-record': 'Rules of shield {id} are in force, but there is no record of them.',
  'shield-state.lift-or-replace': 'Lifting takes them away; a new shield replaces them.',
  'shield-state.rules-may-stand': 'Rules of ours may still be in force: lifting takes them away.',
  'shield-state.rules-unknown': 'No shield is on record, and whether rules of ours are in force is not known: {why}',
  'shield-state.none-on-record': 'No shield is on record.',
  'shield-state.seen-whole':
    'Seen whole at {at:time} by the keeper, which runs as administrator and looks again all the time.',
  'shield-state.seen-open': 'At {at:time} the keeper found that the rules do not hold, and could not put them back.',
  'shield-state.restarted':
    'The PC was restarted since the shield was last proven, and its rules do not outlive a restart by themselves.',
  'shield-state.recorded': 'Put up and proven at {at:time}. Since then nobody looked: {why}',
});
