// What a wish comes down to on this PC: the changes, what people will notice, what to mind. Pure.

import type { Host } from '../../host/host';
import type { Facts, WithinPc } from '../../model/facts';
import type { KeeperSchedule, ReasonPatch } from '../../model/kept';
import type { Change, Plan } from '../../model/plan';
import type { Shield, ShieldEnd } from '../../model/shield';
import type { ShieldVerdict } from '../../model/verdicts';
import { cutSources } from '../../policy/cut-sources';
import { withinWords } from '../../policy/within-words';
import { shieldEnd } from '../../shared/shield-end';
import { readableTime } from '../../shared/times';

export interface PlanFacts {
  readonly host: Host;
  /** Absolute path of the helper's script, which the keeper's schedule runs. */
  readonly helper: string;
  readonly sessions: Facts['sessions'];
  readonly managers: Facts['managers'];
  /** What this PC is inside of; null = nothing, as far as is told. */
  readonly within: WithinPc | null;
  /** What to mind by the firewall's rules and switches; a sentence each. */
  readonly minding: readonly string[];
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
    effects: isUp ? ['This shield is up already: nothing needs to change.'] : shieldEffects(shield, end, facts),
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
    effects: isNothing
      ? ['No shield is up: nothing needs to change.']
      : [
          'The file-sharing door is as it was before the shield: your other firewall rules decide again who may come in.',
          'Only rules with our mark are taken away; every other rule stays as it is.',
        ],
    warnings:
      isNothing || shieldIsOver(standing)
        ? []
        : ['If this PC has not been patched, it can be attacked again from the moment the shield is down.'],
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

function shieldEffects(shield: Shield, end: ShieldEnd, facts: PlanFacts): readonly string[] {
  const { sessions, schedule, host } = facts;
  const allowed = [...shield.allow.ipv4, ...shield.allow.ipv6];
  const names = sessions.state === 'known' ? cutSources(shield, sessions.value) : [];
  return [
    ...(shield.rules
      ? [
          "Nobody else can open a connection to this PC's shared files and printers (TCP 445 and 139, UDP 137 and 138), over IPv4 or IPv6.",
          allowed.length === 0
            ? 'There are no exceptions.'
            : `These may still connect, where your other rules let them: ${allowed.join(', ')}.`,
        ]
      : [
          "Nobody can use this PC's shared files and printers, as nothing serves them any more. Firewall rules would have no effect here, so none are put up, and there can be no exceptions.",
        ]),
    ...shield.workarounds.flatMap((workaround) => host.workarounds[workaround] ?? []),
    names.length === 0
      ? nobodyIsCut(sessions)
      : openNow(names, host.ruleNature.cutOpenConnections || shield.workarounds.includes('server-off')),
    'Programs on this PC reach its own files as before. Traffic that only passes through (containers, virtual machines) is left alone.',
    shield.outbound
      ? "This PC can't open SMB connections to the Internet; file servers in local networks stay reachable."
      : "This PC can use other PCs' shared files as before.",
    ...(schedule.state === 'impossible'
      ? []
      : [
          `A keeper looks after it (${host.keeping.rhythm}): it puts the rules back when something wiped them or the PC was restarted.`,
        ]),
    endWords(end),
    'You can take it away at any time with "Lift"; everything else stays as it is.',
  ];
}

function openNow(names: readonly string[], areCut: boolean): string {
  const who = `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
  return areCut
    ? `Connections open right now are cut unless they are exceptions: ${who}. Ask them to save first.`
    : `Connections open right now stay open until their end: ${who}. To end them, start the Server service anew, or the PC.`;
}

function nobodyIsCut(sessions: Facts['sessions']): string {
  if (sessions.state !== 'known') return "Whether somebody is using this PC's shared files right now is not known.";
  return sessions.value.some(({ direction }) => direction === 'in')
    ? "Everybody who is using this PC's shared files right now may go on."
    : "Nobody is using this PC's shared files right now, as far as can be seen.";
}

/** How it ends, as far as that is agreed and known now. */
function endWords({ patchOf, opensAt, warnsFrom }: ShieldEnd): string {
  const patched = patchOf === null ? null : `once this PC is patched for ${patchOf}`;
  if (opensAt !== null)
    return patched === null
      ? `It ends by itself at ${readableTime(opensAt)}, or when you lift it.`
      : `It ends by itself at ${readableTime(opensAt)} or ${patched}, whichever comes first, or when you lift it.`;
  if (warnsFrom === null)
    return patched === null ? 'It stays until you lift it.' : `It is lifted by itself ${patched}, or when you lift it.`;
  return patched === null
    ? `From ${readableTime(warnsFrom)} on Breakwater warns; the shield stays up until you lift it.`
    : `It is lifted by itself ${patched}. Where that is not so at ${readableTime(warnsFrom)}, Breakwater warns, and the shield stays up until then or until you lift it.`;
}

function shieldWarnings(
  shield: Shield,
  end: ShieldEnd,
  { managers, within, standing, schedule, patch, host, minding }: PlanFacts,
): readonly string[] {
  const warnings: string[] = [...(within === null ? [] : [withinWords(within)]), ...minding];
  if (standing.state === 'damaged') warnings.push('A shield that should be up is damaged; this puts it up anew.');
  if (schedule.state === 'impossible') {
    warnings.push(
      `Nothing can look after the shield on this PC: ${schedule.why}.${host.ruleNature.outliveRestart ? '' : ' It does not outlive a restart: put it up again after one.'}`,
    );
    if (
      managers.state === 'known' &&
      managers.value.some(({ name, state }) => name === 'nftables' && state === 'active')
    )
      warnings.push(
        'Restarting or reloading nftables.service wipes all rules, the shield too. Put it up again after that.',
      );
    if (end.opensAt === null) warnings.push('Nothing lifts it when the patch is in: do that yourself.');
  } else if (end.noPatch === 'no-reason' && end.opensAt === null)
    warnings.push(
      "No advisory is named as the reason, so Breakwater can't tell when the patch is in: the shield stays until you lift it.",
    );
  else if (end.noPatch === 'not-in-catalogue')
    warnings.push(
      `The catalogue of advisories has no ${shield.reason}, so Breakwater can't tell when the patch is in${end.opensAt === null ? ': the shield stays until you lift it' : ''}. For the number of a ticket that is as it should be; an advisory comes with "breakwater advisories update".`,
    );
  else if (patch !== null && patch.state !== 'vulnerable')
    warnings.push(`${patchWarnings[patch.state](shield.reason ?? '')} ${patch.because.join(' ')}`);
  return warnings;
}

const patchWarnings = {
  patched: (reason: string) =>
    `This PC is patched for ${reason} already: the keeper lifts the shield at its first look.`,
  'not-affected': (reason: string) =>
    `This PC is not affected by ${reason}, so there is no patch that would end the shield.`,
  unknown: (reason: string) =>
    `Whether this PC is patched for ${reason} can't be told now; while that is so, no patch ends the shield.`,
} as const;
