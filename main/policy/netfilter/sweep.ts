// Many rules in a row that ask for addresses only and end in accept or drop: decided in one sweep instead of one after the other.
import { type Edge, type Edges, everything } from '../address-sets';
import { type Field, fieldOver, indexOf } from './chain-index';
import { interfaceHolds } from './conditions';
import type { Journey } from './packet';
import type { Chain, Rule } from './program';
import { canFit, type Simple } from './shape';

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

/** Fewer rules than this in a row gain nothing. */
const fewest = 4;

/** The rules of a chain that can fit the packet, in their order, with those in a row that can be swept put together. */
export function inSweeps(chain: Chain, journey: Journey): readonly (Rule | Sweep)[] {
  const { kinds, kindOf, simple } = indexOf(chain);
  const fits = Uint8Array.from(kinds, (kind) => (canFit(kind, journey) ? 1 : 0));
  const parts: (Rule | Sweep)[] = [];
  let row: number[] = [];
  const close = (): void => {
    if (row.length < fewest) for (const index of row) parts.push(chain.rules[index] as Rule);
    else parts.push(new Sweep(chain, row, journey));
    row = [];
  };
  for (let index = 0; index < kindOf.length; index++) {
    if (fits[kindOf[index] as number] === 0) continue;
    if (isSwept(simple[index] ?? null, journey)) row.push(index);
    else {
      close();
      parts.push(chain.rules[index] as Rule);
    }
  }
  close();
  return parts;
}

/** Whether its addresses and interfaces alone decide on every packet that it can fit, as long as no rule changed the port. */
const isSwept = (simple: Simple | null, { asked, port }: Journey): boolean =>
  simple !== null && (simple.side === null || simple.side === asked) && (!simple.asksPort || port !== null);

export class Sweep {
  readonly rules: readonly Rule[];
  readonly #simple: readonly Simple[];
  readonly #field: Field;
  /** By rule its place in the field. */
  readonly #places: readonly number[] | null;
  /** Rules that are about some interfaces only, together where they are about the same ones. */
  readonly #choosy = new Map<string, number[]>();
  /** By the rules that are about other interfaces: those that no rule tells apart share an answer. */
  readonly #known = new Map<string, Swept>();

  constructor(chain: Chain, row: readonly number[], { family, asked }: Journey) {
    const { simple, field } = indexOf(chain);
    this.rules = row.map((index) => chain.rules[index] as Rule);
    this.#simple = row.map((index) => simple[index] as Simple);
    for (let index = 0; index < row.length; index++) {
      const { interfaceKey } = this.#simple[index] as Simple;
      if (interfaceKey === '') continue;
      const alike = this.#choosy.get(interfaceKey);
      if (alike) alike.push(index);
      else this.#choosy.set(interfaceKey, [index]);
    }
    const whole = field(family, asked);
    // The chain's own field is there already, but a few rules of it are not worth going over all of it.
    const isWorth = whole !== null && row.length * 8 > chain.rules.length;
    this.#places = isWorth ? row : null;
    this.#field = isWorth ? whole : fieldOver(this.#simple.map(({ edges }) => edges ?? everything(family).edges));
  }

  accepts(index: number): boolean {
    return this.#simple[index]?.accepts === true;
  }

  /** null where a rule's interface can't be told. n log n in the number of ranges. */
  over(at: Journey['in']): Swept | null {
    const elsewhere: string[] = [];
    for (const [key, [first = 0]] of this.#choosy) {
      const held = this.#simple[first]?.interfaces.map((condition) => interfaceHolds(condition, at)) ?? [];
      if (held.some(({ why }) => why !== null)) return null;
      if (held.some(({ may }) => may !== 'all')) elsewhere.push(key);
    }
    const key = elsewhere.join('\n');
    const known = this.#known.get(key);
    if (known) return known;
    const isElsewhere = new Uint8Array(this.rules.length);
    for (const other of elsewhere) for (const index of this.#choosy.get(other) ?? []) isElsewhere[index] = 1;
    const swept = this.#sweep(isElsewhere);
    this.#known.set(key, swept);
    return swept;
  }

  #sweep(isElsewhere: Uint8Array): Swept {
    const { bounds, positions, ends } = this.#field;
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
    for (let index = 0; index < isElsewhere.length; index++) {
      if (isElsewhere[index] === 1) continue;
      const place = this.#places?.[index] ?? index;
      const last = ends[place] as number;
      for (let i = place === 0 ? 0 : (ends[place - 1] as number); i < last; i += 2) {
        const end = positions[i + 1] as number;
        for (let at = unpainted(positions[i] as number); at < end; at = unpainted(at + 1)) {
          owner[at] = index;
          next[at] = at + 1;
        }
      }
    }
    return this.#told(bounds, owner, isElsewhere);
  }

  #told(bounds: ArrayLike<Edge>, owner: Int32Array, isElsewhere: Uint8Array): Swept {
    const came: Swept['came'][number][] = Array.from(isElsewhere, (is) => (is === 1 ? 'elsewhere' : 'nobody'));
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
}

/** Adds a range that begins where the last one ended, or after it. */
function addOn(out: Edge[], first: Edge, end: Edge): void {
  if (out.length > 0 && out[out.length - 1] === first) out[out.length - 1] = end;
  else out.push(first, end);
}
