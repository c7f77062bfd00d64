// Entry: measures Breakwater beside what people would use instead, both sides in turn in the same run, and prints one table.
import { parseArgs } from 'node:util';
import { compareAdvisories } from './advisories';
import { type Comparison, layTable } from './comparison';
import { compareInspection } from './inspection';
import { compareReading } from './reading';
import { compareReview } from './review';
import { compareShield } from './shield';
import { compareWindow } from './window/window';
import { compareWindowsReview } from './windows-review';

/** What every comparison is handed. */
export interface Surroundings {
  /** Absolute path of the checkout. */
  readonly project: string;
  /** Absolute path of the folder with the programs built for the benchmark; it may be written to, and goes away. */
  readonly folder: string;
  /** Says what is being measured, for those who wait. */
  readonly tell: (line: string) => void;
}

const comparisons = {
  inspect: compareInspection,
  review: compareReview,
  shield: compareShield,
  window: compareWindow,
  advisories: compareAdvisories,
  'windows-review': compareWindowsReview,
  reading: compareReading,
} as const;
type Name = keyof typeof comparisons;
const names = Object.keys(comparisons) as Name[];

process.exitCode = await main(process.argv.slice(2));

/** 0 = everything was measured, met or not; 1 = something could not be measured; 2 = wrong usage. */
async function main(args: readonly string[]): Promise<number> {
  const wanted = parse(args);
  if (wanted === null) {
    console.error(`Usage: npm run bench [-- --only ${names.join('|')}]`);
    return 2;
  }
  const { BENCH_FOLDER: folder, BENCH_PROJECT: project } = process.env;
  if (!folder || !project) throw new Error('The benchmark is started by scripts/bench.mjs, which builds its programs.');
  const tell = (line: string): void => console.error(line);
  const measured: Comparison[] = [];
  const failures: string[] = [];
  for (const name of wanted) {
    try {
      measured.push(...(await comparisons[name]({ project, folder, tell })));
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (measured.length > 0) console.log(`\n${layTable(measured)}`);
  for (const failure of failures) console.log(`Could not be measured: ${failure}`);
  return failures.length === 0 ? 0 : 1;
}

function parse(args: readonly string[]): readonly Name[] | null {
  try {
    const { only } = parseArgs({ args: [...args], options: { only: { type: 'string' } } }).values;
    if (only === undefined) return names;
    const named = names.find((name) => name === only);
    return named === undefined ? null : [named];
  } catch {
    return null;
  }
}
