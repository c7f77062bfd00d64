// The shield's state from the record and, where they may be read, its rules. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { Fact, Ruleset } from '../../model/facts';
import type { Journal } from '../../model/journal';
import type { KeeperFact, Kept } from '../../model/kept';
import type { Counted, Shield, ShieldEnd, ShieldFound, ShieldWorkaround } from '../../model/shield';
import type { ShieldState, ShieldVerdict } from '../../model/verdicts';
import { leaseEnd } from '../../policy/shield-scope';
import { shieldEnd } from '../../shared/shield-end';
import { isPast, readableTime } from '../../shared/times';
import { type Record, readRecord } from '../journal/state-on-record';

export interface ShieldFacts {
  readonly journal: Fact<Journal>;
  readonly ruleset: Fact<Ruleset>;
  readonly keeper: Fact<KeeperFact>;
  /** Of this start of the PC; null = not known. */
  readonly boot: string | null;
  readonly now: Date;
  readonly findShield: (ruleset: Ruleset) => ShieldFound;
  /** Whether rules of ours let go of the ports at the agreed date with no program running. */
  readonly rulesExpire: boolean;
}

export function judgeShield(facts: ShieldFacts): ShieldVerdict {
  const judged = judgeState(facts);
  return { ...judged, end: judged.shield && endOf(judged.shield, facts, judged.kept) };
}

function judgeState(facts: ShieldFacts): ShieldVerdict {
  if (facts.journal.state !== 'known') return verdict('unknown', null, [`The record of shields: ${facts.journal.why}`]);
  const record = readRecord(facts.journal.value.entries);
  const damage = facts.journal.value.damage === null ? [] : [facts.journal.value.damage];
  let found: ShieldFound | null = null;
  if (facts.ruleset.state === 'known') {
    try {
      found = facts.findShield(facts.ruleset.value);
    } catch (error) {
      return verdict('unknown', record.standing?.shield ?? null, [(error as Error).message, ...damage]);
    }
  }
  if (record.interrupted) return interrupted(record.interrupted, found, damage);
  const owed = Object.keys(record.was);
  if (record.standing === null && owed.length > 0)
    return verdict('damaged', null, [
      record.left?.why ?? 'A shield is gone.',
      `Still switched off by it: ${owed.join(', ')}. Lifting switches that on again.`,
      ...damage,
    ]);
  const judged = found ? byRules(record, found, facts) : byRecord(record, facts);
  const more = owed.filter((one) => !record.standing?.shield.workarounds.includes(one as ShieldWorkaround));
  const owing =
    more.length > 0
      ? [`Still switched off by a change that failed: ${more.join(', ')}. Lifting switches that on again.`]
      : [];
  const keeper = facts.keeper.state === 'known' ? facts.keeper.value : null;
  const kept = keeper?.kept && keeper.kept.shield?.id === judged.shield?.id ? keeper.kept : null;
  const warnings = [...owing, ...keeperLines(judged, facts, kept), ...damage];
  return {
    ...judged,
    because: [...judged.because, ...warnings],
    ...(warnings.length > 0 ? { warnings } : {}),
    kept,
  };
}

/** Where another copy of Breakwater looks after the shield, the schedule of this one is not there. */
function endOf(shield: Shield, facts: ShieldFacts, kept: Kept | null): ShieldEnd {
  const { keeper, rulesExpire } = facts;
  const isProtected =
    keeper.state === 'known' ? keeper.value.schedule.state === 'whole' || freshLook(facts, shield) !== null : null;
  return shieldEnd(shield, { isProtected, rulesExpire, patch: kept?.patch ?? null });
}

/** What is to be said of the keeper where a shield should be up. */
function keeperLines({ state, shield }: ShieldVerdict, facts: ShieldFacts, kept: Kept | null): readonly string[] {
  if (facts.keeper.state !== 'known' || shield === null || !['up', 'kept', 'recorded', 'damaged'].includes(state))
    return [];
  const { schedule, doubt } = facts.keeper.value;
  const overdue =
    isPast(shield.until, facts.now) && leaseEnd(shield) === null
      ? [`Its date (${readableTime(shield.until)}) has passed; it stays up as agreed. Lift it, or give it a new date.`]
      : [];
  const warnings = [...(kept?.warnings.map(({ text }) => text) ?? overdue), ...(doubt === null ? [] : [doubt])];
  // Another copy of Breakwater may have set it up.
  if (schedule.state === 'whole' || freshLook(facts, shield) !== null) return warnings;
  if (schedule.state === 'impossible')
    return [
      `Nothing looks after this shield: ${schedule.why}. A restart or a wipe of the rules removes it.`,
      ...warnings,
    ];
  return ["The shield's keeper is not there as it should be: put the shield up again to set it up.", ...warnings];
}

