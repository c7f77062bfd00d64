// The privileged acts: each is recorded before it begins, proven after it, and undone where the proof fails.
import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../host/host';
import type { Ruleset } from '../model/facts';
import type { Outcome } from '../model/outcome';
import type { Answer, Request } from '../model/request';
import type { Shield, ShieldFound } from '../model/shield';
import type { ShieldVerdict } from '../model/verdicts';
import { JournalUnreadable, openRecorder, type Recorder } from './journal';
import { Busy, withLock } from './lock';
import { readRecord } from './record';
import { judgeShield } from './shield-verdict';

/** Runs one request as administrator and answers it. Never rejects: what goes wrong is an outcome. */
export async function act(request: Request, host: Host): Promise<Answer> {
  const schema = 'breakwater/answer@1';
  if (request.act === 'look') {
    try {
      return { schema, act: 'look', ruleset: await host.administration.readRuleset() };
    } catch (error) {
      return { schema, act: 'refused', why: messageOf(error) };
    }
  }
  const { act } = request;
  try {
    const outcome = await withLock(host.stateFolder, () => change(request, host));
    return { schema, act, outcome };
  } catch (error) {
    const title = error instanceof Busy ? 'Busy' : 'Breakwater could not begin';
    const todo =
      error instanceof JournalUnreadable
        ? 'Set the file aside as administrator if it is not needed, then try again.'
        : 'Nothing was changed. Please try again.';
    return { schema, act, outcome: { kind: 'failed-undone', title, what: messageOf(error), todo } };
  }
}

interface Ground {
  readonly host: Host;
  readonly recorder: Recorder;
  readonly boot: string | null;
}

/** Our rules at one moment: as read, and as found in what was read. */
interface Sight {
  readonly ruleset: Ruleset;
  readonly found: ShieldFound;
}

async function change(request: Exclude<Request, { act: 'look' }>, host: Host): Promise<Outcome> {
  const boot = await host.administration.bootId();
  const ground: Ground = {
    host,
    boot,
    recorder: await openRecorder(host.stateFolder, host.simulated === null, host.now, boot),
  };
  if (request.act === 'lift') return lower(ground);
  const settled = await settle(ground);
  if (settled && settled.kind !== 'done') return settled;
  if (request.act === 'shield') return raise(ground, request.shield);
  return settled ?? done(ground, await look(host), true, ['Nothing was left unfinished.']);
}

async function raise(ground: Ground, wished: Shield): Promise<Outcome> {
  const { host, recorder } = ground;
  if (wished.until !== null && Date.parse(wished.until) <= host.now().getTime())
    return {
      kind: 'refused',
      title: 'The time is over',
      what: `The shield was to end at ${wished.until}, which is past.`,
      todo: 'Choose a later time.',
    };
  const sight = await look(host);
  const { found } = sight;
  if (found.state === 'foreign') return foreign();
  const standing = readRecord(recorder.journal.entries).standing?.shield ?? null;
  // A shield whose scope changes stays the same shield: its id, its beginning and its counts go on.
  const shield = found.state === 'ours' && standing ? { ...wished, id: standing.id, since: standing.since } : wished;
  const before = standing !== null && found.judge(standing).state === 'closed' ? standing : null;
  if (before && isDeepStrictEqual(shield, before))
    return done(ground, sight, true, ['This shield was up already; nothing was changed.']);

  await recorder.add({ step: 'raising', shield, before });
  try {
    await host.administration.putUp(shield, found.counted);
    await recorder.add({ step: 'changed' });
    const after = await look(host);
    const judgement = after.found.judge(shield);
    if (judgement.state !== 'closed')
      throw new Error(`reading the rules again did not show the door shut. ${judgement.lines.join(' ')}`);
    await recorder.add({ step: 'proved', shield, proof: judgement.lines });
    return done(ground, after, false, []);
  } catch (error) {
    return undo(ground, before, `The shield could not be put up: ${messageOf(error)}`);
  }
}

/** Back to what was up before the change (null = nothing), and says so only after looking. */
async function undo({ host, recorder }: Ground, before: Shield | null, why: string): Promise<Outcome> {
  try {
    const { found } = await look(host);
    if (before) {
      if (found.judge(before).state !== 'closed') await host.administration.putUp(before, found.counted);
      const judgement = (await look(host)).found.judge(before);
      if (judgement.state !== 'closed') throw new Error(judgement.lines.join(' '));
    } else if (found.state === 'ours') await takeDownForCertain(host);
  } catch (error) {
    return left(recorder, host, `${why} Undoing it failed too: ${messageOf(error)}`);
  }
  // Where even this can't be written, the change stays recorded as cut off, and the next run finds that it was undone.
  await recorder.add({ step: 'undone', why, restored: before }).catch(() => undefined);
  return {
    kind: 'failed-undone',
    title: 'The shield was not put up',
    what: why,
    todo: before
      ? 'The shield that was up before is up as it was.'
      : 'Everything is as it was before: the door is not shut by Breakwater. Mend the cause, then try again.',
  };
}

