// What a wish comes down to on this PC: the changes, what people will notice, what to mind. Pure.

import type { Host } from '../../host/host';
import type { Facts, WithinPc } from '../../model/facts';
import type { KeeperSchedule, ReasonPatch } from '../../model/kept';
import { type Message, message, verbatim } from '../../model/message';
import type { Change, Plan } from '../../model/plan';
import type { Shield, ShieldEnd } from '../../model/shield';
import type { ShieldVerdict } from '../../model/verdicts';
import { cutSources } from '../../policy/cut-sources';
import { withinMessage } from '../../policy/within';
import { shieldEnd } from '../../shared/shield-end';

export interface PlanFacts {
  readonly host: Host;
  /** Absolute path of the helper's script, which the keeper's schedule runs. */
  readonly helper: string;
  readonly sessions: Facts['sessions'];
  readonly managers: Facts['managers'];
  /** What this PC is inside of; null = nothing, as far as is told. */
  readonly within: WithinPc | null;
  /** What to mind by the firewall's rules and switches; a sentence each. */
  readonly minding: readonly Message[];
  readonly standing: ShieldVerdict;
  /** The keeper's schedule as it is now. */
  readonly schedule: KeeperSchedule;
  /** Whether this PC is patched for the wish's reason; null = not asked (a lift, no reason, no keeper). */
  readonly patch: ReasonPatch | null;
  /** How permission will be asked for; null = it is there already. */
  readonly permission: string | null;
}

export function planShield(shield: Shield, facts: PlanFacts): Plan {
  const replaces = facts.standing.shield;
  const isKept = facts.schedule.state === 'whole' || facts.schedule.state === 'impossible';
  const end = shieldEnd(shield, {
    isProtected: facts.schedule.state !== 'impossible',
    rulesExpire: facts.host.rulesExpire,
    patch: facts.patch,
  });
  // Where even its beginning is another one, it has to begin anew.
  const isUp =
    facts.standing.state === 'up' &&
    isKept &&
    replaces !== null &&
    replaces.since === shield.since &&
    sameShield(shield, replaces);
  return {
    kind: 'shield',
    shield,
    replaces: isUp ? null : replaces,
    changes: isUp ? [] : [...facts.host.describeShield(shield), ...startOfKeeping(facts)],
    effects: isUp ? [message('plan.up-already')] : shieldEffects(shield, end, facts),
    warnings: isUp ? [] : shieldWarnings(shield, end, facts),
    permission: isUp ? null : facts.permission,
    end,
  };
}

export function planLift(facts: PlanFacts): Plan {
  const { standing } = facts;
  const isScheduled = facts.schedule.state === 'whole' || facts.schedule.state === 'broken';
  const isNothing = standing.state === 'none' && !isScheduled;
  return {
    kind: 'lift',
    shield: standing.shield,
    replaces: null,
    changes: isNothing
      ? []
      : [...facts.host.describeLift(), ...(isScheduled ? facts.host.keeping.describeStop(facts.helper) : [])],
    effects: isNothing ? [message('plan.none-up')] : [message('plan.lift.as-before'), message('plan.lift.only-ours')],
    warnings: isNothing || shieldIsOver(standing) ? [] : [message('plan.lift.exposed')],
    permission: isNothing ? null : facts.permission,
    end: null,
  };
}

/** The same scope, exceptions, end and reason; whoever made them. */
export function sameShield(a: Shield, b: Shield): boolean {
  const scope = ({ allow, outbound, reason, until, atEnd, rules, workarounds }: Shield): string =>
    JSON.stringify([
      allow.ipv4,
      allow.ipv6,
      outbound,
      reason,
      until,
      until === null ? null : atEnd,
      rules,
      workarounds,
    ]);
  return scope(a) === scope(b);
}

const shieldIsOver = ({ state }: ShieldVerdict): boolean => state === 'expired';

const startOfKeeping = ({ host, helper, schedule }: PlanFacts): readonly Change[] =>
  schedule.state === 'absent' || schedule.state === 'broken' ? host.keeping.describeStart(helper) : [];

