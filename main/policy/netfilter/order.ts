// All base chains of a hook, in the order in which the kernel runs them; where that can't be told, in every order.
import { message } from '../../model/message';
import { intersectEdges } from '../address-sets';
import { changesState } from './changes';
import { copyOf, edgesOf, type Flow, merged } from './flows';
import { LiveSet } from './live-set';
import type { Notes } from './notes';
import { type PacketState, unknownState, withChange } from './packet';
import { sameMoment, trackingPriority } from './prepare';
import type { BaseChain } from './program';
import type { Lean } from './walk';

type Pass = (base: BaseChain, flows: readonly Flow[]) => readonly Flow[];

/**
 * All chains of a hook. Those of different tables at the same moment may stand in any order, which matters where one of them writes
 * what another reads: then every order is tried.
 */
export function inOrder(
  chains: readonly BaseChain[],
  entering: readonly Flow[],
  lean: Lean,
  notes: Notes,
  pass: Pass,
): readonly Flow[] {
  let flows = entering;
  for (let i = 0; i < chains.length; ) {
    const first = chains[i] as BaseChain;
    let next = i + 1;
    while (next < chains.length && sameMoment(first, chains[next] as BaseChain)) next++;
    flows = together(chains.slice(i, next), flows, lean, notes, (base, reached) =>
      merged(
        [],
        pass(
          base,
          reached.map((flow) => (base.hook === 'prerouting' ? tracking(flow, base.priority, base.type) : flow)),
        ),
      ),
    );
    i = next;
  }
  return flows;
}

function together(
  group: readonly BaseChain[],
  entering: readonly Flow[],
  lean: Lean,
  notes: Notes,
  pass: Pass,
): readonly Flow[] {
  const through = (order: readonly BaseChain[], flows: readonly Flow[]): readonly Flow[] =>
    order.reduce((reached, base) => pass(base, reached), flows);
  if (group.length === 1 || !group.some(({ chain }) => changesState(chain))) return through(group, entering);
  const orders = ordersOf(unitsOf(group));
  if (orders.length === 1) return through(orders.flat(2), entering);
  const results = orders.map((order) => through(order.flat(), entering.map(copyOf)));
  const [likeliest = []] = results;
  if (results.every((result) => isSame(result, likeliest))) return likeliest;
  notes.doubts.push({
    rule: null,
    chain: (group.find(({ chain }) => changesState(chain)) ?? (group[0] as BaseChain)).chain,
    why: message('netfilter.priority'),
    edges: edgesOf(entering),
  });
  if (lean === 'open') {
    const others =
      orders.length < mostOrders ? [] : entering.map(({ state, live }) => copyOf({ state: unknownState(state), live }));
    return merged([], [...results.flat().map(copyOf), ...others]);
  }
  return likeliest.flatMap(({ state, live }) => {
    const inAll = results.map((result) => edgesOf(result.filter((flow) => flow.state.key === state.key)));
    return [{ state, live: LiveSet.of(inAll.reduce(intersectEdges, live.toEdges())) }];
  });
}

function isSame(a: readonly Flow[], b: readonly Flow[]): boolean {
  const spell = (flows: readonly Flow[]): string =>
    flows
      .filter(({ live }) => !live.isEmpty)
      .map(({ state, live }) => `${state.key}: ${live.toEdges().join()}`)
      .sort()
      .join('; ');
  return spell(a) === spell(b);
}

/** More orders than this are not tried one by one. */
const mostOrders = 24;

/** Chains that stay together: a table's, newest first; of nat chains those of one priority, since all nat chains run in one go. */
function unitsOf(group: readonly BaseChain[]): readonly (readonly BaseChain[])[] {
  const units = new Map<string, BaseChain[]>();
  for (const base of group) {
    const table = base.chain.name.split(' ').slice(0, 2).join(' ');
    const unit = base.type === 'nat' ? `nat ${base.priority} ${table}` : table;
    units.set(unit, [...(units.get(unit) ?? []), base]);
  }
  return [...units.values()];
}

/** Every order in which the kernel may run them, likeliest first; at most `mostOrders`. */
function ordersOf(units: readonly (readonly BaseChain[])[]): readonly (readonly (readonly BaseChain[])[])[] {
  const natPriority = ([first]: readonly BaseChain[]): number | null => (first?.type === 'nat' ? first.priority : null);
  const orders: (readonly (readonly BaseChain[])[])[] = [];
  const choose = (order: readonly (readonly BaseChain[])[], rest: readonly (readonly BaseChain[])[]): void => {
    if (orders.length >= mostOrders) return;
    if (rest.length === 0) orders.push(order);
    const waiting = rest.map(natPriority).filter((priority) => priority !== null);
    const last = order.at(-1);
    const inNat = last !== undefined && natPriority(last) !== null && waiting.length > 0;
    for (const unit of rest) {
      const priority = natPriority(unit);
      if (priority === null ? inNat : priority > Math.min(...waiting)) continue;
      choose(
        [...order, unit],
        rest.filter((other) => other !== unit),
      );
    }
  };
  choose([], units);
  return orders;
}

/** Connection tracking runs at -200; a chain at that very priority runs before or after it. */
function tracking({ state, live }: Flow, priority: number, type: BaseChain['type']): Flow {
  if (!isUntracked(state) || (priority < trackingPriority && type !== 'nat')) return { state, live };
  const isLater = priority > trackingPriority || type === 'nat';
  return { state: withChange(state, { tracked: isLater ? 'new' : 'now' }), live };
}

/** Connection tracking has not seen it yet, or is about to. */
export const isUntracked = ({ tracked }: PacketState): boolean => tracked === 'before' || tracked === 'now';
