// What the keeper did is said once, whatever the app was doing then.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKeeperNews, type News, newsOf } from '../../../main/app/notifications';
import type { Kept } from '../../../main/model/kept';
import { message, verbatim } from '../../../main/model/message';
import type { Shield } from '../../../main/model/shield';
import type { ShieldVerdict } from '../../../main/model/verdicts';
import { inEnglish } from '../in-english';

const shield: Shield = {
  id: '0123abcd',
  since: '2026-11-24T12:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: 'CVE-2020-0796',
};
const quiet: Kept = {
  ...{ schema: 'breakwater/kept@1', at: '2026-11-24T12:30:00.000Z', sureAt: null, boot: null, state: 'whole', shield },
  ...{
    wholeAt: null,
    restoredAt: null,
    restores: 0,
    counted: null,
    hours: [],
    patch: null,
    otherServers: null,
    waitsFor: null,
  },
  ...{ warnings: [], ended: null },
};
const ended: Kept = {
  ...quiet,
  shield: null,
  state: 'none',
  ended: { at: '2026-11-25T08:00:00.000Z', shield, why: 'This PC is patched for CVE-2020-0796: it is.' },
};
const seen = (kept: Kept | null): ShieldVerdict => ({
  ...{ state: 'none', shield: null, because: [], provedAt: null, counted: null, kept, end: null },
});

let folder: string;
let said: News[];
const path = (): string => join(folder, 'deep/keeper-news.json');
const start = () => createKeeperNews(path(), (news) => void said.push(news));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakwater-news-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const passed = { code: 'date-passed', text: 'Its date has passed.', since: '2026-11-24T13:00:30.000Z' } as const;

test.each([
  'clock-wrong',
  'date-passed',
  'foreign-table',
  'not-lifted',
  'not-put-back',
  'not-written',
  'schedule-broken',
  'left-switched-off',
  'record-long',
] as const)('a warning (%s) whose text is another one each time is said once, until it comes again', (code) => {
  const news = start();
  news.take(seen(quiet));
  for (let look = 0; look < 20; look++)
    news.take(seen({ ...quiet, warnings: [{ ...passed, code, text: `At 13:${10 + look} process ${look} ...` }] }));
  expect(said).toHaveLength(1);
  news.take(seen(quiet));
  news.take(seen({ ...quiet, warnings: [{ ...passed, code, since: '2026-11-24T15:00:00.000Z' }] }));
  expect(said).toHaveLength(2);
});

test('a shield that was lifted, rules that were put back and warnings are news; a quiet look is none', () => {
  expect(newsOf(seen(null))).toEqual([]);
  expect(newsOf(seen(quiet))).toEqual([]);
  expect(newsOf(seen(ended))).toMatchObject([
    { title: message('app.news.down'), body: verbatim(ended.ended?.why ?? '') },
  ]);
  const busy = { ...quiet, restoredAt: '2026-11-24T13:10:30.000Z', warnings: [passed] };
  expect(newsOf(seen(busy)).map(({ title }) => title.code)).toEqual(['app.news.put-back', 'app.news.warning']);
});

test('each is said once, also over a start of the app, and what happened meanwhile is said then', () => {
  const first = start();
  first.take(seen(quiet));
  first.take(seen(ended));
  first.take(seen(ended));
  expect(said.map(({ title }) => title.code)).toEqual(['app.news.down']);
  start().take(seen(ended));
  expect(said).toHaveLength(1);
  start().take(seen({ ...quiet, warnings: [passed] }));
  expect(inEnglish(said.at(-1)?.body)).toBe('Its date has passed.');
});

test('rules that are wiped over and over are told of once an hour', () => {
  const news = start();
  news.take(seen(quiet));
  for (const at of ['13:00:00', '13:00:30', '13:59:59', '14:00:10'])
    news.take(seen({ ...quiet, restoredAt: `2026-11-24T${at}.000Z` }));
  expect(said).toHaveLength(2);
});

test('what happened before anybody listened is not said, nor is a damaged memory taken for one', () => {
  start().take(seen(ended));
  expect(said).toEqual([]);
  writeFileSync(path(), '{"said":');
  start().take(seen(ended));
  expect(said).toEqual([]);
  expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual([`ended ${ended.ended?.at}`]);
});
