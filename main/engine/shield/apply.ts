// Puts a shield up: the rules first, so that the door is shut soonest, then what looks after it; undone whole where either fails.

import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from '../../model/outcome';
import type { Shield, Was } from '../../model/shield';
import { leaseEnd } from '../../policy/shield-scope';
import { isPast } from '../../shared/times';
import { inEnglish } from '../in-english';
import { only, readRecord, without } from '../journal/state-on-record';
import { type Clock, judgeClock } from '../keeper/decision';
import { lastNote } from '../keeper/status';
import {
  done,
  foreign,
  type Ground,
  left,
  look,
  messageOf,
  mustOffer,
  takeBack,
  takeDownForCertain,
} from './act-context';
import { refusal } from './refusal';

export async function raise(ground: Ground, wished: Shield): Promise<Outcome> {
  const { host, helper, recorder } = ground;
  if (wished.until !== null && Date.parse(wished.until) <= host.now().getTime())
    return {
      kind: 'refused',
      title: 'The time is over',
      what: `The shield was to end at ${wished.until}, which is past.`,
      todo: 'Choose a later time.',
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
    return done(ground, sight, true, ['This shield was up already; nothing was changed.']);

  let { was } = record;
  try {
    const fresh = shield.workarounds.filter((one) => was[one] === undefined && !standing?.workarounds.includes(one));
    if (fresh.length > 0) was = { ...was, ...(await mustOffer(host.administration.workarounds).read(fresh)) };
  } catch (error) {
    return {
      kind: 'failed-undone',
      title: 'The shield was not put up',
      what: `How things are now could not be read: ${messageOf(error)}`,
      todo: 'Nothing was changed. Mend the cause, then try again.',
    };
  }
  await recorder.add({ step: 'raising', shield, before: standing, was });
  try {
    await host.administration.putUp(shield, found.counted, host.now());
    await recorder.add({ step: 'changed' });
    await takeBack(host, without(was, shield.workarounds));
    return await prove(ground, shield, []);
  } catch (error) {
    return undo(ground, standing, was, `The shield could not be put up: ${messageOf(error)}`);
  }
}

/** Sets the keeper up where one can stand, reads everything again, and closes the change. Rejects where the proof fails. */
export async function prove(ground: Ground, shield: Shield, notes: readonly string[]): Promise<Outcome> {
  const { host, helper, recorder } = ground;
  const schedule = await host.keeping.find(helper);
  if (schedule.state !== 'impossible' && schedule.state !== 'whole') await host.administration.startKeeping(helper);
  const after = await look(host);
  const judgement = after.found.judge(shield);
  if (judgement.state !== 'closed')
    throw new Error(`reading the rules again did not show the door shut. ${judgement.lines.map(inEnglish).join(' ')}`);
  const kept =
    schedule.state === 'impossible'
      ? `Nothing looks after it: ${schedule.why}.`
      : `The keeper looks after it: ${host.keeping.rhythm}.`;
  await recorder.add({ step: 'proved', shield, proof: [...judgement.lines.map(inEnglish), kept] });
  return done(ground, after, false, notes);
}

/** Back to what should have been up before the change (null = nothing), and says so only after looking. */
export async function undo(ground: Ground, previous: Shield | null, was: Was, why: string): Promise<Outcome> {
  const { host, recorder } = ground;
  // One that was to end by itself meanwhile is not brought back, where the clock that says so can be believed.
  const clock = previous && clockOf(ground, previous);
  const before = clock?.wrong === null && previous && isPast(leaseEnd(previous), clock.now) ? null : previous;
  let owed = was;
  let note = '';
  try {
    const { found } = await look(host);
    if (before) {
      // A lease that is there may be that of the change.
      if (leaseEnd(before) !== null || found.judge(before).state !== 'closed')
        await host.administration.putUp(before, found.counted, clock?.now ?? host.now());
      await takeBack(host, without(was, before.workarounds));
      owed = only(was, before.workarounds);
      const judgement = (await look(host)).found.judge(before);
      if (judgement.state !== 'closed') throw new Error(judgement.lines.map(inEnglish).join(' '));
      note = await keepAgain(ground);
    } else {
      if (found.state === 'ours' || Object.keys(was).length > 0) await takeDownForCertain(host, was);
      owed = {};
      await host.administration.stopKeeping();
    }
  } catch (error) {
    const said = `${why} Undoing it failed too: ${messageOf(error)}`;
    return left(recorder, host, { why: said, standing: before, was: owed });
  }
  try {
    await recorder.add({ step: 'undone', why, restored: before, was: owed });
  } catch (error) {
    const now = before
      ? 'The shield that was up before is up'
      : 'The door is as it was before, and not shut by Breakwater';
    return {
      kind: 'failed-left',
      title: 'The shield was not put up, and its record is open',
      what: `${why} ${now}. That could not be written down: ${messageOf(error)}`,
      todo: 'Make room on the disk, or mend it. The next run takes the change for cut off, and finishes or undoes it.',
      clear: host.administration.clearCommand,
    };
  }
  return {
    kind: 'failed-undone',
    title: 'The shield was not put up',
    what: why,
    todo: before
      ? `The shield that was up before is up as it was.${note}`
      : 'Everything is as it was before: the door is not shut by Breakwater. Mend the cause, then try again.',
  };
}

/** Whether dates of this shield may be believed now. */
export const clockOf = (ground: Ground, shield: Shield): Clock =>
  judgeClock(ground.host.now(), shield, lastNote(ground, shield)?.sureAt ?? null);

/** A schedule that is not whole may still look, and then mends itself: better than none. Gives what is to be said of it. */
async function keepAgain({ host, helper }: Ground): Promise<string> {
  if ((await host.keeping.find(helper)).state !== 'broken') return '';
  try {
    await host.administration.startKeeping(helper);
    return '';
  } catch (error) {
    return ` Its keeper's schedule is not whole, and could not be mended: ${messageOf(error)}`;
  }
}
