// The shield's state from the record and, where they may be read, its rules. Pure.
import type { Fact, Ruleset } from '../model/facts';
import type { Journal } from '../model/journal';
import type { Counted, Shield, ShieldFound } from '../model/shield';
import type { ShieldState, ShieldVerdict } from '../model/verdicts';
import { type Record, readRecord } from './record';
import { readableTime } from './times';

export interface ShieldFacts {
  readonly journal: Fact<Journal>;
  readonly ruleset: Fact<Ruleset>;
  /** Of this start of the PC; null = not known. */
  readonly boot: string | null;
  readonly now: Date;
  readonly findShield: (ruleset: Ruleset) => ShieldFound;
}

export function judgeShield(facts: ShieldFacts): ShieldVerdict {
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
  const judged = found ? byRules(record, found, facts) : byRecord(record, facts);
  return { ...judged, because: [...judged.because, ...damage] };
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
  if (found.state === 'absent') {
    if (!shield) return verdict('none', null, ['No rules of ours are in force, and none should be.']);
    if (isOver(shield, facts.now)) return verdict('expired', shield, [wasUpUntil(shield.until)]);
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
function byRecord({ standing }: Record, facts: ShieldFacts): ShieldVerdict {
  const why = facts.ruleset.state === 'known' ? '' : facts.ruleset.why;
  if (!standing) return verdict('none', null, ['No shield is on record.']);
  const { shield, provedAt } = standing;
  if (isOver(shield, facts.now)) return verdict('expired', shield, [wasUpUntil(shield.until)], provedAt);
  if (facts.boot !== null && standing.boot !== null && facts.boot !== standing.boot)
    return verdict(
      'damaged',
      shield,
      ['The PC was restarted since the shield was put up, and its rules do not outlive a restart.'],
      provedAt,
    );
  return verdict(
    'recorded',
    shield,
    [`Put up and proven at ${readableTime(provedAt)}. Since then nobody looked: ${why}`],
    provedAt,
  );
}

const isOver = (shield: Shield, now: Date): shield is Shield & { readonly until: string } =>
  shield.until !== null && now.getTime() >= Date.parse(shield.until);
const wasUpUntil = (until: string): string => `The shield was up until ${readableTime(until)}.`;

function verdict(
  state: ShieldState,
  shield: ShieldVerdict['shield'],
  because: readonly string[],
  provedAt: string | null = null,
  counted: Counted | null = null,
): ShieldVerdict {
  return { state, shield, because, provedAt, counted };
}
