// Follows a first packet past every base chain on its way: from which addresses is it let in, and which rules decide? Pure.
import { complement, type Edges, intersectEdges, normalEdges } from '../address-sets';
import { isOneOf } from './conditions';
import { LiveSet } from './live-set';
import { firstState, type Journey, type PacketState, type Place, unknownState, withChange } from './packet';
import { type Prepared, sameMoment, trackingPriority } from './prepare';
import type { BaseChain, Chain, Rule } from './program';
import {
  changesState,
  type Decision,
  type Doubt,
  type Flow,
  type Lean,
  merged,
  type Notes,
  type SweptDecision,
  walkBase,
} from './walk';

export interface Evaluation {
  /** Accepted by every base chain, as far as can be told: never fewer than really are. */
  readonly open: Edges;
  readonly decisions: readonly Decision[];
  /** Those of rules that were swept together. */
  readonly swept: readonly SweptDecision[];
  /** What could not be told and mattered: without it the answer would be another. */
  readonly doubts: readonly Doubt[];
}

/** Rules with and without effect, gathered over many evaluations. */
export type Effects = Pick<Notes, 'effective' | 'late' | 'came' | 'fitting'>;

export const noEffects = (): Effects => ({
  effective: new Set(),
  late: new Map(),
  came: new Map(),
  fitting: new Map(),
});

/** Rules that fit the packet, but to which nobody ever came. */
export function lateRules({ effective, late, came }: Effects): readonly (readonly [Rule, Chain])[] {
  const without = new Map(late);
  for (const [{ rules }, { chain, marks }] of came)
    for (let index = 0; index < marks.length; index++)
      if ((marks[index] as number) === 1) without.set(rules[index] as Rule, chain);
  if (without.size === 0) return [];
  for (const rule of effective) without.delete(rule);
  for (const [{ rules }, { marks }] of came)
    for (let index = 0; index < marks.length; index++)
      if ((marks[index] as number) >= 2) without.delete(rules[index] as Rule);
  return [...without];
}

/**
 * `place`: the own address it is sent to. `listening`: ports at which programs wait, null = not known; a connection that rules lead to
 * another port ends there. Bounded: beyond a budget of 32 steps a rule, the rest counts as let through.
 */
export function evaluate(
  prepared: Prepared,
  journey: Journey,
  place: Place,
  listening: readonly number[] | null,
  effects: Effects,
): Evaluation {
  const open = travel(prepared, journey, place, listening, 'open', effects);
  const { decisions, swept } = open.notes;
  if (open.notes.doubts.length === 0) return { open: open.edges, decisions, swept, doubts: [] };
  const closed = travel(prepared, journey, place, listening, 'closed', effects);
  const { family } = journey;
  const untold = intersectEdges(open.edges, complement({ family, edges: closed.edges }).edges);
  const doubts = open.notes.doubts.filter((doubt) => intersectEdges(doubt.edges, untold).length > 0);
  return { open: open.edges, decisions, swept, doubts };
}

/** The addresses that one base chain alone accepts for certain or possibly. */
export function acceptedBy(prepared: Prepared, base: BaseChain, journey: Journey, place: Place): Edges {
  const notes = notesFor(prepared, noEffects());
  const entering = start(journey, place, base.hook === 'output' || base.priority > trackingPriority ? 'new' : 'before');
  return edgesOf(walkBase(base, entering, journey, 'open', notes));
}

/** Which of these addresses can't be told to get an answer out, and the rules that may stop it. `state`: as the packet came in. */
export function answersStopped(
  prepared: Prepared,
  journey: Journey,
  place: Place,
  tracked: PacketState['tracked'],
  asked: Edges,
): readonly Doubt[] {
  const { output, postrouting, egress } = prepared.chains;
  const notes = notesFor(prepared, noEffects());
  let flows: readonly Flow[] = [{ state: firstState(journey, place, tracked), live: LiveSet.of(asked) }];
  const onWay = [...output, ...postrouting, ...egress.filter((base) => hangsOn(base, journey.out) !== 'no')];
  for (const base of onWay) {
    if (base.type === 'nat' || !base.families.includes(journey.family)) continue;
    flows = merged([], walkBase(base, flows, journey, 'closed', notes));
  }
  const stopped = [
    ...notes.decisions.filter(({ effect }) => effect === 'block'),
    ...notes.swept.flatMap(({ sweep: { rules }, swept, sweep, chain }) =>
      rules.flatMap((rule, index) =>
        swept.came[index] === 'somebody' && !sweep.accepts(index) ? [{ rule, chain, edges: swept.of(index) }] : [],
      ),
    ),
  ];
  return [
    ...notes.doubts,
    ...stopped.map(({ rule, chain, edges }) => ({
      rule,
      chain,
      edges,
      why: 'it stops the answer on its way out, so the connection may fail; counted as open',
    })),
  ];
}

interface Travelled {
  readonly edges: Edges;
  readonly notes: Notes;
}

