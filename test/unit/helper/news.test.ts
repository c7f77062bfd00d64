// The keeper's lines in the system's journal: one each, whatever is in their text.
import { expect, it } from 'vitest';
import { newsOf } from '../../../main/helper/news';

const done = (...notes: readonly string[]) => newsOf({ kind: 'done', unchanged: false, shield: {} as never, notes });

it('has a line for each piece of news, and none where nothing happened', () => {
  expect(done('It was mended.', 'It was put back.')).toBe('<5>It was mended.\n<5>It was put back.\n');
  expect(done()).toBe('');
  const failed = { kind: 'failed-undone', title: 'It failed', what: 'nft: a\nb.', todo: 'Try again.' } as const;
  expect(newsOf(failed)).toBe('<4>It failed. nft: a b. Try again.\n');
});

it('begins no line that somebody else chose', () => {
  const said = done('smbd (process 1, /tmp/x\n<0>All is well\r\u001b[2J\u2028)');
  expect(said).toMatch(/^<5>[^\n]*\n$/);
  expect(said).not.toMatch(/[\p{Cc}\p{Zl}]./u);
  expect(done('a'.repeat(100_000)).length).toBeLessThan(4100);
});
