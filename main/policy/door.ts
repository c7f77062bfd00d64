// Who can reach the SMB door at all: listeners against the PC's own addresses, the shield, and what is known of other rules. Pure.
import type { Facts, InterfaceAddress, Listener, NetworkInterface } from '../model/facts';
import type { DoorVerdict, Exposure, ShieldVerdict } from '../model/verdicts';
import { shieldTcpPorts, shieldUdpPorts } from './shield-scope';

type DoorFacts = Pick<Facts, 'listeners' | 'network' | 'ruleset'>;

/**
 * closed only where a proven shield stands, or where nothing listens beyond loopback and no other rule could pass the port on;
 * open where something listens and the PC is known to have no other rules; everything else is unknown.
 */
export function judgeDoor(facts: DoorFacts, shield: ShieldVerdict, otherRules: 'none' | 'unknown'): DoorVerdict {
  const unknown = (because: string, exposures: readonly Exposure[] = []): DoorVerdict => ({
    state: 'unknown',
    because: [because],
    exposures,
  });
  if (facts.listeners.state !== 'known')
    return unknown(`Which programs wait for connections is not known: ${facts.listeners.why}`);
  if (facts.network.state !== 'known') return unknown(`This PC's addresses are not known: ${facts.network.why}`);
  const exposures = exposuresOf(facts.listeners.value, facts.network.value.interfaces, shield, otherRules);
  if (shield.state === 'up') {
    const beyond = exposures.filter(isDoor).filter((exposure) => exposure.state !== 'shielded');
    if (beyond.length === 0)
      return {
        state: 'closed',
        because: ['Our shield is up, and its rules were just read and found whole.'],
        exposures,
      };
  }
  const doors = exposures.filter(isDoor);
  const notLooked =
    facts.ruleset.state === 'known' ? 'what they let through is not judged yet in this version' : facts.ruleset.why;
  if (doors.length === 0) {
    const because = 'No program on this PC waits for file-sharing connections (TCP 445 and 139) from outside.';
    if (otherRules === 'none')
      return {
        state: 'closed',
        because: [because, 'No firewall rule passes such connections on to another program.'],
        exposures,
      };
    return {
      state: 'unknown',
      because: [
        because,
        `Firewall rules could still pass them on to a container or another program: ${notLooked}.`.replace('..', '.'),
      ],
      exposures,
    };
  }
  const where = `TCP ${[...new Set(doors.map((exposure) => exposure.port))].join(' and ')} can be reached at ${[...new Set(doors.map((exposure) => exposure.address))].join(', ')}`;
  if (otherRules === 'none')
    return { state: 'open', because: [`${where}, and no firewall rule keeps anybody out.`], exposures };
  return {
    state: 'unknown',
    because: [`${where}, unless other firewall rules keep it shut: ${notLooked}.`.replace('..', '.')],
    exposures,
  };
}

const isDoor = (exposure: Exposure): boolean => exposure.protocol === 'tcp' && shieldTcpPorts.includes(exposure.port);

function exposuresOf(
  listeners: readonly Listener[],
  interfaces: readonly NetworkInterface[],
  shield: ShieldVerdict,
  otherRules: 'none' | 'unknown',
): readonly Exposure[] {
  const found = new Map<string, Exposure>();
  for (const listener of listeners)
    for (const { name, kind, addresses } of interfaces) {
      if (kind === 'loopback') continue;
      for (const address of addresses.filter((candidate) => listensAt(listener, candidate))) {
        const key = `${listener.protocol} ${listener.port} ${name} ${address.address}`;
        if (found.has(key)) continue;
        const inScope = (listener.protocol === 'tcp' ? shieldTcpPorts : shieldUdpPorts).includes(listener.port);
        found.set(key, {
          protocol: listener.protocol,
          port: listener.port,
          interface: name,
          family: address.family,
          address: address.address,
          subnet: address.subnet,
          listener: ownerText(listener),
          state: shield.state === 'up' && inScope ? 'shielded' : otherRules === 'none' ? 'open' : 'unknown',
        });
      }
    }
  return [...found.values()];
}

/** "::" takes IPv4 too unless its program said otherwise (ipv6(7), IPV6_V6ONLY), which can't be seen: counted as taking it. */
function listensAt(listener: Listener, { family, address, scope }: InterfaceAddress): boolean {
  if (scope === 'loopback') return false;
  if (listener.address === '::') return true;
  if (listener.address === '0.0.0.0') return family === 'ipv4';
  return listener.address === address;
}

function ownerText({ owner }: Listener): string {
  if (!owner) return 'a program we are not permitted to see';
  return owner.pid === null ? owner.name : `${owner.name} (process ${owner.pid})`;
}
