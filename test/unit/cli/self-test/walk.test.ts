// `self-test` on a simulated PC, with answers as people give them: what is written down, and that the door is as it was in the end.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../../main/cli/run';
import { checks } from '../../../../main/cli/self-test/checks';
import type { SelfTestRecord } from '../../../../main/cli/self-test/record';
import type { Engine } from '../../../../main/engine/engine';
import { openEngine } from '../../../../main/engine/open';
import type { Words } from '../../../../main/model/message';
import { inEnglish, wordsInEnglish } from '../../in-english';
import { bench } from '../fakes';

let folder: string;
let engine: Engine;
let out: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'breakwater-self-test-'));
  process.env.XDG_STATE_HOME = folder;
  out = join(folder, 'seen.json');
  engine = await openEngine({ simulate: 'windows-public-wifi', helper: '/nowhere/helper.js' });
});
afterEach(() => {
  delete process.env.XDG_STATE_HOME;
  rmSync(folder, { recursive: true, force: true });
});

/** `answer`: to a question by its beginning; null = the person leaves. */
async function selfTest(answer: ((question: string) => string | null) | null, with_: Engine = engine) {
  const questions: string[] = [];
  const ask =
    answer &&
    (async (words: Words) => {
      const question = wordsInEnglish(words);
      questions.push(question);
      return answer(question);
    });
  const { surroundings, stdout, stderr } = bench({ engine: with_, desk: { ask } });
  const args = ['self-test', '--out', out, ...(answer === null ? ['--yes'] : [])];
  const code = await run(args, surroundings);
  const record = existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as SelfTestRecord) : null;
  const result = Object.fromEntries(record?.steps.map((step) => [step.check, step.result]) ?? []);
  return { code, record, result, questions, out: stdout(), err: stderr() };
}

/** What a person sees where all is well. */
function usual(question: string): string {
  if (question.includes('not listed above')) return 'no';
  if (question.includes('should not')) return 'no';
  return 'yes';
}

const isUp = async (): Promise<boolean> => (await engine.status()).shield.state === 'up';

describe('a self-test', () => {
  test('where all is as expected has every step in its record, and leaves the PC as it was', async () => {
    const { code, record, result, questions } = await selfTest(usual);
    expect(record?.steps.map(({ check }) => check)).toEqual(Object.keys(checks));
    expect(record?.ended).toMatchObject({ how: 'complete', why: null });
    expect(Object.values(result)).not.toContain('not-as-expected');
    expect(result).toMatchObject({
      before: 'as-expected',
      shut: 'as-expected',
      rules: 'as-expected',
      lift: 'as-expected',
    });
    expect(code).toBe(0);
    expect(questions.find((text) => text.startsWith('On another PC'))).toContain(
      'Test-NetConnection 10.20.30.40 -Port 445',
    );
    expect(await isUp()).toBe(false);
  });

  test('notes what is not as expected, and ends with 1', async () => {
    const { code, result, record } = await selfTest((question) =>
      question.includes('should not') ? 'yes' : usual(question),
    );
    expect(code).toBe(1);
    expect(result.shut).toBe('not-as-expected');
    expect(record?.steps.find(({ check }) => check === 'shut')?.answer).toBe('yes');
    expect(await isUp()).toBe(false);
  });

  test('changes nothing without a yes', async () => {
    for (const answer of ['no', '', 'yes please']) {
      rmSync(out, { force: true });
      const { code, record, result } = await selfTest((question) =>
        question.startsWith('Shut the door') ? answer : usual(question),
      );
      expect(code).toBe(4);
      expect(result.shield).toBeUndefined();
      expect(record?.ended?.how).toBe('stopped');
      expect(await isUp()).toBe(false);
    }
  });

  test.each(['On another PC', 'Open "Windows', 'Open the Task', 'On that other PC: can'])(
    'that is left at "%s ..." has the door as it was',
    async (at) => {
      let times = 0;
      const isSecond = at === 'On another PC';
      const { code, record } = await selfTest((question) => {
        if (!question.startsWith(at)) return usual(question);
        times++;
        return isSecond && times === 1 ? 'yes' : null;
      });
      expect(code).toBe(4);
      expect(record?.ended).toMatchObject({ how: 'stopped', why: 'the person left' });
      expect(record?.steps.at(-1)).toMatchObject({ check: 'lift', result: 'as-expected' });
      expect(await isUp()).toBe(false);
    },
  );

  test('where the shield can not be taken down says what is left, and ends with 5', async () => {
    const stuck: Engine = {
      ...engine,
      carryOut: async (plan, options) =>
        plan.kind === 'lift'
          ? { kind: 'failed-left', title: 'Stuck', what: 'it is stuck', todo: 'clear it', clear: 'clear-it-now' }
          : engine.carryOut(plan, options),
    };
    const { code, record, out: shown } = await selfTest(usual, stuck);
    expect(code).toBe(5);
    expect(record?.ended).toMatchObject({ how: 'stopped', why: 'the shield could not be lifted' });
    expect(shown).toContain('clear-it-now');
    const left = await engine.planLift();
    if (left.kind === 'plan') await engine.carryOut(left.plan);
  });

  test('with --yes asks nothing, and notes every answer as not told', async () => {
    const { code, result, record } = await selfTest(null);
    expect(code).toBe(0);
    expect(result).toMatchObject({ before: 'not-told', shut: 'not-told', shield: 'as-expected', lift: 'as-expected' });
    expect(record?.ended?.how).toBe('complete');
    expect(await isUp()).toBe(false);
  });

  test('does not begin without a terminal, over a file, in no folder, or beside a shield', async () => {
    const { surroundings, stderr } = bench({ engine, desk: { ask: null } });
    expect(await run(['self-test', '--out', out], surroundings)).toBe(2);
    expect(stderr()).toContain('needs a terminal');
    expect(existsSync(out)).toBe(false);

    writeFileSync(out, 'mine');
    const over = bench({ engine });
    expect(await run(['self-test', '--yes', '--out', out], over.surroundings)).toBe(2);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    rmSync(out);
    const nowhere = bench({ engine });
    expect(await run(['self-test', '--yes', '--out', join(folder, 'no/file')], nowhere.surroundings)).toBe(2);

    const wish = {
      allow: { ipv4: [], ipv6: [] },
      outbound: false,
      reason: null,
      until: null,
      atEnd: 'extend',
      workarounds: [],
    } as const;
    const planned = await engine.planShield(wish);
    if (planned.kind === 'plan') await engine.carryOut(planned.plan);
    expect((await selfTest(null)).code).toBe(2);
    expect(await isUp()).toBe(true);
  });
});

test('docs/self-test.md lists every step in its order, with its question', () => {
  const text = readFileSync('docs/self-test.md', 'utf8');
  const rows = [...text.matchAll(/^\| ([^|]+) \| ([^|]+) \| (everywhere|Windows) \|$/gm)].map(
    ([, title, asked, on]) => ({
      title,
      asked,
      on,
    }),
  );
  expect(rows.map(({ title, on }) => [title, on])).toEqual(
    Object.values(checks).map((check) => [inEnglish(check.title), 'on' in check ? 'Windows' : 'everywhere']),
  );
  for (const [index, { question }] of Object.values(checks).entries())
    if (question !== null && !inEnglish(question('<address>')).includes('<address>'))
      expect(rows[index]?.asked).toBe(inEnglish(question('')));
});
