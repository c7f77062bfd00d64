// The rules of the last review, kept where they were judged: pages, search, and numbers that never name another review's rules.
import { describe, expect, it } from 'vitest';
import { createRuleShelf, pageSize } from '../../../../main/app/ipc/rule-pager';
import type { Because, Review, RuleList } from '../../../../preload/contract';
import { reviews } from '../../../window/fake-doorway';

const first = { deciding: 0, unsure: 0, shadowed: 0, listed: 0 };
const reason = (index: number, more: Partial<Because> = {}): Because => ({
  effect: 'allow',
  rule: `ip saddr 10.0.${index >> 8}.${index & 255} tcp dport 445 accept`,
  where: 'inet filter input',
  says: null,
  advice: null,
  ...more,
});
const reviewOf = (...because: readonly Because[]): Review => ({ ...reviews.partly, because });

function shelved(review: Review) {
  const shelf = createRuleShelf(7);
  const put = shelf.put(review, null);
  const find = (text: string, place: Partial<Record<RuleList, number>> = {}) =>
    shelf.find({ review: put.review, text, first: { ...first, ...place } });
  return { shelf, put, find };
}

describe('pages', () => {
  const { put, find } = shelved(reviewOf(...Array.from({ length: 125 }, (_, index) => reason(index))));

  it('begin where asked, at the page in which the place lies, or at the last one', () => {
    expect(put.counts).toEqual({ ...first, deciding: 125 });
    for (const [place, begin, length] of [
      [0, 0, pageSize],
      [49, 0, pageSize],
      [50, 50, pageSize],
      [124, 100, 25],
      [125, 100, 25],
      [9e9, 100, 25],
    ] as const) {
      const found = find('', { deciding: place });
      expect([found?.first.deciding, found?.pages.deciding.length]).toEqual([begin, length]);
    }
    expect(find('', { deciding: 100 })?.pages.deciding[24]?.text).toBe(reason(124).rule);
  });

  it('are of what was found where something is searched for', () => {
    const found = find('10.0.0.1', { deciding: 60 });
    expect(found?.counts.deciding).toBe(1 + 10 + 25);
    expect(found?.first.deciding).toBe(0);
  });
});

describe('the search', () => {
  const { find } = shelved({
    ...reviewOf(reason(1, { says: 'ufw allows Samba' }), reason(2, { effect: 'shadowed', where: 'ip filter OUTPUT' })),
    unsure: [{ rule: 'limit rate 5/second', why: 'It depends on how many come' }],
  });

  it.each([
    ['SAMBA', { deciding: 1 }],
    ['output 445', { shadowed: 1 }],
    ['how many', { unsure: 1 }],
    ['445 10.0.0.', { deciding: 1, shadowed: 1 }],
    ['445 nothing', {}],
    ['  ', { deciding: 1, unsure: 1, shadowed: 1 }],
  ])('finds the rules in which every word of %j stands', (text, counts) => {
    expect(find(text)?.counts).toEqual({ ...first, ...counts });
  });
});

it('a rule that is a page long is cut, and says how much is left out; the search sees all of it', () => {
  const { find } = shelved(reviewOf(reason(1, { rule: `${'x'.repeat(5000)} needle` })));
  const [rule] = find('needle')?.pages.deciding ?? [];
  expect([rule?.text.length, rule?.rest]).toEqual([2000, 3007]);
});

it('a number names one review only: after another one was put there, or before any was, there are no rules', () => {
  const { shelf, put, find } = shelved(reviews.partly);
  const next = shelf.put(reviews.open, null);
  expect(next.review).not.toBe(put.review);
  expect(find('')).toBeNull();
  expect(shelf.find({ review: next.review, text: '', first })?.counts.deciding).toBe(1);
  expect(createRuleShelf(7).find({ review: 7, text: '', first })).toBeNull();
});
