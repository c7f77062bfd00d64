// The advisories as last judged, kept where they were judged: summary, pages, search, and bounds whatever the catalogue holds.
import { expect, it } from 'vitest';
import { createAdvisoryShelf } from '../../../../main/app/ipc/advisory-pager';
import { verbatim } from '../../../../main/model/message';
import type { Catalogue, PatchVerdict } from '../../../../preload/contract';
import { catalogue, patches } from '../../../window/fake-advisories';

const put = (verdict: PatchVerdict) => {
  const shelf = createAdvisoryShelf(5);
  const summary = shelf.put(verdict);
  const find = (text: string, first = 0, by: Catalogue | null = catalogue) =>
    shelf.find({ patch: summary.number, text, first }, by);
  return { shelf, summary, find };
};

it('sums up what is open, what could not be judged, and how far the attacks are along', () => {
  const { summary } = put(patches.missing);
  expect(summary.counts).toEqual({ vulnerable: 1, unknown: 0, patched: 44, 'not-affected': 0 });
  expect(summary.urgent.map(({ id }) => id)).toEqual(['CVE-2020-0796']);
  expect(summary.stages.find(({ stage }) => stage === 'known-exploited')).toEqual({
    stage: 'known-exploited',
    all: 1,
    here: 1,
    untold: 0,
  });
  expect(put(patches.unknown).summary).toMatchObject({ untold: 1, waiting: { unknown: 0 } });
  expect(put(patches.unknown).summary.stages.find(({ stage }) => stage === 'known-exploited')).toMatchObject({
    ...{ here: 0, untold: 1 },
  });
  expect(put(patches.restart).summary.waiting).toEqual({ vulnerable: 1, unknown: 0 });
});

it.each([
  ['', 45],
  ['cve-2020', 1],
  ['kb4551762', 1],
  ['vulnerable', 1],
  ['PATCHED publisher', 44],
  ['patched exploited', 0],
])('finds by every word of %j', (text, count) => {
  expect(put(patches.missing).find(text)?.count).toBe(count);
});

it.each([
  [0, 0, 20],
  [19, 0, 20],
  [20, 20, 20],
  [44, 40, 5],
  [9e9, 40, 5],
])('the page at place %d begins at %d', (place, begin, length) => {
  const found = put(patches.missing).find('', place);
  expect([found?.first, found?.page.length]).toEqual([begin, length]);
});

it('shows one by its id in any case, with what the catalogue tells of it', () => {
  const { shelf, summary } = put(patches.missing);
  const shown = shelf.show(summary.number, 'cve-2020-0796', catalogue);
  expect(shown).toMatchObject({ state: 'vulnerable', kev: { since: '2022-02-10', ransomware: 'known' } });
  expect(shown).toHaveProperty('course.length', 3);
  expect(shelf.show(summary.number, 'CVE-1999-0001', catalogue)).toBe('none');
});

it('shows of what a notice or a bulletin names the one that decides', () => {
  const { shelf, summary } = put(patches.missing);
  const [ghost, other] = catalogue.advisories;
  const source = (id: string) => ({ ...ghost!.sources[0]!, id });
  const named: Catalogue = {
    ...catalogue,
    advisories: [
      { ...other!, sources: [source('DSA-1-1')], title: 'A hole (MS20-001)' },
      { ...ghost!, sources: [source('DSA-1-1')], title: 'Another one of MS20-001' },
    ],
  };
  for (const reason of ['dsa-1-1', 'MS20-001'])
    expect(shelf.show(summary.number, reason, named)).toMatchObject({ id: 'CVE-2020-0796', state: 'vulnerable' });
});

it('still tells the verdict where the catalogue is gone', () => {
  expect(put(patches.missing).find('2020', 0, null)?.page[0]).toMatchObject({ state: 'vulnerable', sources: [] });
});

it('a number names one verdict only', () => {
  const { shelf, summary, find } = put(patches.missing);
  expect(shelf.put(patches.patched).number).not.toBe(summary.number);
  expect(find('')).toBeNull();
  expect(shelf.show(summary.number, 'CVE-2020-0796', catalogue)).toBe('outdated');
});

it('ten thousand advisories with long texts cross in small parts', () => {
  const [, one] = catalogue.advisories;
  const [, verdict] = patches.missing.verdicts;
  const long = 'x'.repeat(100_000);
  const ids = Array.from({ length: 10_000 }, (_, index) => `CVE-2030-${index}`);
  const sources = Array.from({ length: 500 }, () => one!.sources[0]!);
  const great: Catalogue = { ...catalogue, advisories: ids.map((id) => ({ ...one!, id, summary: long, sources })) };
  const state = 'vulnerable' as const;
  const { summary, find } = put({
    ...patches.missing,
    verdicts: ids.map((id) => ({ ...verdict!, id, state, title: long, because: verbatim(long) })),
  });
  expect(summary).toMatchObject({ counts: { vulnerable: 10_000 }, moreUrgent: 9_990 });
  expect(JSON.stringify(summary).length).toBeLessThan(100_000);
  expect(JSON.stringify(find('', 5000, great)).length).toBeLessThan(250_000);
});
