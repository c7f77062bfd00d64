// Chance that can be repeated: a seeded generator (xoshiro128**, Blackman and Vigna) and the choices a grammar makes with it.

export interface Random {
  /** A whole number from 0 to `below` - 1; `below` up to 2^32. */
  below(below: number): number;
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Picks by weight; the weights are positive. */
  weigh<T>(from: readonly (readonly [weight: number, value: T])[]): T;
  /** `count` different ones, or all where there are fewer, in random order. */
  sample<T>(from: readonly T[], count: number): T[];
  bits(count: number): bigint;
}

/** The same numbers for the same seed and stream, everywhere. */
export function randomOf(seed: number, stream: number): Random {
  const state = new Uint32Array(4);
  let word = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(stream | 0, 0x85ebca6b)) | 0;
  for (let i = 0; i < 4; i++) {
    word = (word + 0x6d2b79f5) | 0;
    let mixed = Math.imul(word ^ (word >>> 15), word | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    state[i] = mixed ^ (mixed >>> 14);
  }
  const next = (): number => {
    const [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const scrambled = Math.imul(turn(Math.imul(b, 5), 7), 9) >>> 0;
    state[2] = c ^ a;
    state[3] = d ^ b;
    state[1] = b ^ state[2]!;
    state[0] = a ^ state[3]!;
    state[2] = state[2]! ^ (b << 9);
    state[3] = turn(state[3]!, 11);
    return scrambled;
  };
  const random: Random = {
    below: (below) => Math.floor((next() / 2 ** 32) * below),
    between: (least, most) => least + random.below(most - least + 1),
    chance: (probability) => next() / 2 ** 32 < probability,
    pick(from) {
      if (from.length === 0) throw new Error('There is nothing to pick from.');
      return from[random.below(from.length)]!;
    },
    weigh(from) {
      let left = random.below(1_000_000) / 1_000_000;
      left *= from.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of from) {
        left -= weight;
        if (left < 0) return value;
      }
      return from.at(-1)![1];
    },
    sample(from, count) {
      const rest = [...from];
      const chosen = [];
      while (chosen.length < count && rest.length > 0) chosen.push(...rest.splice(random.below(rest.length), 1));
      return chosen;
    },
    bits(count) {
      let value = 0n;
      for (let left = count; left > 0; left -= 32) value = (value << 32n) | BigInt(next());
      return BigInt.asUintN(count, value);
    },
  };
  return random;
}

function turn(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
