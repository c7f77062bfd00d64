// The picture of who can reach the door, as data: for each connection of the PC and each family, how far each zone gets in. Pure.
import type { Cidr, Family } from '../model/address';
import type { NetworkFact, NetworkInterface } from '../model/facts';
import type { Reach, Review } from '../model/review';
import type { Cell, Lane, Passage, Zone } from '../model/shown-firewall';
import {
  type AddressSet,
  difference,
  everything,
  intersection,
  isEmpty,
  isWithin,
  setOf,
  unionAll,
} from '../policy/address-sets';
import { entriesOf } from '../policy/reach';

const families: readonly Family[] = ['ipv4', 'ipv6'];

/**
 * Networks that are not the Internet (RFC 1918, 6598, 3927; 4193, 4291), and addresses that no connection can come from
 * (RFC 1122 3.2.1.3, 5771; 4291 2.5, 2.7).
 */
const privateNetworks: Record<Family, readonly Cidr[]> = {
  ipv4: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] as Cidr[],
  ipv6: ['fc00::/7', 'fe80::/10'] as Cidr[],
};
const noSource: Record<Family, readonly Cidr[]> = {
  ipv4: ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'] as Cidr[],
  ipv6: ['::/96', '::ffff:0.0.0.0/96', 'ff00::/8'] as Cidr[],
};
const loopback: Record<Family, readonly Cidr[]> = { ipv4: ['127.0.0.1/32' as Cidr], ipv6: ['::1/128' as Cidr] };

/**
 * The lanes, those that let in most first. `network` null = the PC's connections are not known: then the lanes are those that the
 * review names.
 */
export function reachPicture(review: Review, network: NetworkFact | null): readonly Lane[] {
  const all = network?.interfaces ?? [];
  const present = all.filter(({ kind }) => kind !== 'loopback');
  const loops = loopsOf(all);
  const self = { ipv4: fromItself(review, loops, 'ipv4'), ipv6: fromItself(review, loops, 'ipv6') };
  const pc: Pc = { review, present, self, letIn: rememberingLet(present) };
  const here = new Set(all.map(({ name }) => name));
  const lanes = present.flatMap((at) => lanesOf(pc, at));
  const named = new Set(review.reach.map(({ interface: name }) => name));
  const absent = [...named].filter((name) => name !== '*' && !here.has(name) && !loops.includes(name));
  // What may come later (a phone's network, a VPN) gets lanes of its own only where no other lane says the same.
  const isSaid = present.some(({ name, addresses }) => addresses.length > 0 && isAmongOthers(review, name));
  const coming = isSaid || (lanes.length > 0 && !named.has('*')) ? [] : unseenLanes(pc, '*');
  const shown = [...lanes, ...absent.flatMap((name) => unseenLanes(pc, name)), ...coming];
  return shown.sort((a, b) => openness(b) - openness(a));
}

/** The farther somebody may come from, the more it counts. */
function openness({ cells }: Lane): number {
  const weights: Readonly<Record<Zone, number>> = { internet: 16, others: 4, near: 1, self: 0 };
  const parts: Readonly<Record<Passage, number>> = { open: 3, some: 2, unknown: 1, shut: 0, none: 0 };
  return cells.reduce((sum, { zone, passage }) => sum + weights[zone] * parts[passage], 0);
}

/** What every lane is judged by. */
interface Pc {
  readonly review: Review;
  /** Without loopback. */
  readonly present: readonly NetworkInterface[];
  readonly self: Readonly<Record<Family, Passage>>;
  letIn(about: readonly Reach[], family: Family): Let;
}

/** What some entries let in of one family, read once for all connections that they are about. */
interface Let {
  /** Without repetition. */
  readonly networks: readonly Cidr[];
  readonly internet: Cell;
  /** Those that lie in, or over, a network that is not the Internet. */
  readonly inner: readonly Parsed[];
}

interface Parsed {
  readonly network: Cidr;
  readonly set: AddressSet;
}

function rememberingLet(present: readonly NetworkInterface[]): Pc['letIn'] {
  const kept = new Map<string, Let>();
  const numbers = new Map<Reach, number>();
  const numberOf = (entry: Reach): number => {
    const number = numbers.get(entry) ?? numbers.size;
    numbers.set(entry, number);
    return number;
  };
  const regions = { ipv4: regionsOf(present, 'ipv4'), ipv6: regionsOf(present, 'ipv6') };
  return (about, family) => {
    const key = `${family} ${about.map(numberOf).join()}`;
    const known = kept.get(key);
    if (known) return known;
    const networks = [...new Set(about.flatMap((entry) => entry[family]))];
    const parsed = networks.map((network) => ({ network, set: setOf(family, [network]) }));
    const { internet, inside } = regions[family];
    const inner = parsed.filter(({ set }) => meet(inside, set));
    const made: Let = { networks, internet: cellOf('internet', internet, parsed), inner };
    kept.set(key, made);
    return made;
  };
}

/** Names of the loopback interfaces. */
function loopsOf(all: readonly NetworkInterface[]): readonly string[] {
  const known = all.filter(({ kind }) => kind === 'loopback').map(({ name }) => name);
  return known.length > 0 ? known : ['lo'];
}

/** Whether the review speaks of this connection only as one of all others. */
const isAmongOthers = (review: Review, name: string): boolean =>
  entriesOf(review, name).some((entry) => entry.interface === '*');

