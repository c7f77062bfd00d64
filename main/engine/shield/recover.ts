// Finishes or undoes a change that was cut off.
import { message } from '../../model/message';
import { messageOf } from '../../model/message-error';
import type { Outcome } from '../../model/outcome';
import { leaseEnd } from '../../policy/shield-scope';
import { readRecord, without } from '../journal/state-on-record';
import { done, foreign, type Ground, look, takeBack } from './act-context';
import { clockOf, prove, undo } from './apply';
import { takeAway } from './revert';

/** Null when there is none. */
export async function settle(ground: Ground): Promise<Outcome | null> {
  const { host, recorder } = ground;
  const pending = readRecord(recorder.journal.entries).interrupted;
  if (!pending) return null;
  const sight = await look(host);
  if (sight.found.state === 'foreign') return foreign();
  if (pending.step === 'lowering') return takeAway(ground, pending, null);
  let why = message('outcome.was-cut-off');
  if (sight.found.judge(pending.shield).state === 'closed') {
    try {
      // Taking back what the shield before had switched off may have been cut off, too; and a lease may be that one's.
      if (leaseEnd(pending.shield) !== null)
        await host.administration.putUp(pending.shield, sight.found.counted, clockOf(ground, pending.shield).now);
      await takeBack(host, without(pending.was, pending.shield.workarounds));
      const notes = [message('outcome.finished')];
      return await prove(ground, pending.shield, notes);
    } catch (error) {
      why = message('outcome.was-cut-off.not-finished', { why: messageOf(error) });
    }
  }
  const outcome = await undo(ground, pending.before, pending.was, why);
  return outcome.kind === 'failed-undone'
    ? done(ground, await look(host), false, [message('outcome.undone')])
    : outcome;
}
