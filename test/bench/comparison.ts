// Two sides of a comparison, their medians, and the table that says whether the limit is met. Pure.

export interface Side {
  readonly what: string;
  /** One number a run, in the order measured. */
  readonly values: readonly number[];
}

export interface Comparison {
  /** "inspect, as root" */
  readonly title: string;
  readonly unit: 'ms' | 'MB';
  readonly ours: Side;
  readonly theirs: Side;
  /** The greatest allowed quotient of the medians, ours to theirs. */
  readonly limit: number;
}

/** The middle value; the mean of the two middle ones where their number is even. Throws where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (below === undefined || above === undefined) throw new Error('There is no median of nothing.');
  return (below + above) / 2;
}

function ratio({ ours, theirs }: Comparison): number {
  return median(ours.values) / median(theirs.values);
}

/** The table, a line a comparison, and below it how many limits are met. Medians, with the smallest and greatest value beside. */
export function layTable(comparisons: readonly Comparison[]): string {
  const isMet = (comparison: Comparison): boolean => ratio(comparison) <= comparison.limit;
  const head = ['', 'Breakwater', 'compared with', '', 'ratio', 'limit', ''];
  const rows = comparisons.map((comparison) => [
    comparison.title,
    layValues(comparison.ours.values, comparison.unit),
    comparison.theirs.what,
    layValues(comparison.theirs.values, comparison.unit),
    layRatio(ratio(comparison)),
    layRatio(comparison.limit),
    isMet(comparison) ? 'met' : 'NOT MET',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const missed = comparisons.filter((comparison) => !isMet(comparison)).length;
  const sum = missed === 0 ? 'Every limit is met.' : `${missed} of ${comparisons.length} limits are NOT met.`;
  return `${lines.join('\n')}\n\nMedians (smallest to greatest) of runs in turn. ${sum}`;
}

function layValues(values: readonly number[], unit: string): string {
  const digits = median(values) < 1000 ? 1 : 0;
  const [least, greatest] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return `${median(values).toFixed(digits)} ${unit} (${least} to ${greatest}, ${values.length} runs)`;
}

function layRatio(value: number): string {
  return value.toPrecision(3).padStart(6);
}
