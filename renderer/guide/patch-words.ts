// Every sentence of step 3: whether this PC is patched, and how to install the updates.
import type { SystemFact } from '../../preload/contract';
import { plural } from '../plural';
import type { PatchAnswer } from './patch-answer';

export const patchWords = {
  looking: 'Looking at what is installed.',
  answer: {
    missing: 'No. Updates are missing on this PC.',
    restart: 'Almost. The updates are installed, and wait for a restart.',
    unknown: "Can't tell whether this PC is patched.",
    old: "Can't tell: the catalogue of known holes is too old, or this PC's clock is wrong.",
    reason: "Can't tell whether this PC is patched for what its shield is up for.",
    patched: 'Yes. This PC is patched against every known hole in file sharing.',
  } satisfies Record<PatchAnswer, string>,
  missing: (count: number): string =>
    `${plural(count, 'known hole', 'known holes')} in file sharing ${count === 1 ? 'is' : 'are'} open on it.`,
  unknown: (count: number): string =>
    `${plural(count, 'known hole', 'known holes')} could not be judged; the reasons are below.`,
  notRead: (why: string): string => `What is installed could not be read: ${why}`,
  byCatalogue: (age: string): string => `By the catalogue of ${age}`,
  why: 'Why? See the advisories',
  reason: 'The reason for the shield',
  reasonGone: (id: string): string => `${id} is not in the catalogue, so nothing can be said of it. Ask your helpdesk.`,
  toInstall: 'What is missing',
  notJudged: 'What could not be judged',
  more: (count: number): string => `And ${count} more: see Advisories.`,
  restartTitle: 'A restart is still due.',
  restartWhy: (because: string): string => `Says so: ${because}`,
  restartUnknown: (because: string): string => `Whether a restart is due is not known: ${because}.`,
  how: 'How to install the updates',
  openUpdates: 'Open Windows Update',
  openUpdatesSimulated: 'On a real PC there is a button here that opens Windows Update.',
  again: 'Look again',
  byItself: 'Breakwater looks again by itself when software is installed, and when you come back to this window.',
  restart: 'Restart the PC if the updates ask for it, then come back.',
  restartShield: 'After a restart, check first whether the shield is still up.',
  stays: 'The shield stays up while you install the updates.',
  staysUntil: (until: string): string =>
    `The shield stays up while you install the updates, until ${until} at the latest.`,
  shieldUnclear: 'Whether a shield is up is not known: see step 2.',
  keeperWaits: (what: string): string => `Its keeper looks after it meanwhile. What ends it: ${what}`,
  others: (count: number): string =>
    `${plural(count, 'hole', 'holes')} of other programs ${count === 1 ? 'is' : 'are'} not looked at; see below.`,
  reasonFailed: (id: string): string => `What the catalogue says of ${id} could not be asked.`,
  byKeeper: (because: string): string => `Its keeper says: ${because}`,
  noShield: 'No shield is up while you install the updates. You can put one up in step 2.',
  ask: 'Not sure whether the updates that matter are in? Ask your helpdesk before you open the door.',
};

/** How to install updates on this PC, a sentence each, and the command that does it where there is one. */
export function howToUpdate(system: SystemFact | null): {
  readonly lines: readonly string[];
  readonly command: string | null;
} {
  if (system?.platform === 'windows')
    return {
      lines: [
        'Open Settings, then Windows Update (on Windows 10: Update & Security, then Windows Update).',
        'Choose "Check for updates", and install everything that is offered.',
      ],
      command: null,
    };
  if (system?.platform === 'macos')
    return {
      lines: ['Open System Settings, then General, then Software Update.', 'Install everything that is offered.'],
      command: null,
    };
  const name = system?.name ?? '';
  const byTerminal = 'Or open a terminal and type:';
  if (/ubuntu/i.test(name))
    return {
      lines: ['Open Software Updater and install everything that is offered.', byTerminal],
      command: 'sudo apt update && sudo apt full-upgrade',
    };
  if (/debian|mint|raspbian/i.test(name))
    return {
      lines: ['Open Software, then Updates, and install everything that is offered.', byTerminal],
      command: 'sudo apt update && sudo apt full-upgrade',
    };
  if (/fedora|red hat|rocky|alma|centos/i.test(name))
    return {
      lines: ['Open Software, then Updates, and install everything that is offered.', byTerminal],
      command: 'sudo dnf upgrade --refresh',
    };
  if (/tumbleweed/i.test(name)) return { lines: ['Open a terminal and type:'], command: 'sudo zypper dup' };
  if (/suse/i.test(name))
    return {
      lines: ['Open YaST, then Online Update, and install everything that is offered.', byTerminal],
      command: 'sudo zypper patch',
    };
  return {
    lines: ["Use your system's own tool for updates, and install everything that is offered."],
    command: null,
  };
}
