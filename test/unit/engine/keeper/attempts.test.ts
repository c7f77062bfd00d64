// Blocked attempts by source and hour, from counters that only grow or begin anew.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tallyAttempts } from '../../../../main/engine/keeper/attempts';
import type { Counted } from '../../../../main/model/shield';

const counted = (packets: Readonly<Record<string, number>>): Counted => ({
  blocked: 0,
  allowed: 0,
  outboundBlocked: 0,
  attempts: Object.entries(packets).map(([address, count]) => ({ address, packets: count, until: null })),
});
const at = (time: string): Date => new Date(`2026-11-24T${time}:00.000Z`);
const hour = (time: string): string => `2026-11-24T${time}:00:00.000Z`;

describe('attempts', () => {
  it('are what a counter has grown by, in the hour of the look', () => {
    const first = tallyAttempts([], null, counted({ a: 3 }), at('10:20'));
    expect(first).toEqual([{ hour: hour('10'), sources: [{ address: 'a', packets: 3 }], otherPackets: 0 }]);
    const second = tallyAttempts(first, counted({ a: 3 }), counted({ a: 5, b: 9 }), at('10:59'));
    expect(second).toEqual([
      {
        hour: hour('10'),
        sources: [
          { address: 'b', packets: 9 },
          { address: 'a', packets: 5 },
        ],
        otherPackets: 0,
      },
    ]);
    expect(tallyAttempts(second, counted({ a: 5, b: 9 }), counted({ a: 6, b: 9 }), at('11:00'))).toEqual([
      ...second,
      { hour: hour('11'), sources: [{ address: 'a', packets: 1 }], otherPackets: 0 },
    ]);
  });

  it('of counters that were begun anew are counted from nothing', () => {
    const sources = tallyAttempts([], counted({ a: 10 }), counted({ a: 2 }), at('10:00'))[0]?.sources;
    expect(sources).toEqual([{ address: 'a', packets: 2 }]);
  });

  it('that can not be read change nothing', () => {
    const hours = tallyAttempts([], null, counted({ a: 3 }), at('10:20'));
    expect(tallyAttempts(hours, counted({ a: 3 }), null, at('12:00'))).toEqual(hours);
  });

  it('older than two days are forgotten', () => {
    const old = { hour: '2026-11-22T09:00:00.000Z', sources: [{ address: 'a', packets: 1 }], otherPackets: 0 };
    const kept = { ...old, hour: '2026-11-22T11:00:00.000Z' };
    expect(tallyAttempts([old, kept], null, null, at('10:00'))).toEqual([kept]);
  });

  it('of very many sources keep the worst by name, and every packet in the sum', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer({ min: 1, max: 9 })), (packets) => {
        const hours = tallyAttempts([], null, counted(packets), at('10:00'));
        const sum = hours.flatMap(({ sources }) => sources).reduce((all, one) => all + one.packets, 0);
        const others = hours[0]?.otherPackets ?? 0;
        expect(sum + others).toBe(Object.values(packets).reduce((all, one) => all + one, 0));
      }),
    );
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`10.0.0.${i}`, i + 1]));
    const [one] = tallyAttempts([], null, counted(many), at('10:00'));
    expect(one?.sources).toHaveLength(50);
    expect(one?.sources[0]).toEqual({ address: '10.0.0.199', packets: 200 });
    expect(one?.otherPackets).toBe((150 * 151) / 2);
  });
});
