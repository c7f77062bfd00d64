// Every sentence about a shield: how it stands, the wish for one, the plan, and lifting it.
import type { ShieldEnd, ShieldState } from '../../preload/contract';
import { plural } from '../plural';
import type { PatchAnswer } from './patch-answer';

export const shieldWords = {
  title: {
    none: 'No shield is up.',
    up: 'The shield is up.',
    kept: 'The shield is up: its keeper has just seen it whole.',
    recorded: 'A shield was put up; nobody has looked since.',
    damaged: 'The shield is broken: the door may be open.',
    expired: "The shield's time is over: it holds the door shut no longer.",
    interrupted: 'A change was cut off in the middle.',
    foreign: "Another program uses Breakwater's name in the firewall.",
    unknown: "Can't tell whether a shield is up.",
  } satisfies Record<ShieldState, string>,
  todo: {
    none: null,
    up: null,
    kept: null,
    recorded: 'To be sure, look with permission. Nothing is changed by looking.',
    damaged: 'Put the shield up again in step 2, or lift it in step 4 if it is no longer needed.',
    expired: 'Put up a new one in step 2 if this PC is not patched yet, or lift it in step 4 to clear what is left.',
    interrupted: 'Finish or undo it before anything else.',
    foreign: 'Breakwater leaves it alone. Please ask your helpdesk: that table has to be renamed or removed first.',
    unknown: 'Check again, or ask your helpdesk.',
  } satisfies Record<ShieldState, string | null>,
  looking: 'Looking for a shield.',
  since: 'Up since',
  until: 'Until',
  untilEnds: {
    patched: (reason: string): string => `this PC is patched for ${reason}`,
    byHand: 'you lift it',
    warns: (when: string): string => `Breakwater warns from ${when} on`,
  },
  noPatch: {
    'no-reason': () => null,
    'no-protection': () => 'nothing on this PC lifts it by itself',
    'protection-not-known': () => 'whether anything on this PC lifts it by itself is not known',
    'not-affected': (reason: string) => `this PC is not affected by ${reason}`,
    'not-in-catalogue': (reason: string) => `the catalogue of advisories has no ${reason}`,
  } satisfies Record<NonNullable<ShieldEnd['noPatch']>, (reason: string) => string | null>,
  reason: 'Reason',
  noReason: 'none given',
  exceptions: 'May still connect',
  nobody: 'nobody',
  outbound: 'Going out to the Internet',
  outboundBlocked: 'file sharing is blocked',
  outboundFree: 'not blocked',
  switchedOff: 'Switched off',
  noRules: 'no firewall rules, as they would have no effect',
  provedAt: 'Last proven',
  never: 'never',
  proof: 'The proof',
  why: 'Why',
  attempts: 'Blocked attempts',
  attemptsTotal: (blocked: number, allowed: number, outbound: number): string =>
    `${plural(blocked, 'packet', 'packets')} turned away, ${allowed} let through as exceptions, ${outbound} going out stopped.`,
  attemptsNone: 'Nobody has tried to connect.',
  from: 'From',
  packets: 'Attempts',
  settle: 'Finish or undo',
  moreSources: (count: number): string => `And ${plural(count, 'more source', 'more sources')}.`,
};

export const keeperWords = {
  title: 'Its keeper',
  looked: (when: string): string => `Looks after the shield, and looked last ${when}.`,
  ends: (what: string): string => `What ends the shield: ${what}`,
  restored: (times: number, when: string): string =>
    `It put the rules back ${times === 1 ? 'once' : `${times} times`}, last ${when}, as something had removed or changed them.`,
  ended: (when: string, why: string): string => `The keeper took the last shield down ${when}: ${why}`,
  hours: 'Blocked attempts in the last two days',
  hour: 'Hour from',
  others: 'others',
  more: (count: number): string => `And ${plural(count, 'more line', 'more lines')}: see Details.`,
};

