// Many rules in a row that ask for addresses only and end in accept or drop: decided in one sweep instead of one after the other.
import { ascending, type Edge, type Edges, everything, firstAfter, intersectEdges } from '../address-sets';
import { interfaceHolds } from './conditions';
import type { Journey } from './packet';
import type { Condition, Rule } from './program';

/** What a sweep found when everybody comes: each address falls to the first rule that is about it. */
export interface Swept {
  /** By rule: whether it decides for some address; "elsewhere" = it is about other interfaces. */
  readonly came: readonly ('somebody' | 'nobody' | 'elsewhere')[];
  readonly accepted: Edges;
  /** Accepted or dropped. */
  readonly decided: Edges;
  /** The addresses for which this rule decides. */
  of(index: number): Edges;
}

interface Simple {
  readonly edges: Edges;
  readonly accepts: boolean;
  readonly interfaces: readonly Extract<Condition, { readonly kind: 'interface' }>[];
}

interface Prepared {
  /** Every bound of every rule once, ascending. */
  readonly bounds: Edges;
  /** The rules' ranges, one rule after the other, as positions in `bounds`; and by rule where its own ones end. */
  readonly positions: Int32Array;
  readonly ends: Int32Array;
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
  #ready: Prepared | null = null;
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
    const { bounds, positions, ends } = this.#prepared();
    // Paints each stretch between two bounds with the first rule that covers it; `next` leads past what is painted (union-find).
    const owner = new Int32Array(bounds.length).fill(-1);
    const next = new Int32Array(bounds.length);
    for (let i = 0; i < next.length; i++) next[i] = i;
    const unpainted = (from: number): number => {
      let at = from;
      while (next[at] !== at) {
        next[at] = next[next[at] as number] as number;
        at = next[at] as number;
      }
      return at;
    };
    for (let index = 0, i = 0; index < ends.length; index++) {
      const last = ends[index] as number;
      if (others.has(index)) i = last;
      for (; i < last; i += 2) {
        const end = positions[i + 1] as number;
        for (let at = unpainted(positions[i] as number); at < end; at = unpainted(at + 1)) {
          owner[at] = index;
          next[at] = at + 1;
        }
      }
    }
    return this.#told(bounds, owner, others);
  }

  #told(bounds: ArrayLike<Edge>, owner: Int32Array, others: ReadonlySet<number>): Swept {
    const came: Swept['came'][number][] = this.#simple.map((_, index) => (others.has(index) ? 'elsewhere' : 'nobody'));
    const [accepted, decided]: [Edge[], Edge[]] = [[], []];
    for (let at = 0; at + 1 < bounds.length; ) {
      const index = owner[at] as number;
      const first = bounds[at++] as Edge;
      if (index < 0) continue;
      while (owner[at] === index) at++;
      const end = bounds[at] as Edge;
      came[index] = 'somebody';
      addOn(decided, first, end);
      if (this.accepts(index)) addOn(accepted, first, end);
    }
    let byRule: readonly Edge[][] | null = null;
    const edgesByRule = (): readonly Edge[][] => {
      const lists: Edge[][] = came.map(() => []);
      for (let at = 0; at + 1 < bounds.length; at++)
        if ((owner[at] as number) >= 0)
          addOn(lists[owner[at] as number] as Edge[], bounds[at] as Edge, bounds[at + 1] as Edge);
      return lists;
    };
    return {
      came,
      accepted,
      decided,
      of(index) {
        byRule ??= edgesByRule();
        return byRule[index] ?? [];
      },
    };
  }

  #prepared(): Prepared {
    if (this.#ready) return this.#ready;
    const all: Edge[] = [];
    const ends = new Int32Array(this.#simple.length);
    let index = 0;
    for (const { edges } of this.#simple) {
      for (const edge of edges) all.push(edge);
      ends[index++] = all.length;
    }
    const sorted = ascending(all);
    const bounds: Edge[] = [];
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) bounds.push(sorted[i] as Edge);
    const positions = new Int32Array(all.length);
    for (let i = 0; i < all.length; i++) positions[i] = firstAfter(bounds, all[i] as Edge) - 1;
    this.#ready = { bounds, positions, ends };
    return this.#ready;
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
