// What an evaluation needs to know of all programs together, gathered once: chains by hook, names, marks, sizes.
import type { Family } from '../../model/address';
import { type AddressSet, type Edge, firstAfter, holds } from '../address-sets';
import { indexOf } from './chain-index';
import { changesState } from './changes';
import type { BaseChain, Chain, Condition, FilterProgram, Hook, Step, Verdict } from './program';

export interface Prepared {
  /** In the order in which the kernel runs them: of equal priority, the newest first (nf_hook_entries_grow). */
  readonly chains: Readonly<Record<Hook, readonly BaseChain[]>>;
  /** Every name an incoming interface is compared with, wildcards with their "*". */
  readonly interfaceNames: readonly string[];
  /** Bits of the packet's mark that rules here write. */
  readonly writtenMark: number;
  /** Sets that the PC's own addresses are compared with. */
  readonly destinations: readonly AddressSet[];
  /** Some rule asks whether, or which, own address is meant. */
  readonly asksOwn: boolean;
  /** Families whose connections are tracked, since a rule needs it; elsewhere nat chains are never asked (nf_ct_netns_get). */
  readonly tracks: ReadonlySet<Family>;
  /** Some rule translates addresses or ports. */
  readonly translates: boolean;
  /** Some rule asks whether a bridge carries the packet. */
  readonly asksBridges: boolean;
  /** Some rule takes connections out of tracking. */
  readonly untracks: boolean;
  /** Rules, and members of the sets they ask for. */
  readonly size: number;
}

/** Where the kernel itself sits (netfilter_ipv4.h): nat chains run there, whatever their own priority says. */
const natPriority: Partial<Record<Hook, number>> = { prerouting: -100, input: 100, output: -100, postrouting: 100 };
export const trackingPriority = -200;

/** Whether two chains run at the same place on a hook, so that only their age tells which is first. */
export const sameMoment = (a: BaseChain, b: BaseChain): boolean => placeOf(a) === placeOf(b);

export function prepare(programs: readonly FilterProgram[]): Prepared {
  const chains: Record<Hook, BaseChain[]> = {
    ingress: [],
    prerouting: [],
    input: [],
    forward: [],
    output: [],
    postrouting: [],
    egress: [],
  };
  const all = programs.flatMap((program) => program.baseChains);
  for (const base of [...all].reverse()) chains[base.hook].push(base);
  for (const list of Object.values(chains)) list.sort((a, b) => placeOf(a) - placeOf(b) || a.priority - b.priority);

  const names = new Set<string>();
  const destinations = new Set<AddressSet>();
  const sources = new Set<AddressSet>();
  let [writtenMark, size, untracks, translates, asksOwn, asksBridges] = [0, 0, false, false, false, false];
  for (const { devices } of all) if (Array.isArray(devices)) for (const name of devices) names.add(String(name));
  const tracks = new Set<Family>();
  let families: readonly Family[] = [];
  let ruleFamilies: readonly Family[] = [];
  const seen = new Map<Chain, readonly Family[]>();
  for (const base of all) {
    seen.set(base.chain, base.families);
    changesState(base.chain);
  }
  const follow = (verdict: Verdict): void => {
    if ((verdict.kind === 'jump' || verdict.kind === 'goto') && !seen.has(verdict.to)) seen.set(verdict.to, families);
  };
  const track = (): void => {
    for (const family of families) tracks.add(family);
  };
  const condition = (at: Condition): void => {
    if (at.kind === 'interface' && at.side === 'in') for (const name of at.names) names.add(name);
    if (at.kind === 'source' && !sources.has(at.may)) {
      sources.add(at.may);
      size += at.may.edges.length / 2;
    }
    if (at.kind === 'destination' || at.kind === 'address-type') asksOwn = true;
    if (at.kind === 'destination') destinations.add(at.may).add(at.must);
    if (at.kind === 'bridged') asksBridges = true;
    if (at.kind === 'state' || at.kind === 'translated' || at.kind === 'zone') track();
    if ((at.kind === 'mark' && at.which === 'connection') || (at.kind === 'port' && at.original)) track();
    if (at.kind !== 'any-of') return;
    size += at.tuples.length;
    for (const tuple of at.tuples) for (const inner of tuple) condition(inner);
  };
  const step = (at: Step): void => {
    switch (at.kind) {
      case 'verdict':
        follow(at.verdict);
        return;
      case 'verdict-map':
        size += at.cases.length;
        for (const { when, verdict } of at.cases) {
          for (const inner of when) condition(inner);
          follow(verdict);
        }
        return;
      case 'set-mark':
        if (at.which === 'connection') track();
        else writtenMark |= ~at.keep | at.xor | (at.unknown ?? 0);
        return;
      case 'copy-mark':
        track();
        if (at.from === 'connection') writtenMark |= 0xffffffff;
        return;
      case 'notrack':
        untracks = true;
        return;
      case 'set-zone':
        track();
        return;
      case 'nat':
        translates = true;
        if (at.to.address !== null && at.to.address !== 'this-pc') asksOwn = true;
        for (const family of ruleFamilies) tracks.add(family);
        return;
      case 'anything':
        return;
      default:
        condition(at);
    }
  };
  for (const [chain, seenBy] of seen) {
    const { rules } = chain;
    const { field } = indexOf(chain);
    for (const family of seenBy) field(family, 'source');
    families = seenBy;
    size += rules.length;
    for (const { steps } of rules) {
      ruleFamilies = families;
      for (const at of steps) {
        // "dnat ip to" in an inet table makes the kernel track IPv4 only (nft_nat_init).
        if (at.kind === 'family') ruleFamilies = ruleFamilies.filter((family) => at.families.includes(family));
        step(at);
      }
    }
  }
  return {
    chains,
    interfaceNames: [...names].sort(),
    writtenMark: writtenMark >>> 0,
    destinations: [...destinations],
    asksOwn,
    tracks,
    untracks,
    translates,
    asksBridges,
    size,
  };
}

