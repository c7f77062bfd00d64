// The table of right verdicts on published holes: 128 PCs, each with what must be said of one hole, and what never may.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { AdvisoryVerdict } from '../../../main/model/advisory';
import { judgeAdvisory } from '../../../main/patch/judge/judge';
import { inEnglish } from '../in-english';
import { bundledCatalogue, pcLike } from './bundled';

type State = AdvisoryVerdict['state'];
interface Row {
  readonly name: string;
  readonly host: object;
  readonly id: string;
  readonly want: State;
  readonly accept?: readonly State[];
  readonly never?: readonly State[];
}
type Outcome = 'right' | 'gap' | 'missing' | 'wrong' | 'dangerous';

const file = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/patch/verdicts.json');
const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly Row[];
const catalogue = bundledCatalogue();

const isSafe = (state: State): boolean => state === 'patched' || state === 'not-affected';

/** `verdict` null = the catalogue has no such hole. */
function outcomeOf({ want, accept = [], never = [] }: Row, verdict: AdvisoryVerdict | null): Outcome {
  if (verdict === null) return 'missing';
  const { state } = verdict;
  if (state === want || accept.includes(state)) return 'right';
  if (never.includes(state) || (isSafe(state) && !isSafe(want))) return 'dangerous';
  return state === 'unknown' ? 'gap' : 'wrong';
}

it('says nothing dangerous and nothing wrong', () => {
  const judged = rows.map((row) => {
    const verdict = judgeAdvisory(catalogue, row.id, pcLike(row.host));
    return { row, verdict, outcome: outcomeOf(row, verdict) };
  });
  const of = (outcome: Outcome): readonly string[] =>
    judged
      .filter((one) => one.outcome === outcome)
      .map(
        ({ row, verdict }) =>
          `${row.name}, ${row.id}: ${row.want} is right; ${verdict?.state}: ${inEnglish(verdict?.because)}`,
      );
  const counts = Object.fromEntries(
    (['right', 'gap', 'missing', 'wrong', 'dangerous'] as const).map((outcome) => [outcome, of(outcome).length]),
  );
  process.stdout.write(`Of ${rows.length} rows: ${JSON.stringify(counts)}\n`);
  expect(of('dangerous')).toEqual([]);
  expect(of('wrong')).toEqual([]);
  // What was reached; more is better, and less is a step back.
  expect(of('right').length).toBeGreaterThanOrEqual(88);
  expect(of('missing').length).toBeLessThanOrEqual(17);
});
