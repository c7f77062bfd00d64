// The set that rules take their part out of, against plain sets of numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Edge, type Edges, normalEdges } from '../../../../main/policy/address-sets';
import { LiveSet } from '../../../../main/policy/netfilter/live-set';

const edges = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 })), { maxLength: 12 })
  .map((ranges) => normalEdges(ranges.map(([first, size]) => [first, first + size])));
const members = (of: Edges): readonly number[] =>
  Array.from({ length: 80 }, (_, at) => at).filter((at) =>
    of.some((first, i) => i % 2 === 0 && first <= at && at < (of[i + 1] as Edge)),
  );
const step = fc.tuple(fc.constantFrom('take', 'hits', 'add'), edges);

describe('the live set', () => {
  it('agrees with sets of numbers whatever is taken out and put in', () => {
    fc.assert(
      fc.property(edges, fc.array(step, { maxLength: 12 }), (first, steps) => {
        const set = LiveSet.of(first);
        let plain = new Set(members(first));
        for (const [what, part] of steps) {
          const asked = members(part);
          if (what === 'add') {
            set.add(part);
            plain = new Set([...plain, ...asked]);
          } else {
            expect(members(what === 'take' ? set.take(part) : set.hits(part))).toEqual(
              asked.filter((at) => plain.has(at)),
            );
            if (what === 'take') plain = new Set([...plain].filter((at) => !asked.includes(at)));
          }
          expect(members(set.toEdges())).toEqual([...plain].sort((a, b) => a - b));
          expect(set.isEmpty).toBe(plain.size === 0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps thousands of ranges in order while single addresses are taken out and put back', () => {
    const set = LiveSet.of([0, 2 ** 32]);
    const scattered = Array.from({ length: 5000 }, (_, i) => ((i * 2_654_435_761) % 2 ** 32) & ~1).map(
      (at) => at >>> 0,
    );
    for (const at of scattered) expect(set.take([at, at + 1])).toEqual([at, at + 1]);
    expect(set.size).toBeGreaterThan(4000);
    for (const at of scattered) set.add([at, at + 1]);
    expect(set.toEdges()).toEqual([0, 2 ** 32]);
    expect(set.take([5, 10])).toEqual([5, 10]);
    expect(set.drain()).toEqual([0, 5, 10, 2 ** 32]);
    expect(set.isEmpty).toBe(true);
  });

  it('works with the numbers of IPv6', () => {
    const set = LiveSet.of([0n, 1n << 128n]);
    expect(set.take([1n << 100n, 1n << 101n])).toEqual([1n << 100n, 1n << 101n]);
    expect(set.toEdges()).toEqual([0n, 1n << 100n, 1n << 101n, 1n << 128n]);
  });
});
