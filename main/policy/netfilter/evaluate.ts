// Follows a first packet past every base chain on its way: from which addresses is it let in, and which rules decide? Pure.
import { message } from '../../model/message';
import { complement, type Edges, intersectEdges } from '../address-sets';
import { isOneOf } from './conditions';
import { copyOf, edgesOf, type Flow, merged } from './flows';
import { LiveSet } from './live-set';
import type { Decision, Doubt, Notes, SweptDecision } from './notes';
import { inOrder, isUntracked } from './order';
import { firstState, type InterfaceClass, type Journey, type PacketState, type Place, withChange } from './packet';
import { type Prepared, trackingPriority } from './prepare';
import type { BaseChain, Chain, Rule } from './program';
import type { Swept } from './sweep';
import { type Lean, walkBase } from './walk';
import { wayOut } from './way-out';

export interface Evaluation {
  /** Accepted by every base chain, as far as can be told: never fewer than really are. */
  readonly open: Edges;
  readonly decisions: readonly Decision[];
  /** Those of rules that were swept together. */
  readonly swept: readonly SweptDecision[];
  /** What could not be told and mattered: without it the answer would be another. */
  readonly doubts: readonly Doubt[];
}

/** Where programs wait on this PC. */
export interface Waiting {
  /** Whether somebody is taken to wait at the asked port itself. */
  readonly atPort: boolean;
  /** Other ports, and whether these are all. */
  readonly ports: readonly number[];
  readonly complete: boolean;
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
  for (const [{ rules }, { chain, found }] of came)
    for (let index = 0; index < rules.length; index++)
      if (whoCame(found, index) === 'nobody') without.set(rules[index] as Rule, chain);
  if (without.size === 0) return [];
  for (const rule of effective) without.delete(rule);
  // A rule may be swept in each family.
  for (const [{ rules }, { found }] of came)
    for (let index = 0; index < rules.length; index++)
      if (whoCame(found, index) === 'somebody') without.delete(rules[index] as Rule);
  return [...without];
}

function whoCame(found: readonly Swept[], index: number): Swept['came'][number] {
  let who: Swept['came'][number] = 'elsewhere';
  for (const { came } of found) {
    if (came[index] === 'somebody') return 'somebody';
    if (came[index] === 'nobody') who = 'nobody';
  }
  return who;
}

/**
 * `place`: the own address it is sent to. A connection that rules lead to another port of this PC ends at who waits there. Bounded: beyond a budget of 32 steps a rule, the rest counts as let through.
 */
export function evaluate(
  prepared: Prepared,
  journey: Journey,
  place: Place,
  waiting: Waiting,
  effects: Effects,
): Evaluation {
  const open = travel(prepared, journey, place, waiting, 'open', effects);
  const { decisions, swept } = open.notes;
  if (open.notes.doubts.length === 0) return { open: open.edges, decisions, swept, doubts: [] };
  const closed = travel(prepared, journey, place, waiting, 'closed', effects);
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
      why: message('netfilter.stops-answer'),
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
  waiting: Waiting,
  lean: Lean,
  effects: Effects,
): Travelled {
  const notes = notesFor(prepared, effects);
  const { chains } = prepared;
  const run = (list: readonly BaseChain[], flows: readonly Flow[], on = journey): readonly Flow[] =>
    inOrder(
      list.filter((base) => base.families.includes(journey.family)),
      flows,
      lean,
      notes,
      (base, reached) => {
        if (base.type !== 'nat') return walkBase(base, reached, on, lean, notes);
        const doubted = prepared.tracks.has(journey.family) ? base : { ...base, doubt: notTracked };
        return throughNat(
          reached,
          (asked) => walkBase(doubted, asked, on, lean, notes),
          (edges) => notes.doubts.push({ rule: null, chain: base.chain, why: trackedHere, edges }),
          lean,
        );
      },
    );

  let coming = start(journey, place, 'before');
  let sent: readonly Flow[] = [];
  if (isItself(journey.in)) {
    // The PC's own connections are translated where they begin, and then no more where they come in (nf_nat_inet_fn).
    const first = start(journey, place, prepared.untracks ? 'unknown' : 'new');
    const translations = chains.output.filter(({ type }) => type === 'nat');
    const { inward, onward } = parted(run(translations, first, { ...journey, in: null, out: journey.in }));
    sent = onward;
    coming = inward.map(({ state, live }) => ({
      state: withChange(state, { natDone: true, tracked: 'before' }),
      live,
    }));
  }
  let flows = run(
    chains.ingress.flatMap((base) => {
      const hangs = hangsOn(base, journey.in);
      if (hangs === 'no') return [];
      return hangs === 'yes' ? [base] : [{ ...base, doubt: message('netfilter.which-interface') }];
    }),
    coming,
  );
  flows = run(chains.prerouting, flows);
  flows = flows.map(({ state, live }) => ({
    state: withChange(state, { natDone: false, tracked: isUntracked(state) ? 'new' : state.tracked }),
    live,
  }));

  const { inward, onward } = parted(flows);
  const local = run(chains.input, inward);
  const forwarded = byWayOut(onward, journey).flatMap(({ out, leaving }) =>
    run(chains.forward, leaving, { ...journey, out }),
  );
  const passedOn = [...sent, ...forwarded];

  const ends = local.filter(({ state }) => lands(state, journey, waiting, lean));
  const elsewhere = local.filter(
    ({ state: { port, place: at } }) =>
      at.kind === 'unknown' || (port !== journey.port && waitsAt(waiting, port) === null),
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
          why: message('netfilter.answer-unseen'),
        });
  }
  return { edges: edgesOf(lean === 'open' ? [...ends, ...passedOn] : ends), notes };
}