/** The entries about one connection; of its profile where profiles are told apart. */
function entriesAbout(review: Review, at: NetworkInterface): readonly Reach[] {
  const entries = entriesOf(review, at.name);
  const ofProfile = entries.filter(({ profile }) => profile === null || profile === at.profile);
  // A profile that is not known may be any of them: what any of them lets in counts.
  return at.profile === null || ofProfile.length === 0 ? entries : ofProfile;
}

function lanesOf(pc: Pc, at: NetworkInterface): readonly Lane[] {
  const entries = entriesAbout(pc.review, at);
  return families.flatMap((family) => {
    const own = at.addresses.filter((address) => address.family === family);
    if (own.length === 0 && !isReachedAround(pc, family, entries)) return [];
    const near = [...new Set(own.map(({ subnet }) => subnet))];
    // Whoever comes in here may ask for an address of another connection too (ip(7), the weak host model).
    const asked = entries.flatMap(({ to }) => to ?? []).filter((address) => familyOf(address) === family);
    const addresses = [...new Set([...own.map(({ address }) => address), ...asked])];
    const groups = addresses.length > 0 ? groupsOf(addresses, entries) : [{ addresses, about: entries }];
    return groups.map((group, index) => ({
      key: `${at.name} ${family} ${index}`,
      interface: at.name,
      kind: at.kind,
      profile: at.profile,
      family,
      addresses: group.addresses,
      near,
      ...judged(pc, family, group.about, near),
    }));
  });
}

/** Without an address of its own a connection still leads to the PC's other ones; link-local ones are answered at home only. */
function isReachedAround({ present }: Pc, family: Family, entries: readonly Reach[]): boolean {
  const all = present.flatMap(({ addresses }) => addresses);
  return (
    all.some((address) => address.family === family && address.scope !== 'link-local') &&
    entries.some((entry) => entry[family].length > 0)
  );
}

/** A connection that is not there (now): nobody is next to it, as far as is known. */
function unseenLanes(pc: Pc, name: string): readonly Lane[] {
  const about = pc.review.reach.filter((entry) => entry.interface === name);
  return families.map((family) => ({
    key: `${name} ${family}`,
    interface: name === '*' ? null : name,
    kind: null,
    profile: null,
    family,
    addresses: [],
    near: [],
    ...judged(pc, family, about, []),
  }));
}

const familyOf = (address: string): Family => (address.includes(':') ? 'ipv6' : 'ipv4');

/** The PC's own addresses put together as the entries tell them apart (`to`). */
function groupsOf(
  addresses: readonly string[],
  entries: readonly Reach[],
): readonly { readonly addresses: readonly string[]; readonly about: readonly Reach[] }[] {
  const groups = new Map<string, { addresses: string[]; about: readonly Reach[] }>();
  for (const address of addresses) {
    const about = entries.filter(({ to }) => to === undefined || to.includes(address));
    const key = about.map((entry) => entries.indexOf(entry)).join();
    const group = groups.get(key);
    if (group) group.addresses.push(address);
    else groups.set(key, { addresses: [address], about });
  }
  return [...groups.values()];
}

function judged(
  pc: Pc,
  family: Family,
  about: readonly Reach[],
  near: readonly Cidr[],
): Pick<Lane, 'networks' | 'cells'> {
  const { networks, internet, inner } = pc.letIn(about, family);
  const beside = setOf(family, near);
  const beyond = difference(regionsOf(pc.present, family).inside, beside);
  const cells: readonly Cell[] = [
    internet,
    cellOf('others', beyond, inner),
    cellOf('near', beside, inner),
    { zone: 'self', passage: pc.self[family], from: [] },
  ];
  const isKnown = pc.review.verdict !== 'unknown';
  return { networks, cells: isKnown ? cells : cells.map(({ zone }) => ({ zone, passage: 'unknown', from: [] })) };
}

function cellOf(zone: Zone, region: AddressSet, parsed: readonly Parsed[]): Cell {
  if (isEmpty(region)) return { zone, passage: 'none', from: [] };
  const from = parsed.filter(({ set }) => meet(region, set));
  if (from.length === 0) return { zone, passage: 'shut', from: [] };
  const letIn = unionAll(
    region.family,
    from.map(({ set }) => set),
  );
  if (isWithin(region, letIn)) return { zone, passage: 'open', from: [] };
  return { zone, passage: 'some', from: from.map(({ network }) => network) };
}

const meet = (a: AddressSet, b: AddressSet): boolean => !isEmpty(intersection(a, b));

/** `inside` = every network that is not the Internet. */
function regionsOf(
  present: readonly NetworkInterface[],
  family: Family,
): { readonly internet: AddressSet; readonly inside: AddressSet } {
  const own = present.flatMap(({ addresses }) => addresses).filter((address) => address.family === family);
  const inside = setOf(family, [...privateNetworks[family], ...own.map(({ subnet }) => subnet)]);
  const possible = difference(everything(family), setOf(family, noSource[family]));
  return { internet: difference(possible, inside), inside };
}

/** Windows' firewall leaves loopback alone; elsewhere the rules for the loopback interface decide. */
function fromItself(review: Review, loops: readonly string[], family: Family): Passage {
  if (review.source === 'windows-firewall') return 'open';
  const entries = loops.flatMap((name) => entriesOf(review, name));
  const letIn = setOf(
    family,
    entries.flatMap((entry) => entry[family]),
  );
  return meet(setOf(family, loopback[family]), letIn) ? 'open' : 'shut';
}
