// A review of great Windows policies, each by a fresh Node, and how its time grows with the number of rules.
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findWindowsNode } from '../../scripts/windows-node.mjs';
import { endWindows, must, startWindows, wine } from '../windows/bed/prefix';
import { alternate } from './alternate';
import type { Surroundings } from './bench';
import { type Comparison, median } from './comparison';
import { exponent, inMs } from './growth';
import { windowsPolicy } from './windows-policy';
import type { WindowsReviewTimes } from './windows-review-program';

/** A plain PC, the published policy that the aim is about, and a very large one. */
const sizes = [600, 7178, 20_000] as const;
const limited = 7178;
/** Milliseconds for judging that many rules natively. */
const aim = 50;

/** What runs a program with arguments to its end; rejects or throws where it does not end well. */
type Runner = (args: readonly string[]) => void | Promise<void>;

/** Prints times, the share of a process's start, and the exponents of growth (1 = linear): natively, and by Windows' Node under wine. */
export async function compareWindowsReview({ project, folder, tell }: Surroundings): Promise<readonly Comparison[]> {
  const published = await readFile(join(project, 'test/fixtures/windows/big-v2.33/firewallrules.txt'), 'utf8');
  const windows = join(folder, 'windows');
  await mkdir(windows);
  tell('Windows review: starting wine ...');
  const windowsNode = await findWindowsNode();
  const runners: Readonly<Record<keyof typeof runnerWords, Runner>> = {
    native: runNode,
    wine: (args) => must(wine(windows, 'wine', [windowsNode, ...args]), "Windows' Node"),
  };
  const comparisons: Comparison[] = [];
  try {
    startWindows(windows);
    for (const on of ['native', 'wine'] as const)
      for (const kind of ['shut', 'shared'] as const) {
        const measured: Measured[] = [];
        for (const size of sizes) {
          tell(`Windows review, ${runnerWords[on]}: ${size} rules, ${kindWords[kind]} ...`);
          const file = join(folder, `windows-${kind}-${size}.txt`);
          await writeFile(file, windowsPolicy(published, size, kind));
          measured.push(await measure(runners[on], folder, file, size));
        }
        console.log(`\n${layGrowth(`${runnerWords[on]}, ${kindWords[kind]}`, measured)}`);
        const limitedOnes = on === 'native' ? measured.filter(({ size }) => size === limited) : [];
        comparisons.push(...limitedOnes.map((one) => beside(one, kindWords[kind])));
      }
  } finally {
    await endWindows(windows);
  }
  return comparisons;
}

const kindWords = { shut: 'as published', shared: 'with file sharing on' } as const;
const runnerWords = { native: 'natively', wine: "by Windows' Node under wine" } as const;

interface Measured {
  readonly size: number;
  /** Milliseconds of an empty Node process. */
  readonly empty: readonly number[];
  readonly reviews: readonly WindowsReviewTimes[];
}

async function measure(run: Runner, folder: string, file: string, size: number): Promise<Measured> {
  const [program, into] = [join(folder, 'windows-review-program.js'), join(folder, 'windows-review.json')];
  const { empty, ours } = await alternate<'empty' | 'ours', WindowsReviewTimes>(
    {
      empty: async () => {
        const started = performance.now();
        await run(['--eval', '0']);
        return { read: 0, judge: 0, all: performance.now() - started, verdict: '' };
      },
      ours: async () => {
        const started = performance.now();
        await run([program, file, into]);
        const all = performance.now() - started;
        return { ...(JSON.parse(await readFile(into, 'utf8')) as WindowsReviewTimes), all };
      },
    },
    { warmUp: 1, counted: 7 },
  );
  return { size, empty: empty.map(({ all }) => all), reviews: ours };
}

function beside({ size, reviews }: Measured, kind: string): Comparison {
  return {
    title: `Windows review, ${size} rules ${kind}`,
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
  return [`Windows policies ${kind}:`, ...rows, `Exponents of growth (1 = linear): ${exponents.join(', ')}.`].join(
    '\n',
  );
}

/** By the pinned Node. */
function runNode(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The review of a Windows policy ended with ${code}.`));
    });
  });
}
