// What a self-test asks and looks at, in its order: the one table that the walk, the record and docs/self-test.md go by.
import type { Platform } from '../../model/facts';

export interface Check {
  /** What it is about, as a heading. */
  readonly title: string;
  /** What the person is asked; null = Breakwater looks by itself. `<address>` stands for one of this PC's own. */
  readonly question: string | null;
  /** Only there; absent = everywhere. */
  readonly on?: Platform;
}

const reach =
  'On another PC of this network, try to reach this one. On Windows, in PowerShell: Test-NetConnection <address> -Port 445 (TcpTestSucceeded: True is a yes). On Linux: nc -vz -w 3 <address> 445. Did it connect?';

export const checks = {
  pc: { title: 'What Breakwater reads of this PC, without changing anything', question: null },
  networks: {
    title: 'The profile of each network',
    question:
      'Settings, Network & internet, shows for each connected network whether it is private or public. Is it as listed above?',
    on: 'windows',
  },
  firewalls: {
    title: 'Other firewalls',
    question: 'Is there a firewall on this PC (part of an antivirus program, say) that is not listed above?',
  },
  before: { title: 'The door before the shield', question: reach },
  opened: {
    title: 'A file opened before the shield',
    question: 'On that other PC, open a shared folder or file of this PC and leave it open. Is one open now?',
  },
  plan: { title: 'What a shield would change', question: null },
  shield: { title: 'The shield goes up', question: 'Shut the door now, for a few minutes?' },
  permission: {
    title: 'The question for permission',
    question:
      'If the system asked for permission: which program and publisher did its window name? (a line, or nothing)',
  },
  rules: {
    title: "The rules in Windows' own list",
    question:
      'Open "Windows Defender Firewall with Advanced Security", Inbound Rules. Are there two rules whose names begin with "Breakwater-", both blocking?',
    on: 'windows',
  },
  keeper: {
    title: 'The keeper in the task scheduler',
    question: 'Open the Task Scheduler as administrator. Is there a task "Keeper" in the folder "Breakwater"?',
    on: 'windows',
  },
  shut: { title: 'The door behind the shield', question: `${reach} (This time it should not.)` },
  kept: {
    title: 'The file that was opened before',
    question: 'On that other PC: can the folder or file that was opened before still be read?',
  },
  status: { title: 'The state of the shield', question: null },
  lift: { title: 'The shield comes down', question: null },
  after: { title: 'The door after it', question: reach },
} as const satisfies Readonly<Record<string, Check>>;

export type CheckId = keyof typeof checks;
