// Addresses that walk together, and how they part and meet again.
import { type Edges, normalEdges } from '../address-sets';
import { LiveSet } from './live-set';
import { joined, type PacketState } from './packet';

/** More states than this at once are joined into one of which less is known. */
const mostFlows = 64;

/** Addresses that walk together, in one state. */
export interface Flow {
  state: PacketState;
  live: LiveSet;
}

/** Adds addresses to the flow of this state. */
export function addTo(flows: Flow[], state: PacketState, edges: Edges): void {
  if (edges.length === 0) return;
  const same = flows.find((flow) => flow.state.key === state.key);
  if (same) same.live.add(edges);
  else flows.push({ state, live: LiveSet.of(edges) });
}

/** One flow for each state; too many states become one of which less is known. */
export function merged(a: readonly Flow[], b: readonly Flow[]): Flow[] {
  const byKey = new Map<string, Flow>();
  for (const flow of [...a, ...b]) {
    const same = byKey.get(flow.state.key);
    if (!same || same.live.isEmpty) byKey.set(flow.state.key, flow);
    else if (!flow.live.isEmpty) {
      const [large, small] = same.live.size < flow.live.size ? [flow, same] : [same, flow];
      large.live.add(small.live.toEdges());
      byKey.set(flow.state.key, large);
    }
  }
  const flows = [...byKey.values()];
  const filled = flows.filter((flow) => !flow.live.isEmpty);
  if (filled.length <= mostFlows) return filled.length > 0 ? filled : flows.slice(0, 1);
  const all = LiveSet.of([]);
  for (const flow of filled) all.add(flow.live.toEdges());
  return [{ state: filled.map((flow) => flow.state).reduce(joined), live: all }];
}

export const copyOf = ({ state, live }: Flow): Flow => ({ state, live: LiveSet.of(live.toEdges()) });

/** All their addresses. */
export function edgesOf(flows: readonly Flow[]): Edges {
  const lists = flows.map(({ live }) => live.toEdges());
  return lists.length === 1 ? (lists[0] as Edges) : normalEdges(lists);
}
