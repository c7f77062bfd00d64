// The keeper's looks: what the system's schedule runs while a shield is on record.
import type { ReasonPatch } from '../model/kept';
import type { Outcome } from '../model/outcome';
import type { Shield, Was } from '../model/shield';
import { done, foreign, type Ground, look, messageOf, mustOffer, type Sight, takeBack } from './ground';
import { type Clock, decide, judgeClock } from './keep';
import { lower } from './lower';
import { forgotten, remember, withoutOthers } from './other-servers';
import { judgeReasonInForce } from './reason-patch';
import { readRecord, without } from './record';
import { lastNote, note, noteNothing, readNote } from './status';

/** One look: puts rules back, lifts when the shield's end has come, notes what it saw. `notes` are for the system's journal. */
export async function keep(ground: Ground): Promise<Outcome> {
  const { host, helper, recorder } = ground;
  const record = readRecord(recorder.journal.entries);
  const shield = record.standing?.shield ?? null;
  const sight = await look(host);
  if (record.left && shield === null && sight.found.state !== 'foreign')
    return lower(ground, 'A failed change had left something behind.');
  if (shield === null) {
    await host.administration.stopKeeping();
    noteNothing(ground);
    return done(ground, sight, true, []);
  }
  const { last, isLost } = readNote(ground, shield);
  const clock = judgeClock(host.now(), shield, last?.sureAt ?? null);
  const judged = await judgeReasonInForce(host, helper, shield.reason);
  const moment = { now: clock.now, uptime: host.administration.uptime(), boot: ground.boot };
  const remembered = isLost ? forgotten(moment) : (last?.otherServers ?? null);
  const otherServers = remember(remembered, judged.others, moment);
  const patch = withoutOthers(judged.patch, otherServers, moment);
  const decision = decide({ shield, found: sight.found, judgement: sight.found.judge(shield), patch, clock });
  const lookedAt = { patch, otherServers, isWhole: true, restored: false, isSure: clock.wrong === null };
  if (decision.act === 'lift') {
    const outcome = await lower(ground, decision.why);
    if (outcome.kind === 'done') return { ...outcome, notes: [`The shield is lifted. ${decision.why}`] };
    if (outcome.kind === 'failed-undone') {
      const warnings = [`The shield should be lifted, and could not be. ${decision.why} ${outcome.what}`];
      note(ground, sight, shield, { ...lookedAt, decision: { waitsFor: decision.why, warnings } });
    }
    return outcome;
  }
  const looked = { ...lookedAt, decision };
  const news = decision.warnings.filter((warning) => !last?.warnings.includes(warning));
  if (decision.act === 'foreign') {
    note(ground, sight, shield, { ...looked, isWhole: false });
    return foreign();
  }
  let now = sight;
  // What a failed change has left may look whole, and end at another time.
  if (decision.act === 'restore' || record.left !== null) {
    const cause = decision.act === 'restore' ? decision.why : 'A failed change had left it in doubt.';
    const back = await putBack(ground, sight, shield, clock, cause);
    if (back.kind === 'failed') {
      const warnings = [...decision.warnings, back.why];
      note(ground, back.sight, shield, { ...looked, decision: { ...decision, warnings }, isWhole: false });
      return notPutBack(back.why);
    }
    now = back.sight;
    news.push(`The shield's rules were put back. ${cause}`);
  }
  const parts = [
    await mendSchedule(ground, last?.warnings ?? []),
    await takeBackOwed(ground, shield, without(record.was, shield.workarounds), last?.warnings ?? []),
  ];
  const warnings = [...decision.warnings, ...parts.flatMap((part) => part.warnings)];
  const notes = parts.flatMap((part) => part.notes);
  const restored = now !== sight;
  note(ground, now, shield, { ...looked, decision: { ...decision, warnings }, restored });
  return done(ground, now, notes.length === 0 && !restored, [...news, ...notes]);
}

