import { expect, test } from 'vitest';
import { createShownPlans } from '../../../../main/app/ipc/shown-plans';
import { verbatim } from '../../../../main/model/message';
import type { Plan } from '../../../../main/model/plan';

const plan = (warning = ''): Plan => ({
  kind: 'lift',
  shield: null,
  replaces: null,
  changes: [],
  effects: [],
  warnings: [verbatim(warning)],
  permission: null,
  end: null,
});

test('a plan that was shown is given out once', () => {
  const plans = createShownPlans(() => 0);
  const shown = plan();
  const token = plans.keep(shown);
  expect(token).toMatch(/^[0-9a-f]{32}$/);
  expect(plans.take(token)).toBe(shown);
  expect(plans.take(token)).toBeNull();
});

test('a plan is forgotten after ten minutes, not before', () => {
  let now = 0;
  const plans = createShownPlans(() => now);
  const [early, late] = [plans.keep(plan()), plans.keep(plan())];
  now = 599_999;
  expect(plans.take(early)).not.toBeNull();
  now = 600_000;
  expect(plans.take(late)).toBeNull();
});

test('a token that was never given out names nothing', () => {
  const plans = createShownPlans(() => 0);
  plans.keep(plan());
  expect(plans.take('00'.repeat(16))).toBeNull();
});

test('a window that asks for plans without end keeps only the last ones', () => {
  const plans = createShownPlans(() => 0);
  const tokens = Array.from({ length: 100 }, (_, at) => plans.keep(plan(`${at}`)));
  const kept = tokens.map((token) => plans.take(token)).filter((found) => found !== null);
  expect(kept).toHaveLength(16);
  expect(kept.at(-1)?.warnings).toEqual([verbatim('99')]);
});
