// What a run counted, as lines for people. Pure.
import type { Tally } from './run';

const mostReasons = 25;

/** `took` in ms. */
export function layTally(title: string, tally: Tally, took: number): string {
  const { forwarding, forwardedOpen } = tally;
  const { rulesets, refused, probes, open, reviews, exact, plainReviews, plainExact, dangerous, inexact, thrown } =
    tally;
  const lines = [
    `${title}: ${rulesets} rulesets (${Math.round((rulesets / took) * 1000)} a second; ${refused} more were refused by nft), ${probes} probes, ${share(open, probes)} of them open.`,
    `With containers: ${forwarding} rulesets, ${forwardedOpen} connects that a container answered.`,
    `Judged exactly: ${share(exact, reviews)} of ${reviews} reviews; ${share(plainExact, plainReviews)} of those in plain words with everything known (${plainReviews}).`,
    `Time in reviews: ${(tally.reviewing / Math.max(1, reviews)).toFixed(2)} ms each.`,
    `Disagreements, by probe: ${dangerous} dangerous (said shut, passed), ${inexact} inexact (said open and sure, did not pass), ${thrown} thrown.`,
  ];
  const reasons = [...tally.needless.entries()].sort(([, a], [, b]) => b.count - a.count).slice(0, mostReasons);
  if (reasons.length > 0) lines.push('Unsure in plain words, though everything was known:');
  for (const [why, { count, number, rule }] of reasons) lines.push(`  ${count} x ${why} (ruleset ${number}: ${rule})`);
  return lines.join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((part / whole) * 100).toFixed(1)} %`;
}