export const formWords = {
  lead: 'A shield turns away everybody who tries to connect to the shared files of this PC. You see what will change before anything happens.',
  change: 'Change the shield',
  allow: 'Who may still connect?',
  allowHint: 'Nobody, unless you name addresses here, such as 192.168.1.20 or 192.168.1.0/24.',
  address: (number: number): string => `Address ${number}`,
  remove: (number: number): string => `Remove address ${number}`,
  add: 'Add an address',
  until: 'Until when?',
  untilPatched: 'Until this PC is patched (recommended)',
  untilWeek: 'For 7 days',
  opens: 'Open the door then even if this PC is not patched',
  opensHint: 'Otherwise it stays shut, and Breakwater warns, until the patch is in or you lift the shield.',
  untilDate: 'Until the end of a day',
  date: 'Day',
  outbound: 'Also stop this PC from reaching shared files on the Internet',
  outboundHint: 'File servers in your own networks stay reachable.',
  workarounds: 'Also switch off parts of Windows file sharing',
  workaround: {
    'server-off': {
      label: 'All of it (the Server service)',
      cost: "Shared files and printers of this PC, and its remote management, end until the shield is lifted. This works where the firewall's rules have no effect.",
    },
    'smb1-off': {
      label: 'The old version 1 (SMBv1)',
      cost: 'Takes effect once the PC has been restarted. Very old devices can not use this PC any more.',
    },
    'compression-off': {
      label: 'Compression',
      cost: 'Takes effect at once, from Windows 10 1903 on. Nobody will notice.',
    },
  },
  reason: 'Reason (optional)',
  reasonHint: 'The number of an advisory, such as CVE-2020-0796.',
  show: 'Show what will change',
  planning: 'Working out what will change',
  foreign: 'A new shield can be put up once that name is free again.',
  bad: {
    empty: 'Type an address, or remove this line.',
    address: (text: string): string =>
      `"${text}" is not an address. Right would be 192.168.1.20, 192.168.1.0/24 or fd00::20.`,
    name: (text: string): string => `"${text}" looks like a name. Type the address, such as 192.168.1.20.`,
    prefix: (most: number): string => `After the slash, a number from 0 to ${most} is needed.`,
    noDate: 'Choose a day.',
    past: 'This day is over. Choose today or a later day.',
    far: 'This is more than a year away. Choose an earlier day.',
    reason: 'Use letters, digits, dots, hyphens and underscores, at most 64: for example CVE-2020-0796.',
  },
};

export const planWords = {
  title: { shield: 'This is what will change', lift: 'This is what will change' },
  nothing: 'Nothing needs to change.',
  warnings: 'Please mind',
  replaces: (since: string): string => `It takes the place of the shield that was put up ${since}.`,
  exact: (count: number): string => `The exact changes (${count})`,
  input: 'Given to the command as text:',
  permission: 'What you will be asked',
  noPermission: 'You will not be asked for a password: Breakwater has administrator rights already.',
  noPermissionSimulated: 'Nothing: on a simulated PC nothing needs permission.',
  carryOut: { shield: 'Shut the door', lift: 'Take the shield down' },
  back: 'Back',
  nothingYet: 'Nothing has been changed yet.',
};

export const liftWords = {
  none: 'There is nothing to lift.',
  foreign: 'There is nothing of ours that could be lifted.',
  lead: 'Lifting takes away the rules that carry our mark, and nothing else. You see what will change before anything happens.',
  warning: {
    missing: 'Updates are still missing on this PC. It can be attacked again once the door is open.',
    restart:
      'The updates take effect with a restart only. Until then this PC can be attacked again once the door is open.',
    unknown:
      "Breakwater can't tell whether this PC is patched. Without the patch it can be attacked again once the door is open.",
    old: "Breakwater can't tell whether this PC is patched: its catalogue is too old, or the clock is wrong. Without the patch this PC can be attacked again once the door is open.",
    reason:
      "Breakwater can't tell whether this PC is patched for what its shield is up for. Without that patch it can be attacked again once the door is open.",
    patched: null,
  } satisfies Record<PatchAnswer, string | null>,
  patched: 'This PC is patched against every hole that the catalogue knows.',
  confirm: 'I have installed the updates, or I accept that this PC can be attacked.',
  confirmFirst: 'Please confirm this first.',
};
