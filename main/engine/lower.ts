// Takes the shield down: its rules, then what looks after it; and shows that everything else is as it was.
import type { JournalEntry } from '../model/journal';
import type { Outcome } from '../model/outcome';
import type { Shield } from '../model/shield';
import { done, foreign, type Ground, left, look, messageOf, type Sight, takeDownForCertain, verdictAt } from './ground';
import { readRecord } from './record';
import { noteEnd } from './status';

/** `why`: the keeper's reason; null = somebody asked for it. */
export async function lower(ground: Ground, why: string | null): Promise<Outcome> {
  const { host, recorder } = ground;
  const sight = await look(host);
  if (sight.found.state === 'foreign') return foreign();
  const record = readRecord(recorder.journal.entries);
  const shield = record.standing?.shield ?? record.interrupted?.shield ?? null;
  const { was } = record;
  if (sight.found.state === 'ours' || Object.keys(was).length > 0) {
    const restBefore = await host.administration.readRest();
    await recorder.add({ step: 'lowering', shield, why, was });
    return takeAway(ground, { shield, why, was }, restBefore);
  }
  const isOnRecord = record.standing !== null || record.interrupted !== null || record.left !== null;
  if (isOnRecord) await recorder.add({ step: 'lowering', shield, why, was });
  try {
    await host.administration.stopKeeping();
  } catch (error) {
    return left(recorder, host, `The keeper's schedule could not be taken away: ${messageOf(error)}`, null);
  }
  if (!isOnRecord) return done(ground, sight, true, ['No shield was up; nothing was changed.']);
  await recorder.add({ step: 'lowered', shield, restAsBefore: true });
  noteEnd(ground, shield, why);
  return done(ground, sight, true, ["The shield's rules were gone already; its record is closed now."]);
}

/** `restBefore` null = an earlier run has begun this and what the rest was like then is not known. */
export async function takeAway(
  ground: Ground,
  { shield, why, was }: Pick<Extract<JournalEntry, { step: 'lowering' }>, 'shield' | 'why' | 'was'>,
  restBefore: string | null,
): Promise<Outcome> {
  const { host, recorder } = ground;
  let sight: Sight;
  let restAsBefore: boolean;
  try {
    sight = await takeDownForCertain(host, was);
    restAsBefore = restBefore === null || (await host.administration.readRest()) === restBefore;
  } catch (error) {
    return stillUp(ground, shield, `The shield could not be taken down: ${messageOf(error)}`);
  }
  try {
    await host.administration.stopKeeping();
  } catch (error) {
    return left(recorder, host, `The rules are gone, but the keeper's schedule is not: ${messageOf(error)}`, null);
  }
  await recorder.add({ step: 'lowered', shield, restAsBefore });
  noteEnd(ground, shield, why);
  if (restAsBefore)
    return done(
      ground,
      sight,
      false,
      restBefore === null ? [] : ['Our rules are gone; every other rule is as it was.'],
    );
  return {
    kind: 'unknown',
    title: 'The shield is down',
    what: "Our rules are gone. Other rules changed at the same moment, so Breakwater can't show that all else is as before.",
    todo: 'If you did not change the firewall just now, have a look at it.',
    shield: await verdictAt(ground, sight),
  };
}

async function stillUp({ host, recorder }: Ground, shield: Shield | null, why: string): Promise<Outcome> {
  const isWhole = shield !== null && (await look(host).catch(() => null))?.found.judge(shield).state === 'closed';
  if (!isWhole) return left(recorder, host, why, null);
  await recorder.add({ step: 'undone', why, restored: shield });
  return {
    kind: 'failed-undone',
    title: 'The shield is still up',
    what: why,
    todo: 'It is whole, as it was before. Please try again.',
  };
}
