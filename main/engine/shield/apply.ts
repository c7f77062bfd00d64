// Puts a shield up: the rules first, so that the door is shut soonest, then what looks after it; undone whole where either fails.

import { isDeepStrictEqual } from 'node:util';
import { type Message, message } from '../../model/message';
import { MessageError, messageOf } from '../../model/message-error';
import type { Outcome } from '../../model/outcome';
import type { Shield, Was } from '../../model/shield';
import { leaseEnd } from '../../policy/shield-scope';
import { isPast } from '../../shared/times';
import { inEnglish } from '../in-english';
import { only, readRecord, without } from '../journal/state-on-record';
import { type Clock, judgeClock } from '../keeper/decision';
import { lastNote } from '../keeper/status';
import { done, foreign, type Ground, left, look, mustOffer, takeBack, takeDownForCertain } from './act-context';
import { refusal } from './refusal';

export async function raise(ground: Ground, wished: Shield): Promise<Outcome> {
  const { host, helper, recorder } = ground;
  if (wished.until !== null && Date.parse(wished.until) <= host.now().getTime())
    return {
      kind: 'refused',
      title: message('outcome.time-over'),
      what: message('outcome.time-over.what', { until: wished.until }),
      todo: message('outcome.time-over.todo'),
    };
  const [sight, schedule] = await Promise.all([look(host), host.keeping.find(helper)]);
  const { found } = sight;
  if (found.state === 'foreign') return foreign();
  const refused = refusal(host.obstacles(sight.ruleset), wished);
  if (refused !== null) return refused;
  const record = readRecord(recorder.journal.entries);
  const standing = record.standing?.shield ?? null;
  // A shield whose scope changes stays the same shield: its id, its beginning and its counts go on. One that was put up, or looked
  // at, by a clock that contradicts this one begins anew: whoever puts it up again believes the clock as it is now.
  const isOfThisClock = standing !== null && clockOf(ground, standing).wrong === null;
  const goesOn = standing !== null && isOfThisClock && (found.state === 'ours' || !standing.rules);
  const shield = goesOn ? { ...wished, id: standing.id, since: standing.since } : wished;
  const isWhole = standing !== null && found.judge(standing).state === 'closed';
  const isKept = schedule.state === 'whole' || schedule.state === 'impossible';
  if (isWhole && isKept && isDeepStrictEqual(shield, standing))
    return done(ground, sight, true, [message('outcome.up-already')]);

  let { was } = record;
  try {
    const fresh = shield.workarounds.filter((one) => was[one] === undefined && !standing?.workarounds.includes(one));
    if (fresh.length > 0) was = { ...was, ...(await mustOffer(host.administration.workarounds).read(fresh)) };
  } catch (error) {
    return {
      kind: 'failed-undone',
      title: message('outcome.not-up'),
      what: message('outcome.now-unread', { why: messageOf(error) }),
      todo: message('outcome.mend-cause'),
    };
  }
  await recorder.add({ step: 'raising', shield, before: standing, was });
  try {
    await host.administration.putUp(shield, found.counted, host.now());
    await recorder.add({ step: 'changed' });
    await takeBack(host, without(was, shield.workarounds));
    return await prove(ground, shield, []);
  } catch (error) {
    return undo(ground, standing, was, message('outcome.not-put-up', { why: messageOf(error) }));
  }
}

/** Sets the keeper up where one can stand, reads everything again, and closes the change. Rejects where the proof fails. */
export async function prove(ground: Ground, shield: Shield, notes: readonly Message[]): Promise<Outcome> {
  const { host, helper, recorder } = ground;
  const schedule = await host.keeping.find(helper);
  if (schedule.state !== 'impossible' && schedule.state !== 'whole') await host.administration.startKeeping(helper);
  const after = await look(host);
  const judgement = after.found.judge(shield);
  if (judgement.state !== 'closed') throw new MessageError(message('outcome.not-proven', { why: judgement.lines }));
  const kept =
    schedule.state === 'impossible'
      ? `Nothing looks after it: ${schedule.why}.`
      : `The keeper looks after it: ${host.keeping.rhythm}.`;
  await recorder.add({ step: 'proved', shield, proof: [...judgement.lines.map(inEnglish), kept] });
  return done(ground, after, false, notes);
}

/** Back to what should have been up before the change (null = nothing), and says so only after looking. */
export async function undo(ground: Ground, previous: Shield | null, was: Was, why: Message): Promise<Outcome> {
  const { host, recorder } = ground;
  // One that was to end by itself meanwhile is not brought back, where the clock that says so can be believed.
  const clock = previous && clockOf(ground, previous);
  const before = clock?.wrong === null && previous && isPast(leaseEnd(previous), clock.now) ? null : previous;
  let owed = was;
  let note: Message | null = null;
  try {
    const { found } = await look(host);
    if (before) {
      // A lease that is there may be that of the change.
      if (leaseEnd(before) !== null || found.judge(before).state !== 'closed')
        await host.administration.putUp(before, found.counted, clock?.now ?? host.now());
      await takeBack(host, without(was, before.workarounds));
      owed = only(was, before.workarounds);
      const judgement = (await look(host)).found.judge(before);
      if (judgement.state !== 'closed') throw new MessageError(message('outcome.lines', { lines: judgement.lines }));
      note = await keepAgain(ground);
    } else {
      if (found.state === 'ours' || Object.keys(was).length > 0) await takeDownForCertain(host, was);
      owed = {};
      await host.administration.stopKeeping();
    }
  } catch (error) {
    const said = message('outcome.undoing-failed', { why, failure: messageOf(error) });
    return left(recorder, host, { why: said, standing: before, was: owed });
  }
  try {
    await recorder.add({ step: 'undone', why: inEnglish(why), restored: before, was: owed });
  } catch (error) {
    return {
      kind: 'failed-left',
      title: message('outcome.not-up.record-open'),
      what: message(before ? 'outcome.before-is-up.not-written' : 'outcome.before-is-open.not-written', {
        why,
        failure: messageOf(error),
      }),
      todo: message('outcome.make-room'),
      clear: host.administration.clearCommand,
    };
  }
  return {
    kind: 'failed-undone',
    title: message('outcome.not-up'),
    what: why,
    todo: before ? (note ?? message('outcome.before-as-it-was')) : message('outcome.as-before'),
  };
}

/** Whether dates of this shield may be believed now. */
export const clockOf = (ground: Ground, shield: Shield): Clock =>
  judgeClock(ground.host.now(), shield, lastNote(ground, shield)?.sureAt ?? null);

/** A schedule that is not whole may still look, and then mends itself: better than none. Gives what is to be said of it. */
async function keepAgain({ host, helper }: Ground): Promise<Message | null> {
  if ((await host.keeping.find(helper)).state !== 'broken') return null;
  try {
    await host.administration.startKeeping(helper);
    return null;
  } catch (error) {
    return message('outcome.before-as-it-was.noted', { failure: messageOf(error) });
  }
}
