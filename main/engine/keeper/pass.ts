// The keeper's looks: what the system's schedule runs while a shield is on record. The rules come first, and wait for nothing: not for
// judging, not for a lock that can't be had, not for a disk that takes nothing more.

import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../../host/host';
import type { CodedText, ReasonInForce, ReasonPatch } from '../../model/kept';
import { verbatim } from '../../model/message';
import type { Outcome } from '../../model/outcome';
import type { Shield } from '../../model/shield';
import { failureInEnglish, inEnglish } from '../in-english';
import { Busy, LockUnwritable, withLock } from '../journal/lock';
import { type Record, readRecord, without } from '../journal/state-on-record';
import { done, foreign, type Ground, look, type Sight, verdictAt } from '../shield/act-context';
import { settle } from '../shield/recover';
import { lower } from '../shield/revert';
import { decide, judgeClock } from './decision';
import { judgeApart } from './judge-apart';
import { mendSchedule, takeBackOwed } from './mending';
import { forgotten, remember, withoutOthers } from './other-servers';
import { putBack } from './put-back';
import { isNew, note, noteNothing, readNote } from './status';

export interface Keeper {
  readonly host: Host;
  readonly helper: string;
  readonly boot: string | null;
  /** Reads the record; what is written to it by that ground needs the lock. Rejects with `JournalUnreadable`. */
  open(): Promise<Ground>;
}

/** One look: puts rules back; then judges whether the shield's end has come, lifts, and notes what it saw. `notes` are for the system's journal. */
export async function keep(keeper: Keeper): Promise<Outcome> {
  const { host, helper, boot } = keeper;
  const held = await holdShut(keeper, 'keep');
  if (held.kind === 'ended') return held.outcome;
  const judged = await judgeApart(host, helper, held.shield.reason);
  try {
    return await withLock(host.stateFolder, boot, async () => lookOnce(await keeper.open(), held, judged));
  } catch (error) {
    if (error instanceof LockUnwritable) return spoken(await keeper.open(), addTrouble(held, error.message));
    // Somebody changes the shield right now; the next look sees what became of it.
    if (error instanceof Busy) return spoken(await keeper.open(), held);
    throw error;
  }
}

/** While the PC starts, and after rules were wiped: only puts back what should be there, and is quick about it. */
export async function restore(keeper: Keeper): Promise<Outcome> {
  const held = await holdShut(keeper, 'restore');
  return held.kind === 'ended' ? held.outcome : spoken(await keeper.open(), held);
}

/** What came of looking after the rules alone. */
interface Held {
  readonly kind: 'held';
  readonly shield: Shield;
  readonly sight: Sight;
  /** Why they could not be put back; null = they are whole, or need not be. */
  readonly failed: string | null;
  /** Whether anything was changed on this PC: rules, the schedule, what a failed change had left. */
  readonly changed: boolean;
  readonly news: readonly string[];
  /** What could not be written down. */
  readonly troubles: readonly string[];
}
type HeldOrEnded = Held | { readonly kind: 'ended'; readonly outcome: Outcome };

const addTrouble = (held: Held, trouble: string): Held => ({
  ...held,
  troubles: held.troubles.includes(trouble) ? held.troubles : [...held.troubles, trouble],
});
const ended = (outcome: Outcome): HeldOrEnded => ({ kind: 'ended', outcome });

/**
 * With the lock, where it can be had; else all the same. `keep` finishes or undoes a change that was cut off; `restore` leaves that to
 * the look that comes after it.
 */
async function holdShut(keeper: Keeper, act: 'keep' | 'restore'): Promise<HeldOrEnded> {
  const { host, boot } = keeper;
  try {
    return await withLock(host.stateFolder, boot, async () => {
      const ground = await keeper.open();
      const settled = act === 'keep' ? await settle(ground) : null;
      if (settled !== null && settled.kind !== 'done') return ended(settled);
      return secure(ground, act);
    });
  } catch (error) {
    if (error instanceof Busy || error instanceof LockUnwritable) return secureUnlocked(keeper, error);
    throw error;
  }
}

