// What an evaluation writes down on its way: who was let in or kept out by which rule, and what could not be told.
import type { Message } from '../../model/message';
import type { Edges } from '../address-sets';
import type { BaseChain, Chain, Rule } from './program';
import type { Sweep, Swept } from './sweep';

export interface Decision {
  readonly effect: 'allow' | 'block' | 'redirect';
  /** null = the base chain's policy. */
  readonly rule: Rule | null;
  readonly chain: Chain;
  readonly base: BaseChain;
  readonly edges: Edges;
}

export interface Doubt {
  /** null = the chain itself. */
  readonly rule: Rule | null;
  readonly chain: Chain;
  readonly why: Message;
  readonly edges: Edges;
}

/** The decisions of all rules of a sweep at once, everybody having come to it. */
export interface SweptDecision {
  readonly sweep: Sweep;
  readonly swept: Swept;
  readonly chain: Chain;
  readonly base: BaseChain;
}

/** What one evaluation writes down while it goes from chain to chain. */
export interface Notes {
  readonly decisions: Decision[];
  readonly swept: SweptDecision[];
  readonly doubts: Doubt[];
  /** Rules whose verdict was taken by some address, and rules that fit the packet but found nobody left. */
  readonly effective: Set<Rule>;
  readonly late: Map<Rule, Chain>;
  /** The same of swept rules: what each sweep found when everybody came. */
  readonly came: Map<Sweep, { readonly chain: Chain; readonly found: Swept[] }>;
  /** Rules of each chain that can fit the packet at all, by family, protocol and port: most of a great chain can't. */
  readonly fitting: Map<string, Map<Chain, readonly (Rule | Sweep)[]>>;
  /** Work left before the answer becomes "not told": rules looked at and ranges handled. */
  budget: number;
}
