// The shield's state from the record and, where they may be read, its rules. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { Fact, Ruleset } from '../../model/facts';
import type { Journal } from '../../model/journal';
import type { KeeperFact, Kept } from '../../model/kept';
import { type Message, message, verbatim } from '../../model/message';
import { messageOf } from '../../model/message-error';
import type { Counted, Shield, ShieldEnd, ShieldFound, ShieldWorkaround } from '../../model/shield';
import type { ShieldState, ShieldVerdict } from '../../model/verdicts';
import { leaseEnd } from '../../policy/shield-scope';
import { shieldEnd } from '../../shared/shield-end';
import { isPast } from '../../shared/times';
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
  if (facts.journal.state !== 'known')
    return verdict('unknown', null, [message('shield-state.record-unread', { why: facts.journal.why })]);
  const record = readRecord(facts.journal.value.entries);
  const damage = facts.journal.value.damage === null ? [] : [verbatim(facts.journal.value.damage)];
  let found: ShieldFound | null = null;
  if (facts.ruleset.state === 'known') {
    try {
      found = facts.findShield(facts.ruleset.value);
    } catch (error) {
      return verdict('unknown', record.standing?.shield ?? null, [messageOf(error), ...damage]);
    }
  }
  if (record.interrupted) return interrupted(record.interrupted, found, damage);
  const owed = Object.keys(record.was);
  if (record.standing === null && owed.length > 0)
    return verdict('damaged', null, [
      record.left ? verbatim(record.left.why) : message('shield-state.gone'),
      message('shield-state.switched-off', { names: owed }),
      ...damage,
    ]);
  const judged = found ? byRules(record, found, facts) : byRecord(record, facts);
  const more = owed.filter((one) => !record.standing?.shield.workarounds.includes(one as ShieldWorkaround));
  const owing = more.length > 0 ? [message('shield-state.switched-off-by-failure', { names: more })] : [];
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
function keeperLines({ state, shield }: ShieldVerdict, facts: ShieldFacts, kept: Kept | null): readonly Message[] {
  if (facts.keeper.state !== 'known' || shield === null || !['up', 'kept', 'recorded', 'damaged'].includes(state))
    return [];
  const { schedule, doubt } = facts.keeper.value;
  const overdue =
    isPast(shield.until, facts.now) && leaseEnd(shield) === null
      ? [message('shield-state.date-passed', { until: shield.until })]
      : [];
  const warnings = [
    ...(kept?.warnings.map(({ text }) => verbatim(text)) ?? overdue),
    ...(doubt === null ? [] : [verbatim(doubt)]),
  ];
  // Another copy of Breakwater may have set it up.
  if (schedule.state === 'whole' || freshLook(facts, shield) !== null) return warnings;
  if (schedule.state === 'impossible') return [message('shield-state.no-keeper', { why: schedule.why }), ...warnings];
  return [message('shield-state.keeper-broken'), ...warnings];
}

function interrupted(
  entry: NonNullable<Record['interrupted']>,
  found: ShieldFound | null,
  damage: readonly Message[],
): ShieldVerdict {
  const change = entry.step === 'raising' ? 'apply' : 'revert';
  const why = message(`shield-state.interrupted.${change}`, { at: entry.at });
  return verdict('interrupted', entry.shield, [why, ...damage], null, found?.counted ?? null);
}

function byRules(record: Record, found: ShieldFound, facts: ShieldFacts): ShieldVerdict {
  const { standing } = record;
  const shield = standing?.shield ?? null;
  if (found.state === 'foreign') return verdict('foreign', shield, [message('shield-state.foreign')]);
  if (found.state === 'absent' && shield?.rules !== false) {
    if (!shield) return verdict('none', null, [message('shield-state.none')]);
    const end = leaseEnd(shield);
    if (isPast(end, facts.now)) return verdict('expired', shield, [wasUpUntil(end)]);
    return verdict('damaged', shield, [message('shield-state.rules-gone')], standing?.provedAt);
  }
  if (!shield)
    return verdict('damaged', null, [
      record.left ? verbatim(record.left.why) : message('shield-state.not-on-record', { id: found.id }),
      message('shield-state.lift-or-replace'),
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
  if (!standing)
    return left
      ? verdict('damaged', null, [verbatim(left.why), message('shield-state.rules-may-stand')])
      : facts.ruleset.state === 'failed'
        ? verdict('unknown', null, [message('shield-state.rules-unknown', { why: facts.ruleset.why })])
        : verdict('none', null, [message('shield-state.none-on-record')]);
  const { shield, provedAt } = standing;
  const end = leaseEnd(shield);
  const fresh = freshLook(facts, shield);
  // A clock that runs ahead is past the end, and so was the keeper's, which held the rules all the same.
  const isOver = isPast(end, facts.now) && !(fresh && isPast(end, new Date(fresh.at)));
  if (isOver) return verdict('expired', shield, [wasUpUntil(end)], provedAt);
  if (left && !(fresh && fresh.at > left.at)) return verdict('damaged', shield, [verbatim(left.why)], provedAt);
  if (fresh?.state === 'whole')
    return verdict('kept', shield, [message('shield-state.seen-whole', { at: fresh.at })], fresh.at, fresh.counted);
  if (fresh?.state === 'open')
    return verdict('damaged', shield, [message('shield-state.seen-open', { at: fresh.at })], provedAt);
  if (facts.boot !== null && standing.boot !== null && facts.boot !== standing.boot)
    return verdict('damaged', shield, [message('shield-state.restarted')], provedAt);
  return verdict(
    'recorded',
    shield,
    [message('shield-state.recorded', { at: provedAt, why: unreadOf(facts.ruleset) })],
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

const unreadOf = (ruleset: Fact<Ruleset>): Message | null => (ruleset.state === 'known' ? null : ruleset.why);

const wasUpUntil = (until: string | null): Message => message('shield-state.expired', { until });

function verdict(
  state: ShieldState,
  shield: ShieldVerdict['shield'],
  because: readonly Message[],
  provedAt: string | null = null,
  counted: Counted | null = null,
): ShieldVerdict {
  return { state, shield, because, provedAt, counted, kept: null, end: null };
}
