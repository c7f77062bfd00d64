// Runs trials: draws rules, asks the kernel and the review, counts, and makes every disagreement small.
import { wordsInEnglish } from '../unit/in-english';
import { type Disagreement, disagreements, knowingContainers, type Said } from './judged';
import { type Answer, type Oracle, type Probe, raiseOracle } from './oracle';
import { shrink } from './shrink';
import type { Subject } from './subject';
import { drawTrial, type Given, givenTo, type Known, type Language, type Trial } from './trial';

/** The review under test. It throws on bad input only; a throw counts as a disagreement. */
export type Review = (given: Given, query: { readonly proto: 'tcp' | 'udp'; readonly port: number }) => Said;

export interface Tally {
  rulesets: number;
  /** Not loaded: the grammar drew what nft refuses. */
  refused: number;
  probes: number;
  open: number;
  /** Rulesets that may lead connections to containers, and what came through with them. */
  forwarding: number;
  forwardedOpen: number;
  /** Reviews without anything unsure. */
  exact: number;
  reviews: number;
  /** Those of rulesets in plain words, with everything known to the review. */
  plainExact: number;
  plainReviews: number;
  dangerous: number;
  inexact: number;
  thrown: number;
  /** How often something was unsure in plain words though everything was known, by reason. */
  readonly needless: Map<string, { count: number; readonly number: number; readonly rule: string }>;
  /** Time the reviews took, ms. */
  reviewing: number;
}

export interface Found {
  readonly kind: Disagreement['kind'] | 'thrown';
  readonly language: Language;
  readonly seed: number;
  readonly number: number;
  readonly subject: Subject;
  readonly known: Known;
  readonly forwards: boolean;
  readonly probe: Probe;
  readonly kernel: string;
  readonly problem: string | null;
  readonly answer: Answer;
}

export interface Plan {
  readonly language: Language;
  readonly seed: number;
  /** The first ruleset's number, and how many follow; Infinity = until `isOver`. */
  readonly from: number;
  readonly count: number;
  readonly isOver: () => boolean;
  readonly review: Review;
  /** Called with each disagreement, made small; the first few of a run only. */
  readonly onFound: (found: Found) => Promise<void> | void;
  readonly mostFound: number;
  readonly onProgress?: (tally: Tally) => void;
}

/** So many questions are on their way at once. */
const ahead = 6;

export async function runTrials(plan: Plan): Promise<Tally> {
  const tally = emptyTally();
  let oracle = raiseOracle();
  const queue: { readonly trial: Trial; readonly answer: Promise<Answer | { readonly error: string }> }[] = [];
  let next = plan.from;
  let shrunk = 0;
  try {
    for (;;) {
      while (queue.length < ahead && next < plan.from + plan.count && !plan.isOver()) {
        const trial = drawTrial(plan.language, plan.seed, next++);
        const answer = oracle.ask(trial.subject.rules, trial.probes);
        answer.catch(() => {});
        queue.push({ trial, answer });
      }
      const first = queue.shift();
      if (first === undefined) return tally;
      const { trial } = first;
      let answer: Answer | { readonly error: string };
      try {
        answer = await first.answer;
      } catch (problem) {
        // nft itself can fall over its own output; the ruleset is left out and the rest asked again.
        await oracle.close();
        oracle = raiseOracle();
        queue.splice(0);
        next = trial.number + 1;
        tally.refused++;
        if (tally.refused > 20 && tally.rulesets === 0) throw problem;
        continue;
      }
      if ('error' in answer) {
        tally.refused++;
        continue;
      }
      let failures = count(tally, trial, answer, plan.review);
      // A busy machine can be late with an answer: silence counts only where it is met again.
      if (failures.some(({ kernel }) => kernel === 'drop')) {
        const again = heardIn(answer, await askAgain(oracle, trial));
        failures = count(emptyTally(), trial, again, plan.review);
      }
      for (const { kind } of failures) tally[kind]++;
      const found = failures.find(({ kind }) => kind === 'dangerous') ?? failures[0];
      if (found === undefined || shrunk >= plan.mostFound) continue;
      shrunk++;
      await plan.onFound(await makeSmall(oracle, plan, trial, found));
      plan.onProgress?.(tally);
    }
  } finally {
    await oracle.close();
  }
}

function emptyTally(): Tally {
  return {
    ...{
      rulesets: 0,
      refused: 0,
      probes: 0,
      open: 0,
      forwarding: 0,
      forwardedOpen: 0,
      exact: 0,
      reviews: 0,
      plainExact: 0,
      plainReviews: 0,
    },
    ...{ dangerous: 0, inexact: 0, thrown: 0, reviewing: 0 },
    needless: new Map(),
  };
}

