// The sentences people read, in one place. Pure.

import { wordForShellHere } from '../../host/command-shells';
import type { Outcome } from '../../model/outcome';
import type { Counted, Shield, ShieldEnd } from '../../model/shield';
import type { DoorVerdict, Severity, ShieldVerdict } from '../../model/verdicts';
import type { Tone } from './layout';

export interface Sentence {
  readonly text: string;
  readonly tone: Tone;
}

export function doorSentence({ state }: DoorVerdict, shield: ShieldVerdict): Sentence {
  if (state === 'open') return { text: "OPEN: other PCs can reach this PC's file sharing (SMB).", tone: 'bad' };
  if (state === 'unknown')
    return { text: "NOT KNOWN: whether other PCs can reach this PC's file sharing (SMB).", tone: 'warning' };
  const allowed = shield.state === 'up' && shield.shield ? exceptionsOf(shield.shield) : [];
  return {
    text:
      allowed.length === 0
        ? "CLOSED: no other PC can reach this PC's file sharing (SMB)."
        : "CLOSED, but for the exceptions: no other PC can reach this PC's file sharing (SMB).",
    tone: 'good',
  };
}

export function shieldSentence({ state, shield, because, provedAt }: ShieldVerdict): Sentence {
  switch (state) {
    case 'up':
      return { text: 'The shield is UP: its rules were read just now and found whole.', tone: 'good' };
    case 'none':
      // Whether that was seen in the rules or stands in the record alone is for the verdict to say.
      return { text: because.join(' ') || 'No shield is up.', tone: 'plain' };
    case 'kept':
      return {
        text: `The shield is UP: seen whole at ${provedAt ? time(provedAt) : '?'} by its keeper.`,
        tone: 'good',
      };
    case 'recorded':
      return {
        text: 'A shield is ON RECORD as up; whether its rules are still whole was not looked at now.',
        tone: 'warning',
      };
    case 'damaged':
      return {
        text: shield
          ? 'The shield is DAMAGED: it should be up, but it does not hold.'
          : 'Something of ours is LEFT OVER.',
        tone: 'bad',
      };
    case 'expired':
      return { text: 'The shield has EXPIRED: the door is no longer shut by it.', tone: 'warning' };
    case 'interrupted':
      return { text: 'A change was CUT OFF before its result could be checked.', tone: 'warning' };
    case 'foreign':
      return { text: 'A firewall table uses our name but is not ours. It is left alone.', tone: 'bad' };
    case 'unknown':
      return { text: 'NOT KNOWN: whether a shield is up.', tone: 'warning' };
  }
}

/** What to do about the shield's state; null = nothing. `prefix` is how this program is called. */
export function shieldAdvice(state: ShieldVerdict['state'], call: (args: string) => string): string | null {
  switch (state) {
    case 'none':
    case 'up':
    case 'kept':
      return null;
    case 'recorded':
    case 'unknown':
      return `Only an administrator may look at its rules: run ${call('status')} as one (on Linux, with sudo).`;
    case 'damaged':
    case 'expired':
      return `To put it up anew: ${call('shield')}. To clear what is left: ${call('lift')}.`;
    case 'interrupted':
      return `To finish or undo it: ${call('shield')} or ${call('lift')}.`;
    case 'foreign':
      return 'Find out who made that table, and rename or remove it there.';
  }
}

/** `end` null = not told. */
export function shieldRows(shield: Shield, end: ShieldEnd | null): readonly (readonly [string, string])[] {
  const allowed = exceptionsOf(shield);
  return [
    ['Since', time(shield.since)],
    ...(end === null ? [] : ([['Until', untilOf(end, shield.reason ?? '')]] as const)),
    [
      'Shuts',
      shield.rules
        ? `TCP 445 and 139, UDP 137 and 138${shield.outbound ? '; and outgoing SMB to the Internet' : ''}`
        : 'no port, as firewall rules would have no effect',
    ],
    ['Exceptions', allowed.length === 0 ? 'none' : allowed.join(', ')],
    ...(shield.workarounds.length === 0 ? [] : ([['Switched off', shield.workarounds.join(', ')]] as const)),
    ...(shield.reason === null ? [] : ([['Reason', shield.reason]] as const)),
    ['Mark', shield.id],
  ];
}

function untilOf({ patchOf, noPatch, opensAt, warnsFrom }: ShieldEnd, reason: string): string {
  const ends = [
    ...(patchOf === null ? [] : ['patched']),
    ...(opensAt === null ? [] : [time(opensAt)]),
    'lifted by hand',
  ].join(', or ');
  const why = noPatch === null ? null : whyByHand[noPatch](reason);
  return `${ends}${opensAt !== null || why === null ? '' : `, as ${why}`}${warnsFrom === null ? '' : ` (from ${time(warnsFrom)} on with a warning)`}`;
}

const whyByHand: Readonly<Record<NonNullable<ShieldEnd['noPatch']>, (reason: string) => string | null>> = {
  'no-reason': () => null,
  'no-protection': () => 'nothing on this PC lifts it by itself',
  'protection-not-known': () => 'whether anything on this PC lifts it by itself is not known',
  'not-affected': (reason) => `this PC is not affected by ${reason}`,
  'not-in-catalogue': (reason) => `the catalogue of advisories has no ${reason}`,
};