function travel(
  prepared: Prepared,
  journey: Journey,
  place: Place,
  listening: readonly number[] | null,
  lean: Lean,
  effects: Effects,
): Travelled {
  const notes = notesFor(prepared, effects);
  const { chains } = prepared;
  const run = (list: readonly BaseChain[], flows: readonly Flow[]): readonly Flow[] =>
    inOrder(
      list.filter((base) => base.families.includes(journey.family)),
      flows,
      lean,
      notes,
      (base, reached) => {
        if (base.type !== 'nat') return walkBase(base, reached, journey, lean, notes);
        const doubted = prepared.tracks.has(journey.family) ? base : { ...base, doubt: notTracked };
        return throughNat(reached, (asked) => walkBase(doubted, asked, journey, lean, notes), lean);
      },
    );

  let flows = run(
    chains.ingress.flatMap((base) => {
      const hangs = hangsOn(base, journey.in);
      if (hangs === 'no') return [];
      return hangs === 'yes' ? [base] : [{ ...base, doubt: 'which interface it hangs on is not known' }];
    }),
    start(journey, place, 'before'),
  );
  flows = run(chains.prerouting, flows);
  flows = flows.map(({ state, live }) => ({
    state: withChange(state, { natDone: false, tracked: isUntracked(state) ? 'new' : state.tracked }),
    live,
  }));

  const inward: Flow[] = [];
  const onward: Flow[] = [];
  for (const { state, live } of flows) {
    const edges = live.toEdges();
    const { place: to } = state;
    if (to.kind !== 'address' || to.own) inward.push({ state, live: LiveSet.of(edges) });
    if (to.kind === 'unknown' || (to.kind === 'address' && !to.own)) onward.push({ state, live: LiveSet.of(edges) });
  }
  const local = run(chains.input, inward);
  const passedOn = run(chains.forward, onward);

  const ends = local.filter(({ state }) => lands(state, journey, listening, lean));
  const elsewhere = local.filter(
    ({ state }) => state.port !== journey.port && (state.port === null || listening === null),
  );
  const untold = [...passedOn, ...elsewhere];
  for (const { live } of untold) {
    const edges = live.toEdges();
    for (const { effect, rule, chain, edges: led } of notes.decisions)
      if (effect === 'redirect' && intersectEdges(led, edges).length > 0)
        notes.doubts.push({
          rule,
          chain,
          edges,
          why: 'what answers where it leads the connection can not be seen from here',
        });
  }
  return { edges: edgesOf(lean === 'open' ? [...ends, ...passedOn] : ends), notes };
}

/** Whether anything can answer where the packet ends on this PC. */
function lands(state: PacketState, journey: Journey, listening: readonly number[] | null, lean: Lean): boolean {
  if (state.port === journey.port) return true;
  if (state.port === null || listening === null) return lean === 'open';
  return listening.includes(state.port);
}

/** Connection tracking runs at -200; a chain at that very priority runs before or after it. */
function tracking({ state, live }: Flow, priority: number, type: BaseChain['type']): Flow {
  if (!isUntracked(state) || (priority < trackingPriority && type !== 'nat')) return { state, live };
  const isLater = priority > trackingPriority || type === 'nat';
  return { state: withChange(state, { tracked: isLater ? 'new' : 'now' }), live };
}

const isUntracked = ({ tracked }: PacketState): boolean => tracked === 'before' || tracked === 'now';

const notTracked = 'whether connections are tracked is not known, and without that it is never asked';

/** Only tracked connections are translated, and only once on a hook. Where it can't be told, both are true for "open", neither for "closed". */
function throughNat(flows: readonly Flow[], ask: (flows: readonly Flow[]) => readonly Flow[], lean: Lean): Flow[] {
  const asked = flows.filter(({ state }) => state.tracked === 'new' && !state.natDone);
  const spared = flows.filter(
    ({ state }) => state.tracked === 'untracked' || (state.natDone && state.tracked !== 'unknown'),
  );
  const unclear = lean === 'open' ? flows.filter(({ state }) => state.tracked === 'unknown') : [];
  return [...ask([...asked, ...unclear.map(copyOf)]), ...spared, ...unclear];
}

const copyOf = ({ state, live }: Flow): Flow => ({ state, live: LiveSet.of(live.toEdges()) });

type Pass = (base: BaseChain, flows: readonly Flow[]) => readonly Flow[];

/**
 * All chains of a hook. Those of different tables at the same moment may stand in any order, which matters where one of them writes
 * what another reads: then every order is tried.
 */
function inOrder(
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
    why: 'another chain runs at the same priority, and which of them comes first can not be told',
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

function hangsOn({ devices }: BaseChain, at: Journey['in']): 'yes' | 'no' | 'unknown' {
  if (devices === null) return 'yes';
  if (devices === 'unknown' || at === null || at.kind === 'any-but-loopback') return 'unknown';
  return devices.some((name) => isOneOf(at, name)) ? 'yes' : 'no';
}

function start(journey: Journey, place: Place, tracked: PacketState['tracked']): readonly Flow[] {
  const everyone = complement({ family: journey.family, edges: [] }).edges;
  return [{ state: firstState(journey, place, tracked), live: LiveSet.of(everyone) }];
}

function edgesOf(flows: readonly Flow[]): Edges {
  const lists = flows.map(({ live }) => live.toEdges());
  return lists.length === 1 ? (lists[0] as Edges) : normalEdges(lists);
}

const notesFor = ({ size }: Prepared, effects: Effects): Notes => ({
  ...effects,
  decisions: [],
  swept: [],
  doubts: [],
  budget: 1_000_000 + 32 * size,
});