const isItself = (at: Journey['in']): boolean => at?.kind === 'named' && at.name === 'lo';

/** What goes to the PC itself, and what goes elsewhere; both where it can't be told. */
function parted(flows: readonly Flow[]): { readonly inward: readonly Flow[]; readonly onward: readonly Flow[] } {
  const inward: Flow[] = [];
  const onward: Flow[] = [];
  for (const { state, live } of flows) {
    const edges = live.toEdges();
    const { place: to } = state;
    if (to.kind !== 'address' || to.own) inward.push({ state, live: LiveSet.of(edges) });
    if (to.kind === 'unknown' || (to.kind === 'address' && !to.own)) onward.push({ state, live: LiveSet.of(edges) });
  }
  return { inward, onward };
}

/** What this PC passes on, by the interface that each leaves by. */
function byWayOut(
  flows: readonly Flow[],
  { routes }: Journey,
): readonly { readonly out: InterfaceClass; readonly leaving: readonly Flow[] }[] {
  const ways = new Map<string, { readonly out: InterfaceClass; readonly leaving: Flow[] }>();
  for (const flow of flows) {
    const out = wayOut(routes, flow.state.place);
    const name = out.kind === 'named' ? out.name : '';
    const way = ways.get(name) ?? { out, leaving: [] };
    way.leaving.push(flow);
    ways.set(name, way);
  }
  return [...ways.values()];
}

/** Whether anything can answer where the packet ends on this PC. */
function lands(state: PacketState, journey: Journey, waiting: Waiting, lean: Lean): boolean {
  // It may have gone elsewhere.
  if (state.place.kind === 'unknown' && lean === 'closed') return false;
  if (state.port === journey.port) return waiting.atPort;
  return waitsAt(waiting, state.port) ?? lean === 'open';
}

/** null = it can't be told. */
function waitsAt({ ports, complete }: Waiting, port: number | null): boolean | null {
  if (port === null) return null;
  return ports.includes(port) || (complete ? false : null);
}

const trackedHere = message('netfilter.tracked-here');
const notTracked = message('netfilter.tracked');

/** Only tracked connections are translated, and only once on a hook. Where it can't be told, both are true for "open", neither for "closed". */
function throughNat(
  flows: readonly Flow[],
  ask: (flows: readonly Flow[]) => readonly Flow[],
  doubt: (edges: Edges) => void,
  lean: Lean,
): Flow[] {
  const asked = flows.filter(({ state }) => state.tracked === 'new' && !state.natDone);
  const spared = flows.filter(
    ({ state }) => state.tracked === 'untracked' || (state.natDone && state.tracked !== 'unknown'),
  );
  const unclear = lean === 'open' ? flows.filter(({ state }) => state.tracked === 'unknown') : [];
  if (unclear.some(({ live }) => !live.isEmpty)) doubt(edgesOf(unclear));
  return [...ask([...asked, ...unclear.map(copyOf)]), ...spared, ...unclear];
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

const notesFor = ({ size }: Prepared, effects: Effects): Notes => ({
  ...effects,
  decisions: [],
  swept: [],
  doubts: [],
  budget: 1_000_000 + 32 * size,
});
