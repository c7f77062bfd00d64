// A review of great rulesets beside nft's own listing of them, and how time and memory grow with the number of rules.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alternate } from './alternate';
import type { Surroundings } from './bench';
import { type Comparison, median } from './comparison';
import { type Conversation, converse } from './conversation';
import { exponent, inMs } from './growth';
import type { ReviewQuestion, ReviewTimes } from './review-program';
import { flatRules, mixedRules } from './review-rules';

const sizes = [1_000, 10_000, 50_000, 200_000] as const;
/** The size the limits are about. */
const limited = 50_000;
const rounds = (size: number): { warmUp: number; counted: number } => ({ warmUp: 0, counted: size > limited ? 1 : 3 });

/** Also prints the exponents of growth: 1 = time grows as the rules do, 2 = with their square. */
export async function compareReview({ folder, tell }: Surroundings): Promise<readonly Comparison[]> {
  const flat: Measured[] = [];
  for (const size of sizes) {
    tell(`review: ${size} rules ...`);
    flat.push(await measure(folder, `flat-${size}`, size, flatRules(size)));
  }
  tell(`review: ${limited} rules in chains, with sets ...`);
  const mixed = await measure(folder, 'mixed', limited, mixedRules(limited));
  console.log(`\n${layGrowth(flat)}`);
  return [...flat.filter(({ size }) => size === limited), mixed].flatMap(beside);
}

interface Measured {
  readonly title: string;
  readonly size: number;
  readonly nft: readonly number[];
  readonly reviews: readonly ReviewTimes[];
}

async function measure(folder: string, title: string, size: number, rules: string): Promise<Measured> {
  const place = join(folder, title);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'rules.nft'), rules);
  const program = spawn('unshare', ['--net', process.execPath, join(folder, 'review-program.js')]);
  const talk: Conversation<ReviewQuestion, ReviewTimes> = converse('The review', program);
  const ended = new Promise((resolve) => program.once('close', resolve));
  try {
    await talk.ask({ load: place });
    const { nft, ours } = await alternate(
      { nft: () => talk.ask({ list: place }), ours: () => talk.ask({ review: place }) },
      rounds(size),
    );
    return { title, size, nft: nft.map((times) => times.nft), reviews: ours };
  } finally {
    talk.end();
    await ended;
  }
}

function beside({ title, nft, reviews }: Measured): readonly Comparison[] {
  const theirs = { what: 'nft -j list ruleset', values: nft };
  const whole = reviews.map(({ read, judge }) => read + judge);
  const judging = reviews.map(({ judge }) => judge);
  return [
    { title: `review, ${title}`, unit: 'ms', ours: { what: 'read and judge', values: whole }, theirs, limit: 2 },
    { title: `review, ${title}`, unit: 'ms', ours: { what: 'judge', values: judging }, theirs, limit: 0.1 },
  ];
}

function layGrowth(measured: readonly Measured[]): string {
  const of = (key: 'read' | 'judge' | 'memory'): readonly number[] =>
    measured.map(({ reviews }) => median(reviews.map((times) => times[key])));
  const [read, judge, memory] = [of('read'), of('judge'), of('memory')];
  const rows = measured.map(
    ({ size, nft }, index) =>
      `${String(size).padStart(7)} rules: read ${inMs(read[index] ?? 0)}, judge ${inMs(judge[index] ?? 0)}, nft ${inMs(median(nft))}, memory ${memory[index]?.toFixed(0)} MB`,
  );
  const sized = measured.map(({ size }) => size);
  const exponents = { read, judge, memory, nft: measured.map(({ nft }) => median(nft)) };
  const line = Object.entries(exponents).map(([name, values]) => `${name} ${exponent(sized, values).toFixed(2)}`);
  return [...rows, `Exponents of growth (1 = linear): ${line.join(', ')}.`].join('\n');
}
