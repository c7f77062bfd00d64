// Who can reach the SMB door at all: listeners against the PC's own addresses, the shield, and the review of all rules. Pure.
import type { Family } from '../model/address';
import type { Facts, InterfaceAddress, Listener, NetworkFact, NetworkInterface, OwnAddresses } from '../model/facts';
import { type Message, message, verbatim } from '../model/message';
import type { Review } from '../model/review';
import type { DoorVerdict, Exposure, ShieldVerdict } from '../model/verdicts';
import { type AddressSet, difference, holds, setOfText, toNetworks, unionAll } from './address-sets';
import { entriesOf } from './reach';
import { shieldTcpPorts, shieldUdpPorts } from './shield-scope';

interface DoorQuery {
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
  /** Only connections count that rules lead elsewhere: nobody waits at this port itself. */
  readonly onlyLed?: boolean;
}

/** What is known of the firewall's rules. */
export interface DoorRules {
  /** Who may connect there; null = can't be told. */
  review(query: DoorQuery): Review | null;
  /** Whether a rule may pass a connection on to another port, program or PC; true where that is not known. */
  passesOn(): boolean;
}

type DoorFacts = Pick<Facts, 'listeners' | 'network' | 'ruleset'>;

/**
 * closed only where a proven shield stands, where the rules let nobody in at any address at which something listens, or where
 * nothing listens and no rule can pass the port on; open where they let in everybody or some; everything else is unknown.
 */
export function judgeDoor(facts: DoorFacts, shield: ShieldVerdict, rules: DoorRules): DoorVerdict {
  const { listeners, network } = facts;
  if (listeners.state !== 'known') return unknown(message('exposure.listeners-unknown', { why: listeners.why }), []);
  if (network.state !== 'known') return unknown(message('exposure.addresses-unknown', { why: network.why }), []);
  const places = placesIn(network.value);
  const listened = exposuresOf(listeners.value, places, shield, rules);
  const led = isShutBy(shield) ? [] : ledExposures(places, listened, rules);
  const isLedIn = led.some(({ state }) => state !== 'unknown');
  const exposures = isLedIn || listened.some(isDoor) ? [...listened, ...led] : listened;
  const doors = exposures.filter(isDoor);
  if (isShutBy(shield) && doors.every(({ state }) => state === 'shielded'))
    return {
      state: 'closed',
      because: [message('exposure.shield-whole')],
      exposures,
    };
  const notLooked = (): Message => (facts.ruleset.state === 'known' ? whyNotJudged(rules) : facts.ruleset.why);
  if (doors.length === 0) return withoutDoors(exposures, rules, notLooked);
  const open = doors.filter(({ state }) => state === 'open' || state === 'partly');
  if (open.length > 0)
    return {
      state: 'open',
      because: [message('exposure.open', { places: placesOf(open), who: whoGetsIn(open, rules) })],
      exposures,
    };
  const around = doors.filter((door) => isReachedAround(door, places, rules));
  if (around.length > 0)
    return {
      state: 'open',
      because: [message('exposure.around', { places: placesOf(around) })],
      exposures,
    };
  if (doors.every(({ state }) => state === 'closed' || state === 'shielded'))
    return {
      state: 'closed',
      because: [
        message('exposure.nobody-let-in', { ports: portsOf(doors) }),
        ...(isBroken(shield) ? [message('exposure.shield-not-whole')] : []),
      ],
      exposures,
    };
  return unknown(message('exposure.unless-other-rules', { places: placesOf(doors), why: notLooked() }), exposures);
}

function unknown(because: Message, exposures: readonly Exposure[], before: readonly Message[] = []): DoorVerdict {
  return { state: 'unknown', because: [...before, because], exposures };
}

/** A shield without rules shuts the door by there being nobody who waits: that is seen at the listeners. */
const isShutBy = ({ state, shield }: ShieldVerdict): boolean => state === 'up' && shield?.rules !== false;
const isBroken = ({ state }: ShieldVerdict): boolean => state === 'damaged' || state === 'interrupted';

