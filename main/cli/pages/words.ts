// What the pages say of the door, the shield and how an act ended. Pure.
import { wordForShellHere } from '../../host/command-shells';
import { type Message, message, type Words } from '../../model/message';
import type { Outcome } from '../../model/outcome';
import type { Counted, Shield, ShieldEnd } from '../../model/shield';
import type { DoorVerdict, Severity, ShieldVerdict } from '../../model/verdicts';
import type { Tone } from './layout';

export interface Sentence {
  readonly text: Words;
  readonly tone: Tone;
}

export function doorSentence({ state }: DoorVerdict, shield: ShieldVerdict): Sentence {
  if (state === 'open') return { text: message('page.exposure.open'), tone: 'bad' };
  if (state === 'unknown') return { text: message('page.exposure.unknown'), tone: 'warning' };
  const allowed = shield.state === 'up' && shield.shield ? exceptionsOf(shield.shield) : [];
  return { text: message(allowed.length === 0 ? 'page.exposure.closed' : 'page.exposure.closed-but'), tone: 'good' };
}

export function shieldSentence({ state, shield, because, provedAt }: ShieldVerdict): Sentence {
  switch (state) {
    case 'up':
      return { text: message('page.shield.up'), tone: 'good' };
    case 'none':
      // Whether that was seen in the rules or stands in the record alone is for the verdict to say.
      return {
        text: because.length === 0 ? message('page.shield.none') : message('page.sentences', { sentences: because }),
        tone: 'plain',
      };
    case 'kept':
      return { text: message('page.shield.kept', { at: provedAt ?? '?' }), tone: 'good' };
    case 'recorded':
      return { text: message('page.shield.recorded'), tone: 'warning' };
    case 'damaged':
      return { text: message(shield ? 'page.shield.damaged' : 'page.shield.left-over'), tone: 'bad' };
    case 'expired':
      return { text: message('page.shield.expired'), tone: 'warning' };
    case 'interrupted':
      return { text: message('page.shield.interrupted'), tone: 'warning' };
    case 'foreign':
      return { text: message('page.shield.foreign'), tone: 'bad' };
    case 'unknown':
      return { text: message('page.shield.unknown'), tone: 'warning' };
  }
}

/** What to do about the shield's state; null = nothing. `call` is how this program is called. */
export function shieldAdvice(state: ShieldVerdict['state'], call: (args: string) => string): Message | null {
  switch (state) {
    case 'none':
    case 'up':
    case 'kept':
      return null;
    case 'recorded':
    case 'unknown':
      return message('page.shield-advice.look', { status: call('status') });
    case 'damaged':
    case 'expired':
      return message('page.shield-advice.again', { shield: call('shield'), lift: call('lift') });
    case 'interrupted':
      return message('page.shield-advice.finish', { shield: call('shield'), lift: call('lift') });
    case 'foreign':
      return message('page.shield-advice.foreign');
  }
}

type Row = readonly [Message, Words];

/** A moment as a cell of a table. */
export const timeCell = (at: string): Message => message('page.time', { at });

/** `end` null = not told. */
export function shieldRows(shield: Shield, end: ShieldEnd | null): readonly Row[] {
  const allowed = exceptionsOf(shield);
  const ports = shield.outbound ? 'page.shuts.ports-and-outgoing' : 'page.shuts.ports';
  const { workarounds } = shield;
  return [
    [message('page.label.since'), timeCell(shield.since)],
    ...(end === null ? [] : ([[message('page.label.until'), untilOf(end, shield.reason ?? '')]] as const)),
    [message('page.label.shuts'), message(shield.rules ? ports : 'page.shuts.nothing')],
    [message('page.label.exceptions'), allowed.length === 0 ? message('page.none') : allowed.join(', ')],
    ...(workarounds.length === 0 ? [] : ([[message('page.label.switched-off'), workarounds.join(', ')]] as const)),
    ...(shield.reason === null ? [] : ([[message('page.label.reason'), shield.reason]] as const)),
    [message('page.label.mark'), shield.id],
  ];
}

function untilOf({ patchOf, noPatch, opensAt, warnsFrom }: ShieldEnd, reason: string): Message {
  const ends = message('page.until', {
    ends: [
      ...(patchOf === null ? [] : [message('page.until.patched')]),
      ...(opensAt === null ? [] : [timeCell(opensAt)]),
      message('page.until.by-hand'),
    ],
  });
  const why = noPatch === null || opensAt !== null ? null : whyByHand(noPatch, reason);
  const until = why === null ? ends : message('page.until.as', { until: ends, why });
  return warnsFrom === null ? until : message('page.until.warned', { until, at: warnsFrom });
}