/** What the keeper saw and did; empty where nothing is known of one. */
export function keptRows({ shield, kept }: ShieldVerdict): readonly (readonly [string, string])[] {
  if (kept === null) return [];
  if (shield === null)
    return kept.ended === null
      ? []
      : [['Last shield', `lifted by its keeper at ${time(kept.ended.at)}: ${kept.ended.why}`]];
  const times = kept.restores === 1 ? 'once' : `${kept.restores} times`;
  return [
    ['Last look', `${time(kept.at)}, by its keeper`],
    ...(kept.restoredAt === null
      ? []
      : ([['Put back', `${times}, last at ${time(kept.restoredAt)}: its rules had been wiped or changed`]] as const)),
    ...(kept.waitsFor === null ? [] : ([['Waits for', kept.waitsFor]] as const)),
    ...(kept.patch === null || shield.reason === null
      ? []
      : ([['Patch', `${patchWord[kept.patch.state]}: ${kept.patch.because.join(' ')}`]] as const)),
  ];
}

const patchWord = {
  patched: 'in',
  vulnerable: 'missing',
  'not-affected': 'not needed',
  unknown: 'not known',
} as const;

/** Who was turned away in each of the last hours, newest first. */
export function hourRows({ shield, kept }: ShieldVerdict): readonly (readonly [string, string])[] {
  if (kept === null || shield === null) return [];
  return [...kept.hours]
    .reverse()
    .slice(0, 12)
    .map(({ hour, sources, otherPackets }) => {
      const named = sources.slice(0, 8);
      const more = [...sources.slice(8)].reduce((sum, { packets: count }) => sum + count, otherPackets);
      const list = named.map(({ address, packets: count }) => `${address} (${count})`);
      return [time(hour), [...list, ...(more > 0 ? [`others (${more})`] : [])].join(', ')];
    });
}

export function countedRows(counted: Counted): readonly (readonly [string, string])[] {
  const shown = counted.attempts.slice(0, 8);
  const more = counted.attempts.length - shown.length;
  return [
    ['Turned away', packets(counted.blocked)],
    ['Let through', `${packets(counted.allowed)} from exceptions`],
    ...(counted.outboundBlocked > 0 ? ([['Outgoing', `${packets(counted.outboundBlocked)} stopped`]] as const) : []),
    ...(shown.length === 0
      ? []
      : ([
          [
            'Who tried',
            `${shown.map(({ address, packets: count }) => `${address} (${count})`).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
          ],
        ] as const)),
  ];
}

export const severityWord: Readonly<Record<Severity, Sentence>> = {
  high: { text: 'HIGH', tone: 'bad' },
  medium: { text: 'MEDIUM', tone: 'warning' },
  low: { text: 'LOW', tone: 'plain' },
  info: { text: 'NOTE', tone: 'dim' },
};

/** Worst first. */
export const severityOrder: readonly Severity[] = ['high', 'medium', 'low', 'info'];

export function outcomeSentence(outcome: Outcome, act: 'shield' | 'lift'): Sentence {
  if (outcome.kind === 'done') {
    if (act === 'lift')
      return { text: outcome.unchanged ? 'No shield is up.' : 'DONE: the shield is down.', tone: 'good' };
    const text = outcome.unchanged ? 'The shield is UP, as it was.' : 'DONE: the shield is UP, and proven.';
    return { text, tone: 'good' };
  }
  const tone = outcome.kind === 'unknown' ? 'warning' : 'bad';
  return { text: `${outcomeWord[outcome.kind]}: ${outcome.title}.`.replace(/\.\.$/, '.'), tone };
}

const outcomeWord = {
  unknown: 'NOT KNOWN',
  refused: 'NOT DONE',
  'not-permitted': 'NOT PERMITTED',
  'failed-undone': 'FAILED, AND UNDONE',
  'failed-left': 'FAILED, AND SOMETHING IS LEFT',
} as const;

/** How this program is called, so that what is shown can be typed: "status" -> "breakwater --simulate NAME status". */
export function caller(simulated: string | null): (args: string) => string {
  return (args) => `breakwater ${simulated === null ? '' : `--simulate ${simulated} `}${args}`;
}

/** A path in a command to copy, for the shell of this system; "PATH" where it can't be written down. */
export function pathInCommand(path: string, quoted = wordForShellHere): string {
  return /^[\w.:/-]+$/.test(path) && !path.startsWith('-') ? path : (quoted(path) ?? 'PATH');
}

export function simulatedBanner(name: string): string {
  return `*** SIMULATED PC "${name}" - nothing here is about this computer ***`;
}

/** "2026-12-31 23:59 UTC"; as it stands where it is no time. */
export function time(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso);
  return parts ? `${parts[1]} ${parts[2]} UTC` : iso;
}

/** One address is shown as people write it, without the length of its network. */
const exceptionsOf = ({ allow }: Shield): readonly string[] => [
  ...allow.ipv4.map((network) => network.replace(/\/32$/, '')),
  ...allow.ipv6.map((network) => network.replace(/\/128$/, '')),
];
const packets = (count: number): string => `${count} packet${count === 1 ? '' : 's'}`;
