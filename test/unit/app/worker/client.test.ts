// Reading and judging in another thread: both sides of the line, over a real channel, with an engine that a test can hold.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { type JudgeThread, judgeElsewhere } from '../../../../main/app/worker/client';
import type { FromJudge, ToJudge } from '../../../../main/app/worker/protocol';
import { serveJudge } from '../../../../main/app/worker/service';
import type { Engine } from '../../../../main/engine/engine';
import type { Ask } from '../../../../main/engine/flow';
import type { AskForText } from '../../../../main/engine/open';
import { ElevationFailed } from '../../../../main/host/elevation/elevation-failed';
import type { Fact, SystemFact } from '../../../../main/model/facts';
import type { Report } from '../../../../main/model/report';
import type { Request } from '../../../../main/model/request';
import type { Review } from '../../../../main/model/review';
import type { Verdicts } from '../../../../main/model/verdicts';
import { known } from '../../../window/fake-doorway';

const because = { effect: 'block', rule: 'drop', where: 'input', says: null, advice: null } as const;
const review: Review = { source: 'nftables', verdict: 'closed', reach: [], because: [because], unsure: [] };
const system = { state: 'failed', why: 'not asked' } as unknown as Fact<SystemFact>;
const verdicts = { door: { state: 'closed' }, review } as unknown as Verdicts;
const report = { schema: 'breakwater/inspect@1', facts: { system }, verdicts } as unknown as Report;
/** The same as it crosses to the window. */
const seen = {
  schema: 'breakwater/inspect@1',
  facts: { system },
  verdicts: { door: { state: 'closed' } },
  review: {
    number: expect.any(Number) as number,
    source: 'nftables',
    verdict: 'closed',
    said: { kind: 'nobody' },
    counts: { deciding: 1, unsure: 0, shadowed: 0, listed: 0 },
  },
};
const request: Request = { version: 1, notAfter: '2026-01-01T00:00:00Z', act: 'look' };
const never: AskForText = () => Promise.reject(new Error('nobody is asked in this test'));

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

interface Started {
  readonly engine: ReturnType<typeof judgeElsewhere>;
  /** Every message that came from the thread. */
  readonly sent: readonly FromJudge[];
  readonly starts: () => number;
  die(error: Error | null): void;
}

/** `there` is the engine in the thread; everything that is not given must not be called. */
function started(there: (ask: Ask) => Partial<Engine>, ask: AskForText = never): Started {
  const sent: FromJudge[] = [];
  let starts = 0;
  let die: (error: Error | null) => void = () => undefined;
  const start = (): JudgeThread => {
    starts++;
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveJudge(
      { postMessage: (message: FromJudge) => port2.postMessage(message), on: (event, hear) => port2.on(event, hear) },
      async (asked) => there(asked) as Engine,
    );
    const heard = new Map<string, (value: never) => void>();
    port1.on('message', (message: FromJudge) => sent.push(message));
    die = (error) => {
      if (error) heard.get('error')?.(error as never);
      heard.get('exit')?.(undefined as never);
    };
    return {
      postMessage: (message: ToJudge) => port1.postMessage(message),
      on: (event: string, hear: (value: never) => void) =>
        event === 'message' ? port1.on('message', hear as (message: FromJudge) => void) : heard.set(event, hear),
      terminate: async () => port1.close(),
    };
  };
  const here = { simulated: null, now: () => new Date(0) } as unknown as Engine;
  return { engine: judgeElsewhere(here, ask, start), sent, starts: () => starts, die: (error) => die(error) };
}

test('an inspection hands on each fact and verdict as it comes, the review without its rules, and none of it again at the end', async () => {
  const { engine } = started(() => ({
    inspect: async ({ onFact, onVerdicts } = {}) => {
      onFact?.('system', system);
      onVerdicts?.(verdicts);
      return report;
    },
  }));
  const heard: unknown[] = [];
  const got = await engine.inspect({
    onFact: (...fact) => heard.push(fact),
    onVerdicts: (told) => heard.push(told),
    onReview: (told) => heard.push(told),
  });
  const { review: _, ...rest } = verdicts;
  expect(heard).toMatchObject([['system', system], rest, seen.review]);
  expect(got).toEqual({ ...seen, facts: {}, review: undefined });
});

test('the rules of the last review are asked for in the thread, a page at a time; those of an earlier one are gone', async () => {
  const { engine } = started(() => ({ inspect: async () => report }));
  const first = { deciding: 0, unsure: 0, shadowed: 0, listed: 0 };
  const numbers: number[] = [];
  for (let time = 0; time < 2; time++) numbers.push((await engine.inspect()).review?.number ?? 0);
  const [gone, last] = await Promise.all(
    numbers.map((number) => engine.call('firewall:rules', { review: number, text: '', first })),
  );
  expect(gone).toBeNull();
  expect(last?.pages.deciding).toEqual([
    { effect: 'block', text: 'drop', rest: 0, says: null, where: 'input', advice: null },
  ]);
});

test('records are taken in by the thread; what can not be taken is told, not thrown', async () => {
  const refused = Array.from({ length: 10 }, (_, index) => ({ name: `record ${index}`, why: 'it is none' }));
  const updated = {
    from: '',
    scope: 'user',
    path: '',
    added: ['a', 'b'],
    replaced: ['c'],
    kept: 4,
    heldBack: [],
    refused,
    withdrawn: [],
  } as const;
  const { engine } = started(() => ({
    updateAdvisories: async (from) => {
      if (from !== '/good.json') throw new Error(`${from} holds no records.`);
      return updated;
    },
  }));
  expect(await engine.takeRecords('/good.json')).toEqual({
    kind: 'taken',
    added: 2,
    replaced: 1,
    kept: 4,
    refused: refused.slice(0, 8),
    moreRefused: 2,
  });
  expect(await engine.takeRecords('/bad.json')).toEqual({ kind: 'refused', why: '/bad.json holds no records.' });
});