function whyByHand(noPatch: NonNullable<ShieldEnd['noPatch']>, reason: string): Message | null {
  switch (noPatch) {
    case 'no-reason':
      return null;
    case 'no-protection':
    case 'protection-not-known':
      return message(`page.by-hand.${noPatch}`);
    case 'not-affected':
    case 'not-in-catalogue':
      return message(`page.by-hand.${noPatch}`, { reason });
  }
}

/** What the keeper saw and did; empty where nothing is known of one. */
export function keptRows({ shield, kept }: ShieldVerdict): readonly Row[] {
  if (kept === null) return [];
  const { ended, patch, restoredAt } = kept;
  if (shield === null)
    return ended === null
      ? []
      : [[message('page.label.last-shield'), message('page.keeper.ended', { at: ended.at, why: ended.why })]];
  return [
    [message('page.label.last-look'), message('page.keeper.looked', { at: kept.at })],
    ...(restoredAt === null
      ? []
      : ([
          [message('page.label.put-back'), message('page.keeper.put-back', { count: kept.restores, at: restoredAt })],
        ] as const)),
    ...(kept.waitsFor === null ? [] : ([[message('page.label.waits-for'), kept.waitsFor]] as const)),
    ...(patch === null || shield.reason === null
      ? []
      : ([
          [
            message('page.label.patch'),
            message('page.keeper.patch', { state: message(`page.patch.${patch.state}`), because: patch.because }),
          ],
        ] as const)),
  ];
}

/** Who was turned away in each of the last hours, newest first. */
export function hourRows({ shield, kept }: ShieldVerdict): readonly Row[] {
  if (kept === null || shield === null) return [];
  return [...kept.hours]
    .reverse()
    .slice(0, 12)
    .map(({ hour, sources, otherPackets }): Row => {
      const named = sources.slice(0, 8);
      const more = [...sources.slice(8)].reduce((sum, { packets: count }) => sum + count, otherPackets);
      const list = named.map(({ address, packets: count }) => message('page.address-count', { address, count }));
      const items = [...list, ...(more > 0 ? [message('page.others-count', { count: more })] : [])];
      return [timeCell(hour), message('page.list', { items })];
    });
}

export function countedRows({ blocked, allowed, outboundBlocked, attempts }: Counted): readonly Row[] {
  const shown = attempts
    .slice(0, 8)
    .map(({ address, packets: count }) => message('page.address-count', { address, count }));
  const more = attempts.length - shown.length;
  const tried =
    more > 0 ? message('page.list-and-more', { items: shown, count: more }) : message('page.list', { items: shown });
  return [
    [message('page.label.turned-away'), message('page.packets', { count: blocked })],
    [message('page.label.let-through'), message('page.packets.exceptions', { count: allowed })],
    ...(outboundBlocked > 0
      ? ([[message('page.label.outgoing'), message('page.packets.stopped', { count: outboundBlocked })]] as const)
      : []),
    ...(shown.length === 0 ? [] : ([[message('page.label.who-tried'), tried]] as const)),
  ];
}

const severityTones: Readonly<Record<Severity, Tone>> = { high: 'bad', medium: 'warning', low: 'plain', info: 'dim' };

export const severityWord = (severity: Severity): { readonly text: Message; readonly tone: Tone } => ({
  text: message(`page.severity.${severity}`),
  tone: severityTones[severity],
});

/** Worst first. */
export const severityOrder: readonly Severity[] = ['high', 'medium', 'low', 'info'];

export function outcomeSentence(outcome: Outcome, act: 'shield' | 'lift'): Sentence {
  if (outcome.kind === 'done') {
    if (act === 'lift')
      return { text: message(outcome.unchanged ? 'page.shield.none' : 'page.outcome.lift'), tone: 'good' };
    return { text: message(outcome.unchanged ? 'page.outcome.shield-unchanged' : 'page.outcome.shield'), tone: 'good' };
  }
  const tone = outcome.kind === 'unknown' ? 'warning' : 'bad';
  return { text: message(`page.outcome.${outcome.kind}`, { title: outcome.title }), tone };
}

/** How this program is called, so that what is shown can be typed: "status" -> "breakwater --simulate NAME status". */
export function caller(simulated: string | null): (args: string) => string {
  return (args) => `breakwater ${simulated === null ? '' : `--simulate ${simulated} `}${args}`;
}

/** A path in a command to copy, for the shell of this system; "PATH" where it can't be written down. */
export function pathInCommand(path: string, quoted = wordForShellHere): string {
  return /^[\w.:/-]+$/.test(path) && !path.startsWith('-') ? path : (quoted(path) ?? 'PATH');
}

export const simulatedBanner = (name: string): Message => message('page.simulated', { name });

/** One address is shown as people write it, without the length of its network. */
const exceptionsOf = ({ allow }: Shield): readonly string[] => [
  ...allow.ipv4.map((network) => network.replace(/\/32$/, '')),
  ...allow.ipv6.map((network) => network.replace(/\/128$/, '')),
];