function withoutDoors(exposures: readonly Exposure[], rules: DoorRules, notLooked: () => Message): DoorVerdict {
  const because = message('exposure.nobody-listens');
  if (!rules.passesOn())
    return {
      state: 'closed',
      because: [because, message('exposure.nothing-passed-on')],
      exposures,
    };
  const reviews = shieldTcpPorts.map((port) => rules.review({ proto: 'tcp', port, onlyLed: true }));
  if (reviews.every((review) => review?.verdict === 'closed'))
    return {
      state: 'closed',
      because: [because, message('exposure.nothing-let-in')],
      exposures,
    };
  const isPartly = reviews.some((review) => review === null || review.missing !== undefined);
  const why = isPartly ? message('exposure.could-pass-on', { why: notLooked() }) : message('exposure.may-pass-on');
  return unknown(why, exposures, [because]);
}

/** To follow "unless other firewall rules keep it shut: ". */
function whyNotJudged(rules: DoorRules): Message {
  const missing = rules.review({ proto: 'tcp', port: 445 })?.missing ?? [];
  if (missing.length === 0) return message('exposure.not-judged');
  const parts = missing.map(({ what, save }) => message('exposure.part-not-saved', { what, save }));
  return message('exposure.parts-not-saved', { parts });
}

const isDoor = (exposure: Exposure): boolean => exposure.protocol === 'tcp' && shieldTcpPorts.includes(exposure.port);

const portsOf = (exposures: readonly Exposure[]): readonly number[] =>
  [...new Set(exposures.map(({ port }) => port))].sort((a, b) => b - a);

const placesOf = (exposures: readonly Exposure[]): Message =>
  message('exposure.reached-at', {
    ports: portsOf(exposures),
    addresses: [...new Set(exposures.map(({ address }) => address))],
  });

/** The end of a sentence, and more where some rules could not be judged. */
function whoGetsIn(open: readonly Exposure[], rules: DoorRules): Message {
  const isUnsure = open.some(({ protocol, port }) => (rules.review({ proto: protocol, port })?.unsure.length ?? 0) > 0);
  const who = message(open.some(({ state }) => state === 'open') ? 'exposure.who.everybody' : 'exposure.who.some');
  return message(isUnsure ? 'exposure.as-far-as-judged' : 'exposure.who', { who });
}

/** A PC takes packets for any of its addresses on any interface (RFC 1122 3.3.4.2, weak host model), but for link-local ones. */
function isReachedAround(door: Exposure, interfaces: readonly NetworkInterface[], rules: DoorRules): boolean {
  if (door.state !== 'closed' || /^fe[89ab]/i.test(door.address)) return false;
  const review = rules.review({ proto: door.protocol, port: door.port });
  return interfaces.some(({ name, kind }) => kind !== 'loopback' && stateOver(review, name, door) !== 'closed');
}

function exposuresOf(
  listeners: readonly Listener[],
  interfaces: readonly NetworkInterface[],
  shield: ShieldVerdict,
  rules: DoorRules,
): readonly Exposure[] {
  const found = new Map<string, Exposure>();
  for (const listener of listeners)
    for (const { name, kind, addresses } of interfaces) {
      if (kind === 'loopback') continue;
      for (const address of addresses.filter((candidate) => listensAt(listener, candidate))) {
        const key = `${listener.protocol} ${listener.port} ${name} ${address.address}`;
        if (found.has(key)) continue;
        const inScope = (listener.protocol === 'tcp' ? shieldTcpPorts : shieldUdpPorts).includes(listener.port);
        const review = (): Review | null => rules.review({ proto: listener.protocol, port: listener.port });
        found.set(key, {
          protocol: listener.protocol,
          port: listener.port,
          interface: name,
          family: address.family,
          address: address.address,
          subnet: address.subnet,
          listener: ownerText(listener),
          state: isShutBy(shield) && inScope ? 'shielded' : stateOver(review(), name, address),
        });
      }
    }
  return [...found.values()];
}

/** Who may come in over one interface to one of the PC's own addresses, by the review. */
function stateOver(review: Review | null, name: string, { family, address }: Place): Exposure['state'] {
  if (review === null || review.verdict === 'unknown') return 'unknown';
  const ways = entriesOf(review, name)
    .filter(({ to }) => to === undefined || to.some((own) => isAt(own, address)))
    .map((entry) => entry[family]);
  if (ways.some((networks) => networks.some((network) => network.endsWith('/0')))) return 'open';
  if (ways.some((networks) => networks.length > 0)) return 'partly';
  return review.missing ? 'unknown' : 'closed';
}

