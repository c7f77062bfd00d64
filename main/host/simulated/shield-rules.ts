// The shield on a simulated PC: how its rules are found and judged, and how they would be typed. Pure.

import type { Ruleset } from '../../model/facts';
import { type Message, message } from '../../model/message';
import type { Change } from '../../model/plan';
import type { Counted, Judgement, Shield, ShieldFound } from '../../model/shield';
import { cidr, difference, isWithin, setOf, toNetworks } from '../../policy/address-sets';
import {
  leaseEnd,
  type PromiseJudged,
  promisesOf,
  type ShieldPromise,
  shieldTcpPorts,
  shieldUdpPorts,
} from '../../policy/shield-scope';
import { shieldRules } from '../../policy/windows/shield-rules';
import { deleteShieldText, shieldText } from '../linux/shield-rules';
import { describeDeletions, describeRules } from '../windows/netsh';
import type { Scene } from './scene';

/** Throws where the ruleset is not a simulated PC's: a real one must never be judged by these rules. */
export function findSimulatedShield(ruleset: Ruleset, now: Date): ShieldFound {
  const { shield: standing, counted } = mustBeSimulated(ruleset);
  if (!standing)
    return {
      state: 'absent',
      id: null,
      counted: null,
      judge: () => ({ state: 'not-closed', lines: [message('proof.simulated.none')] }),
    };
  return { state: 'ours', id: standing.id, counted, judge: (shield) => judge(standing, shield, now) };
}

export function mustBeSimulated(ruleset: Ruleset): Extract<Ruleset, { kind: 'simulated' }> {
  if (ruleset.kind !== 'simulated') throw new Error("These firewall rules are a real PC's, not a simulated one's.");
  return ruleset;
}

/** Who has knocked by the time anybody looks: the scene's people, let in where the shield allows them. */
export function countKnocks(scene: Scene, shield: Shield): Counted {
  const isAllowed = (address: string): boolean => {
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    return isWithin(setOf(family, [cidr(address)]), setOf(family, shield.allow[family]));
  };
  const packets = (knocks: Scene['knocks']): number => knocks.reduce((sum, knock) => sum + knock.packets, 0);
  const attempts = scene.knocks.filter((knock) => !isAllowed(knock.address));
  return {
    blocked: packets(attempts),
    allowed: packets(scene.knocks) - packets(attempts),
    outboundBlocked: 0,
    attempts: [...attempts].sort((a, b) => b.packets - a.packets),
  };
}

/** What an administrator would type on such a PC, marked as simulated. */
export function describeSimulatedShield(scene: Scene, shield: Shield): readonly Change[] {
  const changes = scene.platform === 'linux' ? linuxShield(scene, shield) : describeRules(shield);
  return changes.map(marked);
}

/** `shield` null = no rules of ours are there. */
export function describeSimulatedLift(scene: Scene, shield: Shield | null): readonly Change[] {
  if (!shield) return [];
  const changes: readonly Change[] =
    scene.platform === 'linux'
      ? [{ what: 'Take away the table "inet breakwater" and nothing else', command: nft, input: deleteShieldText }]
      : describeDeletions(shieldRules(shield).map(({ name }) => name));
  return changes.map(marked);
}

const nft = '/usr/sbin/nft -f -';
const marked = (change: Change): Change => ({ ...change, what: `(simulated) ${change.what}` });

function judge(standing: Shield, shield: Shield, now: Date): Judgement {
  const wrong: Message[] = [];
  const proof = [message('proof.mark', { id: shield.id })];
  if (standing.id !== shield.id) wrong.push(message('proof.other-mark', { found: standing.id, expected: shield.id }));
  const promises = promisesOf(shield);
  for (const promise of promises) {
    const { holds, line } = judgePromise(standing, promise, shield);
    (holds ? proof : wrong).push(line);
  }
  if (promises.length === 0) wrong.push(message('proof.nothing-closed'));
  if (leaseEnd(standing) !== leaseEnd(shield)) wrong.push(message('proof.simulated.end'));
  if (wrong.length > 0) return { state: 'not-closed', lines: wrong.map(simulatedLine) };
  const end = leaseEnd(shield);
  if (end !== null && now.getTime() >= Date.parse(end))
    return { state: 'expired', lines: [simulatedLine(message('proof.simulated-expired', { until: end }))] };
  return { state: 'closed', lines: proof.map(simulatedLine) };
}

function judgePromise(standing: Shield, promise: ShieldPromise, shield: Shield): PromiseJudged {
  switch (promise.kind) {
    case 'inbound': {
      const what = message('proof.port', { protocol: promise.protocol.toUpperCase(), port: promise.port });
      if (!standing.rules) return { holds: false, line: message('proof.simulated.no-rules', { what }) };
      const more = (['ipv4', 'ipv6'] as const).flatMap((family) =>
        toNetworks(difference(setOf(family, standing.allow[family]), setOf(family, shield.allow[family]))),
      );
      if (more.length > 0)
        return { holds: false, line: message('proof.simulated.let-through', { what, networks: more }) };
      const allowed = [...shield.allow.ipv4, ...shield.allow.ipv6];
      const from = allowed.length === 0 ? message('proof.from.everywhere') : message('proof.from.but', { allowed });
      return { holds: true, line: message('proof.closed', { what, from }) };
    }
    case 'outbound': {
      const { port } = promise;
      return standing.rules && standing.outbound
        ? { holds: true, line: message('proof.simulated.outbound', { port }) }
        : { holds: false, line: message('proof.simulated.outbound-open', { port }) };
    }
    case 'workaround':
      return { holds: false, line: message('proof.simulated.no-workaround', { workaround: promise.workaround }) };
  }
}

const simulatedLine = (said: Message): Message => message('proof.simulated', { said });

function linuxShield(scene: Scene, shield: Shield): readonly Change[] {
  return [
    {
      what: `Turn away new connections to TCP ${shieldTcpPorts.join(' and ')} and UDP ${shieldUdpPorts.join(' and ')}`,
      command: nft,
      input: shieldText(shield, null, new Date(scene.clock)),
    },
  ];
}
