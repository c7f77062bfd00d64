// What a wish comes down to on this PC: the changes, what people will notice, what to mind. Pure.

import type { Host } from '../host/host';
import type { Facts } from '../model/facts';
import type { Plan } from '../model/plan';
import type { Shield } from '../model/shield';
import type { ShieldVerdict } from '../model/verdicts';
import { readableTime } from './times';

export interface PlanFacts {
  readonly host: Host;
  readonly sessions: Facts['sessions'];
  readonly managers: Facts['managers'];
  readonly standing: ShieldVerdict;
  /** How permission will be asked for; null = it is there already. */
  readonly permission: string | null;
}

export function planShield(shield: Shield, facts: PlanFacts): Plan {
  const replaces = facts.standing.shield;
  const isUp = facts.standing.state === 'up' && replaces !== null && sameShield(shield, replaces);
  return {
    kind: 'shield',
    shield,
    replaces: isUp ? null : replaces,
    changes: isUp ? [] : facts.host.describeShield(shield),
    effects: isUp ? ['This shield is up already: nothing needs to change.'] : shieldEffects(shield, facts),
    warnings: isUp ? [] : shieldWarnings(shield, facts),
    permission: isUp ? null : facts.permission,
  };
}

export function planLift(facts: PlanFacts): Plan {
  const { standing } = facts;
  const isNothing = standing.state === 'none';
  return {
    kind: 'lift',
    shield: standing.shield,
    replaces: null,
    changes: isNothing ? [] : facts.host.describeLift(),
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
  };
}

/** The same scope, exceptions, end and reason; whoever made them. */
export function sameShield(a: Shield, b: Shield): boolean {
  const scope = ({ allow, outbound, reason, until }: Shield): string =>
    JSON.stringify([allow.ipv4, allow.ipv6, outbound, reason, until]);
  return scope(a) === scope(b);
}

const shieldIsOver = ({ state }: ShieldVerdict): boolean => state === 'expired';

function shieldEffects(shield: Shield, { sessions }: PlanFacts): readonly string[] {
  const allowed = [...shield.allow.ipv4, ...shield.allow.ipv6];
  const cut =
    sessions.state === 'known'
      ? sessions.value.filter((session) => session.direction === 'in').map((session) => session.remote.address)
      : [];
  const names = [...new Set(cut)];
  return [
    "Nobody else can open a connection to this PC's shared files and printers (TCP 445 and 139, UDP 137 and 138), over IPv4 or IPv6.",
    allowed.length === 0
      ? 'There are no exceptions.'
      : `These may still connect, where your other rules let them: ${allowed.join(', ')}.`,
    names.length === 0
      ? "Nobody is using this PC's shared files right now, as far as can be seen."
      : `Connections open right now are cut unless they are exceptions: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}. Ask them to save first.`,
    'Programs on this PC reach its own files as before. Traffic that only passes through (containers, virtual machines) is left alone.',
    shield.outbound
      ? "This PC can't open SMB connections to the Internet; file servers in local networks stay reachable."
      : "This PC can use other PCs' shared files as before.",
    shield.until === null
      ? 'It stays until you lift it, which you should do once the patch is in.'
      : `It ends by itself at ${readableTime(shield.until)}, or when you lift it.`,
    'You can take it away at any time with "Lift"; everything else stays as it is.',
  ];
}

function shieldWarnings(shield: Shield, { managers, standing }: PlanFacts): readonly string[] {
  const warnings: string[] = [];
  if (standing.state === 'damaged') warnings.push('A shield that should be up is damaged; this puts it up anew.');
  if (managers.state === 'known' && managers.value.some(({ name, state }) => name === 'nftables' && state === 'active'))
    warnings.push(
      'Restarting or reloading nftables.service wipes all rules, the shield too. Put it up again after that.',
    );
  warnings.push('The shield does not outlive a restart of this PC yet: put it up again after one.');
  if (shield.until === null)
    warnings.push("Breakwater can't tell yet whether the patch is installed: it does not lift the shield by itself.");
  return warnings;
}
