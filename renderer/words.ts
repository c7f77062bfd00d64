// Every sentence that people read in the window, grouped by where it is said; each part of the window brings its own (labels of facts: details/labels).
import { advisoryWords } from './advisories/advisory-words';
import { firewallWords, reachWords } from './firewall/firewall-words';
import { actWords, outcomeWords } from './guide/act-words';
import { checkWords, severityWords } from './guide/check-words';
import { patchWords } from './guide/patch-words';
import { formWords, keeperWords, liftWords, planWords, shieldWords } from './guide/shield-words';
import { plural } from './plural';
import type { Step } from './state/window-state';

export const words = {
  brand: 'Breakwater',
  titleOf: (simulated: string | null): string =>
    simulated === null ? 'Breakwater' : `SIMULATED PC (${simulated}) - Breakwater`,
  simulated: (name: string): string => `SIMULATED PC - nothing here is real: ${name}`,
  stepsLabel: 'Steps',
  pagesLabel: 'For the helpdesk',
  details: 'Details',
  firewall: 'Firewall',
  advisories: 'Advisories',
  hideNote: 'Hide this note',
  dismiss: 'Close this message',
  ok: 'OK',
  readMore: 'Read more',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Selected: press Ctrl+C to copy',
  step: {
    name: { check: 'Check', shield: 'Shield', patch: 'Patch', lift: 'Lift' } satisfies Record<Step, string>,
    title: {
      check: "Can others reach this PC's shared files?",
      shield: 'Shut the door until the patch is in',
      patch: 'Install the updates',
      lift: 'Open the door again',
    } satisfies Record<Step, string>,
    place: (number: number): string => `Step ${number} of 4`,
    next: (name: string): string => `Next: ${name}`,
  },

  check: checkWords,
  severity: severityWords,
  shield: shieldWords,
  keeper: keeperWords,
  form: formWords,
  plan: planWords,
  act: actWords,
  outcome: outcomeWords,
  patch: patchWords,
  lift: liftWords,
  reach: reachWords,
  firewallPage: firewallWords,
  advisory: advisoryWords,

  list: {
    place: (first: number, last: number, all: number): string => `${first} to ${last} of ${all}`,
    before: 'Earlier ones',
    after: 'Later ones',
  },
  trouble: {
    title: 'That did not work',
    about: 'The window could not ask Breakwater about itself.',
    check: 'This PC could not be checked.',
    stop: 'The check could not be stopped.',
    look: 'Looking with permission did not work.',
    rules: "The firewall's rules could not be shown.",
    patch: 'Whether this PC is patched could not be checked.',
    advisories: 'The advisories could not be shown.',
    records: 'The records could not be taken in.',
    updates: 'Windows Update could not be opened.',
    updatesTodo: 'Open Settings yourself, and search for "Windows Update".',
    plan: 'What will change could not be worked out. Nothing was changed.',
    act: 'Breakwater did not say how the change ended.',
    actTodo: 'Breakwater checks this PC again now: look at the state of the shield before you do anything else.',
    cancel: 'The request for permission could not be cancelled.',
    reference: 'The page could not be opened.',
    copyReference: (url: string): string => `Open it yourself: ${url}`,
    retry: 'Please try again. If it happens again, close Breakwater and start it anew.',
    reopen: 'Please close Breakwater and start it anew.',
    wait: 'Please wait a moment; it will end by itself.',
    said: (detail: string): string => `What came back: ${detail}`,
    broken: 'This window has failed',
    brokenWhat: 'Something in the window went wrong. Your firewall was not touched by this: what was up is still up.',
    reload: 'Load the window again',
  },
  page: {
    title: 'Details',
    lead: 'Every fact that Breakwater read, where it came from and when.',
    filter: 'Filter',
    filterHint: 'Shows the lines that contain this text.',
    shown: (shown: number, all: number): string => `${shown} of ${plural(all, 'line', 'lines')} shown.`,
    nothing: 'No line contains this text.',
    state: {
      known: 'Known',
      'not-permitted': 'Not permitted',
      failed: 'Failed',
      'not-asked': 'Not asked',
      waiting: 'Not in yet',
    },
    source: 'Source',
    read: 'Read',
    version: (version: string): string => `Breakwater ${version}`,
    empty: 'None.',
    all: (count: number): string => `Show all ${count} lines`,
    cut: (count: number): string => `${count} more characters are not shown.`,
  },
};