type Place = Pick<InterfaceAddress, 'family' | 'address'>;

/** "::" takes IPv4 too unless its program said otherwise (ipv6(7), IPV6_V6ONLY), which can't be seen: counted as taking it. */
function listensAt(listener: Listener, { family, address, scope }: InterfaceAddress): boolean {
  if (scope === 'loopback') return false;
  if (listener.address === '::') return true;
  if (listener.address === '0.0.0.0') return family === 'ipv4';
  return isAt(listener.address, address);
}

/** `place`: an address, or a whole network of own ones. */
function isAt(address: string, place: string): boolean {
  const network = place.includes('/') ? setOfText(place) : null;
  return network === null ? address === place : holds(network, address);
}

/**
 * The interfaces with all own addresses that others can reach over them: also those that no interface has, which are told with the
 * first one, and loopback's where an interface lets neighbours reach them.
 */
function placesIn({ interfaces, own }: NetworkFact): readonly NetworkInterface[] {
  if (!own) return interfaces;
  const outside = interfaces.filter(({ kind }) => kind !== 'loopback');
  const held = interfaces.flatMap(({ addresses }) => addresses);
  const loopback = held.filter(({ family, scope }) => family === 'ipv4' && scope === 'loopback');
  return interfaces.map((one) => {
    if (one.kind === 'loopback') return one;
    const isLooped = own.loopbackOn.some((name) => name === '*' || name === one.name);
    return {
      ...one,
      addresses: [
        ...one.addresses,
        ...(isLooped ? loopback.map((address) => ({ ...address, scope: 'link-local' as const })) : []),
        ...(one === outside[0] ? notHeld(own, held) : []),
      ],
    };
  });
}

const loopbackRanges = ['127.0.0.0/8', '::1/128'];

/** Own addresses and networks beyond loopback and those that interfaces have. */
function notHeld({ local, elsewhere }: OwnAddresses, held: readonly InterfaceAddress[]): readonly InterfaceAddress[] {
  const setIn = (family: Family, texts: readonly string[]): AddressSet =>
    unionAll(
      family,
      texts.flatMap((text) => setOfText(text) ?? []).filter((set) => set.family === family),
    );
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const known = setIn(family, [...loopbackRanges, ...held.map(({ address }) => address)]);
    return toNetworks(difference(setIn(family, [...local, ...elsewhere]), known)).map((network) => ({
      family,
      address: network.endsWith(family === 'ipv4' ? '/32' : '/128') ? (network.split('/')[0] ?? '') : network,
      subnet: network,
      scope: 'private' as const,
    }));
  });
}

/** Where rules lead connections to a program that waits at another port; unknown = to somewhere that can't be seen from here. */
function ledExposures(
  places: readonly NetworkInterface[],
  listened: readonly Exposure[],
  rules: DoorRules,
): readonly Exposure[] {
  if (!rules.passesOn()) return [];
  return shieldTcpPorts.flatMap((port) => {
    const review = rules.review({ proto: 'tcp', port, onlyLed: true });
    if (review === null) return [];
    return places.flatMap(({ name, kind, addresses }) =>
      addresses.flatMap(({ family, address, subnet, scope }): readonly Exposure[] => {
        const isTold = listened.some((one) => one.port === port && one.interface === name && one.address === address);
        const state = stateOver(review, name, { family, address });
        if (kind === 'loopback' || scope === 'loopback' || isTold || state === 'closed') return [];
        const place = { protocol: 'tcp' as const, port, interface: name, family, address, subnet };
        const listener = message('exposure.program-elsewhere');
        return [{ ...place, listener, state: review.unsure.length > 0 ? 'unknown' : state }];
      }),
    );
  });
}

function ownerText({ owner }: Listener): Message {
  if (!owner) return message('exposure.program-hidden');
  return owner.pid === null ? verbatim(owner.name) : message('exposure.process', { name: owner.name, pid: owner.pid });
}
