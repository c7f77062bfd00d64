// The addresses that still walk through a chain: taking a rule's part out costs the part's size, not the set's.
import { type Edge, type Edges, normalEdges } from '../address-sets';

/** Ranges in one chunk before it is split; finding is a binary search over chunks, changing moves one chunk's tail. */
const chunkPairs = 256;

/** A mutable set of addresses of one family, as half-open ranges in sorted chunks. */
export class LiveSet {
  #chunks: Edge[][] = [];
  #pairs = 0;

  static of(edges: Edges): LiveSet {
    const set = new LiveSet();
    for (let i = 0; i < edges.length; i += 2 * chunkPairs) set.#chunks.push(edges.slice(i, i + 2 * chunkPairs));
    set.#pairs = edges.length / 2;
    return set;
  }

  get isEmpty(): boolean {
    return this.#pairs === 0;
  }

  /** How many ranges: the cost of looking at all of it. */
  get size(): number {
    return this.#pairs;
  }

  toEdges(): Edges {
    return normalEdges(this.#chunks);
  }

  /** Takes everything out. */
  drain(): Edges {
    const all = this.toEdges();
    this.#chunks = [];
    this.#pairs = 0;
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
      const all = normalEdges([...this.#chunks, edges]);
      this.#chunks = LiveSet.of(all).#chunks;
      this.#pairs = all.length / 2;
      return;
    }
    for (let i = 0; i + 1 < edges.length; i += 2) this.#addRange(edges[i] as Edge, edges[i + 1] as Edge);
  }

  #over(edges: Edges, remove: boolean): Edges {
    const out: Edge[] = [];
    // Where the set is by far the smaller side, its own ranges are looked up in `edges` instead.
    if (this.#pairs * 16 < edges.length / 2) {
      for (const chunk of [...this.#chunks])
        for (const [first, end] of pairsOf([...chunk])) {
          let at = positionAfter(edges, first);
          while (at < edges.length && (edges[at] as Edge) < end) {
            const [from, to] = [edges[at] as Edge, edges[at + 1] as Edge];
            const [cutFirst, cutEnd] = [from > first ? from : first, to < end ? to : end];
            out.push(cutFirst, cutEnd);
            if (remove) this.#overRange(cutFirst, cutEnd, true, []);
            at += 2;
          }
        }
      return out;
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

function* pairsOf(edges: Edges): Generator<readonly [Edge, Edge]> {
  for (let i = 0; i + 1 < edges.length; i += 2) yield [edges[i] as Edge, edges[i + 1] as Edge];
}
