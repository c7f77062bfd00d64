// What the app answers to the window, over an engine that a test can hold at any point.

import { expect, test, vi } from 'vitest';
import { type Conversation, converse } from '../../../../main/app/ipc/answers';
import { answerCall } from '../../../../main/app/ipc/ipc';
import type { AppEngine, InspectionEars } from '../../../../main/app/worker/client';
import type { ActOptions } from '../../../../main/engine/engine';
import { verbatim } from '../../../../main/model/message';
import type { Outcome } from '../../../../main/model/outcome';
import type { Plan } from '../../../../main/model/plan';
import type { ShieldVerdict } from '../../../../main/model/verdicts';
import type { CallName, Calls, Seen } from '../../../../preload/contract';
import { wordsInEnglish } from '../../in-english';

vi.mock('electron', () => ({ protocol: {} }));

const shield = (state: ShieldVerdict['state']): ShieldVerdict => ({
  state,
  shield: null,
  because: [],
  provedAt: null,
  counted: null,
  kept: null,
  end: null,
});
const plan: Plan = {
  kind: 'shield',
  shield: null,
  replaces: null,
  changes: [],
  effects: [],
  warnings: [],
  permission: null,
  end: null,
};
const done: Outcome = { kind: 'done', unchanged: false, shield: shield('up'), notes: [] };
const reference = 'https://example.org/advisory';

function reportOf(state: ShieldVerdict['state']): Seen {
  const finding = {
    id: 'x',
    severity: 'low',
    title: verbatim(''),
    detail: verbatim(''),
    reference,
    because: verbatim(''),
  } as const;
  const door = { state: 'open', because: [], exposures: [] } as const;
  return {
    schema: 'breakwater/inspect@1',
    at: '2026-01-01T00:00:00.000Z',
    simulated: null,
    facts: {} as Seen['facts'],
    verdicts: { door, shield: shield(state), findings: [finding] },
    review: null,
  };
}

