// The keeper's one decision: what the shield on record needs now. Pure.

import type { CodedText, ReasonPatch } from '../../model/kept';
import type { Judgement, Shield, ShieldEnd, ShieldFound } from '../../model/shield';
import { shieldEnd } from '../../shared/shield-end';
import { readableTime } from '../../shared/times';
import { inEnglish } from '../in-english';

export interface KeepFacts {
  /** The shield that should be up. */
  readonly shield: Shield;
  readonly found: Pick<ShieldFound, 'state'>;
  /** Its rules as judged now. */
  readonly judgement: Judgement;
  readonly patch: ReasonPatch;
  readonly clock: Clock;
}

/** Whether dates may be believed. `now` is always usable: where the clock is wrong, the last moment that is sure. */
export interface Clock {
  readonly now: Date;
  /** Plain words; null = nothing speaks against it. */
  readonly wrong: string | null;
}

export type KeepDecision = {
  /** foreign = somebody else's table has our name: hands off. */
  readonly act: 'nothing' | 'restore' | 'lift' | 'foreign';
  /** Plain words: why this is done (restore, lift). */
  readonly why: string;
  /** What the shield waits for; null where it is lifted. */
  readonly waitsFor: string | null;
  readonly warnings: readonly CodedText[];
};

/**
 * Lifts only on knowledge: patched, or the date as agreed, by a clock that can be believed. Whatever is not known leaves the shield
 * up, and its rules are put back wherever they do not hold.
 */
export function decide(facts: KeepFacts): KeepDecision {
  const { shield, found, judgement, patch, clock } = facts;
  const warnings: CodedText[] =
    clock.wrong === null
      ? []
      : [
          {
            code: 'clock-wrong',
            text: `${clock.wrong} Until it is right, nothing is lifted by its date or patch. If it is right, put the shield up again, and that counts from now on.`,
          },
        ];
  if (found.state === 'foreign')
    return {
      act: 'foreign',
      why: 'A firewall table has our name but not our mark.',
      waitsFor: waitingFor(facts),
      warnings: [
        ...warnings,
        {
          code: 'foreign-table',
          text: 'A firewall table with our name is not ours: the shield can not be put back beside it.',
        },
      ],
    };
  const end = clock.wrong === null ? endOf(facts) : null;
  if (end !== null) return { act: 'lift', why: end, waitsFor: null, warnings: [] };
  if (clock.wrong === null && isOver(shield, clock.now))
    warnings.push({
      code: 'date-passed',
      text: `The shield's date (${readableTime(shield.until)}) has passed, and ${notPatched(patch)}. It stays up; lift it, or give it a new date.`,
    });
  const isWhole = judgement.state === 'closed';
  return {
    act: isWhole ? 'nothing' : 'restore',
    why: isWhole ? '' : judgement.lines[0] ? inEnglish(judgement.lines[0]) : 'Its rules do not hold.',
    waitsFor: waitingFor(facts),
    warnings,
  };
}

/** The longest time between two looks that is believed without question. */
const longestAbsence = 366 * 86_400_000;

/**
 * Wrong: earlier than the shield itself, or further ahead than a PC sleeps. `lastLook`: when a keeper looked last, by a clock that
 * could be believed; null = never.
 */
export function judgeClock(now: Date, shield: Shield, lastLook: string | null): Clock {
  const since = Date.parse(shield.since);
  const sure = lastLook === null ? since : Math.max(since, Date.parse(lastLook));
  const shown = readableTime(now.toISOString());
  if (now.getTime() < since)
    return {
      now: new Date(sure),
      wrong: `This PC's clock says ${shown}, which is before the shield was put up (${readableTime(shield.since)}).`,
    };
  if (now.getTime() - sure > longestAbsence)
    return {
      now: new Date(sure),
      wrong: `This PC's clock says ${shown}, more than a year after the last look (${readableTime(new Date(sure).toISOString())}).`,
    };
  return { now, wrong: null };
}

/** Why the shield ends now, or null. */
function endOf({ shield, patch, clock }: KeepFacts): string | null {
  if (patch.state === 'patched') return `This PC is patched for ${shield.reason}: ${patch.because.join(' ')}`;
  if (!isOver(shield, clock.now)) return null;
  if (shield.atEnd === 'lift') return `Its date has come (${readableTime(shield.until)}), as agreed.`;
  return patch.state === 'not-affected'
    ? `Its date has come (${readableTime(shield.until)}), and this PC is not affected by ${shield.reason}: ${patch.because.join(' ')}`
    : null;
}

function waitingFor({ shield, patch, clock }: KeepFacts): string {
  // A date that is past is nothing to wait for.
  const ahead = isOver(shield, clock.now) ? { ...shield, until: null } : shield;
  const end = shieldEnd(ahead, { isProtected: true, rulesExpire: false, patch });
  const opensAt = end.opensAt === null ? null : readableTime(end.opensAt);
  if (end.patchOf !== null)
    return opensAt === null ? `The patch for ${end.patchOf}.` : `The patch for ${end.patchOf}, or ${opensAt}.`;
  const why = whyNobodyWaits(end.noPatch, shield.reason ?? '');
  if (opensAt !== null) return why === null ? `Its date, ${opensAt}.` : `Its date, ${opensAt}: ${why}.`;
  const because = why ?? 'no advisory was named that a patch could be told by';
  return end.warnsFrom === null
    ? `Somebody has to lift it: ${because}.`
    : `Somebody has to lift it: at its date, ${readableTime(end.warnsFrom)}, it only warns, as ${because}.`;
}

/** Why there is no patch to wait for; null = no reason was named. */
const whyNobodyWaits = (noPatch: ShieldEnd['noPatch'], reason: string): string | null =>
  noPatch === 'not-affected'
    ? `this PC is not affected by ${reason}, so there is no patch to wait for`
    : noPatch === 'not-in-catalogue'
      ? `the catalogue of advisories has no ${reason}, so no patch can be told`
      : null;

const notPatched = ({ state, because }: ReasonPatch): string =>
  state === 'vulnerable'
    ? `this PC is not patched: ${because.join(' ')}`
    : `whether this PC is patched is not known: ${because.join(' ')}`;

const isOver = (shield: Shield, now: Date): shield is Shield & { readonly until: string } =>
  shield.until !== null && now.getTime() >= Date.parse(shield.until);