interface Mended {
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** The schedule, or a part of it, was taken away or changed; or this is a newer version, which writes it otherwise. */
async function mendSchedule({ host, helper }: Ground, known: readonly string[]): Promise<Mended> {
  const schedule = await host.keeping.find(helper);
  if (schedule.state === 'whole' || schedule.state === 'impossible') return { warnings: [], notes: [] };
  const cause = schedule.state === 'broken' ? schedule.why : 'all of it was gone';
  try {
    await host.administration.startKeeping(helper);
    return { warnings: [], notes: [`The keeper's schedule was mended (${cause}).`] };
  } catch (error) {
    const why = `The keeper's schedule is broken (${cause}), and could not be mended: ${messageOf(error)}`;
    return { warnings: [why], notes: known.includes(why) ? [] : [why] };
  }
}

/** What a change that failed had switched off, and could not switch on again, is no part of the shield that stands. */
async function takeBackOwed(
  { host, recorder }: Ground,
  shield: Shield,
  owed: Was,
  known: readonly string[],
): Promise<Mended> {
  const names = Object.keys(owed).join(', ');
  if (names === '') return { warnings: [], notes: [] };
  try {
    await takeBack(host, owed);
    const why = `What a failed change had left was taken back: ${names}.`;
    await recorder.add({ step: 'undone', why, restored: shield });
    return { warnings: [], notes: [why] };
  } catch (error) {
    const why = `A failed change has left ${names} switched off, which could not be switched on again: ${messageOf(error)}`;
    return { warnings: [why], notes: known.includes(why) ? [] : [why] };
  }
}

/**
 * While the PC starts, and after another tool has loaded its rules anew: only puts back what should be there, and is quick about it.
 * A change that was cut off is left to the keeper's look, which comes after.
 */
export async function restore(ground: Ground): Promise<Outcome> {
  const { host, recorder } = ground;
  const { standing, interrupted } = readRecord(recorder.journal.entries);
  const shield = interrupted?.step === 'lowering' ? null : (standing?.shield ?? null);
  const sight = await look(host);
  if (shield === null) return done(ground, sight, true, []);
  const { last, isLost } = readNote(ground, shield);
  const clock = judgeClock(host.now(), shield, last?.sureAt ?? null);
  const patch: ReasonPatch = last?.patch ?? { state: 'unknown', because: ['It has not been looked at yet.'] };
  const decision = decide({ shield, found: sight.found, judgement: sight.found.judge(shield), patch, clock });
  const moment = { now: clock.now, uptime: host.administration.uptime(), boot: ground.boot };
  const otherServers = isLost ? forgotten(moment) : (last?.otherServers ?? null);
  const looked = { decision, patch: null, otherServers, isWhole: true, restored: false, isSure: clock.wrong === null };
  if (decision.act === 'nothing') note(ground, sight, shield, looked);
  if (decision.act === 'foreign') return foreign();
  if (decision.act !== 'restore') return done(ground, sight, true, []);
  const back = await putBack(ground, sight, shield, clock, decision.why);
  if (back.kind === 'failed') return notPutBack(back.why);
  note(ground, back.sight, shield, { ...looked, restored: true });
  return done(ground, back.sight, false, ["The shield's rules were put back."]);
}

type PutBack =
  | { readonly kind: 'back'; readonly sight: Sight }
  | { readonly kind: 'failed'; readonly why: string; readonly sight: Sight };

/** Puts the rules back and reads them whole. What fails changes nothing of the record: the next look tries again. */
async function putBack(ground: Ground, sight: Sight, shield: Shield, clock: Clock, cause: string): Promise<PutBack> {
  const { host, recorder } = ground;
  let after = sight;
  try {
    const switching = await newlySwitched(ground, shield);
    if (switching !== null) await recorder.add({ step: 'raising', shield, before: shield, was: switching });
    await host.administration.putUp(
      shield,
      sight.found.counted ?? lastNote(ground, shield)?.counted ?? null,
      clock.now,
    );
    after = await look(host);
    const judgement = after.found.judge(shield);
    if (judgement.state !== 'closed') throw new Error(judgement.lines.join(' '));
    if (switching === null) await recorder.add({ step: 'restored', why: cause });
    else await recorder.add({ step: 'proved', shield, proof: judgement.lines });
    return { kind: 'back', sight: after };
  } catch (error) {
    const why = `The shield's rules could not be put back: ${messageOf(error)}`;
    // Once is enough: it is tried again every half minute.
    const last = recorder.journal.entries.at(-1);
    if (!(last?.step === 'not-restored' && last.why === why))
      await recorder.add({ step: 'not-restored', why }).catch(() => undefined);
    return { kind: 'failed', why, sight: after };
  }
}

/** With what is on record: workarounds that somebody else had in force before, and took back, are ours from now on. Null = none. */
async function newlySwitched({ host, recorder }: Ground, shield: Shield): Promise<Was | null> {
  const { was } = readRecord(recorder.journal.entries);
  const unread = shield.workarounds.filter((one) => was[one] === undefined);
  const read = unread.length === 0 ? {} : await mustOffer(host.administration.workarounds).read(unread);
  return Object.keys(read).length === 0 ? null : { ...was, ...read };
}

function notPutBack(what: string): Outcome {
  return {
    kind: 'failed-undone',
    title: 'The shield could not be put back',
    what,
    todo: 'The door may be open. It is tried again by itself; to put the shield up by hand: breakwater shield.',
  };
}
