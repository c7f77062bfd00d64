// The review of a ruleset against the kernel itself: random rulesets, and every one on which they once disagreed.
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviewLinux } from '../../main/policy/netfilter/review';
import { readFixtures, tell } from '../differential/found';
import { disagreements, knowingContainers } from '../differential/judged';
import { type Oracle, raiseOracle } from '../differential/oracle';
import { type Found, type Review, runTrials, type Tally } from '../differential/run';
import { givenTo, type Language } from '../differential/trial';

const seed = 445;
const counts: Readonly<Record<Language, number>> = { nftables: 3000, iptables: 120 };
const limit = 180_000;

describe.each(['nftables', 'iptables'] as const)('on random rulesets of %s, the review', (language) => {
  const found: Found[] = [];
  let tally: Tally;
  beforeAll(async () => {
    tally = await runTrials({
      language,
      seed,
      from: 0,
      count: counts[language],
      isOver: () => false,
      review: reviewLinux,
      mostFound: 3,
      onFound: (one) => void found.push(one),
    });
  }, limit);

  it('has nearly all of them loaded by the kernel, with connects that pass and connects that do not', () => {
    expect(tally.rulesets).toBeGreaterThan(counts[language] * 0.8);
    expect(tally.open).toBeGreaterThan(tally.probes * 0.1);
    expect(tally.open).toBeLessThan(tally.probes * 0.9);
  });

  it('has containers that answer what is led to them', () => {
    expect(tally.forwarding).toBeGreaterThan(tally.rulesets * 0.3);
    expect(tally.forwardedOpen).toBeGreaterThan(tally.forwarding);
  });

  it('never calls shut what the kernel lets through', () => {
    expect(told(found, 'dangerous')).toEqual([]);
    expect(tally.dangerous).toBe(0);
  });

  it('is exact wherever it names nothing as unsure', () => {
    expect(told(found, 'inexact')).toEqual([]);
    expect(tally.inexact).toBe(0);
  });

  it('gives an answer to every one', () => {
    expect(told(found, 'thrown')).toEqual([]);
    expect(tally.thrown).toBe(0);
  });

  it('is sure of most that are written in plain words', () => {
    expect(tally.plainExact).toBeGreaterThan(tally.plainReviews * leastExact[language]);
  });
});

/** Those of one kind, as text: a failing test then shows the rules. */
function told(found: readonly Found[], kind: Found['kind']): readonly string[] {
  return found.filter((one) => one.kind === kind).map(tell);
}

const leastExact: Readonly<Record<Language, number>> = { nftables: 0.9, iptables: 0.9 };

describe('a review that is wrong', () => {
  const wrong = (verdict: string, addresses: readonly string[][]): Review => {
    const [ipv4 = [], ipv6 = []] = addresses;
    return () => ({ verdict, reach: [{ interface: '*', ipv4, ipv6 }], unsure: [] });
  };

  it.each([
    ['dangerous', 'calls every door shut', wrong('closed', [])],
    ['inexact', 'calls every door open', wrong('open', [['0.0.0.0/0'], ['::/0']])],
  ] as const)('is caught (%s) when it %s, and shown on the smallest rules', async (kind, _, review) => {
    const found: Found[] = [];
    const onFound = (one: Found): void => void found.push(one);
    await runTrials({
      language: 'nftables',
      seed,
      // The one before is a nat chain, which works only beside a rule that makes the kernel track: never as small.
      from: 2,
      count: 20,
      isOver: () => false,
      review,
      mostFound: 1,
      onFound,
    });
    expect(found.map((one) => one.kind)).toEqual([kind]);
    expect(found[0]?.subject.text.split('\n').length).toBeLessThan(8);
  });
});

const fixtures = await readFixtures(fileURLToPath(new URL('../fixtures/differential', import.meta.url)));

describe('a ruleset on which review and kernel once disagreed', () => {
  // A kernel of its own for each: connection tracking goes off only a while after the rules that wanted it.
  let oracle: Oracle;
  beforeEach(() => {
    oracle = raiseOracle();
  });
  afterEach(() => oracle.close());

  it.each(fixtures)('is settled: $name', async ({ rules, probes, known, forwards = false }) => {
    const answer = await oracle.ask(
      rules,
      probes.map(({ probe }) => probe),
    );
    if ('error' in answer) throw new Error(answer.error);
    expect(answer.results).toEqual(probes.map(({ kernel }) => kernel));
    for (const [index, { probe }] of probes.entries()) {
      const whole = reviewLinux(givenTo(known, answer), { proto: probe.protocol, port: probe.port });
      const said = forwards && known !== 'no host' ? knowingContainers(whole) : whole;
      expect(disagreements(said, [probe], answer.results.slice(index, index + 1), 'both', forwards)).toEqual([]);
    }
  });
});
