// What belongs to a shield beside its rules, mended by the keeper's look: its schedule, and what a failed change still owes.

import type { CodedText } from '../../model/kept';
import type { Shield, Was } from '../../model/shield';
import { failureInEnglish } from '../in-english';
import { type Ground, takeBack } from '../shield/act-context';

interface Mended {
  readonly warnings: readonly CodedText[];
  /** What was done, a sentence each. */
  readonly notes: readonly string[];
}
const nothing: Mended = { warnings: [], notes: [] };

/** The schedule, or a part of it, was taken away or changed; or this is a newer version, which writes it otherwise. Never rejects. */
export async function mendSchedule({ host, helper }: Ground): Promise<Mended> {
  const schedule = await host.keeping.find(helper);
  if (schedule.state === 'whole' || schedule.state === 'impossible') return nothing;
  const cause = schedule.state === 'broken' ? schedule.why : 'all of it was gone';
  try {
    await host.administration.startKeeping(helper);
    return { warnings: [], notes: [`The keeper's schedule was mended (${cause}).`] };
  } catch (error) {
    const text = `The keeper's schedule is broken (${cause}), and could not be mended: ${failureInEnglish(error)}`;
    return { warnings: [{ code: 'schedule-broken', text }], notes: [] };
  }
}

/** What a change that failed had switched off, and could not switch on again, is no part of the shield that stands. Never rejects. */
export async function takeBackOwed({ host, recorder }: Ground, shield: Shield, owed: Was): Promise<Mended> {
  const names = Object.keys(owed).join(', ');
  if (names === '') return nothing;
  try {
    await takeBack(host, owed);
    const why = `What a failed change had left was taken back: ${names}.`;
    await recorder.add({ step: 'undone', why, restored: shield });
    return { warnings: [], notes: [why] };
  } catch (error) {
    const text = `A failed change has left ${names} switched off, which could not be switched on again: ${failureInEnglish(error)}`;
    return { warnings: [{ code: 'left-switched-off', text }], notes: [] };
  }
}
