// What reaches the window of strangers' words: every answer and every message, fit to be shown.
import type { WebContents } from 'electron';
import { expect, test, vi } from 'vitest';
import { type Answers, answerCall, openDoorway, sendTo } from '../../../main/app/ipc/ipc';
import { openEngine } from '../../../main/engine/open';
import { isSeen } from '../../../main/model/untrusted-text';
import type { CallName } from '../../../preload/contract';
import { poisoned, steering, stringsIn } from '../strangers';

vi.mock('electron', () => ({ protocol: {} }));

const seenWhole = (value: unknown): boolean => stringsIn(value).every((text) => isSeen(text.replaceAll(/[\n\t]/g, '')));

test.each(['debian-fileserver', 'windows-office'])('a whole inspection of %s, and each of its parts', async (name) => {
  const report = poisoned(await (await openEngine({ simulate: name, helper: '/nowhere' })).inspect());
  expect(seenWhole(report)).toBe(false);
  const answers = { 'pc:inspect': async () => report } as unknown as Answers;
  expect(seenWhole(await answerCall('pc:inspect', answers, []))).toBe(true);
  const sent: unknown[] = [];
  const contents = { isDestroyed: () => false, isCrashed: () => false, send: (...all: unknown[]) => sent.push(all) };
  const send = sendTo(contents as unknown as WebContents);
  send('pc:verdicts', report.verdicts);
  send('pc:fact', { name: 'servers', fact: report.facts.servers });
  expect(sent).toHaveLength(2);
  expect(seenWhole(sent)).toBe(true);
});

test('an error, too; and every call goes that way', async () => {
  const failing = async (): Promise<never> => {
    throw new Error(`no ${steering}`);
  };
  const handled = new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>();
  const names: readonly CallName[] = ['app:about', 'pc:inspect', 'patch:check', 'shield:settle'];
  const contents = { ipc: { handle: (name: string, answer: never) => handled.set(name, answer) } };
  const answers = Object.fromEntries(names.map((name) => [name, failing])) as unknown as Answers;
  openDoorway(contents as unknown as WebContents, answers);
  expect([...handled.keys()]).toEqual(names);
  for (const answer of handled.values()) {
    const event = { senderFrame: { parent: null, url: 'breakwater://app/index.html' } };
    const why = await answer(event).then(String, (error: Error) => error.message);
    expect(why).toContain('no \\u{1b}');
    expect(isSeen(why.replaceAll('\n', ''))).toBe(true);
  }
});