interface Failing {
  readonly kind: Found['kind'];
  readonly probe: Probe;
  readonly kernel: string;
  readonly problem: string | null;
}

/** The first answer, with what was silent in it as it was heard the second time. */
function heardIn(first: Answer, second: Answer): Answer {
  const results = first.results.map((result, index) =>
    result === 'drop' ? (second.results[index] ?? result) : result,
  );
  return { ...first, results };
}

/** Adds a trial to the tally, and tells its disagreements. */
function count(tally: Tally, trial: Trial, answer: Answer, review: Review): readonly Failing[] {
  tally.rulesets++;
  tally.probes += trial.probes.length;
  tally.open += answer.results.filter((result) => result === 'open').length;
  if (trial.forwards) tally.forwarding++;
  tally.forwardedOpen += answer.passedOn ?? 0;
  const failures: Failing[] = [];
  for (const group of groupsOf(trial.probes, answer)) {
    const started = performance.now();
    const judged = judge(trial, group, answer, review);
    tally.reviewing += performance.now() - started;
    tally.reviews++;
    failures.push(...judged.failures);
    const { said } = judged;
    if (said === null) continue;
    const wasExact = said.unsure.length === 0;
    if (wasExact) tally.exact++;
    if (!trial.plain || trial.known !== 'all') continue;
    tally.plainReviews++;
    if (wasExact) tally.plainExact++;
    for (const { rule, why } of said.unsure.slice(0, 1)) {
      const reason = wordsInEnglish(why);
      const seen = tally.needless.get(reason) ?? { count: 0, number: trial.number, rule: wordsInEnglish(rule) };
      seen.count++;
      tally.needless.set(reason, seen);
    }
  }
  return failures;
}

interface Group {
  readonly probes: readonly Probe[];
  readonly results: Answer['results'];
}

function judge(
  { known, stopsReplies, forwards }: Pick<Trial, 'known' | 'stopsReplies' | 'forwards'>,
  { probes, results }: Group,
  answer: Answer,
  review: Review,
): { readonly said: Said | null; readonly failures: readonly Failing[] } {
  const probe = probes[0];
  if (probe === undefined) return { said: null, failures: [] };
  try {
    const whole = review(givenTo(known, answer), { proto: probe.protocol, port: probe.port });
    // Without the PC's listeners the same is said of its own ports, of which nothing is known then.
    const said = forwards && known !== 'no host' ? knowingContainers(whole) : whole;
    const found = disagreements(said, probes, results, stopsReplies ? 'dangerous' : 'both', forwards);
    return { said, failures: found.map((one) => ({ ...one, problem: null })) };
  } catch (problem) {
    const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    return { said: null, failures: [{ kind: 'thrown', probe, kernel: results[0] ?? '', problem: text }] };
  }
}

/** Probes of one protocol and port together: one review answers them all. */
function groupsOf(probes: readonly Probe[], { results }: Answer): readonly Group[] {
  const groups = new Map<string, { probes: Probe[]; results: Answer['results'][number][] }>();
  for (const [index, probe] of probes.entries()) {
    const key = `${probe.protocol} ${probe.port}`;
    const group = groups.get(key) ?? { probes: [], results: [] };
    groups.set(key, group);
    group.probes.push(probe);
    group.results.push(results[index] ?? 'drop');
  }
  return [...groups.values()];
}

/** The same kind of disagreement, on the same probe, from as little as possible. */
async function makeSmall(oracle: Oracle, plan: Plan, trial: Trial, failing: Failing): Promise<Found> {
  const { probe, kind } = failing;
  let last: { readonly answer: Answer; readonly failing: Failing } | null = null;
  const fails = async (subject: Subject): Promise<boolean> => {
    const answer = await oracle.ask(subject.rules, [probe]);
    if ('error' in answer) return false;
    const { failures } = judge(trial, { probes: [probe], results: answer.results }, answer, plan.review);
    const same = failures.find((one) => one.kind === kind);
    if (same === undefined) return false;
    last = { answer, failing: same };
    return true;
  };
  // Alone, a probe may fare otherwise than after others (limits, sets that fill): then nothing is left out.
  const small = (await fails(trial.subject)) ? await shrink(trial.subject, fails) : trial.subject;
  const shown = (last ?? { answer: await askAgain(oracle, trial), failing }) as { answer: Answer; failing: Failing };
  const { language, seed } = plan;
  return {
    language,
    seed,
    number: trial.number,
    known: trial.known,
    forwards: trial.forwards,
    subject: small,
    answer: shown.answer,
    ...shown.failing,
  };
}

async function askAgain(oracle: Oracle, trial: Trial): Promise<Answer> {
  const answer = await oracle.ask(trial.subject.rules, trial.probes);
  if ('error' in answer) throw new Error(`The same rules were refused the second time: ${answer.error}`);
  return answer;
}
