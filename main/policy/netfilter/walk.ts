// Walks a base chain with all asked addresses at once: who is accepted in which state, and by which rule.

import type { Family } from '../../model/address';
import { type Message, message } from '../../model/message';
import { type Edges, everything, intersectEdges, subtractEdges } from '../address-sets';
import { changedBy, changesState, natted } from './changes';
import { allHold, both, type Held, holdsFor, holdsForAll, isNone, type Part } from './conditions';
import { addTo, type Flow, merged } from './flows';
import { LiveSet } from './live-set';
import type { Decision, Notes } from './notes';
import { type Journey, joined, type PacketState, unknownState } from './packet';
import type { BaseChain, Chain, NatTarget, Rule, Step, Verdict } from './program';
import { inSweeps, Sweep, type Swept } from './sweep';

/** The kernel's own limit (NFT_JUMP_STACK_SIZE, and as many in iptables). */
const deepest = 16;

/**
 * open: what can't be told counts as letting through, so that the answer is a superset of what passes; closed: it counts as keeping
 * out, so that the answer is a subset. Where both agree, nothing unsure mattered.
 */
export type Lean = 'open' | 'closed';

/** The flows that leave this base chain accepted. Addresses may be in several flows where it can't be told which is true. */
export function walkBase(
  base: BaseChain,
  entering: readonly Flow[],
  journey: Journey,
  lean: Lean,
  notes: Notes,
): readonly Flow[] {
  const walk = new Walk(base, journey, lean, notes);
  // In doubt whether it is in force at all, whoever comes may also pass as if it were not there.
  if (base.doubt !== undefined && lean === 'open')
    for (const { state, live } of entering) walk.accept(state, live.toEdges());
  const before = entering.map(({ state }) => state);
  walk.policy(walk.chain(base.chain, entering, 0));
  if (base.doubt === undefined) return walk.accepted;
  const changed = walk.accepted.filter(({ state }) => before.every(({ key }) => key !== state.key));
  for (const { live } of changed)
    notes.doubts.push({ rule: null, chain: base.chain, why: base.doubt, edges: live.toEdges() });
  // What it writes may not be written either.
  return lean === 'open'
    ? walk.accepted
    : walk.accepted.map(({ state, live }) => ({ state: before.reduce(joined, state), live }));
}

class Walk {
  readonly #base: BaseChain;
  readonly #journey: Journey;
  readonly #open: boolean;
  readonly #notes: Notes;
  /** Some rule may change what later chains see, so that being accepted early is not the same as being accepted late. */
  readonly #changes: boolean;
  readonly #fittingByChain: Map<Chain, readonly (Rule | Sweep)[]>;
  accepted: Flow[] = [];

