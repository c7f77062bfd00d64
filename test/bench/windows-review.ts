// A review of great Windows policies, each by a fresh Node, and how its time grows with the number of rules.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alternate } from './alternate';
import type { Surroundings } from './bench';
import { type Comparison, median } from './comparison';
import { exponent, inMs } from './growth';
import { windowsPolicy } from './windows-policy';
import type { WindowsReviewTimes } from './windows-review-program';

/** A plain PC, the published policy that the aim is about, and a very large one. */
const sizes = [600, 7178, 20_000] as const;
const limited = 7178;
/** Milliseconds for judging that many rules. */
const aim = 50;

/** Prints times, the share of a process's start, and the exponents of growth (1 = linear). */
export async function compareWindowsReview({ project, folder, tell }: Surroundings): Promise<readonly Comparison[]> {
  const published = await readFile(join(project, 'test/fixtures/windows/big-v2.33/firewallrules.txt'), 'utf8');
  const comparisons: Comparison[] = [];
  for (const kind of ['shut', 'shared'] as const) {
    const measured: Measured[] = [];
    for (const size of sizes) {
      tell(`Windows review: ${size} rules, ${kindWords[kind]} ...`);
      const file = join(folder, `windows-${kind}-${size}.txt`);
      await writeFile(file, windowsPolicy(published, size, kind));
      measured.push(await measure(folder, file, size));
    }
    console.log(`\n${layGrowth(kindWords[kind], measured)}`);
    if (kind === 'shut') comparisons.push(...measured.filter(({ size }) => size === limited).map(beside));
  }
  return comparisons;
}

const kindWords = { shut: 'as published', shared: 'with file sharing on' } as const;

interface Measured {
  readonly size: number;
  /** Milliseconds of an empty Node process. */
  readonly empty: readonly number[];
  readonly reviews: readonly WindowsReviewTimes[];
}

async function measure(folder: string, file: string, size: number): Promise<Measured> {
  const program = join(folder, 'windows-review-program.js');
  const { empty, ours } = await alternate<'empty' | 'ours', WindowsReviewTimes>(
    {
      empty: async () => {
        const started = performance.now();
        await run(['--eval', '0']);
        return { read: 0, judge: 0, all: performance.now() - started, verdict: '' };
      },
      ours: async () => {
        const started = performance.now();
        const told = JSON.parse(await run([program, file])) as WindowsReviewTimes;
        return { ...told, all: performance.now() - started };
      },
    },
    { warmUp: 1, counted: 7 },
  );
  return { size, empty: empty.map(({ all }) => all), reviews: ours };
}

function beside({ size, reviews }: Measured): Comparison {
  return {
    title: `Windows review, ${size} rules`,
    unit: 'ms',
    ours: { what: 'judge', values: reviews.map(({ judge }) => judge) },
    theirs: { what: 'the aim', values: [aim] },
    limit: 1,
  };
}

function layGrowth(kind: string, measured: readonly Measured[]): string {
  const of = (key: 'read' | 'judge' | 'all') =>
    measured.map(({ reviews }) => median(reviews.map((times) => times[key])));
  const [read, judge, all] = [of('read'), of('judge'), of('all')];
  const rows = measured.map(({ size, empty, reviews }, i) => {
    const share = median(empty) / (all[i] ?? 1);
    const parts = `read ${inMs(read[i] ?? 0)}, judge ${inMs(judge[i] ?? 0)}, whole process ${inMs(all[i] ?? 0)}`;
    return `${String(size).padStart(7)} rules: ${parts}, of which ${(100 * share).toFixed(0)} % is an empty Node's; ${reviews[0]?.verdict}`;
  });
  const exponents = Object.entries({ read, judge }).map(
    ([name, values]) => `${name} ${exponent(sizes, values).toFixed(2)}`,
  );
  return [`Windows policies, ${kind}:`, ...rows, `Exponents of growth (1 = linear): ${exponents.join(', ')}.`].join(
    '\n',
  );
}

/** What the pinned Node prints. Rejects where it does not end well. */
function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(told);
      else reject(new Error(`The review of a Windows policy ended with ${code}.`));
    });
  });
}
