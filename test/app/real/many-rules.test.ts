// A firewall with fifty thousand rules behind the real window, on a real kernel, beside one with a hundred.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '../../../renderer/words';
import { flatRules } from '../../bench/review-rules';
import { openInBed, type WindowInBed } from './window-in-bed';

const many = 50_000;
/** The pause that nobody takes for a window that hangs, and far above what is measured here: 0.1 s on two cores. */
const hanging = 1000;
/** Characters in one message: the most that a page of each list and the rulesets' first lines can come to. */
const largest = 250_000;

/** What somebody does on the page, in order. */
const moves = [
  ['look'],
  ['firewall'],
  ['search', '445 accept'],
  ['clear'],
  ['unfold'],
  ['later'],
  ['scroll'],
  ['details'],
  ['check'],
] as const;

interface Watched {
  readonly page: { readonly pause: number; readonly message: number };
  readonly app: { readonly pause: number };
}
interface Experience {
  readonly said: Readonly<Record<string, unknown>>;
  readonly watched: Readonly<Record<string, Watched>>;
  readonly answers: { readonly look: number; readonly rules: number; readonly counted: number };
}

async function experience(count: number): Promise<Experience> {
  const open: WindowInBed = await openInBed(`${flatRules(count)}insert rule inet great input iifname "lo" accept\n`);
  try {
    await open.tell('check');
    await open.tell('watch');
    const said: Record<string, unknown> = {};
    const watched: Record<string, Watched> = {};
    for (const [move, argument] of moves) {
      said[move] = await open.tell(move, argument);
      watched[move] = (await open.tell('watched')) as Watched;
    }
    const answers = (await open.tell('answers')) as Experience['answers'];
    await open.picture(`many-rules/${count}`);
    expect(await open.tell('faults')).toEqual([]);
    return { said, watched, answers };
  } finally {
    await open.close();
  }
}

let few: Experience;
let great: Experience;
beforeAll(async () => {
  few = await experience(100);
  great = await experience(many);
}, 240_000);
afterAll(() => {
  const lines = moves.map(([move]) => {
    const [a, b] = [few.watched[move], great.watched[move]];
    return `  ${move.padEnd(9)} page ${a?.page.pause} / ${b?.page.pause} ms, app ${a?.app.pause} / ${b?.app.pause} ms`;
  });
  console.log(`Longest pauses with 100 / ${many} rules:\n${lines.join('\n')}`);
});

test('all rules were read and judged, and can be searched', () => {
  expect(String(great.said.firewall)).toContain(words.firewallPage.verdict.partly);
  expect(great.answers.counted).toBeGreaterThan(many);
  expect(String(great.said.search)).toMatch(/^\d{5} of \d{5,6} entries shown\.$/);
});

test('the window never gets more than a page of them at a time', () => {
  const messages = Object.values(great.watched).map(({ page }) => page.message);
  expect(Math.max(...messages, great.answers.look, great.answers.rules)).toBeLessThan(largest);
  expect(Number(great.said.unfold)).toBeLessThan(6000);
});

test('neither the page nor the app is held up for longer than anything takes with a hundred rules', () => {
  const longest = ({ watched }: Experience): number =>
    Math.max(...Object.values(watched).flatMap(({ page, app }) => [page.pause, app.pause]));
  // Beside a busy neighbour both wait for their turn; the rules must not be what they wait for.
  expect(longest(great)).toBeLessThan(Math.max(hanging, 3 * longest(few)));
});
