// Every sentence that people read in the window, in one place and grouped by where it is said (labels of facts: details/labels).
import type { ActStep, Outcome, Severity, ShieldState, SystemFact } from '../preload/contract';
import { firewallWords, reachWords } from './firewall/firewall-words';
import { plural } from './plural';
import type { ActName, Step } from './store';

export const words = {
  brand: 'Breakwater',
  titleOf: (simulated: string | null): string =>
    simulated === null ? 'Breakwater' : `SIMULATED PC (${simulated}) - Breakwater`,
  simulated: (name: string): string => `SIMULATED PC - nothing here is real: ${name}`,
  stepsLabel: 'Steps',
  pagesLabel: 'For the helpdesk',
  details: 'Details',
  firewall: 'Firewall',
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

  check: {
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
  },

  severity: { high: 'High', medium: 'Medium', low: 'Low', info: 'Good to know' } satisfies Record<Severity, string>,

  shield: {
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
    untilPatched: 'this PC is patched',
    reason: 'Reason',
    noReason: 'none given',
    exceptions: 'May still connect',
    nobody: 'nobody',
    outbound: 'Going out to the Internet',
    outboundBlocked: 'file sharing is blocked',
    outboundFree: 'not blocked',
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
  },

  form: {
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
    untilDate: 'Until the end of a day',
    date: 'Day',
    outbound: 'Also stop this PC from reaching shared files on the Internet',
    outboundHint: 'File servers in your own networks stay reachable.',
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
  },

  plan: {
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
  },

  act: {
    title: {
      shield: 'Shutting the door',
      lift: 'Taking the shield down',
      settle: 'Finishing or undoing the change',
      look: "Looking at the firewall's rules",
    } satisfies Record<ActName, string>,
    steps: {
      'asking-permission': 'Asking for permission',
      changing: 'Changing the rules',
      'reading-again': 'Reading the rules again, to prove it',
    } satisfies Record<ActStep, string>,
    changingByLook: 'Reading the rules',
    now: 'now',
    done: 'done',
    later: 'still to come',
    answerPrompt: 'Please answer the question for permission that your PC shows.',
    cancel: 'Cancel',
    cancelling: 'Cancelling',
    noStop: "This can't be stopped half-way. It takes a moment only.",
  },

  outcome: {
    kind: {
      done: 'Done',
      unknown: 'Not certain',
      refused: 'Not done',
      'not-permitted': 'No permission',
      'failed-undone': 'Failed, and put back',
      'failed-left': 'Failed, and something is left',
    } satisfies Record<Outcome['kind'], string>,
    up: 'The door is shut, and this is proven.',
    down: 'The shield is down.',
    settled: 'Nothing is left unfinished.',
    notUp: 'The change was made.',
    unchangedShield: 'This shield was up already. Nothing was changed.',
    unchangedLift: 'There was no shield to take down. Nothing was changed.',
    unchanged: 'Nothing had to be changed.',
    restAsBefore: 'The rest of your firewall is as before.',
    nothingChanged: 'Nothing was changed.',
    allAsBefore: 'Everything is as it was before.',
    leftOver: 'Something was left behind. An administrator can clear it with this command:',
    maybe: 'The change was made, but Breakwater could not tell whether all is as it should be.',
    elsewhere: (kind: string, title: string): string => `${kind}: ${title}`,
    show: 'Show how it ended',
    saw: 'What Breakwater did',
    todo: 'What to do',
  },

  patch: {
    answer: "Can't tell yet whether this PC is patched.",
    why: 'This version of Breakwater does not check the installed updates: it will not say "patched" without proof.',
    how: 'How to install the updates',
    restart: 'Restart the PC if the updates ask for it, then come back.',
    restartShield: 'After a restart, check first whether the shield is still up.',
    stays: 'The shield does not end because of the updates: it stays until you lift it.',
    staysUntil: (until: string): string =>
      `The shield does not end because of the updates: it stays until ${until}, or until you lift it.`,
    noShield: 'No shield is up while you install the updates. You can put one up in step 2.',
    ask: 'Not sure whether the updates that matter are in? Ask your helpdesk before you open the door.',
  },

  lift: {
    none: 'There is nothing to lift.',
    foreign: 'There is nothing of ours that could be lifted.',
    lead: 'Lifting takes away the rules that carry our mark, and nothing else. You see what will change before anything happens.',
    unpatched:
      "Breakwater can't tell yet whether this PC is patched. Without the patch it can be attacked again once the door is open.",
    confirm: 'I have installed the updates, or I accept that this PC can be attacked.',
    confirmFirst: 'Please confirm this first.',
  },

  list: {
    place: (first: number, last: number, all: number): string => `${first} to ${last} of ${all}`,
    before: 'Earlier ones',
    after: 'Later ones',
  },

  reach: reachWords,
  firewallPage: firewallWords,

  trouble: {
    title: 'That did not work',
    about: 'The window could not ask Breakwater about itself.',
    check: 'This PC could not be checked.',
    stop: 'The check could not be stopped.',
    look: 'Looking with permission did not work.',
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

/** "Wi-Fi wlan0"; a connection that bears its kind's name is named once. */
export function connectionName(kind: keyof typeof words.check.interface, name: string): string {
  const kindWord = words.check.interface[kind];
  return kindWord.toLowerCase() === name.toLowerCase() ? kindWord : `${kindWord} ${name}`;
}

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