async function secure(ground: Ground, act: 'keep' | 'restore'): Promise<HeldOrEnded> {
  const { host, recorder } = ground;
  const record = readRecord(recorder.journal.entries);
  const shield = shieldOf(record);
  const sight = await look(host);
  if (shield === null) {
    if (act === 'restore') return ended(await done(ground, sight, true, []));
    if (record.left && sight.found.state !== 'foreign')
      return ended(await lower(ground, 'A failed change had left something behind.'));
    await host.administration.stopKeeping();
    noteNothing(ground);
    return ended(await done(ground, sight, true, []));
  }
  const { last, isLost } = readNote(ground, shield);
  const { clock, decision, moment } = judgeByNote(ground, shield, sight);
  const warnings = last?.warnings.filter(({ code }) => code !== 'not-put-back') ?? [];
  const looked = {
    // What only a judgement finds stays noted until the next one.
    decision: { waitsFor: last?.waitsFor ?? decision.waitsFor, warnings },
    patch: null,
    otherServers: isLost ? forgotten(moment) : (last?.otherServers ?? null),
    isWhole: true,
    restored: false,
    isSure: clock.wrong === null,
  };
  const held: Held = { kind: 'held', shield, sight, failed: null, changed: false, news: [], troubles: [] };
  const noted = (of: Held, how: Parameters<typeof note>[3]): Held => {
    const trouble = note(ground, of.sight, shield, how);
    return trouble === null ? of : addTrouble(of, trouble);
  };
  if (decision.act === 'foreign') {
    note(ground, sight, shield, { ...looked, decision, isWhole: false });
    return ended(foreign());
  }
  // The judgement that follows says whether it ends.
  if (decision.act === 'lift') return held;
  // What a failed change has left may look whole, and end at another time.
  if (decision.act === 'nothing' && (act === 'restore' || record.left === null)) return noted(held, looked);
  const cause = decision.act === 'restore' ? decision.why : 'A failed change had left it in doubt.';
  const back = await putBack(ground, sight, shield, clock, cause, null);
  if (back.kind === 'failed') {
    const decided = { ...looked.decision, warnings: [...warnings, { code: 'not-put-back', text: back.why } as const] };
    return noted({ ...held, sight: back.sight, failed: back.why }, { ...looked, decision: decided, isWhole: false });
  }
  const news = [`The shield's rules were put back. ${cause}`];
  const now: Held = { ...held, sight: back.sight, changed: true, news, troubles: back.troubles };
  return noted(now, { ...looked, restored: true });
}

/** Whoever changes the shield has the last word about it: none of theirs is undone. */
async function secureUnlocked(keeper: Keeper, barred: Busy | LockUnwritable): Promise<HeldOrEnded> {
  const ground = await keeper.open();
  const { host } = ground;
  const record = readRecord(ground.recorder.journal.entries);
  const shield = barred instanceof Busy && record.interrupted !== null ? null : shieldOf(record);
  if (shield === null) return ended(notBegun(barred));
  const sight = await look(host);
  const held: Held = {
    kind: 'held',
    shield,
    sight,
    failed: null,
    changed: false,
    news: [],
    troubles: [barred.message],
  };
  const isOfPending = record.interrupted?.shield && sight.found.judge(record.interrupted.shield).state === 'closed';
  const { clock, decision } = judgeByNote(ground, shield, sight);
  if (decision.act === 'foreign') return ended(foreign());
  if (decision.act !== 'restore' || isOfPending) return held;
  const back = await putBack(ground, sight, shield, clock, decision.why, barred);
  const after = readRecord((await keeper.open()).recorder.journal.entries);
  if (shieldOf(after) === null) {
    await host.administration.takeDown();
    return ended(notBegun(barred));
  }
  if (back.kind === 'failed') return { ...held, sight: back.sight, failed: back.why };
  const troubles = [...new Set([...held.troubles, ...back.troubles])];
  const news = [`The shield's rules were put back. ${decision.why}`];
  return { ...held, sight: back.sight, changed: true, news, troubles };
}

/** The shield that should be up; one that is being taken down should not. */
const shieldOf = ({ standing, interrupted }: Record): Shield | null =>
  interrupted?.step === 'lowering' ? null : (standing?.shield ?? null);

const notYet: ReasonPatch = { state: 'unknown', because: ['It has not been looked at yet.'] };

/** By what the last look has found out. That a PC is patched is never taken from a note. */
function judgeByNote(ground: Ground, shield: Shield, sight: Sight) {
  const { host, boot } = ground;
  const { last } = readNote(ground, shield);
  const clock = judgeClock(host.now(), shield, last?.sureAt ?? null);
  const patch = last?.patch && last.patch.state !== 'patched' ? last.patch : notYet;
  const decision = decide({ shield, found: sight.found, judgement: sight.found.judge(shield), patch, clock });
  return { clock, decision, moment: { now: clock.now, uptime: host.administration.uptime(), boot } };
}

