import type { SelfTestMessages } from '../../model/messages/self-test';
import { textsOf } from '../texts';

export const selfTest = textsOf<SelfTestMessages>()({
  'self-test.intro':
    'A self-test of about ten minutes: what Breakwater sees and does on this PC, held against what you see.',
  'self-test.intro.second-pc':
    'A second PC in the same network is needed for the questions about the door. Nothing is changed without a yes, and in the end everything is as it was. Ctrl-C at any question leaves, and opens the door first where it was shut.',
  'self-test.check.pc': 'What Breakwater reads of this PC, without changing anything',
  'self-test.check.networks': 'The profile of each network',
  'self-test.check.firewalls': 'Other firewalls',
  'self-test.check.before': 'The door before the shield',
  'self-test.check.opened': 'A file opened before the shield',
  'self-test.check.plan': 'What a shield would change',
  'self-test.check.shield': 'The shield goes up',
  'self-test.check.permission': 'The question for permission',
  'self-test.check.rules': "The rules in Windows' own list",
  'self-test.check.keeper': 'The keeper in the task scheduler',
  'self-test.check.shut': 'The door behind the shield',
  'self-test.check.kept': 'The file that was opened before',
  'self-test.check.status': 'The state of the shield',
  'self-test.check.lift': 'The shield comes down',
  'self-test.check.after': 'The door after it',
  'self-test.question.reach':
    'On another PC of this network, try to reach this one. On Windows, in PowerShell: Test-NetConnection {address} -Port 445 (TcpTestSucceeded: True is a yes). On Linux: nc -vz -w 3 {address} 445. Did it connect?',
  'self-test.question.reach-not': '{question} (This time it should not.)',
  'self-test.question.networks':
    'Settings, Network & internet, shows for each connected network whether it is private or public. Is it as listed above?',
  'self-test.question.firewalls':
    'Is there a firewall on this PC (part of an antivirus program, say) that is not listed above?',
  'self-test.question.opened':
    'On that other PC, open a shared folder or file of this PC and leave it open. Is one open now?',
  'self-test.question.shield': 'Shut the door now, for a few minutes?',
  'self-test.question.permission':
    'If the system asked for permission: which program and publisher did its window name? (a line, or nothing)',
  'self-test.question.rules':
    'Open "Windows Defender Firewall with Advanced Security", Inbound Rules. Are there two rules whose names begin with "Breakwater-", both blocking?',
  'self-test.question.keeper':
    'Open the Task Scheduler as administrator. Is there a task "Keeper" in the folder "Breakwater"?',
  'self-test.question.kept': 'On that other PC: can the folder or file that was opened before still be read?',
  'self-test.fact.read': '{name}: read',
  'self-test.fact.unread': '{name}: {state} ({why})',
  'self-test.system': '{name}, build {build}, {architecture}',
  'self-test.profile-not-known': '{name}: profile not known',
  'self-test.manager': '{title}: {state}. {because}',
  'self-test.keeper': "The keeper's schedule: {state}",
  'self-test.keeper.impossible': "The keeper's schedule: impossible, since {why}",
  'self-test.same-reach': 'By the rules, the same may connect as before.',
  'self-test.other-reach': 'By the rules, others may connect than before.',
  'self-test.own-address': "(this PC's address)",
  'self-test.yes-no-or-nothing': '{question} [yes/no, or nothing if not tried]',
  'self-test.not-as-expected': 'Not as expected: noted.',
  'self-test.not-written': "what was seen can't be written any more: {why}",
  'self-test.person-left': 'the person left',
  'self-test.written': 'what was seen is written down in {path}',
  'self-test.stopped': 'stopped.',
  'self-test.as-it-was': 'this PC is as it was.',
  'self-test.not-planned': 'no shield could be planned here',
  'self-test.not-up': 'the shield did not go up',
  'self-test.not-lifted': 'the shield could not be lifted',
  'self-test.no-permission': 'None was needed.',
  'self-test.taken-down': 'Taken down since {why}.',
  'self-test.not-taken-down': 'the shield could not be taken down: {why}. As administrator: breakwater lift',
});
