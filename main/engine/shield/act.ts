// The privileged acts: each is recorded before it begins, proven after it, and undone where the proof fails.

import type { Host } from '../../host/host';
import { type Message, message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import type { Outcome } from '../../model/outcome';
import type { Answer, Request } from '../../model/request';
import { failureInEnglish } from '../in-english';
import { JournalUnreadable, readJournal } from '../journal/journal';
import { Busy, withLock } from '../journal/lock';
import { readRecord } from '../journal/state-on-record';
import { type Keeper, keep, restore } from '../keeper/pass';
import { done, type Ground, isTrusted, look, openGround } from './act-context';
import { raise } from './apply';
import { settle } from './recover';
import { lower } from './revert';

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
      return { schema, act: 'refused', why: failureInEnglish(error) };
    }
  }
  if (request.act === 'judge') return judge(host, helper);
  const { act } = request;
  const grounds: Ground[] = [];
  try {
    const boot = await host.administration.bootId();
    const open = async (): Promise<Ground> => {
      const ground = await openGround(host, helper, boot);
      grounds.push(ground);
      return ground;
    };
    return { schema, act, outcome: await outcomeOf(request, { host, helper, boot, open }) };
  } catch (error) {
    if (grounds.some(({ recorder }) => recorder.isTouched))
      return { schema, act, outcome: brokenOff(messageOf(error)) };
    const title = message(error instanceof Busy ? 'outcome.busy' : 'outcome.not-begun');
    const todo = message(error instanceof JournalUnreadable ? 'outcome.set-aside' : 'outcome.try-again');
    return { schema, act, outcome: { kind: 'failed-undone', title, what: messageOf(error), todo } };
  }
}

/** For the shield on record; reads what other people's programs and files say, and changes nothing. */
async function judge(host: Host, helper: string): Promise<Answer> {
  const schema = 'breakwater/answer@1';
  try {
    const { entries } = await readJournal(host.stateFolder, isTrusted(host));
    const reason = readRecord(entries).standing?.shield.reason ?? null;
    const { judgeReasonInForce } = await import('../keeper/reason-patch');
    return { schema, act: 'judge', reason, judged: await judgeReasonInForce(host, helper, reason) };
  } catch (error) {
    return { schema, act: 'refused', why: failureInEnglish(error) };
  }
}

type Changing = Exclude<Request, { act: 'look' | 'judge' }>;

async function outcomeOf(request: Changing, keeper: Keeper): Promise<Outcome> {
  if (request.act === 'keep') return keep(keeper);
  if (request.act === 'restore') return restore(keeper);
  return withLock(keeper.host.stateFolder, keeper.boot, async () => {
    const ground = await keeper.open();
    const outcome = await change(request, ground);
    // The change is over, whatever becomes of this; where a keeper stands, its look says so.
    await ground.recorder.trim().catch(() => undefined);
    return outcome;
  });
}

const brokenOff = (what: Message): Outcome => ({
  kind: 'unknown',
  title: message('outcome.broke-off'),
  what,
  todo: message('outcome.broke-off.todo'),
  shield: null,
});

async function change(
  request: Extract<Changing, { act: 'shield' | 'lift' | 'settle' }>,
  ground: Ground,
): Promise<Outcome> {
  if (request.act === 'lift') return lower(ground, null);
  const settled = await settle(ground);
  if (settled && settled.kind !== 'done') return settled;
  if (request.act === 'shield') return raise(ground, request.shield);
  return settled ?? done(ground, await look(ground.host), true, [message('outcome.nothing-unfinished')]);
}
