// What decided, gathered over all interfaces and both families: the reasons of a review, without repetition.
import { message, messageKey } from '../../model/message';
import type { Because, Review } from '../../model/review';
import { type Edges, normalEdges, overlaps, subtractEdges } from '../address-sets';
import { adviceFor } from './advice';
import type { Evaluation } from './evaluate';
import type { Decision, Doubt } from './notes';
import { type Asked, type Decided, ownerOf } from './owners';
import type { Prepared } from './prepare';
import type { BaseChain, Chain, Rule, Unsure } from './program';
import type { Swept } from './sweep';

export class Findings {
  readonly #asked: Asked;
  readonly #reasons = new Map<Rule | Chain, Because>();
  readonly #doubts = new Map<string, Unsure>();
  /** Sweeps of which every rule's say is in `#reasons`, with the base chain they were seen in. */
  readonly #told = new Map<Swept, BaseChain>();

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Allows first, then blocks, what no rule decided, and rules that came too late. */
  reasons(): readonly Because[] {
    const all: Because[] = [];
    const places = new Map<string, number>();
    for (const [of, reason] of this.#reasons) {
      if (isAlone(of)) {
        all.push(reason);
        continue;
      }
      const named = `${reason.where} ${reason.rule}`;
      const place = places.get(named);
      if (place === undefined) places.set(named, all.push(reason) - 1);
      // A statement with a map is several rules here, of which the one with an effect counts.
      else if (all[place]?.effect === 'shadowed') all[place] = reason;
    }
    const byEffect: Record<Because['effect'], Because[]> = { allow: [], block: [], default: [], shadowed: [] };
    for (const reason of all) byEffect[reason.effect].push(reason);
    return [...byEffect.allow, ...byEffect.block, ...byEffect.default, ...byEffect.shadowed];
  }

  unsure(): Review['unsure'] {
    return [...this.#doubts.values()];
  }

  add({ open, decisions, swept, doubts }: Evaluation): void {
    const lets = (edges: Edges): boolean => overlaps(edges, open);
    const byRule: Edges[] = [];
    for (const { effect, rule, chain, base, edges } of decisions) {
      if (rule === null) {
        if (effect === 'block') this.#reason('default', null, chain, base);
        continue;
      }
      if (effect === 'block') this.#reason('block', rule, chain, base);
      else if (effect === 'redirect') this.#reason(lets(edges) ? 'allow' : 'block', rule, chain, base);
      else if (base.type !== 'nat' && lets(edges)) {
        this.#reason('allow', rule, chain, base);
        if (isLast(base)) byRule.push(edges);
      }
    }
    for (const { sweep, swept: found, chain, base } of swept) {
      if (base.type !== 'nat' && isLast(base)) byRule.push(found.accepted);
      const letsAll = subtractEdges(found.accepted, open).length === 0;
      if (letsAll && this.#told.get(found) === base) continue;
      if (letsAll) this.#told.set(found, base);
      for (let index = 0; index < sweep.rules.length; index++) {
        if (found.came[index] !== 'somebody') continue;
        const rule = sweep.rules[index] as Rule;
        if (!sweep.accepts(index)) this.#reason('block', rule, chain, base);
        else if (base.type !== 'nat' && (letsAll || lets(found.of(index)))) this.#reason('allow', rule, chain, base);
      }
    }
    this.#addDefault(decisions, subtractEdges(open, normalEdges(byRule)));
    this.addDoubts(doubts);
  }

  addDoubts(doubts: readonly Doubt[]): void {
    for (const { rule, chain, why } of doubts) {
      const owner = rule && ownerOf({ effect: 'allow', rule, chain }, this.#asked);
      const text =
        rule === null
          ? message('netfilter.chain', { name: chain.name })
          : message('netfilter.rule-of', { rule: rule.text, of: owner?.says ?? rule.where });
      const key = messageKey(text) + messageKey(why);
      if (!this.#doubts.has(key)) this.#doubts.set(key, { rule: text, why });
    }
  }

  /** A rule for which nobody was left, where it would have given a verdict. */
  addLate(rule: Rule, chain: Chain): void {
    const last = rule.steps.at(-1);
    if (last?.kind !== 'verdict' || (last.verdict.kind !== 'accept' && last.verdict.kind !== 'drop')) return;
    const effect = last.verdict.kind === 'accept' ? 'allow' : 'block';
    if (ownerOf({ effect, rule, chain }, this.#asked)?.isOwn !== true) this.#set({ effect: 'shadowed', rule, chain });
  }

  /** Translation rules that lead other ports to the one in question: another way to what listens there. */
  addWaysHere({ chains }: Prepared): void {
    for (const base of chains.prerouting) {
      const seen = new Set([base.chain]);
      for (const chain of seen)
        for (const rule of chain.rules)
          for (const step of rule.steps) {
            if (step.kind === 'verdict' && (step.verdict.kind === 'jump' || step.verdict.kind === 'goto'))
              seen.add(step.verdict.to);
            if (step.kind !== 'nat' || step.to.port !== this.#asked.port || this.#reasons.has(rule)) continue;
            const says = message('netfilter.leads-here', { port: `${this.#asked.port}` });
            this.#reasons.set(rule, { effect: 'allow', rule: rule.text, where: rule.where, says, advice: null });
          }
    }
  }

  /** Who got in without a rule that says so: the last chain on the way whose policy let them pass, or nothing at all. */
  #addDefault(decisions: readonly Decision[], rest: Edges): void {
    if (rest.length === 0) return;
    const last = decisions.findLast(
      ({ rule, effect, base, edges }) =>
        rule === null && effect === 'allow' && base.type !== 'nat' && isLast(base) && overlaps(edges, rest),
    );
    if (last) this.#reason('default', null, last.chain, last.base);
    else this.#reasons.set(nobody, nobodyDecides);
  }

  #reason(effect: Because['effect'], rule: Rule | null, chain: Chain, base: BaseChain): void {
    const known = this.#reasons.get(rule ?? chain);
    // A rule that lets some in and leads others astray is, above all, one that lets in.
    if (known && (known.effect !== 'block' || effect === 'block')) return;
    this.#set({ effect, rule, chain, policy: base.policy });
  }

  #set(decided: Decided): void {
    const { effect, rule, chain, policy = 'accept' } = decided;
    const owner = ownerOf(decided, this.#asked);
    const text = rule?.text ?? `policy ${policy}`;
    const where = rule?.where ?? chain.name;
    const advice = adviceFor({ effect, rule: text, where, owner }, this.#asked, rule?.alone === true);
    this.#reasons.set(rule ?? chain, { effect, rule: text, where, says: owner?.says ?? null, advice });
  }
}

/** Others may be told of in the same words. */
const isAlone = (of: Rule | Chain): boolean => 'alone' in of && of.alone === true;
const isLast = ({ hook }: BaseChain): boolean => hook === 'input' || hook === 'forward';
const nobody: Chain = { name: 'nftables', rules: [] };
const nobodyDecides: Because = {
  effect: 'default',
  rule: message('netfilter.nobody-decides'),
  where: nobody.name,
  says: null,
  advice: null,
};