/** With what was judged: lifts, mends what belongs to the shield, and notes all of it. */
async function lookOnce(ground: Ground, held: Held, judged: ReasonInForce): Promise<Outcome> {
  const { host, recorder, boot } = ground;
  const record = readRecord(recorder.journal.entries);
  const shield = record.standing?.shield ?? null;
  // It was judged for another shield than the one of now.
  if (record.interrupted !== null || shield === null || !isDeepStrictEqual(shield, held.shield))
    return spoken(ground, held);
  const sight = await look(host);
  const { last, isLost } = readNote(ground, shield);
  const clock = judgeClock(host.now(), shield, last?.sureAt ?? null);
  const moment = { now: clock.now, uptime: host.administration.uptime(), boot };
  const remembered = isLost ? forgotten(moment) : (last?.otherServers ?? null);
  const otherServers = remember(remembered, judged.others, moment);
  const patch = withoutOthers(judged.patch, otherServers, moment);
  const decision = decide({ shield, found: sight.found, judgement: sight.found.judge(shield), patch, clock });
  const lookedAt = { patch, otherServers, isWhole: true, restored: false, isSure: clock.wrong === null };
  if (decision.act === 'lift') {
    const outcome = await lower(ground, decision.why);
    if (outcome.kind === 'done') return { ...outcome, notes: [`The shield is lifted. ${decision.why}`] };
    if (outcome.kind === 'failed-undone') {
      const text = `The shield should be lifted, and could not be. ${decision.why} ${inEnglish(outcome.what)}`;
      note(ground, sight, shield, {
        ...lookedAt,
        decision: { waitsFor: decision.why, warnings: [{ code: 'not-lifted', text }] },
      });
    }
    return outcome;
  }
  const looked = { ...lookedAt, decision };
  if (decision.act === 'foreign') {
    note(ground, sight, shield, { ...looked, isWhole: false });
    return foreign();
  }
  let now = held;
  const warnings: CodedText[] = [...decision.warnings];
  if (decision.act === 'restore') {
    const back = await putBack(ground, sight, shield, clock, decision.why, null);
    if (back.kind === 'failed') {
      warnings.push({ code: 'not-put-back', text: back.why });
      note(ground, back.sight, shield, { ...looked, decision: { ...decision, warnings }, isWhole: false });
      return notPutBack(back.why);
    }
    const news = held.changed ? held.news : [`The shield's rules were put back. ${decision.why}`];
    now = { ...held, sight: back.sight, changed: true, news, troubles: [...held.troubles, ...back.troubles] };
  } else now = { ...held, sight, failed: null };
  if (now.troubles.length > 0) warnings.push({ code: 'not-written', text: now.troubles.join(' ') });
  const parts = [
    await mendSchedule(ground),
    await takeBackOwed(ground, shield, without(record.was, shield.workarounds)),
    await trimmed(ground),
  ];
  warnings.push(...parts.flatMap((part) => part.warnings));
  const told = warnings.filter((warning) => warning.code !== 'not-written' && isNew(warning, last));
  const restored = decision.act === 'restore';
  const trouble = note(ground, now.sight, shield, { ...looked, decision: { ...decision, warnings }, restored });
  const mended = parts.flatMap((part) => part.notes);
  const all = {
    ...now,
    changed: now.changed || mended.length > 0,
    news: [...told.map(({ text }) => text), ...now.news, ...mended],
  };
  return spoken(ground, trouble === null ? all : addTrouble(all, trouble));
}

/** The record does not grow without end. That it can't be shortened hinders nothing. */
async function trimmed({
  recorder,
}: Ground): Promise<{ readonly warnings: readonly CodedText[]; readonly notes: readonly string[] }> {
  try {
    await recorder.trim();
    return { warnings: [], notes: [] };
  } catch (error) {
    const text = `The record of shields has grown long, and could not be shortened: ${failureInEnglish(error)}`;
    return { warnings: [{ code: 'record-long', text }], notes: [] };
  }
}

/** What a look says in the end. */
async function spoken(ground: Ground, { sight, failed, changed, news, troubles }: Held): Promise<Outcome> {
  if (failed !== null) return notPutBack([failed, ...troubles].join(' '));
  if (troubles.length === 0) return done(ground, sight, !changed, news.map(verbatim));
  return {
    kind: 'unknown',
    title: 'The shield is looked after, and that could not be written down',
    what: [...troubles, ...news].join(' '),
    todo: 'Make room on the disk, or mend it: until then nobody is told how the shield stands, and it is not lifted by itself.',
    shield: await verdictAt(ground, sight),
  };
}

const notBegun = (barred: Busy | LockUnwritable): Outcome => ({
  kind: 'failed-undone',
  title: barred instanceof Busy ? 'Busy' : 'Breakwater could not begin',
  what: barred.message,
  todo: 'Nothing was changed. Please try again.',
});

function notPutBack(what: string): Outcome {
  return {
    kind: 'failed-undone',
    title: 'The shield could not be put back',
    what,
    todo: 'The door may be open. It is tried again by itself; to put the shield up by hand: breakwater shield.',
  };
}
