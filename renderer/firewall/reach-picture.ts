// The picture of who can reach the door, as data: for each connection of the PC and each family, how far each zone gets in. Pure.
import type { Cidr, Family, NetworkFact, NetworkInterface, Reach, Review } from '../../preload/contract';
import { common, covered, type Ranges, rangesOf, union, without } from './address-ranges';

/** From far to near. near = the networks next to this connection, from which no router is needed. */
export type Zone = 'internet' | 'others' | 'near' | 'self';
export const zones: readonly Zone[] = ['internet', 'others', 'near', 'self'];

/** open, some, shut = every, some, no address of the zone may connect; none = there is no such network here. */
export type Passage = 'open' | 'some' | 'shut' | 'unknown' | 'none';

export interface Cell {
  readonly zone: Zone;
  readonly passage: Passage;
  /** Of a zone that gets in with some addresses only: the networks of the review that lie in it, or over it. */
  readonly from: readonly Cidr[];
}

/** One lane: how one of the PC's connections is reached over one family. */
export interface Lane {
  readonly key: string;
  /** null = every connection that is not named. */
  readonly interface: string | null;
  readonly kind: NetworkInterface['kind'] | null;
  readonly profile: Reach['profile'];
  readonly family: Family;
  /** The PC's own addresses there; empty where none are known. */
  readonly addresses: readonly string[];
  /** The networks next to it. */
  readonly near: readonly Cidr[];
  /** All from which a connection may be accepted here. */
  readonly networks: readonly Cidr[];
  /** One for each zone, in their order. */
  readonly cells: readonly Cell[];
}

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
const everywhere: Record<Family, readonly Cidr[]> = { ipv4: ['0.0.0.0/0' as Cidr], ipv6: ['::/0' as Cidr] };
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
  const isSaid = present.some(({ name, addresses }) => addresses.length > 0 && entryNames(review, name).includes('*'));
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
  readonly ranges: Ranges;
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
    const parsed = networks.map((network) => ({ network, ranges: rangesOf([network]) }));
    const { internet, inside } = regions[family];
    const inner = parsed.filter(({ ranges }) => common(inside, ranges).length > 0);
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

/** The names under which the review speaks about a connection: its own, else the beginnings that fit ("wl*"), else all others. */
function entryNames({ reach }: Review, name: string): readonly string[] {
  const names = [...new Set(reach.map((entry) => entry.interface))];
  if (names.includes(name)) return [name];
  const alike = names.filter((it) => it.length > 1 && it.endsWith('*') && name.startsWith(it.slice(0, -1)));
  return alike.length > 0 ? alike : names.filter((it) => it === '*');
}

/** The entries about one connection; of its profile where profiles are told apart. */
function entriesAbout(review: Review, at: NetworkInterface): readonly Reach[] {
  const names = entryNames(review, at.name);
  const entries = review.reach.filter((entry) => names.includes(entry.interface));
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
  const beside = rangesOf(near);
  const beyond = without(regionsOf(pc.present, family).inside, beside);
  const cells: readonly Cell[] = [
    internet,
    cellOf('others', beyond, inner),
    cellOf('near', beside, inner),
    { zone: 'self', passage: pc.self[family], from: [] },
  ];
  const isKnown = pc.review.verdict !== 'unknown';
  return { networks, cells: isKnown ? cells : cells.map(({ zone }) => ({ zone, passage: 'unknown', from: [] })) };
}

function cellOf(zone: Zone, region: Ranges, parsed: readonly Parsed[]): Cell {
  if (region.length === 0) return { zone, passage: 'none', from: [] };
  const from = parsed.filter(({ ranges }) => common(region, ranges).length > 0);
  const part = covered(region, union(from.flatMap(({ ranges }) => ranges)));
  if (part !== 'some') return { zone, passage: part === 'all' ? 'open' : 'shut', from: [] };
  return { zone, passage: 'some', from: from.map(({ network }) => network) };
}

/** `inside` = every network that is not the Internet. */
function regionsOf(
  present: readonly NetworkInterface[],
  family: Family,
): { readonly internet: Ranges; readonly inside: Ranges } {
  const own = present.flatMap(({ addresses }) => addresses).filter((address) => address.family === family);
  const inside = rangesOf([...privateNetworks[family], ...own.map(({ subnet }) => subnet)]);
  const possible = without(rangesOf(everywhere[family]), rangesOf(noSource[family]));
  return { internet: without(possible, inside), inside };
}

/** Windows' firewall leaves loopback alone; elsewhere the rules for the loopback interface decide. */
function fromItself(review: Review, loops: readonly string[], family: Family): Passage {
  if (review.source === 'windows-firewall') return 'open';
  const names = loops.flatMap((name) => entryNames(review, name));
  const entries = review.reach.filter(({ interface: name }) => names.includes(name));
  const part = covered(rangesOf(loopback[family]), rangesOf(entries.flatMap((entry) => entry[family])));
  return part === 'none' ? 'shut' : 'open';
}
