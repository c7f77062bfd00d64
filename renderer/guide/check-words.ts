// Every sentence of step 1: whether others can reach the shared files, where, and what else to know.
import type { Severity } from '../../preload/contract';
import { plural } from '../plural';

export const checkWords = {
  within: {
    container: (name: string): string =>
      `This is a container${name === '' ? '' : ` (${name})`}: what is said here is about it, not about the PC that it runs on. Run Breakwater there.`,
    wsl: (): string =>
      'This is a Linux inside Windows (WSL): the file sharing of Windows itself is not seen from here. Run Breakwater on Windows.',
  },
  running: 'Checking this PC',
  progress: (arrived: number, all: number): string => `${arrived} of ${all} answers are in.`,
  stop: 'Stop checking',
  stopping: 'Stopping',
  again: 'Check again',
  stopped: 'The check was stopped. Below is what came in until then.',
  at: (when: string): string => `Checked ${when}.`,
  closed: 'No. The file-sharing door (TCP 445) is closed to others.',
  closedBut: 'Closed to others. Only the addresses you excepted can use the file-sharing door (TCP 445).',
  open: 'Yes. The file-sharing door (TCP 445) is open to others.',
  unknown: "Can't tell yet whether the file-sharing door (TCP 445) is open.",
  looking: 'Looking at the file-sharing door (TCP 445).',
  notYet: 'This PC has not been checked yet.',
  openTag: 'Open',
  partlyTag: 'Open to some',
  closedTag: 'Shut',
  unknownTag: "Can't tell",
  shieldedTag: 'Shielded',
  look: 'Look with permission',
  lookWhy:
    "The firewall's rules may be read by administrators only. With permission, Breakwater reads them and changes nothing.",
  exposures: {
    open: 'Where it can be reached',
    unknown: 'Where it can be reached, unless other firewall rules stop it',
    closed: 'Where programs wait behind the firewall',
    shielded: 'Where it would be reached without the shield',
  },
  where: (connection: string, address: string): string => `On ${connection}, ${address}`,
  reachNear: (subnet: string): string => `from its own network ${subnet} only`,
  reachFar: (subnet: string): string => `from its network ${subnet}, and beyond`,
  reachSome: 'from some addresses only',
  reachNobody: 'from no other PC',
  ports: (ports: string, listener: string): string => `${ports}. Waiting there: ${listener}.`,
  more: (count: number): string => `And ${plural(count, 'more address', 'more addresses')}: see Details.`,
  interface: {
    wired: 'cable',
    wireless: 'Wi-Fi',
    virtual: 'virtual network',
    loopback: 'loopback',
    other: 'network',
  },
  findings: 'What else to know',
  noFindings: 'Nothing else stood out.',
  restsOn: (because: string): string => `Rests on: ${because}`,
  sessions: 'Who is connected right now',
  sessionsIn: (who: string): string =>
    `Using this PC's shared files: ${who}. A shield cuts them off, unless you name them as exceptions. Ask them to save first.`,
  sessionsOut: (who: string): string =>
    `This PC is using the shared files of ${who}. A shield does not cut that, unless you also block connections to the Internet.`,
  others: (count: number): string => ` and ${plural(count, 'other', 'others')}`,
  sessionsNone: 'Nobody is connected.',
  sessionsUnknown: (why: string): string => `Who is connected is not known: ${why}`,
};

export const severityWords = { high: 'High', medium: 'Medium', low: 'Low', info: 'Good to know' } satisfies Record<
  Severity,
  string
>;

/** "Wi-Fi wlan0"; a connection that bears its kind's name is named once. */
export function connectionName(kind: keyof typeof checkWords.interface, name: string): string {
  const kindWord = checkWords.interface[kind];
  return kindWord.toLowerCase() === name.toLowerCase() ? kindWord : `${kindWord} ${name}`;
}
