// Runs the sides of a comparison in turn, so that whatever else the PC does meets all of them alike.

export interface Rounds {
  /** Rounds that are not counted: files come into memory, daemons settle. */
  readonly warmUp: number;
  readonly counted: number;
}

/** A B A B ...: each side once a round, one after the other. Gives what each side returned in the counted rounds. */
export async function alternate<S extends string, T>(
  sides: Readonly<Record<S, () => Promise<T>>>,
  { warmUp, counted }: Rounds,
): Promise<Readonly<Record<S, readonly T[]>>> {
  const names = Object.keys(sides) as S[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<S, T[]>;
  for (let round = 0; round < warmUp + counted; round++) {
    for (const name of names) {
      const result = await sides[name]();
      if (round >= warmUp) results[name].push(result);
    }
  }
  return results;
}