function interrupted(
  entry: NonNullable<Record['interrupted']>,
  found: ShieldFound | null,
  damage: readonly string[],
): ShieldVerdict {
  const what = entry.step === 'raising' ? 'Putting a shield up' : 'Taking the shield down';
  const why = `${what} was cut off at ${readableTime(entry.at)}, before the result could be checked. Breakwater can finish or undo it.`;
  return verdict('interrupted', entry.shield, [why, ...damage], null, found?.counted ?? null);
}

function byRules(record: Record, found: ShieldFound, facts: ShieldFacts): ShieldVerdict {
  const { standing } = record;
  const shield = standing?.shield ?? null;
  if (found.state === 'foreign')
    return verdict('foreign', shield, [
      'A firewall table with our name does not carry our mark. Breakwater leaves it alone.',
    ]);
  if (found.state === 'absent' && shield?.rules !== false) {
    if (!shield) return verdict('none', null, ['No rules of ours are in force, and none should be.']);
    const end = leaseEnd(shield);
    if (isPast(end, facts.now)) return verdict('expired', shield, [wasUpUntil(end)]);
    return verdict(
      'damaged',
      shield,
      ['The shield should be up, but its rules are gone: somebody or something removed them, or the PC was restarted.'],
      standing?.provedAt,
    );
  }
  if (!shield)
    return verdict('damaged', null, [
      record.left?.why ?? `Rules of shield ${found.id} are in force, but there is no record of them.`,
      'Lifting takes them away; a new shield replaces them.',
    ]);
  const judgement = found.judge(shield);
  const state = ({ closed: 'up', expired: 'expired', 'not-closed': 'damaged' } as const)[judgement.state];
  return verdict(
    state,
    shield,
    judgement.lines,
    state === 'up' ? facts.now.toISOString() : standing?.provedAt,
    found.counted,
  );
}

/** Without a look at the rules nothing is called up; at best it is on record. */
function byRecord({ standing, left }: Record, facts: ShieldFacts): ShieldVerdict {
  const why = facts.ruleset.state === 'known' ? '' : facts.ruleset.why;
  if (!standing)
    return left
      ? verdict('damaged', null, [left.why, 'Rules of ours may still be in force: lifting takes them away.'])
      : facts.ruleset.state === 'failed'
        ? verdict('unknown', null, [
            `No shield is on record, and whether rules of ours are in force is not known: ${why}`,
          ])
        : verdict('none', null, ['No shield is on record.']);
  const { shield, provedAt } = standing;
  const end = leaseEnd(shield);
  const fresh = freshLook(facts, shield);
  // A clock that runs ahead is past the end, and so was the keeper's, which held the rules all the same.
  const isOver = isPast(end, facts.now) && !(fresh && isPast(end, new Date(fresh.at)));
  if (isOver) return verdict('expired', shield, [wasUpUntil(end)], provedAt);
  if (left && !(fresh && fresh.at > left.at)) return verdict('damaged', shield, [left.why], provedAt);
  if (fresh?.state === 'whole')
    return verdict(
      'kept',
      shield,
      [
        `Seen whole at ${readableTime(fresh.at)} by the keeper, which runs as administrator and looks again all the time.`,
      ],
      fresh.at,
      fresh.counted,
    );
  if (fresh?.state === 'open')
    return verdict(
      'damaged',
      shield,
      [`At ${readableTime(fresh.at)} the keeper found that the rules do not hold, and could not put them back.`],
      provedAt,
    );
  if (facts.boot !== null && standing.boot !== null && facts.boot !== standing.boot)
    return verdict(
      'damaged',
      shield,
      ['The PC was restarted since the shield was last proven, and its rules do not outlive a restart by themselves.'],
      provedAt,
    );
  return verdict(
    'recorded',
    shield,
    [`Put up and proven at ${readableTime(provedAt)}. Since then nobody looked: ${why}`],
    provedAt,
  );
}

/** Two looks of the keeper: an older note says nothing of now, nor does one of a moment that has not come yet. */
const freshness = 60_000;
/** Clocks are set by some seconds now and then. */
const ahead = 5_000;

/** The keeper's last look at this shield, where it was in this start of the PC and is minutes old at most. */
function freshLook({ keeper, boot, now }: ShieldFacts, shield: Shield): Kept | null {
  if (keeper.state !== 'known' || keeper.value.kept === null) return null;
  const { kept } = keeper.value;
  const age = now.getTime() - Date.parse(kept.at);
  const isOfNow = age > -ahead && age <= freshness && (boot === null || kept.boot === boot);
  return isOfNow && kept.shield && isDeepStrictEqual(kept.shield, shield) ? kept : null;
}

const wasUpUntil = (until: string): string => `The shield was up until ${readableTime(until)}.`;

function verdict(
  state: ShieldState,
  shield: ShieldVerdict['shield'],
  because: readonly string[],
  provedAt: string | null = null,
  counted: Counted | null = null,
): ShieldVerdict {
  return { state, shield, because, provedAt, counted, kept: null, end: null };
}
