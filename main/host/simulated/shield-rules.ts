// The shield on a simulated PC: how its rules are found and judged, and how they would be typed. Pure.
import type { Networks } from '../../model/address';
import type { Ruleset } from '../../model/facts';
import type { Change } from '../../model/plan';
import type { Counted, Judgement, Shield, ShieldFound } from '../../model/shield';
import {
  type AddressSet,
  cidr,
  complement,
  difference,
  isWithin,
  setOf,
  toNetworks,
  toRanges,
  unionAll,
} from '../../policy/address-sets';
import { leaseEnd, nearNetworks, shieldTcpPorts, shieldUdpPorts } from '../../policy/shield-scope';
import { deleteShieldText, shieldText } from '../linux/shield-rules';
import type { Scene } from './scene';

/** Throws where the ruleset is not a simulated PC's: a real one must never be judged by these rules. */
export function findSimulatedShield(ruleset: Ruleset, now: Date): ShieldFound {
  const { shield: standing, counted } = mustBeSimulated(ruleset);
  if (!standing)
    return {
      state: 'absent',
      id: null,
      counted: null,
      judge: () => ({ state: 'not-closed', lines: ['The simulated firewall has no rules of ours.'] }),
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
  const changes = scene.platform === 'linux' ? linuxShield(scene, shield) : windowsShield(shield);
  return changes.map(marked);
}

/** `shield` null = no rules of ours are there. */
export function describeSimulatedLift(scene: Scene, shield: Shield | null): readonly Change[] {
  if (!shield) return [];
  const changes: readonly Change[] =
    scene.platform === 'linux'
      ? [{ what: 'Take away the table "inet breakwater" and nothing else', command: nft, input: deleteShieldText }]
      : windowsRules(shield).map(({ name, direction }) => ({
          what: `Take away the rule ${name}`,
          command: `${netsh} delete rule name=${name} dir=${direction}`,
          input: null,
        }));
  return changes.map(marked);
}

const nft = '/usr/sbin/nft -f -';
const netsh = 'netsh.exe advfirewall firewall';
const marked = (change: Change): Change => ({ ...change, what: `(simulated) ${change.what}` });

function judge(standing: Shield, shield: Shield, now: Date): Judgement {
  const wrong: string[] = [];
  if (standing.id !== shield.id) wrong.push(`The rules carry the mark of shield ${standing.id}, not ${shield.id}.`);
  for (const family of ['ipv4', 'ipv6'] as const) {
    const more = difference(setOf(family, standing.allow[family]), setOf(family, shield.allow[family]));
    const networks = toNetworks(more);
    if (networks.length > 0) wrong.push(`TCP 445 is let through for ${networks.join(', ')}.`);
  }
  if (shield.outbound && !standing.outbound) wrong.push('TCP 445 going out is not turned away.');
  if (leaseEnd(standing) !== leaseEnd(shield)) wrong.push('The rules do not end when they should.');
  if (wrong.length > 0) return { state: 'not-closed', lines: wrong.map(simulatedLine) };
  const end = leaseEnd(shield);
  if (end !== null && now.getTime() >= Date.parse(end))
    return { state: 'expired', lines: [simulatedLine(`The shield was up until ${end}.`)] };
  const allowed = [...shield.allow.ipv4, ...shield.allow.ipv6];
  const from = allowed.length === 0 ? 'everywhere' : `everywhere but ${allowed.join(', ')}`;
  const lines = [
    `The rules carry the mark of shield ${shield.id}.`,
    `TCP ${shieldTcpPorts.join(' and ')}: new connections are turned away, IPv4 and IPv6, from ${from}.`,
    `UDP ${shieldUdpPorts.join(' and ')}: turned away, IPv4 and IPv6, from ${from}.`,
    ...(shield.outbound ? ['TCP 445 going out beyond the local networks: turned away.'] : []),
  ];
  return { state: 'closed', lines: lines.map(simulatedLine) };
}

const simulatedLine = (line: string): string => `(simulated) ${line}`;

function linuxShield(scene: Scene, shield: Shield): readonly Change[] {
  return [
    {
      what: `Turn away new connections to TCP ${shieldTcpPorts.join(' and ')} and UDP ${shieldUdpPorts.join(' and ')}`,
      command: nft,
      input: shieldText(shield, null, new Date(scene.clock)),
    },
  ];
}

function windowsShield(shield: Shield): readonly Change[] {
  return windowsRules(shield).map(({ name, direction, what, match }) => ({
    what,
    command: `${netsh} add rule name=${name} dir=${direction} action=block enable=yes profile=any ${match}`,
    input: null,
  }));
}

interface WindowsRule {
  readonly name: string;
  readonly direction: 'in' | 'out';
  readonly what: string;
  readonly match: string;
}

/** Block beats allow, so exceptions are written as the complement, for both families ([MS-FASP] 2.2.34, 2.2.37). */
function windowsRules(shield: Shield): readonly WindowsRule[] {
  const remote = `remoteip=${everyoneBut(shield.allow)}`;
  const name = (part: string): string => `Breakwater-${shield.id}-${part}`;
  const [tcp, udp] = [shieldTcpPorts.join(','), shieldUdpPorts.join(',')];
  const inward: readonly WindowsRule[] = [
    {
      name: name('tcp-in'),
      direction: 'in',
      what: `Turn away new connections to TCP ${shieldTcpPorts.join(' and ')}`,
      match: `protocol=tcp localport=${tcp} ${remote}`,
    },
    {
      name: name('udp-in'),
      direction: 'in',
      what: `Turn away UDP ${shieldUdpPorts.join(' and ')}`,
      match: `protocol=udp localport=${udp} ${remote}`,
    },
  ];
  if (!shield.outbound) return inward;
  const outward: WindowsRule = {
    name: name('tcp-out'),
    direction: 'out',
    what: 'Stop this PC from reaching file servers beyond its local networks',
    match: `protocol=tcp remoteport=445 remoteip=${everyoneBut({
      ipv4: [...nearNetworks.ipv4, cidr('224.0.0.0/4')],
      ipv6: [...nearNetworks.ipv6, cidr('ff00::/8')],
    })}`,
  };
  return [...inward, outward];
}

/** Loopback and unspecified addresses are refused in a rule ([MS-FASP] 2.2.24). */
function everyoneBut(allow: Networks): string {
  if (allow.ipv4.length + allow.ipv6.length === 0) return 'any';
  const refused: Networks = {
    ipv4: [cidr('0.0.0.0'), cidr('127.0.0.0/8'), cidr('255.255.255.255')],
    ipv6: [cidr('::'), cidr('::1')],
  };
  return (['ipv4', 'ipv6'] as const)
    .flatMap((family) =>
      rangesOf(complement(unionAll(family, [setOf(family, allow[family]), setOf(family, refused[family])]))),
    )
    .join(',');
}

function rangesOf(set: AddressSet): readonly string[] {
  return toRanges(set).map(([first, last]) => (first === last ? first : `${first}-${last}`));
}