/** Resolves what was begun when the test says so. */
function held<T>() {
  let release: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

interface Talk {
  readonly conversation: Conversation;
  readonly call: <C extends CallName>(name: C, ...args: unknown[]) => Promise<Calls[C][1]>;
  readonly sent: unknown[][];
  readonly seen: string[];
  readonly opened: string[];
}

function talk(parts: Partial<AppEngine>, clock = () => 0, chosen: string | null = null): Talk {
  const engine: AppEngine = {
    simulated: null,
    now: () => new Date('2026-01-01T00:00:00Z'),
    inspect: async () => reportOf('none'),
    look: async () => ({ seen: reportOf('up') }),
    softwarePlaces: [],
    cataloguePlaces: [],
    keeperPlace: '/var/lib/breakwater/status.json',
    call: () => Promise.reject(new Error('a test has none')),
    takeRecords: () => Promise.reject(new Error('a test has none')),
    status: async () => ({ at: '', shield: shield('none') }),
    planShield: async () => ({ kind: 'plan', plan }),
    planLift: async () => ({ kind: 'plan', plan: { ...plan, kind: 'lift' } }),
    carryOut: async () => done,
    settle: async () => done,
    ...parts,
  };
  const [sent, seen, opened]: [unknown[][], string[], string[]] = [[], [], []];
  const conversation = converse(engine, {
    about: { version: '1', simulated: null, runtimeNote: null },
    send: (...message) => sent.push(message),
    openExternal: async (url) => {
      opened.push(url);
    },
    chooseRecords: async () => chosen,
    openUpdates: async () => {
      opened.push('Windows Update');
    },
    onShield: ({ state }) => seen.push(state),
    clock,
  });
  return { conversation, sent, seen, opened, call: (name, ...args) => answerCall(name, conversation.answers, args) };
}

const wish = { allow: ['192.0.2.1'], outbound: false, workarounds: [], until: '7d', atEnd: 'extend', reason: null };

test('what is carried out is the plan that was shown, once', async () => {
  const carryOut = vi.fn(async () => done);
  const { call } = talk({ carryOut });
  const planned = await call('shield:plan', wish);
  if (planned.kind !== 'plan') throw new Error('not planned');
  expect(await call('shield:carry-out', planned.token)).toBe(done);
  expect(carryOut).toHaveBeenCalledWith(plan, expect.anything());
  expect(await call('shield:carry-out', planned.token)).toMatchObject({ kind: 'refused' });
  expect(carryOut).toHaveBeenCalledTimes(1);
});

test('a wish that makes no sense is refused with what is wrong, before anything is planned', async () => {
  const planShield = vi.fn();
  const { call } = talk({ planShield });
  const planned = await call('shield:plan', { ...wish, allow: ['fileserver'] });
  if (!('kind' in planned) || planned.kind !== 'refused') throw new Error('a plan was made');
  expect(wordsInEnglish(planned.what)).toContain('fileserver');
  expect(planShield).not.toHaveBeenCalled();
});

test('a second act while one is under way is refused, and the first goes on', async () => {
  const first = held<Outcome>();
  const settle = vi.fn(() => first.promise);
  const { call } = talk({ settle });
  const settling = call('shield:settle');
  await expect(call('shield:settle')).rejects.toThrow(/busy/);
  await expect(call('pc:look')).rejects.toThrow(/busy/);
  first.release(done);
  expect(await settling).toBe(done);
  expect(settle).toHaveBeenCalledTimes(1);
  expect(await call('shield:settle')).toBe(done);
});

test('cancelling gives up the act that waits for permission, and only an act', async () => {
  const settle = ({ signal }: ActOptions = {}): Promise<Outcome> =>
    new Promise((resolve) =>
      signal?.addEventListener('abort', () =>
        resolve({ kind: 'not-permitted', title: 'Cancelled', what: '', todo: '' }),
      ),
    );
  const { call } = talk({ settle });
  await call('shield:cancel');
  const settling = call('shield:settle');
  await call('shield:cancel');
  expect(await settling).toMatchObject({ kind: 'not-permitted' });
});

test('after an act the shield is looked at, also where the outcome does not tell it', async () => {
  const failed: Outcome = { kind: 'failed-undone', title: '', what: '', todo: '' };
  const { call, seen } = talk({ settle: async () => failed });
  await call('shield:settle');
  expect(seen).toEqual(['none']);
});

test('the outcome reaches the window even where looking at the shield fails', async () => {
  const failed: Outcome = { kind: 'failed-undone', title: '', what: '', todo: '' };
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { call } = talk({
    settle: async () => failed,
    status: async () => {
      throw new Error('no status');
    },
  });
  expect(await call('shield:settle')).toBe(failed);
  error.mockRestore();
});

test('a check that is begun again stops the first, which is heard no more', async () => {
  const checks: InspectionEars[] = [];
  const reports = [held<Seen>(), held<Seen>()];
  const inspect = (options: InspectionEars = {}): Promise<Seen> => {
    checks.push(options);
    return reports[checks.length - 1]?.promise ?? Promise.reject(new Error('a third check'));
  };
  const { call, sent } = talk({ inspect });
  const [first, second] = [call('pc:inspect'), call('pc:inspect')];
  await vi.waitFor(() => expect(checks).toHaveLength(2));
  expect(checks[0]?.signal?.aborted).toBe(true);
  expect(checks[1]?.signal?.aborted).toBe(false);
  checks[0]?.onVerdicts?.(reportOf('unknown').verdicts);
  checks[1]?.onVerdicts?.(reportOf('up').verdicts);
  expect(sent).toEqual([['pc:verdicts', reportOf('up').verdicts]]);
  await call('pc:stop');
  expect(checks[1]?.signal?.aborted).toBe(true);
  for (const { release } of reports) release(reportOf('up'));
  await Promise.all([first, second]);
});

test('only an address that a finding of the last check names is opened', async () => {
  const { call, opened } = talk({});
  await expect(call('app:open-reference', reference)).rejects.toThrow(/not among the references/);
  await call('pc:inspect');
  await expect(call('app:open-reference', `${reference}/more`)).rejects.toThrow(/not among the references/);
  await call('app:open-reference', reference);
  expect(opened).toEqual([reference]);
});

test.each<[CallName, unknown[]]>([
  ['app:about', [1]],
  ['app:open-reference', ['http://example.org/']],
  ['app:open-reference', ['https://']],
  ['shield:plan', []],
  ['shield:plan', [{ ...wish, extra: 1 }]],
  ['shield:plan', [{ ...wish, workarounds: ['everything-off'] }]],
  ['shield:plan', [{ ...wish, allow: 'all' }]],
  ['shield:plan', [{ ...wish, allow: Array(257).fill('192.0.2.1') }]],
  ['shield:plan', [{ ...wish, until: 'x'.repeat(257) }]],
  ['shield:carry-out', [plan]],
  ['shield:carry-out', ['AB'.repeat(16)]],
  ['shield:carry-out', [`${'ab'.repeat(16)}\n`]],
])('%s with %j is refused without repeating what was sent', async (name, args) => {
  const { call } = talk({});
  await expect(call(name, ...args)).rejects.toThrow(/can't be understood: .{1,200}$/);
});

test('finishing gives up what waits, and waits for what has begun', async () => {
  const first = held<Outcome>();
  let signal: AbortSignal | undefined;
  const settle = (options: ActOptions = {}): Promise<Outcome> => {
    signal = options.signal;
    return first.promise;
  };
  const { call, conversation } = talk({ settle });
  const settling = call('shield:settle');
  await vi.waitFor(() => expect(signal).toBeDefined());
  let isFinished = false;
  const finishing = conversation.finish().then(() => {
    isFinished = true;
  });
  await new Promise(setImmediate);
  expect(signal?.aborted).toBe(true);
  expect(isFinished).toBe(false);
  first.release(done);
  await Promise.all([settling, finishing]);
});

test('records are taken in only from a file that somebody chose, never from a place that the page names', async () => {
  const takeRecords = vi.fn(async () => ({ kind: 'refused', why: 'none' }) as const);
  await expect(talk({ takeRecords }).call('advisories:update', '/etc/shadow')).rejects.toThrow(/can't be understood/);
  expect(await talk({ takeRecords }).call('advisories:update')).toBeNull();
  expect(takeRecords).not.toHaveBeenCalled();
  await talk({ takeRecords }, undefined, '/home/me/records.json').call('advisories:update');
  expect(takeRecords).toHaveBeenCalledWith('/home/me/records.json');
});

test('what an advisory that was shown refers to is opened, and nothing else', async () => {
  const url = 'https://example.org/record';
  const advisory = { sources: [{ url }], course: [{ source: `${url}/course` }], workarounds: [] };
  const found = { count: 1, first: 0, page: [advisory], updates: [] };
  const { call, opened } = talk({ call: (async () => found) as unknown as AppEngine['call'] });
  await expect(call('app:open-reference', url)).rejects.toThrow(/not among the references/);
  await call('advisories:find', { patch: 1, text: '', first: 0 });
  await call('app:open-reference', url);
  await call('app:open-reference', `${url}/course`);
  expect(opened).toEqual([url, `${url}/course`]);
});

test('Windows Update is opened by its one address, whatever the page says', async () => {
  const { call, opened } = talk({});
  await expect(call('app:open-updates', 'https://example.org')).rejects.toThrow(/can't be understood/);
  await call('app:open-updates');
  expect(opened).toEqual(['Windows Update']);
});
