// A chain's rules as a sweep needs them, whatever is asked: told once, when the rules are read.
import type { Family } from '../../model/address';
import { ascending, type Edge, type Edges, everything, firstAfter } from '../address-sets';
import type { Chain, Rule } from './program';
import { type Kind, keyOf, type Simple, shapeOf } from './shape';

export interface ChainIndex {
  /** Each kind of rule once, and by rule its place among them. */
  readonly kinds: readonly Kind[];
  readonly kindOf: Int32Array;
  readonly simple: readonly (Simple | null)[];
  /** Bounds of all simple rules that ask for these addresses, or for none; null = there are none such. */
  field(family: Family, side: 'source' | 'destination'): Field | null;
}

/** Ranges of many rules, as places on one line. */
export interface Field {
  /** Every bound of every rule once, ascending. */
  readonly bounds: Edges;
  /** The rules' ranges, one rule after the other, as places in `bounds`; and by rule where its own ones end. */
  readonly positions: Int32Array;
  readonly ends: Int32Array;
}

const indexes = new WeakMap<Chain, ChainIndex>();

/** Linear in the rules; a field n log n in their ranges. */
export function indexOf(chain: Chain): ChainIndex {
  const known = indexes.get(chain);
  if (known) return known;
  const kinds: Kind[] = [];
  const places = new Map<string, number>();
  const kindOf = new Int32Array(chain.rules.length);
  const simple: (Simple | null)[] = [];
  for (let index = 0; index < chain.rules.length; index++) {
    const shape = shapeOf(chain.rules[index] as Rule);
    simple.push(shape.simple);
    const key = keyOf(shape.kind);
    let place = places.get(key);
    if (place === undefined) {
      place = kinds.push(shape.kind) - 1;
      places.set(key, place);
    }
    kindOf[index] = place;
  }
  const fields = new Map<string, Field | null>();
  const index: ChainIndex = {
    kinds,
    kindOf,
    simple,
    field(family, side) {
      const key = `${family} ${side}`;
      const known = fields.get(key);
      if (known !== undefined) return known;
      const asked = Uint8Array.from(kinds, ({ families }) => (families.includes(family) ? 1 : 0));
      let isThere = false;
      const ranges = simple.map((one, at): Edges => {
        if (one === null || asked[kindOf[at] as number] === 0 || (one.side ?? side) !== side) return none;
        isThere = true;
        return one.edges ?? everything(family).edges;
      });
      const field = isThere ? fieldOver(ranges) : null;
      fields.set(key, field);
      return field;
    },
  };
  indexes.set(chain, index);
  return index;
}

const none: Edges = [];

/** By rule its ranges. */
export function fieldOver(ranges: readonly Edges[]): Field {
  const all: Edge[] = [];
  const ends = new Int32Array(ranges.length);
  for (let index = 0; index < ranges.length; index++) {
    const own = ranges[index] as Edges;
    for (let i = 0; i < own.length; i++) all.push(own[i] as Edge);
    ends[index] = all.length;
  }
  const sorted = ascending(all);
  const bounds: Edge[] = [];
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) bounds.push(sorted[i] as Edge);
  const positions = new Int32Array(all.length);
  for (let i = 0; i < all.length; i++) positions[i] = firstAfter(bounds, all[i] as Edge) - 1;
  return { bounds, positions, ends };
}
