// What an evaluation needs to know of all programs together, gathered once: chains by hook, names, marks, sizes.
import type { Family } from '../../model/address';
import { type AddressSet, holds } from '../address-sets';
import type { BaseChain, Chain, Condition, FilterProgram, Hook, Step, Verdict } from './program';

export interface Prepared {
  /** In the order in which the kernel runs them. */
  readonly chains: Readonly<Record<Hook, readonly BaseChain[]>>;
  /** Every name an incoming interface is compared with, wildcards with their "*". */
  readonly interfaceNames: readonly string[];
  /** Bits of the packet's mark that rules here write. */
  readonly writtenMark: number;
  /** Sets that the PC's own addresses are compared with. */
  readonly destinations: readonly AddressSet[];
  /** Rules, and members of sets with several fields. */
  readonly size: number;
}

/** Where the kernel itself sits (netfilter_ipv4.h): nat chains run there, whatever their own priority says. */
const natPriority: Partial<Record<Hook, number>> = { prerouting: -100, input: 100, output: -100, postrouting: 100 };
export const trackingPriority = -200;

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
  for (const base of all) chains[base.hook].push(base);
  for (const list of Object.values(chains)) list.sort((a, b) => placeOf(a) - placeOf(b) || a.priority - b.priority);

  const names = new Set<string>();
  const destinations = new Set<AddressSet>();
  let [writtenMark, size] = [0, 0];
  for (const { devices } of all) if (Array.isArray(devices)) for (const name of devices) names.add(String(name));
  const seen = new Set<Chain>(all.map(({ chain }) => chain));
  const follow = (verdict: Verdict): void => {
    if (verdict.kind === 'jump' || verdict.kind === 'goto') seen.add(verdict.to);
  };
  const condition = (at: Condition): void => {
    if (at.kind === 'interface' && at.side === 'in') for (const name of at.names) names.add(name);
    if (at.kind === 'destination') destinations.add(at.may).add(at.must);
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
        if (at.which === 'packet') writtenMark |= ~at.keep | at.xor | (at.unknown ?? 0);
        return;
      case 'copy-mark':
        if (at.from === 'connection') writtenMark |= 0xffffffff;
        return;
      case 'notrack':
      case 'nat':
      case 'anything':
        return;
      default:
        condition(at);
    }
  };
  for (const { rules } of seen) {
    size += rules.length;
    for (const rule of rules) for (const at of rule.steps) step(at);
  }
  return {
    chains,
    interfaceNames: [...names].sort(),
    writtenMark: writtenMark >>> 0,
    destinations: [...destinations],
    size,
  };
}

const placeOf = ({ type, hook, priority }: BaseChain): number =>
  type === 'nat' ? (natPriority[hook] ?? priority) : priority;

/** The addresses in groups that no rule tells apart. */
export function alike({ destinations }: Prepared, family: Family, addresses: readonly string[]): readonly (readonly string[])[] {
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
