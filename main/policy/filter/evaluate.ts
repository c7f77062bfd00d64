// Follows a first packet past every base chain on its way: from which addresses is it let in, and which rules decide? Pure.
import { complement, type Edges, intersectEdges, normalEdges } from '../address-sets';
import { isOneOf } from './conditions';
import { LiveSet } from './live-set';
import { firstState, type Journey, type PacketState, type Place, withChange } from './packet';
import { type Prepared, trackingPriority } from './prepare';
import type { BaseChain, Rule } from './program';
import { type Decision, type Doubt, type Flow, type Lean, merged, type Notes, walkBase } from './walk';

export interface Evaluation {
  /** Accepted by every base chain, as far as can be told: never fewer than really are. */
  readonly open: Edges;
  readonly decisions: readonly Decision[];
  /** What could not be told and mattered: without it the answer would be another. */
  readonly doubts: readonly Doubt[];
}

/** Rules with and without effect, gathered over many evaluations. */
export type Effects = Pick<Notes, 'effective' | 'late'>;

/**
 * `place`: the own address it is sent to. `listening`: ports at which programs wait, where known; a connection that rules lead to
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
  if (open.notes.doubts.length === 0) return { open: open.edges, decisions: open.notes.decisions, doubts: [] };
  const closed = travel(prepared, journey, place, listening, 'closed', effects);
  const { family } = journey;
  const untold = intersectEdges(open.edges, complement({ family, edges: closed.edges }).edges);
  const doubts = open.notes.doubts.filter((doubt) => intersectEdges(doubt.edges, untold).length > 0);
  return { open: open.edges, decisions: open.notes.decisions, doubts };
}

/** The addresses that one base chain alone accepts for certain or possibly. */
export function acceptedBy(prepared: Prepared, base: BaseChain, journey: Journey, place: Place): Edges {
  const notes = notesFor(prepared, { effective: new Set(), late: new Set() });
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
  const notes = notesFor(prepared, { effective: new Set<Rule>(), late: new Set<Rule>() });
  let flows: readonly Flow[] = [{ state: firstState(journey, place, tracked), live: LiveSet.of(asked) }];
  const onWay = [...output, ...postrouting, ...egress.filter((base) => hangsOn(base, journey.out) !== 'no')];
  for (const base of onWay) {
    if (base.type === 'nat' || !base.families.includes(journey.family)) continue;
    flows = merged([], walkBase(base, flows, journey, 'closed', notes));
  }
  const stopped = notes.decisions.filter(({ effect }) => effect === 'block');
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
  const pass = (base: BaseChain, flows: readonly Flow[]): readonly Flow[] =>
    base.families.includes(journey.family) ? walkBase(base, flows, journey, lean, notes) : flows;

  let flows = start(journey, place, 'before');
  for (const base of chains.ingress) {
    const hangs = hangsOn(base, journey.in);
    if (hangs === 'no') continue;
    const asIs: BaseChain = hangs === 'yes' ? base : { ...base, doubt: 'which interface it hangs on is not known' };
    flows = merged([], pass(asIs, flows));
  }
  for (const base of chains.prerouting) {
    const reached = flows.map((flow) => tracking(flow, base.priority, base.type));
    flows = merged([], base.type === 'nat' ? throughNat(base, reached, pass, lean) : pass(base, reached));
  }
  flows = flows.map(({ state, live }) => ({
    state: withChange(state, { natDone: false, tracked: state.tracked === 'before' ? 'new' : state.tracked }),
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
  let local: readonly Flow[] = inward;
  for (const base of chains.input)
    local = merged([], base.type === 'nat' ? throughNat(base, local, pass, lean) : pass(base, local));
  let passedOn: readonly Flow[] = onward;
  for (const base of chains.forward) passedOn = merged([], pass(base, passedOn));

  const ends = local.filter(({ state }) => lands(state, journey, listening, lean));
  const untold = [...passedOn, ...local.filter(({ state }) => state.port === null && state.translated !== false)];
  for (const { live } of untold) {
    const edges = live.toEdges();
    for (const { effect, rule, chain, edges: led } of notes.decisions)
      if (effect === 'redirect' && intersectEdges(led, edges).length > 0)
        notes.doubts.push({ rule, chain, edges, why: 'what answers where it leads the connection can not be seen from here' });
  }
  return { edges: edgesOf(lean === 'open' ? [...ends, ...passedOn] : ends), notes };
}

/** Whether anything can answer where the packet ends on this PC. */
function lands(state: PacketState, journey: Journey, listening: readonly number[] | null, lean: Lean): boolean {
  if (state.port === journey.port) return true;
  if (state.port === null) return lean === 'open';
  return listening === null || listening.includes(state.port);
}

/** Connection tracking runs at -200; a chain at that very priority runs before or after it. */
function tracking({ state, live }: Flow, priority: number, type: BaseChain['type']): Flow {
  if (state.tracked !== 'before' || (priority < trackingPriority && type !== 'nat')) return { state, live };
  const known = priority > trackingPriority || type === 'nat';
  return { state: withChange(state, { tracked: known ? 'new' : 'unknown' }), live };
}

/** Only tracked connections are translated, and only once on a hook. */
function throughNat(
  base: BaseChain,
  flows: readonly Flow[],
  pass: (base: BaseChain, flows: readonly Flow[]) => readonly Flow[],
  lean: Lean,
): Flow[] {
  const asked = flows.filter(({ state }) => state.tracked !== 'untracked' && !state.natDone);
  const spared = flows.filter(({ state }) => state.tracked === 'untracked' || state.natDone);
  const both = lean === 'open' ? asked.filter(({ state }) => state.tracked === 'unknown') : [];
  const copies = both.map(({ state, live }) => ({ state, live: LiveSet.of(live.toEdges()) }));
  return [...pass(base, asked), ...spared, ...copies];
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

const edgesOf = (flows: readonly Flow[]): Edges => normalEdges(flows.map(({ live }) => live.toEdges()));

const notesFor = ({ size }: Prepared, { effective, late }: Effects): Notes => ({
  decisions: [],
  doubts: [],
  effective,
  late,
  budget: 1_000_000 + 32 * size,
});
