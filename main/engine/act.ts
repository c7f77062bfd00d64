// The privileged acts: each is recorded before it begins, proven after it, and undone where the proof fails.
import type { Host } from '../host/host';
import type { Outcome } from '../model/outcome';
import type { Answer, Request } from '../model/request';
import { done, type Ground, look, messageOf, openGround } from './ground';
import { JournalUnreadable } from './journal';
import { keep, restore } from './keeper';
import { Busy, withLock } from './lock';
import { lower } from './lower';
import { raise } from './raise';
import { settle } from './settle';

/**
 * Runs one request as administrator and answers it. `helper`: absolute path of the helper's script, for the keeper's schedule.
 * Never rejects: what goes wrong is an outcome.
 */
export async function act(request: Request, host: Host, helper: string): Promise<Answer> {
  const schema = 'breakwater/answer@1';
  if (request.act === 'look') {
    try {
      return { schema, act: 'look', ruleset: await host.administration.readRuleset() };
    } catch (error) {
      return { schema, act: 'refused', why: messageOf(error) };
    }
  }
  const { act } = request;
  let ground: Ground | null = null;
  try {
    const boot = await host.administration.bootId();
    const outcome = await withLock(host.stateFolder, boot, async () => {
      ground = await openGround(host, helper, boot);
      return change(request, ground);
    });
    return { schema, act, outcome };
  } catch (error) {
    if (isTouched(ground)) return { schema, act, outcome: brokenOff(messageOf(error)) };
    const title = error instanceof Busy ? 'Busy' : 'Breakwater could not begin';
    const todo =
      error instanceof JournalUnreadable
        ? 'Set the file aside as administrator if it is not needed, then try again.'
        : 'Nothing was changed. Please try again.';
    return { schema, act, outcome: { kind: 'failed-undone', title, what: messageOf(error), todo } };
  }
}

const isTouched = (ground: Ground | null): boolean => ground?.recorder.isTouched ?? false;

const brokenOff = (what: string): Outcome => ({
  kind: 'unknown',
  title: 'It broke off in the middle',
  what,
  todo: 'How far it came is on record: the next run finishes or undoes it. See how it stands with "breakwater status", and try again.',
  shield: null,
});

async function change(request: Exclude<Request, { act: 'look' }>, ground: Ground): Promise<Outcome> {
  if (request.act === 'restore') return restore(ground);
  if (request.act === 'lift') return lower(ground, null);
  const settled = await settle(ground);
  if (settled && settled.kind !== 'done') return settled;
  if (request.act === 'shield') return raise(ground, request.shield);
  if (request.act === 'keep') return keep(ground);
  return settled ?? done(ground, await look(ground.host), true, ['Nothing was left unfinished.']);
}
