// How a time or an amount of memory grows with the size of the work. Pure.

/** The slope of the line of least squares through the logarithms: 1 = it grows as the size does, 2 = with its square. */
export function exponent(sizes: readonly number[], values: readonly number[]): number {
  const [x, y] = [sizes.map(Math.log), values.map(Math.log)];
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [middleX, middleY] = [mean(x), mean(y)];
  const above = x.reduce((sum, one, index) => sum + (one - middleX) * ((y[index] ?? 0) - middleY), 0);
  return above / x.reduce((sum, one) => sum + (one - middleX) ** 2, 0);
}

export const inMs = (value: number): string => `${value.toFixed(1)} ms`;
