// The addresses that still walk through a chain: taking a rule's part out costs the part's size, not the set's.
import { type Edge, type Edges, intersectEdges, normalEdges, subtractEdges, unionEdges } from '../address-sets';

/** Ranges in one chunk before it is split; finding is a binary search over chunks, changing moves one chunk's tail. */
const chunkPairs = 256;

/** A mutable set of addresses of one family, as half-open ranges in sorted chunks. */
export class LiveSet {
  #chunks: Edge[][] = [];
  #pairs = 0;
  /** All of it in one list, kept until it changes. */
  #whole: Edges | null = null;

  static of(edges: Edges): LiveSet {
    const set = new LiveSet();
    set.#reset(edges);
    return set;
  }

  #reset(edges: Edges): void {
    this.#chunks = [];
    for (let i = 0; i < edges.length; i += 2 * chunkPairs) this.#chunks.push(edges.slice(i, i + 2 * chunkPairs));
    this.#pairs = edges.length / 2;
    this.#whole = edges;
  }

  get isEmpty(): boolean {
    return this.#pairs === 0;
  }

  /** How many ranges: the cost of looking at all of it. */
  get size(): number {
    return this.#pairs;
  }

  toEdges(): Edges {
    this.#whole ??= normalEdges(this.#chunks);
    return this.#whole;
  }

  /** Takes everything out. */
  drain(): Edges {
    const all = this.toEdges();
    this.#reset([]);
    return all;
  }

  /** What of `edges` is in the set. */
  hits(edges: Edges): Edges {
    return this.#over(edges, false);
  }

  /** Takes out what of `edges` is in the set, and returns it. */
  take(edges: Edges): Edges {
    return this.#over(edges, true);
  }

  /** Puts addresses in, also ones that are in it already. */
  add(edges: Edges): void {
    if (edges.length / 2 > 8 && edges.length / 2 > this.#pairs / 16) {
      this.#reset(unionEdges(this.toEdges(), edges));
      return;
    }
    for (let i = 0; i + 1 < edges.length; i += 2) this.#addRange(edges[i] as Edge, edges[i + 1] as Edge);
  }

  #over(edges: Edges, remove: boolean): Edges {
    const out: Edge[] = [];
    // Many of both, or few of ours and very many of theirs: one pass over both is cheaper than looking each one up.
    if (edges.length > 2 * chunkPairs && edges.length > this.#pairs / 8) {
      const all = this.toEdges();
      const common = intersectEdges(all, edges);
      if (remove && common.length * 8 < all.length)
        for (let i = 0; i + 1 < common.length; i += 2)
          this.#overRange(common[i] as Edge, common[i + 1] as Edge, true, []);
      else if (remove) this.#reset(subtractEdges(all, common));
      return common;
    }
    for (let i = 0; i + 1 < edges.length && this.#pairs > 0; i += 2)
      this.#overRange(edges[i] as Edge, edges[i + 1] as Edge, remove, out);
    return out;
  }

  #overRange(first: Edge, end: Edge, remove: boolean, out: Edge[]): void {
    let c = this.#chunkOf(first);
    while (c < this.#chunks.length) {
      const chunk = this.#chunks[c] as Edge[];
      const from = positionAfter(chunk, first);
      let to = from;
      while (to < chunk.length && (chunk[to] as Edge) < end) {
        const [a, b] = [chunk[to] as Edge, chunk[to + 1] as Edge];
        out.push(a > first ? a : first, b < end ? b : end);
        to += 2;
      }
      const reachesOn = to === chunk.length;
      if (remove && to > from) {
        const rest: Edge[] = [];
        if ((chunk[from] as Edge) < first) rest.push(chunk[from] as Edge, first);
        if ((chunk[to - 1] as Edge) > end) rest.push(end, chunk[to - 1] as Edge);
        this.#replace(c, from, to, rest);
        if (chunk.length === 0) c--;
      }
      if (!reachesOn) return;
      c++;
    }
  }

  #addRange(first: Edge, end: Edge): void {
    if (!(first < end)) return;
    this.#overRange(first, end, true, []);
    if (this.#chunks.length === 0) this.#chunks.push([]);
    const c = Math.min(this.#chunkOf(first), this.#chunks.length - 1);
    const at = positionAfter(this.#chunks[c] as Edge[], first);
    this.#replace(c, at, at, [first, end]);
  }

  /** Replaces edges of a chunk; drops it when it is empty, splits it when it is too long. */
  #replace(c: number, from: number, to: number, by: readonly Edge[]): void {
    const chunk = this.#chunks[c] as Edge[];
    this.#whole = null;
    chunk.splice(from, to - from, ...by);
    this.#pairs += (by.length - (to - from)) / 2;
    if (chunk.length === 0) this.#chunks.splice(c, 1);
    else if (chunk.length > 4 * chunkPairs)
      this.#chunks.splice(c, 1, chunk.slice(0, 2 * chunkPairs), chunk.slice(2 * chunkPairs));
  }

  /** The first chunk whose last range ends above `at`. */
  #chunkOf(at: Edge): number {
    let [low, high] = [0, this.#chunks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.#chunks[middle] as Edge[]).at(-1) as Edge) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The even position of the first range that ends above `at`. */
function positionAfter(edges: Edges, at: Edge): number {
  let [low, high] = [0, edges.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[2 * middle + 1] as Edge) <= at) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}