function shieldEffects(shield: Shield, end: ShieldEnd, facts: PlanFacts): readonly Message[] {
  const { sessions, schedule, host } = facts;
  const allowed = [...shield.allow.ipv4, ...shield.allow.ipv6];
  const names = sessions.state === 'known' ? cutSources(shield, sessions.value) : [];
  return [
    ...(shield.rules
      ? [
          message('plan.shield.nobody-connects'),
          allowed.length === 0 ? message('plan.shield.no-exceptions') : message('plan.shield.exceptions', { allowed }),
        ]
      : [message('plan.shield.nothing-serves')]),
    ...shield.workarounds.flatMap((workaround) => verbatimOf(host.workarounds[workaround])),
    names.length === 0
      ? nobodyIsCut(sessions)
      : openNow(names, host.ruleNature.cutOpenConnections || shield.workarounds.includes('server-off')),
    message('plan.shield.own-files'),
    message(shield.outbound ? 'plan.shield.outbound' : 'plan.shield.uses-others'),
    ...(schedule.state === 'impossible' ? [] : [message('plan.shield.keeper', { schedule: host.keeping.rhythm })]),
    endWords(end),
    message('plan.shield.take-away'),
  ];
}

function openNow(names: readonly string[], areCut: boolean): Message {
  const sources = names.slice(0, 8);
  const count = names.length - sources.length;
  const who =
    count > 0 ? message('page.list-and-more', { items: sources, count }) : message('page.list', { items: sources });
  return message(areCut ? 'plan.sessions.cut' : 'plan.sessions.stay', { who });
}

function nobodyIsCut(sessions: Facts['sessions']): Message {
  if (sessions.state !== 'known') return message('plan.sessions.not-known');
  const isUsed = sessions.value.some(({ direction }) => direction === 'in');
  return message(isUsed ? 'plan.sessions.go-on' : 'plan.sessions.none');
}

/** How it ends, as far as that is agreed and known now. */
function endWords({ patchOf, opensAt, warnsFrom }: ShieldEnd): Message {
  if (opensAt !== null)
    return patchOf === null
      ? message('plan.end.at', { at: opensAt })
      : message('plan.end.at-or-patched', { at: opensAt, reason: patchOf });
  if (warnsFrom !== null)
    return patchOf === null
      ? message('plan.end.warned', { at: warnsFrom })
      : message('plan.end.patched-or-warned', { at: warnsFrom, reason: patchOf });
  return patchOf === null ? message('plan.end.by-hand') : message('plan.end.patched', { reason: patchOf });
}

function shieldWarnings(
  shield: Shield,
  end: ShieldEnd,
  { managers, within, standing, schedule, patch, host, minding }: PlanFacts,
): readonly Message[] {
  const reason = shield.reason ?? '';
  const warnings = [...(within === null ? [] : [withinMessage(within)]), ...minding];
  if (standing.state === 'damaged') warnings.push(message('plan.warning.damaged'));
  if (schedule.state === 'impossible') {
    const { why } = schedule;
    warnings.push(
      host.ruleNature.outliveRestart
        ? message('plan.warning.no-keeper', { why })
        : message('plan.warning.no-keeper-nor-restart', { why }),
    );
    if (
      managers.state === 'known' &&
      managers.value.some(({ name, state }) => name === 'nftables' && state === 'active')
    )
      warnings.push(message('plan.warning.nftables-service'));
    if (end.opensAt === null) warnings.push(message('plan.warning.nothing-lifts'));
  } else if (end.noPatch === 'no-reason' && end.opensAt === null) warnings.push(message('plan.warning.no-reason'));
  else if (end.noPatch === 'not-in-catalogue')
    warnings.push(
      message(end.opensAt === null ? 'plan.warning.not-in-catalogue-stays' : 'plan.warning.not-in-catalogue', {
        reason,
      }),
    );
  else if (patch !== null && patch.state !== 'vulnerable')
    warnings.push(message(`plan.warning.${patch.state}`, { reason, because: patch.because }));
  return warnings;
}

const verbatimOf = (text: string | undefined): readonly Message[] => (text === undefined ? [] : [verbatim(text)]);
