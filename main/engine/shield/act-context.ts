// What every privileged act stands on: the PC, the journal it writes to, and our rules as they are found.

import type { Host } from '../../host/host';
import type { Ruleset } from '../../model/facts';
import { type Message, message } from '../../model/message';
import { MessageError } from '../../model/message-error';
import type { Outcome } from '../../model/outcome';
import type { Shield, ShieldFound, Was } from '../../model/shield';
import type { ShieldVerdict } from '../../model/verdicts';
import { inEnglish } from '../in-english';
import { judgeShield } from '../inspect/shield-verdict';
import { openRecorder, type Recorder } from '../journal/journal';
import { readKept } from '../keeper/status-file';

export interface Ground {
  readonly host: Host;
  /** Absolute path of the helper's script: what the keeper's schedule runs. */
  readonly helper: string;
  readonly recorder: Recorder;
  readonly boot: string | null;
}

/** Our rules at one moment: as read, and as found in what was read. */
export interface Sight {
  readonly ruleset: Ruleset;
  readonly found: ShieldFound;
}

/** The caller holds the lock. Rejects with `JournalUnreadable`. */
export async function openGround(host: Host, helper: string, boot: string | null): Promise<Ground> {
  return {
    host,
    helper,
    boot,
    recorder: await openRecorder(host.stateFolder, isTrusted(host), host.now, boot),
  };
}

/** Whether only what administrators alone can write is believed: on every real PC. */
export const isTrusted = (host: Pick<Host, 'simulated'>): boolean => host.simulated === null;

export async function look(host: Host): Promise<Sight> {
  const ruleset = await host.administration.readShield();
  return { ruleset, found: host.findShield(ruleset) };
}

/** Also puts back what workarounds changed. */
export async function takeDownForCertain(host: Host, was: Was): Promise<Sight> {
  await host.administration.takeDown();
  await takeBack(host, was);
  const sight = await look(host);
  if (sight.found.state === 'ours') throw new MessageError(message('outcome.rules-still-there'));
  return sight;
}

export async function takeBack({ administration }: Host, was: Was): Promise<void> {
  if (Object.keys(was).length > 0) await mustOffer(administration.workarounds).takeBack(was);
}

/** A record with workarounds on a platform without any is of another PC, or damaged. */
export function mustOffer<T>(workarounds: T | null): T {
  if (workarounds === null) throw new MessageError(message('outcome.no-workarounds-here'));
  return workarounds;
}

export interface Left {
  readonly why: Message;
  /** The shield that should be up all the same: it stays on record, and is put back; null = none should. */
  readonly standing: Shield | null;
  /** Of workarounds that may still be in force. */
  readonly was: Was;
}

export async function left(recorder: Recorder, host: Host, { why, standing, was }: Left): Promise<Outcome> {
  const clear = host.administration.clearCommand;
  await recorder.add({ step: 'left', why: inEnglish(why), clear, standing, was }).catch(() => undefined);
  if (standing === null)
    return {
      kind: 'failed-left',
      title: message('outcome.left'),
      what: why,
      todo: message('outcome.left.todo'),
      clear,
    };
  return {
    kind: 'failed-left',
    title: message('outcome.not-whole'),
    what: why,
    todo: message('outcome.not-whole.todo'),
    clear,
  };
}

export async function done(
  ground: Ground,
  sight: Sight,
  unchanged: boolean,
  notes: readonly Message[],
): Promise<Outcome> {
  return { kind: 'done', unchanged, shield: await verdictAt(ground, sight), notes };
}

export async function verdictAt({ host, helper, recorder, boot }: Ground, { ruleset }: Sight): Promise<ShieldVerdict> {
  const now = host.now();
  const at = now.toISOString();
  const schedule = await host.keeping.find(helper);
  return judgeShield({
    journal: { state: 'known', value: recorder.journal, source: { kind: 'file', name: recorder.journal.path }, at },
    ruleset: { state: 'known', value: ruleset, source: { kind: 'system', name: 'firewall' }, at },
    keeper: {
      state: 'known',
      value: { schedule, ...readKept(host.stateFolder, isTrusted(host)) },
      source: { kind: 'system', name: 'keeper' },
      at,
    },
    boot,
    now,
    findShield: host.findShield,
    rulesExpire: host.rulesExpire,
  });
}

export function foreign(): Outcome {
  return {
    kind: 'failed-undone',
    title: message('outcome.name-taken'),
    what: message('outcome.name-taken.what'),
    todo: message('outcome.name-taken.todo'),
  };
}