const placeOf = ({ type, hook, priority }: BaseChain): number =>
  type === 'nat' ? (natPriority[hook] ?? priority) : priority;

/** The set in pieces of which no rule takes a part only; null = there are too many. */
export function pieces({ destinations }: Prepared, set: AddressSet): readonly AddressSet[] | null {
  const cuts = new Set<Edge>();
  for (const { family, edges } of destinations) {
    if (family !== set.family) continue;
    for (let i = 0; i + 1 < set.edges.length; i += 2) {
      const end = set.edges[i + 1] as Edge;
      for (let at = firstAfter(edges, set.edges[i] as Edge); at < edges.length && (edges[at] as Edge) < end; at++) {
        cuts.add(edges[at] as Edge);
        if (cuts.size > mostPieces) return null;
      }
    }
  }
  const sorted = [...cuts].sort((a, b) => (a < b ? -1 : 1));
  const found: AddressSet[] = [];
  for (let i = 0, next = 0; i + 1 < set.edges.length; i += 2) {
    let from = set.edges[i] as Edge;
    const end = set.edges[i + 1] as Edge;
    for (; next < sorted.length && (sorted[next] as Edge) < end; next++) {
      found.push({ family: set.family, edges: [from, sorted[next] as Edge] });
      from = sorted[next] as Edge;
    }
    found.push({ family: set.family, edges: [from, end] });
  }
  return found;
}

const mostPieces = 1024;

/** The addresses in groups that no rule tells apart. */
export function alike(
  { destinations }: Prepared,
  family: Family,
  addresses: readonly string[],
): readonly (readonly string[])[] {
  let groups: (readonly string[])[] = addresses.length > 0 ? [addresses] : [];
  for (const set of destinations) {
    if (groups.length === addresses.length) break;
    if (set.family !== family) continue;
    groups = groups.flatMap((group) => {
      const inside = group.filter((address) => holds(set, address));
      return inside.length === 0 || inside.length === group.length
        ? [group]
        : [inside, group.filter((address) => !inside.includes(address))];
    });
  }
  return groups;
}