  constructor(base: BaseChain, journey: Journey, lean: Lean, notes: Notes) {
    this.#base = base;
    this.#journey = journey;
    this.#open = lean === 'open';
    this.#notes = notes;
    this.#changes = changesState(base.chain);
    const { family, protocol, port, asked } = journey;
    const key = `${family} ${protocol} ${port} ${asked}`;
    this.#fittingByChain = notes.fitting.get(key) ?? new Map();
    notes.fitting.set(key, this.#fittingByChain);
  }

  accept(state: PacketState, edges: Edges): void {
    addTo(this.accepted, state, edges);
  }

  policy(back: readonly Flow[]): void {
    for (const { state, live } of back) {
      const edges = live.drain();
      if (edges.length === 0) continue;
      const effect = this.#base.policy === 'drop' ? 'block' : 'allow';
      if (effect === 'allow') this.#allow(null, this.#base.chain, state, edges);
      else this.#block(null, this.#base.chain, edges);
    }
  }

  /** Flows that come to the chain's end or to a return. Empties what it is given. */
  chain(chain: Chain, entering: readonly Flow[], depth: number): Flow[] {
    const returned: Flow[] = [];
    let flows = [...entering];
    for (const part of this.#fitting(chain, entering)) {
      if (part instanceof Sweep && this.#sweep(part, chain, flows)) continue;
      for (const rule of part instanceof Sweep ? part.rules : [part]) {
        if (flows.length === 1 && flows[0]?.live.isEmpty === true) {
          this.#passBy(rule, chain, flows[0].state);
          continue;
        }
        const spawned: Flow[] = [];
        for (const flow of flows)
          if (!flow.live.isEmpty) this.#rule(rule, chain, flow, 0, holdsForAll, spawned, returned, depth);
        if (spawned.length > 0) flows = merged(flows, spawned);
        if (this.#notes.budget < 0) {
          this.#giveUp(chain, [...flows, ...returned]);
          return [];
        }
      }
    }
    return returned.length === 0 ? flows : merged(flows, returned);
  }

  /** Ports only change where a rule translates, which ends its chain. */
  #fitting(chain: Chain, entering: readonly Flow[]): readonly (Rule | Sweep)[] {
    if (entering.some(({ state }) => state.port !== this.#journey.port)) return chain.rules;
    const known = this.#fittingByChain.get(chain);
    if (known) return known;
    const parts = inSweeps(chain, this.#journey);
    this.#fittingByChain.set(chain, parts);
    return parts;
  }

  /** All rules of a sweep at once; false = one of them depends on more, so that they must be walked one by one. */
  #sweep(sweep: Sweep, chain: Chain, flows: readonly Flow[]): boolean {
    if (flows.some(({ state }) => !state.askedKept || state.port !== this.#journey.port)) return false;
    const swept = sweep.over(this.#journey.in);
    if (swept === null) return false;
    const { rules } = sweep;
    this.#notes.budget -= rules.length + swept.decided.length;
    for (const flow of flows) {
      const coming = flow.live.drain();
      const isAll = coversAll(coming, this.#journey.family);
      if (isAll && this.#base.doubt === undefined) this.#noteSwept(sweep, swept, chain);
      else
        for (let index = 0; index < rules.length; index++) {
          if (swept.came[index] === 'elsewhere') continue;
          const rule = rules[index] as Rule;
          const edges = intersectEdges(swept.of(index), coming);
          if (edges.length === 0) this.#notes.late.set(rule, chain);
          else if (sweep.accepts(index)) this.#note('allow', rule, chain, edges);
          else this.#block(rule, chain, edges);
        }
      const accepted = isAll ? swept.accepted : intersectEdges(swept.accepted, coming);
      if (accepted.length > 0) this.accept(flow.state, accepted);
      flow.live = LiveSet.of(subtractEdges(coming, swept.decided));
    }
    return true;
  }

  /** The rest of a rule, from one of its steps on. `held` = where its conditions so far hold. */
  #rule(
    rule: Rule,
    chain: Chain,
    flow: Flow,
    from: number,
    held: Held,
    spawned: Flow[],
    returned: Flow[],
    depth: number,
  ): void {
    this.#notes.budget--;
    let now = held;
    for (let i = from; i < rule.steps.length; i++) {
      const step = rule.steps[i] as Step;
      switch (step.kind) {
        case 'verdict':
          // (In a map, whom it sends into an empty chain comes to no other case.)
          if (step.verdict.kind === 'jump' && step.verdict.to.rules.length === 0) return;
          this.#verdict(rule, chain, flow, now, step.verdict, spawned, returned, depth);
          return;
        case 'verdict-map': {
          const part = this.#split(rule, chain, flow, now);
          if (part === null) return;
          // Those for which the map says "continue" come to no other case of it, not even to the one for all others.
          const going: Edges[] = [];
          for (const { when, verdict } of step.cases) {
            if (part.live.isEmpty) break;
            this.#notes.budget--;
            const fits = allHold(when, this.#journey, part.state);
            if (isNone(fits.may)) continue;
            if (verdict.kind === 'continue') going.push(...this.#goingOn(rule, chain, part, fits));
            else this.#verdict(rule, chain, part, fits, verdict, spawned, returned, depth);
          }
          if (!step.exact) this.#anything(rule, chain, part, holdsForAll, step.why, true);
          for (const edges of going) part.live.add(edges);
          this.#rule(rule, chain, part, i + 1, holdsForAll, spawned, returned, depth);
          if (part !== flow) spawned.push(part);
          return;
        }
        case 'set-mark':
        case 'copy-mark':
        case 'notrack':
        case 'set-zone': {
          const state = changedBy(step, flow.state);
          if (state === flow.state) break;
          this.#change(rule, chain, flow, now, state, i + 1, spawned, returned, depth);
          return;
        }
        case 'nat':
          this.#nat(rule, chain, flow, now, step.to);
          return;
        case 'anything':
          this.#anything(rule, chain, flow, now, step.why, false);
          return;
        default: {
          now = both(now, holdsFor(step, this.#journey, flow.state));
          if (isNone(now.may)) return;
        }
      }
    }
  }

  #verdict(
    rule: Rule,
    chain: Chain,
    flow: Flow,
    held: Held,
    verdict: Verdict,
    spawned: Flow[],
    returned: Flow[],
    depth: number,
  ): void {
    switch (verdict.kind) {
      case 'continue':
        return;
      case 'accept': {
        const { sure, maybe } = this.#hits(rule, chain, flow, held);
        this.#allow(rule, chain, flow.state, sure);
        if (maybe.length === 0) return;
        if (this.#open) {
          this.#allow(rule, chain, flow.state, maybe);
          // For the reach, a possible accept is as good as one; unless a later rule would change what the next chain sees.
          if (!this.#changes) flow.live.take(maybe);
        } else if (this.#changes) flow.live.take(maybe);
        return;
      }
      case 'drop': {
        const { sure, maybe } = this.#hits(rule, chain, flow, held);
        this.#block(rule, chain, sure);
        if (!this.#open) flow.live.take(maybe);
        return;
      }
      case 'return': {
        const { sure, maybe } = this.#hits(rule, chain, flow, held);
        if (sure.length > 0 || maybe.length > 0) this.#notes.effective.add(rule);
        addTo(returned, flow.state, sure);
        if (this.#open) addTo(returned, flow.state, maybe);
        else flow.live.take(maybe);
        return;
      }
      case 'jump':
      case 'goto':
        this.#enter(rule, chain, flow, held, verdict, spawned, returned, depth);
    }
  }

  #enter(
    rule: Rule,
    chain: Chain,
    flow: Flow,
    held: Held,
    { kind, to }: Extract<Verdict, { kind: 'jump' | 'goto' }>,
    spawned: Flow[],
    returned: Flow[],
    depth: number,
  ): void {
    if (depth >= deepest) {
      this.#anything(rule, chain, flow, held, message('netfilter.too-deep'), false);
      return;
    }
    const backTo = kind === 'jump' ? spawned : returned;
    if (held.may === 'all' && held.must === 'all') {
      const whole: Flow = { state: flow.state, live: flow.live };
      flow.live = LiveSet.of([]);
      backTo.push(...this.chain(to, [whole], depth + 1));
      return;
    }
    const { sure, maybe } = this.#hits(rule, chain, flow, held);
    if (sure.length > 0) backTo.push(...this.chain(to, [{ state: flow.state, live: LiveSet.of(sure) }], depth + 1));
    if (maybe.length === 0) return;
    if (this.#open) {
      // They may enter and may go on: both are walked.
      backTo.push(...this.chain(to, [{ state: flow.state, live: LiveSet.of(maybe) }], depth + 1));
      return;
    }
    flow.live.take(maybe);
    if (this.#changes || kind === 'goto') return;
    // Whoever the chain does not keep out is let in for certain only where going on lets them in too.
    const outside = this.accepted;
    this.accepted = [];
    const back = this.chain(to, [{ state: flow.state, live: LiveSet.of(maybe) }], depth + 1);
    for (const { live } of [...back, ...this.accepted]) flow.live.add(live.toEdges());
    this.accepted = outside;
  }

  /** Takes out of the flow those who go on with the rule; who only may be meant does so and comes to the other cases, too. */
  #goingOn(rule: Rule, chain: Chain, flow: Flow, held: Held): readonly Edges[] {
    const { sure, maybe } = this.#hits(rule, chain, flow, held);
    if (this.#open) return [sure, maybe];
    flow.live.take(maybe);
    return [sure];
  }

  /** The part of a flow that is in a rule for certain, as a flow of its own; null where there is none. */
  #split(rule: Rule, chain: Chain, flow: Flow, held: Held): Flow | null {
    if (held.may === 'all' && held.must === 'all') return flow;
    const { sure, maybe } = this.#hits(rule, chain, flow, held);
    if (maybe.length > 0) {
      if (this.#open) {
        const copy: Flow = { state: flow.state, live: LiveSet.of(sure) };
        copy.live.add(maybe);
        return copy;
      }
      flow.live.take(maybe);
    }
    return sure.length === 0 ? null : { state: flow.state, live: LiveSet.of(sure) };
  }

  #change(
    rule: Rule,
    chain: Chain,
    flow: Flow,
    held: Held,
    state: PacketState,
    next: number,
    spawned: Flow[],
    returned: Flow[],
    depth: number,
  ): void {
    if (held.may === 'all' && held.must === 'all') {
      flow.state = state;
      this.#rule(rule, chain, flow, next, holdsForAll, spawned, returned, depth);
      return;
    }
    const { sure, maybe } = this.#hits(rule, chain, flow, held);
    const goOn = (edges: Edges, as: PacketState): void => {
      if (edges.length === 0) return;
      const changed: Flow = { state: as, live: LiveSet.of(edges) };
      this.#rule(rule, chain, changed, next, holdsForAll, spawned, returned, depth);
      spawned.push(changed);
    };
    goOn(sure, state);
    if (this.#open) goOn(maybe, state);
    else {
      flow.live.take(maybe);
      if (next >= rule.steps.length) goOn(maybe, joined(state, flow.state));
    }
  }

  #nat(rule: Rule, chain: Chain, flow: Flow, held: Held, to: NatTarget): void {
    const { sure, maybe } = this.#hits(rule, chain, flow, held);
    const state = natted(flow.state, to, this.#base, this.#journey);
    for (const edges of this.#open ? [sure, maybe] : [sure]) {
      if (edges.length === 0) continue;
      this.accept(state, edges);
      this.#note(state.translated === false ? 'allow' : 'redirect', rule, chain, edges);
    }
    if (!this.#open) flow.live.take(maybe);
  }

  /** It may accept, drop, leave the chain or rewrite: accepted with nothing known any more is the most open of all. */
  #anything(rule: Rule, chain: Chain, flow: Flow, held: Held, why: Message, goesOn: boolean): void {
    const edges = held.may === 'all' ? flow.live.toEdges() : flow.live.hits(held.may);
    if (edges.length === 0) return;
    this.#doubt(rule, chain, why, edges);
    if (this.#open) {
      const state = goesOn && !this.#changes ? flow.state : unknownState(flow.state);
      this.accept(state, edges);
      this.#note('allow', rule, chain, edges);
    }
    flow.live.take(edges);
  }

  /** Takes the certain part out of the flow; the part that only may be meant stays in it, and is noted. */
  #hits(rule: Rule, chain: Chain, flow: Flow, held: Held): { readonly sure: Edges; readonly maybe: Edges } {
    const take = (part: Part): Edges => (part === 'all' ? flow.live.drain() : flow.live.take(part));
    if (held.may !== 'all') this.#notes.budget -= held.may.length / 32;
    if (held.why === null) {
      const sure = take(held.may);
      this.#notes.budget -= sure.length;
      if (sure.length === 0) this.#notes.late.set(rule, chain);
      return { sure, maybe: none };
    }
    const sure = take(held.must);
    const maybe = held.may === 'all' ? flow.live.toEdges() : flow.live.hits(held.may);
    this.#notes.budget -= sure.length + maybe.length;
    if (maybe.length > 0) this.#doubt(rule, chain, held.why, maybe);
    else if (sure.length === 0) this.#notes.late.set(rule, chain);
    return { sure, maybe };
  }

  #allow(rule: Rule | null, chain: Chain, state: PacketState, edges: Edges): void {
    if (edges.length === 0) return;
    this.accept(state, edges);
    this.#note('allow', rule, chain, edges);
  }

  #block(rule: Rule | null, chain: Chain, edges: Edges): void {
    if (edges.length === 0) return;
    if (this.#base.doubt === undefined) this.#note('block', rule, chain, edges);
    else this.#doubt(rule, chain, this.#base.doubt, edges);
  }

  #note(effect: Decision['effect'], rule: Rule | null, chain: Chain, edges: Edges): void {
    if (rule) this.#notes.effective.add(rule);
    this.#notes.decisions.push({ effect, rule, chain, base: this.#base, edges });
  }

  #noteSwept(sweep: Sweep, swept: Swept, chain: Chain): void {
    this.#notes.swept.push({ sweep, swept, chain, base: this.#base });
    const known = this.#notes.came.get(sweep);
    if (!known) this.#notes.came.set(sweep, { chain, found: [swept] });
    else if (!known.found.includes(swept)) known.found.push(swept);
  }

  #doubt(rule: Rule | null, chain: Chain, why: Message, edges: Edges): void {
    if (rule) this.#notes.effective.add(rule);
    this.#notes.doubts.push({ rule, chain, why, edges });
  }

  /** Nobody is left to come to this rule: would it have had a say? */
  #passBy(rule: Rule, chain: Chain, state: PacketState): void {
    this.#notes.budget--;
    let isVerdict = false;
    for (const step of rule.steps) {
      if (step.kind === 'verdict') isVerdict = step.verdict.kind === 'accept' || step.verdict.kind === 'drop';
      else if (
        step.kind === 'set-mark' ||
        step.kind === 'copy-mark' ||
        step.kind === 'notrack' ||
        step.kind === 'set-zone'
      )
        continue;
      else if (step.kind === 'verdict-map' || step.kind === 'nat' || step.kind === 'anything') return;
      else if (isNone(holdsFor(step, this.#journey, state).may)) return;
    }
    if (isVerdict) this.#notes.late.set(rule, chain);
  }

  #giveUp(chain: Chain, flows: readonly Flow[]): void {
    for (const { state, live } of flows) {
      const edges = live.drain();
      if (edges.length === 0) continue;
      this.#doubt(null, chain, message('netfilter.too-many-branches'), edges);
      if (this.#open) this.accept(unknownState(state), edges);
    }
  }
}

const none: Edges = [];

function coversAll(edges: Edges, family: Family): boolean {
  const { edges: all } = everything(family);
  return edges.length === 2 && edges[0] === all[0] && edges[1] === all[1];
}