async function lower(ground: Ground): Promise<Outcome> {
  const { host, recorder } = ground;
  const sight = await look(host);
  if (sight.found.state === 'foreign') return foreign();
  const record = readRecord(recorder.journal.entries);
  const shield = record.standing?.shield ?? record.interrupted?.shield ?? null;
  if (sight.found.state === 'ours') {
    const restBefore = await host.administration.readRest();
    await recorder.add({ step: 'lowering', shield });
    return takeAway(ground, shield, restBefore);
  }
  if (!record.standing && !record.interrupted && !record.left)
    return done(ground, sight, true, ['No shield was up; nothing was changed.']);
  await recorder.add({ step: 'lowered', shield, restAsBefore: true });
  return done(ground, sight, true, ["The shield's rules were gone already; its record is closed now."]);
}

/** `restBefore` null = an earlier run has begun this and what the rest was like then is not known. */
async function takeAway(ground: Ground, shield: Shield | null, restBefore: string | null): Promise<Outcome> {
  const { host, recorder } = ground;
  let sight: Sight;
  let restAsBefore: boolean;
  try {
    sight = await takeDownForCertain(host);
    restAsBefore = restBefore === null || (await host.administration.readRest()) === restBefore;
  } catch (error) {
    return stillUp(ground, shield, `The shield could not be taken down: ${messageOf(error)}`);
  }
  await recorder.add({ step: 'lowered', shield, restAsBefore });
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
    shield: verdictAt(ground, sight),
  };
}

async function stillUp({ host, recorder }: Ground, shield: Shield | null, why: string): Promise<Outcome> {
  const isWhole = shield !== null && (await look(host).catch(() => null))?.found.judge(shield).state === 'closed';
  if (!isWhole) return left(recorder, host, why);
  await recorder.add({ step: 'undone', why, restored: shield });
  return {
    kind: 'failed-undone',
    title: 'The shield is still up',
    what: why,
    todo: 'It is whole, as it was before. Please try again.',
  };
}

/** Finishes or undoes a change that was cut off; null when there is none. */
async function settle(ground: Ground): Promise<Outcome | null> {
  const { host, recorder } = ground;
  const pending = readRecord(recorder.journal.entries).interrupted;
  if (!pending) return null;
  const sight = await look(host);
  if (sight.found.state === 'foreign') return foreign();
  if (pending.step === 'lowering') return takeAway(ground, pending.shield, null);
  const judgement = sight.found.judge(pending.shield);
  if (judgement.state === 'closed') {
    await recorder.add({ step: 'proved', shield: pending.shield, proof: judgement.lines });
    return done(ground, sight, false, ['Putting up a shield had been cut off; it is whole, and proven now.']);
  }
  const outcome = await undo(ground, pending.before, 'Putting up the shield had been cut off.');
  return outcome.kind === 'failed-undone'
    ? done(ground, await look(host), false, ['Putting up a shield had been cut off; it is undone now.'])
    : outcome;
}

async function look(host: Host): Promise<Sight> {
  const ruleset = await host.administration.readShield();
  return { ruleset, found: host.findShield(ruleset) };
}

async function takeDownForCertain(host: Host): Promise<Sight> {
  await host.administration.takeDown();
  const sight = await look(host);
  if (sight.found.state === 'ours') throw new Error('our rules are still there after being taken away.');
  return sight;
}

async function left(recorder: Recorder, host: Host, why: string): Promise<Outcome> {
  const clear = host.administration.clearCommand;
  await recorder.add({ step: 'left', why, clear }).catch(() => undefined);
  return {
    kind: 'failed-left',
    title: 'Something is left behind',
    what: why,
    todo: 'Rules of ours may still be in force. Try again, or clear them as administrator with this command.',
    clear,
  };
}

function done(ground: Ground, sight: Sight, unchanged: boolean, notes: readonly string[]): Outcome {
  return { kind: 'done', unchanged, shield: verdictAt(ground, sight), notes };
}

function verdictAt({ host, recorder, boot }: Ground, { ruleset }: Sight): ShieldVerdict {
  const now = host.now();
  const at = now.toISOString();
  return judgeShield({
    journal: { state: 'known', value: recorder.journal, source: { kind: 'file', name: recorder.journal.path }, at },
    ruleset: { state: 'known', value: ruleset, source: { kind: 'system', name: 'firewall' }, at },
    boot,
    now,
    findShield: host.findShield,
  });
}

function foreign(): Outcome {
  return {
    kind: 'failed-undone',
    title: 'Somebody else uses our name',
    what: 'The firewall has a table "inet breakwater" that does not carry our mark, so it is not ours to change.',
    todo: 'Rename or remove that table, then try again. Nothing was changed.',
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
