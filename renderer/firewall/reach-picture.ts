// The picture of who can reach the door, as data: for each connection of the PC and each family, how far each zone gets in. Pure.
import type { Cidr, Family, NetworkFact, NetworkInterface, Reach, Review } from '../../preload/contract';
import { common, covered, type Ranges, rangesOf, without } from './address-ranges';

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
const inner: Record<Family, readonly Cidr[]> = {
  ipv4: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] as Cidr[],
  ipv6: ['fc00::/7', 'fe80::/10'] as Cidr[],
};
const noSource: Record<Family, readonly Cidr[]> = {
  ipv4: ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'] as Cidr[],
  ipv6: ['::/96', '::ffff:0.0.0.0/96', 'ff00::/8'] as Cidr[],
};
const everywhere: Record<Family, readonly Cidr[]> = { ipv4: ['0.0.0.0/0' as Cidr], ipv6: ['::/0' as Cidr] };
const loopback: Record<Family, readonly Cidr[]> = { ipv4: ['127.0.0.1/32' as Cidr], ipv6: ['::1/128' as Cidr] };

/** `network` null = the PC's connections are not known: then the lanes are those that the review names. */
export function reachPicture(review: Review, network: NetworkFact | null): readonly Lane[] {
  const all = network?.interfaces ?? [];
  const present = all.filter(({ kind }) => kind !== 'loopback');
  const pc: Pc = { review, present, loops: loopsOf(all) };
  const here = new Set(all.map(({ name }) => name));
  const lanes = present.flatMap((at) => lanesOf(pc, at));
  const named = new Set(review.reach.map(({ interface: name }) => name));
  const absent = [...named].filter((name) => name !== '*' && !here.has(name) && !pc.loops.includes(name));
  // What may come later (a phone's network, a VPN) gets lanes of its own only where no other lane says the same.
  const isSaid = present.some(({ name, addresses }) => addresses.length > 0 && entryNames(review, name).includes('*'));
  return [
    ...lanes,
    ...absent.flatMap((name) => unseenLanes(pc, name)),
    ...(isSaid || (lanes.length > 0 && !named.has('*')) ? [] : unseenLanes(pc, '*')),
  ];
}

/** What every lane is judged by. */
interface Pc {
  readonly review: Review;
  /** Without loopback. */
  readonly present: readonly NetworkInterface[];
  /** Names of the loopback interfaces. */
  readonly loops: readonly string[];
}

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
    if (own.length === 0) return [];
    const near = [...new Set(own.map(({ subnet }) => subnet))];
    // Whoever comes in here may ask for an address of another connection too (ip(7), the weak host model).
    const asked = entries.flatMap(({ to }) => to ?? []).filter((address) => familyOf(address) === family);
    const addresses = [...new Set([...own.map(({ address }) => address), ...asked])];
    return groupsOf(addresses, entries).map((group, index) => ({
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
  const regions = regionsOf(pc, family, near);
  const networks = [...new Set(about.flatMap((entry) => entry[family]))];
  const set = rangesOf(networks);
  const cells = zones.map((zone): Cell => {
    if (pc.review.verdict === 'unknown') return { zone, passage: 'unknown', from: [] };
    if (zone === 'self') return { zone, passage: fromItself(pc, family), from: [] };
    const region = regions[zone];
    if (region.length === 0) return { zone, passage: 'none', from: [] };
    const part = covered(region, set);
    if (part !== 'some') return { zone, passage: part === 'all' ? 'open' : 'shut', from: [] };
    return {
      zone,
      passage: 'some',
      from: networks.filter((network) => common(region, rangesOf([network])).length > 0),
    };
  });
  return { networks, cells };
}

function regionsOf(
  { present }: Pc,
  family: Family,
  near: readonly Cidr[],
): Readonly<Record<Exclude<Zone, 'self'>, Ranges>> {
  const own = present.flatMap(({ addresses }) => addresses).filter((address) => address.family === family);
  const beside = rangesOf(near);
  const inside = rangesOf([...inner[family], ...own.map(({ subnet }) => subnet)]);
  const possible = without(rangesOf(everywhere[family]), rangesOf(noSource[family]));
  return { internet: without(possible, inside), others: without(inside, beside), near: beside };
}

/** Windows' firewall leaves loopback alone; elsewhere the rules for the loopback interface decide. */
function fromItself({ review, loops }: Pc, family: Family): Passage {
  if (review.source === 'windows-firewall') return 'open';
  const names = loops.flatMap((name) => entryNames(review, name));
  const entries = review.reach.filter(({ interface: name }) => names.includes(name));
  const part = covered(rangesOf(loopback[family]), rangesOf(entries.flatMap((entry) => entry[family])));
  return part === 'none' ? 'shut' : 'open';
}
