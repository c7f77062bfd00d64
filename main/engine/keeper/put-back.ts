// Puts the rules of the shield on record back, and reads them whole.

import type { Shield, Was } from '../../model/shield';
import { failureInEnglish, inEnglish } from '../in-english';
import { readRecord } from '../journal/state-on-record';
import { type Ground, look, mustOffer, type Sight } from '../shield/act-context';
import type { Clock } from './decision';
import { lastNote } from './status';

type PutBack =
  /** `troubles`: what could not be written down, or not be switched off since that could not be; a sentence each. */
  | { readonly kind: 'back'; readonly sight: Sight; readonly troubles: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string; readonly sight: Sight };

/**
 * `cause`: why, for the record. `barred`: why nothing may be written now; null = the caller holds the lock. Never rejects. That
 * something can't be written keeps no rule away, and what fails changes nothing of the record: the next look tries again.
 */
export async function putBack(
  ground: Ground,
  sight: Sight,
  shield: Shield,
  clock: Clock,
  cause: string,
  barred: Error | null,
): Promise<PutBack> {
  const { host, recorder } = ground;
  const troubles: string[] = [];
  const written = async (step: Parameters<typeof recorder.add>[0]): Promise<void> => {
    if (barred !== null) return;
    try {
      await recorder.add(step);
    } catch (error) {
      troubles.push(`The record can't be written: ${failureInEnglish(error)}`);
    }
  };
  let after = sight;
  let isPutUp = false;
  try {
    const { wanted, switching } = await switchedOnRecord(ground, shield, barred, troubles);
    const carried = sight.found.counted ?? lastNote(ground, shield)?.counted ?? null;
    await host.administration.putUp(wanted, carried, clock.now);
    isPutUp = true;
    after = await look(host);
    const judgement = after.found.judge(wanted);
    if (judgement.state !== 'closed') throw new Error(judgement.lines.map(inEnglish).join(' '));
    if (switching === null) await written({ step: 'restored', why: cause });
    else await written({ step: 'proved', shield, proof: judgement.lines.map(inEnglish) });
    return { kind: 'back', sight: after, troubles };
  } catch (error) {
    const why = `The shield's rules could not be put back: ${failureInEnglish(error)}`;
    const code = isPutUp ? 'not-whole' : 'refused';
    // Once is enough: it is tried again every half minute, and each time may be refused in other words.
    const last = recorder.journal.entries.at(-1);
    if (!(last?.step === 'not-restored' && last.code === code)) await written({ step: 'not-restored', code, why });
    return { kind: 'failed', why, sight: after };
  }
}

/**
 * Workarounds that somebody else had in force before, and took back, are ours from now on: how they were is on record before they are
 * switched. Where it can't be read or written, the rules go up without them.
 */
async function switchedOnRecord(
  ground: Ground,
  shield: Shield,
  barred: Error | null,
  troubles: string[],
): Promise<{ readonly wanted: Shield; readonly switching: Was | null }> {
  const { host, recorder } = ground;
  const { was } = readRecord(recorder.journal.entries);
  const unread = shield.workarounds.filter((one) => was[one] === undefined);
  if (unread.length === 0) return { wanted: shield, switching: null };
  try {
    const read = await mustOffer(host.administration.workarounds).read(unread);
    if (Object.keys(read).length === 0) return { wanted: shield, switching: null };
    if (barred !== null) throw barred;
    const switching = { ...was, ...read };
    await recorder.add({ step: 'raising', shield, before: shield, was: switching });
    return { wanted: shield, switching };
  } catch (error) {
    // Without rules there is nothing else that could be put back.
    if (!shield.rules) throw error;
    troubles.push(
      `Not switched off again: ${unread.join(', ')}, since how it was can't be kept: ${failureInEnglish(error)}`,
    );
    return {
      wanted: { ...shield, workarounds: shield.workarounds.filter((one) => !unread.includes(one)) },
      switching: null,
    };
  }
}
