// Entry of `npm run differential`: random rulesets against the kernel for a while; ends with 1 where review and kernel disagree.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reviewLinux } from '../../main/policy/netfilter/review';
import { noteFound, tell, writeFixture } from './found';
import { type Found, runTrials, type Tally } from './run';
import { layTally } from './tally';
import type { Language } from './trial';

interface Wish {
  readonly minutes: number;
  readonly seed: number;
  /** Numbers of rulesets are counted from here: one of them can be tried again alone. */
  readonly from: number;
  readonly count: number;
  readonly languages: readonly Language[];
  /** The folder disagreements are written into, as fixtures and one page; null = only printed. */
  readonly write: string | null;
}

const usage = `Usage: npm run differential -- --minutes N [--seed S] [--from N] [--count N] [--only nftables|iptables] [--write FOLDER]`;

/** Rules of nftables load a hundred times faster than those of iptables: most of the time is theirs. */
const shares: Readonly<Record<Language, number>> = { nftables: 0.8, iptables: 0.2 };
const mostShrunk = 40;

process.exitCode = await main(process.argv.slice(2));

/** 0 = no disagreement; 1 = some, each printed; 2 = wrong usage. */
async function main(args: readonly string[]): Promise<number> {
  const wish = parse(args);
  if (wish === null) {
    console.error(usage);
    return 2;
  }
  let disagree = false;
  const whole = wish.languages.reduce((sum, language) => sum + shares[language], 0);
  for (const language of wish.languages) {
    const until = Date.now() + (wish.minutes * 60_000 * shares[language]) / whole;
    const tally = await run(language, wish, until);
    disagree ||= tally.dangerous + tally.inexact + tally.thrown > 0;
  }
  return disagree ? 1 : 0;
}

async function run(language: Language, { seed, from, count, write }: Wish, until: number): Promise<Tally> {
  const started = Date.now();
  const tally = await runTrials({
    language,
    seed,
    from,
    count,
    isOver: () => Date.now() >= until,
    review: reviewLinux,
    mostFound: mostShrunk,
    onFound: (found) => note(found, write),
    onProgress: (so) => console.error(`${language}: ${so.rulesets} rulesets, ${so.probes} probes ...`),
  });
  console.log(`\n${layTally(`${language}, seed ${seed}`, tally, Date.now() - started)}`);
  return tally;
}

async function note(found: Found, write: string | null): Promise<void> {
  console.log(`\n${tell(found)}`);
  if (write === null) return;
  await writeFixture(write, found);
  await noteFound(join(write, 'FOUND.md'), found);
}

function parse(args: readonly string[]): Wish | null {
  try {
    const text = { type: 'string' } as const;
    const options = { minutes: text, seed: text, from: text, count: text, only: text, write: text };
    const { values } = parseArgs({ args: [...args], options });
    const number = (given: string | undefined, otherwise: number): number =>
      given === undefined ? otherwise : Number(given);
    const wish: Wish = {
      minutes: number(values.minutes, values.count === undefined ? 1 : 600),
      seed: number(values.seed, Math.floor(Math.random() * 2 ** 31)),
      from: number(values.from, 0),
      count: number(values.count, Number.POSITIVE_INFINITY),
      languages: values.only === undefined ? ['nftables', 'iptables'] : [values.only as Language],
      write: values.write ?? null,
    };
    const numbers = [wish.minutes, wish.seed, wish.from, wish.count];
    return numbers.some((one) => Number.isNaN(one) || one < 0) || wish.languages.some((one) => !(one in shares))
      ? null
      : wish;
  } catch {
    return null;
  }
}
