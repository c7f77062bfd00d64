// Many rules in a row that ask for addresses only and end in accept or drop: decided in one sweep instead of one after the other.
import { ascending, type Edge, type Edges, everything, firstAfter, intersectEdges } from '../address-sets';
import { interfaceHolds } from './conditions';
import type { Journey } from './packet';
import type { Condition, Rule } from './program';

/** What a sweep found, whoever comes: each address falls to the first rule that is about it. */
export interface Swept {
  /** By rule: the addresses that it decides; null where its interface is another one. */
  readonly hits: readonly (Edges | null)[];
  readonly accepted: Edges;
  /** Accepted or dropped. */
  readonly decided: Edges;
}

interface Simple {
  readonly edges: Edges;
  readonly accepts: boolean;
  readonly interfaces: readonly Extract<Condition, { readonly kind: 'interface' }>[];
}

/** Fewer rules than this in a row gain nothing; longer address lists than this are not handled range by range. */
const fewest = 4;
const mostEdges = 128;

/** A chain's rules in their order, with those in a row that can be swept put together. */
export function inSweeps(rules: readonly Rule[], journey: Journey): readonly (Rule | Sweep)[] {
  const parts: (Rule | Sweep)[] = [];
  let row: Rule[] = [];
  let simple: Simple[] = [];
  const close = (): void => {
    if (row.length < fewest) parts.push(...row);
    else parts.push(new Sweep(row, simple));
    [row, simple] = [[], []];
  };
  for (const rule of rules) {
    const read = simpleOf(rule, journey);
    if (read) {
      row.push(rule);
      simple.push(read);
      continue;
    }
    close();
    parts.push(rule);
  }
  close();
  return parts;
}

export class Sweep {
  readonly rules: readonly Rule[];
  readonly #simple: readonly Simple[];
  /** Rules that are about some interfaces only. */
  readonly #choosy: readonly number[];
  /** Every bound of every rule once, ascending; a rule's ranges as positions in it. Made when first asked for. */
  #bounds: Edges | null = null;
  #positions: readonly Int32Array[] = [];
  /** By the rules that are about other interfaces: those that no rule tells apart share an answer. */
  readonly #known = new Map<string, Swept>();

  constructor(rules: readonly Rule[], simple: readonly Simple[]) {
    this.rules = rules;
    this.#simple = simple;
    this.#choosy = simple.flatMap(({ interfaces }, index) => (interfaces.length > 0 ? [index] : []));
  }

  accepts(index: number): boolean {
    return this.#simple[index]?.accepts === true;
  }

  /** null where a rule's interface can't be told. n log n in the number of ranges. */
  over(at: Journey['in']): Swept | null {
    const others = new Set<number>();
    for (const index of this.#choosy)
      for (const condition of this.#simple[index]?.interfaces ?? []) {
        const held = interfaceHolds(condition, at);
        if (held.why !== null) return null;
        if (held.may !== 'all') others.add(index);
      }
    const key = [...others].join();
    const known = this.#known.get(key);
    if (known) return known;
    const swept = this.#sweep(others);
    this.#known.set(key, swept);
    return swept;
  }

  #sweep(others: ReadonlySet<number>): Swept {
    const bounds = this.#prepared();
    // Paints each stretch between two bounds with the first rule that covers it; `next` leads past what is painted (union-find).
    const owner = new Int32Array(bounds.length).fill(-1);
    const next = Int32Array.from(owner, (_, i) => i);
    const unpainted = (from: number): number => {
      let at = from;
      while (next[at] !== at) {
        next[at] = next[next[at] as number] as number;
        at = next[at] as number;
      }
      return at;
    };
    for (const [index, positions] of this.#positions.entries()) {
      if (others.has(index)) continue;
      for (let i = 0; i + 1 < positions.length; i += 2) {
        const end = positions[i + 1] as number;
        for (let at = unpainted(positions[i] as number); at < end; at = unpainted(at + 1)) {
          owner[at] = index;
          next[at] = at + 1;
        }
      }
    }
    const hits: (Edge[] | null)[] = this.#simple.map((_, index) => (others.has(index) ? null : []));
    const [accepted, decided]: [Edge[], Edge[]] = [[], []];
    for (let at = 0; at + 1 < bounds.length; ) {
      const index = owner[at] as number;
      const first = bounds[at++] as Edge;
      if (index < 0) continue;
      while (owner[at] === index) at++;
      const end = bounds[at] as Edge;
      hits[index]?.push(first, end);
      addOn(decided, first, end);
      if (this.accepts(index)) addOn(accepted, first, end);
    }
    return { hits, accepted, decided };
  }

  #prepared(): Edges {
    if (this.#bounds) return this.#bounds;
    const all: Edge[] = [];
    for (const { edges } of this.#simple) for (const edge of edges) all.push(edge);
    const bounds: Edge[] = [];
    const sorted = ascending(all);
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) bounds.push(sorted[i] as Edge);
    this.#positions = this.#simple.map(({ edges }) => Int32Array.from(edges, (edge) => firstAfter(bounds, edge) - 1));
    this.#bounds = bounds;
    return bounds;
  }
}

/** Adds a range that begins where the last one ended, or after it. */
function addOn(out: Edge[], first: Edge, end: Edge): void {
  if (out.length > 0 && out[out.length - 1] === first) out[out.length - 1] = end;
  else out.push(first, end);
}

/** null where the rule asks for more than the asked address and the incoming interface, or does more than accept or drop. */
function simpleOf({ steps }: Rule, journey: Journey): Simple | null {
  let edges: Edges | null = null;
  const interfaces: Simple['interfaces'][number][] = [];
  for (const step of steps)
    switch (step.kind) {
      // That these hold for every packet of this journey was seen before (`canFit`), as long as no rule changed the port.
      case 'family':
      case 'protocol':
        break;
      case 'port':
        if (step.side !== 'destination' || step.original || journey.port === null) return null;
        break;
      case 'source':
      case 'destination':
        if (step.kind !== journey.asked || step.may !== step.must || step.may.edges.length > mostEdges) return null;
        edges = edges === null ? step.may.edges : intersectEdges(edges, step.may.edges);
        break;
      case 'interface':
        if (step.side !== 'in') return null;
        interfaces.push(step);
        break;
      case 'verdict': {
        const { kind } = step.verdict;
        if (kind !== 'accept' && kind !== 'drop') return null;
        edges ??= everything(journey.family).edges;
        return edges.length === 0 ? null : { edges, accepts: kind === 'accept', interfaces };
      }
      default:
        return null;
    }
  return null;
}
