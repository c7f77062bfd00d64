// Takes the shield down: its rules, then what looks after it; and shows that everything else is as it was.

import type { JournalEntry } from '../../model/journal';
import { type Message, message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import type { Outcome } from '../../model/outcome';
import type { Shield, Was } from '../../model/shield';
import { inEnglish } from '../in-english';
import { readRecord } from '../journal/state-on-record';
import { noteEnd } from '../keeper/status';
import { done, foreign, type Ground, left, look, type Sight, takeDownForCertain, verdictAt } from './act-context';

/** `why`: the keeper's reason; null = somebody asked for it. */
export async function lower(ground: Ground, why: string | null): Promise<Outcome> {
  const { host, recorder } = ground;
  const sight = await look(host);
  if (sight.found.state === 'foreign') return foreign();
  const record = readRecord(recorder.journal.entries);
  const shield = record.standing?.shield ?? record.interrupted?.shield ?? null;
  const { was } = record;
  if (sight.found.state === 'ours' || Object.keys(was).length > 0) {
    // That nothing else changed is shown where it can be; that it can't be read keeps no shield up.
    const rest = { before: await readRest(ground) };
    await recorder.add({ step: 'lowering', shield, why, was });
    return takeAway(ground, { shield, why, was }, rest);
  }
  const isOnRecord = record.standing !== null || record.interrupted !== null || record.left !== null;
  if (isOnRecord) await recorder.add({ step: 'lowering', shield, why, was });
  try {
    await host.administration.stopKeeping();
  } catch (error) {
    const said = message('outcome.schedule-stays', { why: messageOf(error) });
    return left(recorder, host, { why: said, standing: null, was: {} });
  }
  if (!isOnRecord) return done(ground, sight, true, [message('outcome.none-was-up')]);
  try {
    await recorder.add({ step: 'lowered', shield, restAsBefore: true });
  } catch (error) {
    return notWritten(ground, messageOf(error));
  }
  noteEnd(ground, shield, why);
  return done(ground, sight, true, [message('outcome.gone-already')]);
}

/** Null where it could not be read. */
const readRest = ({ host }: Ground): Promise<string | null> => host.administration.readRest().catch(() => null);

/** `rest`: what everything else was like before; null = an earlier run has begun this, and it is not known. */
export async function takeAway(
  ground: Ground,
  { shield, why, was }: Pick<Extract<JournalEntry, { step: 'lowering' }>, 'shield' | 'why' | 'was'>,
  rest: { readonly before: string | null } | null,
): Promise<Outcome> {
  const { host, recorder } = ground;
  let sight: Sight;
  try {
    sight = await takeDownForCertain(host, was);
  } catch (error) {
    return stillUp(ground, shield, was, message('outcome.not-taken-down', { why: messageOf(error) }));
  }
  const restAsBefore = rest === null || (rest.before !== null && (await readRest(ground)) === rest.before);
  try {
    await host.administration.stopKeeping();
  } catch (error) {
    const said = message('outcome.only-schedule-stays', { why: messageOf(error) });
    return left(recorder, host, { why: said, standing: null, was: {} });
  }
  try {
    await recorder.add({ step: 'lowered', shield, restAsBefore });
  } catch (error) {
    return notWritten(ground, messageOf(error));
  }
  noteEnd(ground, shield, why);
  if (restAsBefore) return done(ground, sight, false, rest === null ? [] : [message('outcome.rest-as-it-was')]);
  return {
    kind: 'unknown',
    title: message('outcome.down'),
    what: message('outcome.down.what'),
    todo: message('outcome.down.todo'),
    shield: await verdictAt(ground, sight),
  };
}

/** All is done, and the record still says that it was cut off. */
const notWritten = ({ host }: Ground, why: Message): Outcome => ({
  kind: 'failed-left',
  title: message('outcome.down.record-open'),
  what: message('outcome.down.not-written', { why }),
  todo: message('outcome.down.lift-again'),
  clear: host.administration.clearCommand,
});

async function stillUp({ host, recorder }: Ground, shield: Shield | null, was: Was, why: Message): Promise<Outcome> {
  const isWhole = shield !== null && (await look(host).catch(() => null))?.found.judge(shield).state === 'closed';
  if (!isWhole) return left(recorder, host, { why, standing: null, was });
  await recorder.add({ step: 'undone', why: inEnglish(why), restored: shield, was });
  return {
    kind: 'failed-undone',
    title: message('outcome.still-up'),
    what: why,
    todo: message('outcome.still-up.todo'),
  };
}