test('a review that stays the same crosses once', async () => {
  const { engine } = started(() => ({
    inspect: async ({ onVerdicts } = {}) => {
      for (const judged of [null, review, review, null]) onVerdicts?.({ ...verdicts, review: judged });
      return report;
    },
  }));
  const heard: unknown[] = [];
  await engine.inspect({ onReview: (told) => heard.push(told) });
  expect(heard).toMatchObject([seen.review, null]);
});

test('stopping reaches the thread', async () => {
  const stop = new AbortController();
  const { engine } = started(() => ({
    inspect: ({ signal } = {}) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(report), { once: true })),
  }));
  const inspected = engine.inspect({ signal: stop.signal });
  stop.abort();
  expect(await inspected).toMatchObject(seen);
});

test('two inspections at once each get their own answer', async () => {
  let count = 0;
  const { engine, starts } = started(() => ({
    inspect: async () => ({ ...report, simulated: `number ${++count}` }),
  }));
  const both = await Promise.all([engine.inspect(), engine.inspect()]);
  expect(both.map(({ simulated }) => simulated)).toEqual(['number 1', 'number 2']);
  expect(starts()).toBe(1);
});

test('a look asks the helper from the app, and the thread judges the answer', async () => {
  const asked: Request[] = [];
  const ruleset = { kind: 'simulated', shield: null, counted: null } as const;
  const { engine } = started(
    (ask) => ({
      look: async ({ onStep } = {}) => {
        onStep?.('asking-permission');
        const answer = await ask(request);
        const looked = answer.act === 'look' ? known(answer.ruleset) : null;
        return { report: { ...report, facts: { ruleset: looked } } as unknown as Report };
      },
    }),
    async (wanted) => {
      asked.push(wanted);
      return JSON.stringify({ schema: 'breakwater/answer@1', act: 'look', ruleset });
    },
  );
  const steps: string[] = [];
  const looked = await engine.look({ onStep: (step) => steps.push(step) });
  expect(looked).toMatchObject({ seen: { facts: { ruleset: known(ruleset) }, review: seen.review } });
  expect(asked).toEqual([request]);
  expect(steps).toEqual(['asking-permission']);
});

test('an answer of the helper that was cut short is known to be one that may have done something', async () => {
  const { engine } = started(
    (ask) => ({
      look: async () => {
        const error: unknown = await ask(request).catch((why: unknown) => why);
        if (!(error instanceof ElevationFailed)) throw error;
        return {
          outcome: { kind: 'unknown', title: error.reason, what: error.message, todo: error.todo, shield: null },
        };
      },
    }),
    async () => '{"schema":"breakwater/answer@1","act":"look","ruleset":{"kind":"nft',
  );
  expect(await engine.look()).toMatchObject({ outcome: { kind: 'unknown', title: 'unknown' } });
});

test('permission that is not given arrives as what it is; giving up reaches the question', async () => {
  const stop = new AbortController();
  const { engine } = started(
    (ask) => ({
      look: async ({ signal } = {}) => {
        const error: unknown = await ask(request, signal).catch((why: unknown) => why);
        if (!(error instanceof ElevationFailed)) throw error;
        const { reason, message: what, todo } = error;
        return { outcome: { kind: 'not-permitted', title: reason, what, todo } };
      },
    }),
    (_request, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new ElevationFailed('cancelled', 'You stopped.', 'Nothing.')));
        stop.abort();
      }),
  );
  expect(await engine.look({ signal: stop.signal })).toEqual({
    outcome: { kind: 'not-permitted', title: 'cancelled', what: 'You stopped.', todo: 'Nothing.' },
  });
});

test('an engine that fails in the thread is an error here', async () => {
  const { engine } = started(() => ({ inspect: () => Promise.reject(new Error('out of memory')) }));
  await expect(engine.inspect()).rejects.toThrow('out of memory');
});

test.each([
  ['with an error', new Error('heap out of memory'), 'heap out of memory'],
  ['without a word', null, 'it has ended'],
])(
  'a thread that dies %s is an error for whatever was under way; only the next call starts another',
  async (_how, error, says) => {
    let isAlive = false;
    const { engine, starts, die } = started(() => ({
      inspect: () => (isAlive ? Promise.resolve(report) : new Promise(() => undefined)),
    }));
    const inspected = engine.inspect();
    die(error);
    await expect(inspected).rejects.toThrow(says);
    expect(starts()).toBe(1);
    isAlive = true;
    expect(await engine.inspect()).toMatchObject(seen);
    expect(starts()).toBe(2);
  },
);

test('a question for permission is given up when the thread that asked it dies', async () => {
  let isGivenUp = false;
  let isAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const { engine, die } = started(
    (ask) => ({
      look: async (options = {}) => ({ report: (await ask(request, options.signal)) as unknown as Report }),
    }),
    (_request, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          isGivenUp = true;
          reject(new Error('given up'));
        });
        isAsked();
      }),
  );
  const looked = engine.look();
  await asked;
  die(null);
  await expect(looked).rejects.toThrow('has failed');
  expect(isGivenUp).toBe(true);
});
