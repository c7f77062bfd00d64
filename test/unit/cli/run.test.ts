// One run of the command line over a made-up engine: what goes where, what is asked of the engine, what Ctrl-C does.
import { describe, expect, test } from 'vitest';
import { run } from '../../../main/cli/run';
import type { Engine } from '../../../main/engine/engine';
import { verbatim } from '../../../main/model/message';
import type { Wish } from '../../../main/model/shield';
import { wordsInEnglish } from '../in-english';
import { bench, engine, plan, report, shieldVerdict } from './fakes';

describe('messages and documents', () => {
  test('wrong usage is one line on stderr, nothing on stdout, exit 2', async () => {
    const { surroundings, stdout, stderr } = bench();
    expect(await run(['inspect', '--nope'], surroundings)).toBe(2);
    expect(stdout()).toBe('');
    expect(stderr()).toMatch(/^breakwater: there is no option "--nope".*\n$/);
  });

  test('a simulated PC that there is not is wrong usage, and its name stands on no banner', async () => {
    const { surroundings, stdout, stderr } = bench();
    expect(await run(['--simulate', 'toi', 'inspect'], surroundings)).toBe(2);
    expect(stdout()).toBe('');
    expect(stderr()).toBe('breakwater: there is no simulated PC "toi"; did you mean toy?\n');
  });

  test('--version is the version', async () => {
    const { surroundings, stdout } = bench();
    expect(await run(['--version'], surroundings)).toBe(0);
    expect(stdout()).toBe('1.2.3\n');
  });

  test('--json prints one document and nothing else, even where stdout is a terminal', async () => {
    for (const tty of [false, true]) {
      const { surroundings, stdout } = bench({ tty });
      expect(await run(['inspect', '--json'], surroundings)).toBe(0);
      expect(Object.keys(JSON.parse(stdout())).slice(0, 3)).toEqual(['schema', 'at', 'simulated']);
    }
  });

  test("the firewall's rules are summed up in the document, not repeated", async () => {
    const json = JSON.stringify({
      nftables: [{ table: { name: 'a' } }, { chain: {} }, { rule: { comment: '{"rule": {' } }, { rule: {} }],
    });
    const ruleset = {
      state: 'known',
      value: {
        kind: 'nftables',
        whole: true,
        json,
        shieldText: null,
        legacyTables: null,
        beside: {
          rulesetText: 'table ip a {}',
          rulesetBytecode: '',
          iptablesSave: '',
          ip6tablesSave: null,
          iptablesLegacy: '',
          ip6tablesLegacy: '',
          ipset: null,
        },
        torn: false,
      },
      source: { kind: 'command', name: 'nft -j list ruleset' },
      at: '2026-01-02T03:04:05.000Z',
    } as const;
    const { surroundings, stdout } = bench({
      engine: engine({ inspect: async () => report({ facts: { ruleset } }) }),
    });
    await run(['inspect', '--json'], surroundings);
    expect(JSON.parse(stdout()).facts.ruleset).toEqual({
      ...ruleset,
      value: {
        kind: 'nftables',
        whole: true,
        bytes: json.length,
        tables: 1,
        chains: 1,
        rules: 2,
        shieldTable: false,
        legacyTables: null,
        beside: ['rulesetText'],
        torn: false,
      },
    });
  });

  test('colour is for terminals, and NO_COLOR or a dumb terminal ends it', async () => {
    const coloured = async (parts: Parameters<typeof bench>[0]): Promise<boolean> => {
      const { surroundings, stdout } = bench(parts);
      await run(['inspect'], surroundings);
      return stdout().includes('\u001b[');
    };
    expect(await coloured({ tty: true })).toBe(true);
    expect(await coloured({ tty: false })).toBe(false);
    expect(await coloured({ tty: true, environment: { NO_COLOR: '1' } })).toBe(false);
    expect(await coloured({ tty: true, environment: { NO_COLOR: '' } })).toBe(true);
    expect(await coloured({ tty: true, environment: { TERM: 'dumb' } })).toBe(false);
  });

  test('what could not be read is listed under "Not known" with its reason, and the offer to look', async () => {
    const at = '2026-01-02T03:04:05.000Z';
    const ruleset = {
      state: 'not-permitted',
      why: verbatim('only an administrator may'),
      source: { kind: 'command', name: 'nft' },
      at,
    } as const;
    const { surroundings, stdout } = bench({
      engine: engine({ inspect: async () => report({ door: 'unknown', facts: { ruleset } }) }),
    });
    expect(await run(['inspect'], surroundings)).toBe(6);
    expect(stdout()).toMatch(/^NOT KNOWN: whether other PCs can reach/);
    expect(stdout()).toContain("The firewall's rules: only an administrator may");
    expect(stdout()).toContain('sudo breakwater inspect');
  });

  test('a fault while reading says that nothing was changed: 4', async () => {
    const { surroundings, stderr } = bench({
      engine: engine({ status: () => Promise.reject(new Error('the disk is gone')) }),
    });
    expect(await run(['status'], surroundings)).toBe(4);
    expect(stderr()).toContain('the disk is gone');
    expect(stderr()).toContain('nothing was changed');
  });

  test('a fault while changing says that it is not known what was changed: 6', async () => {
    const { surroundings, stderr } = bench({
      engine: engine({ carryOut: () => Promise.reject(new Error('broken pipe')) }),
    });
    expect(await run(['shield'], surroundings)).toBe(6);
    expect(stderr()).toContain('not known');
  });
});

describe('shield and lift', () => {
  const noted = (more: Partial<Engine> = {}) => {
    const calls: string[] = [];
    const wishes: Wish[] = [];
    const given = engine({
      planShield: async (wish) => {
        wishes.push(wish);
        return { kind: 'plan', plan: plan() };
      },
      carryOut: async ({ kind }) => {
        calls.push(kind);
        return { kind: 'done', unchanged: false, shield: shieldVerdict('up'), notes: [] };
      },
      ...more,
    });
    return { calls, wishes, ...bench({ engine: given }) };
  };

  test('the wish is passed on as typed', async () => {
    const { surroundings, wishes } = noted();
    const line = 'shield --allow 10.0.0.0/24 --allow 10.0.1.0/24 --until 2h --outbound --reason CVE-2020-0796';
    expect(await run(line.split(' '), surroundings)).toBe(0);
    expect(wishes).toEqual([
      {
        allow: { ipv4: ['10.0.0.0/23'], ipv6: [] },
        outbound: true,
        workarounds: [],
        reason: 'CVE-2020-0796',
        until: '2026-01-02T05:04:05.000Z',
        atEnd: 'extend',
      },
    ]);
  });

  test('a wish that makes no sense is wrong usage, and nothing is planned', async () => {
    const { surroundings, wishes, stderr } = noted();
    for (const line of [
      'shield --until yesterday',
      'shield --allow 10.0.0.5/8',
      'shield --allow ::/0',
      'shield --reason $(id)',
    ])
      expect(await run(line.split(' '), surroundings)).toBe(2);
    expect(wishes).toEqual([]);
    expect(stderr().trim().split('\n')).toHaveLength(4);
  });

  test('--dry-run shows every command and changes nothing', async () => {
    const { surroundings, calls, stdout } = noted();
    expect(await run(['shield', '--dry-run'], surroundings)).toBe(0);
    expect(stdout()).toContain('shut door');
    expect(stdout()).toContain('Dry run: nothing was changed.');
    expect(await run(['lift', '--json'], surroundings)).toBe(0);
    expect(calls).toEqual(['lift']);
  });

  test('a plan without changes asks nobody and changes nothing', async () => {
    const nothing = plan({ kind: 'lift', shield: null, changes: [], effects: [verbatim('No shield is up.')] });
    const { surroundings, calls, stdout } = noted({ planLift: async () => ({ kind: 'plan', plan: nothing }) });
    expect(await run(['lift', '--json'], surroundings)).toBe(0);
    expect(calls).toEqual([]);
    expect(JSON.parse(stdout())).toMatchObject({ act: 'lift', outcome: { kind: 'done', unchanged: true } });
  });

  test('what is left behind is printed with the command that clears it: 5', async () => {
    const { surroundings, stdout } = noted({
      carryOut: async () => ({
        kind: 'failed-left',
        title: 'Something is left',
        what: 'Half of it.',
        todo: 'Clear it.',
        clear: 'sudo nft delete table inet breakwater',
      }),
    });
    expect(await run(['shield'], surroundings)).toBe(5);
    expect(stdout()).toContain('sudo nft delete table inet breakwater');
  });

  test('how permission is asked for is said on stderr before it is asked', async () => {
    const { surroundings, stdout, stderr } = noted({
      planShield: async () => ({ kind: 'plan', plan: plan({ permission: 'A window will ask for a password.' }) }),
      carryOut: async (_, options) => {
        options?.onStep?.('asking-permission');
        return { kind: 'not-permitted', title: 'Denied', what: 'Somebody said no.', todo: 'Ask again.' };
      },
    });
    expect(await run(['shield', '--json'], surroundings)).toBe(3);
    expect(stderr()).toContain('A window will ask for a password.');
    expect(JSON.parse(stdout())).toMatchObject({ schema: 'breakwater/outcome@1', outcome: { kind: 'not-permitted' } });
  });
});

describe('Ctrl-C', () => {
  test('while reading: leaves at once, nothing was changed, 4', async () => {
    const { surroundings, interrupt, left, stderr, stdout } = bench({
      engine: engine({ inspect: () => new Promise(() => undefined) }),
    });
    void run(['inspect', '--json'], surroundings);
    await Promise.resolve();
    interrupt();
    expect(left()).toBe(4);
    expect(stderr()).toContain('Stopped. Nothing was changed.');
    expect(stdout()).toBe('');
  });

  test('while waiting for permission: gives up waiting, and 4 as all is as before', async () => {
    const stopped = bench({
      engine: engine({
        carryOut: (_, options) =>
          new Promise((resolve) => {
            options?.signal?.addEventListener('abort', () =>
              resolve({
                kind: 'not-permitted',
                title: 'Cancelled',
                what: 'You stopped.',
                todo: 'Nothing was changed.',
              }),
            );
            setTimeout(stopped.interrupt, 5);
          }),
      }),
    });
    expect(await run(['shield'], stopped.surroundings)).toBe(4);
    expect(stopped.left()).toBeNull();
  });

  test('too late, in the middle of the change: it is finished, and its outcome is told', async () => {
    const late = bench({
      engine: engine({
        carryOut: async () => {
          late.interrupt();
          return { kind: 'done', unchanged: false, shield: shieldVerdict('up'), notes: [] };
        },
      }),
    });
    expect(await run(['shield'], late.surroundings)).toBe(0);
    expect(late.stderr()).toContain('A change that has begun is finished first.');
    expect(late.stdout()).toContain('DONE: the shield is UP, and proven.');
  });

  test('a second time in the middle of a change: leaves, and it is not known what was changed, 6', async () => {
    const stuck = bench({
      engine: engine({
        carryOut: () =>
          new Promise(() => {
            stuck.interrupt();
            stuck.interrupt();
          }),
      }),
    });
    void run(['shield'], stuck.surroundings);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stuck.left()).toBe(6);
  });
});

describe('guide', () => {
  const talk = (answers: (string | null)[], more: Partial<Engine> = {}) => {
    const acts: string[] = [];
    const given = engine({
      inspect: async () => report({ door: 'open' }),
      carryOut: async ({ kind }) => {
        acts.push(kind);
        return { kind: 'done', unchanged: false, shield: shieldVerdict('up'), notes: [] };
      },
      ...more,
    });
    return { acts, ...bench({ engine: given, desk: { ask: async () => answers.shift() ?? null } }) };
  };

  test('without a terminal it says what to use instead: 2', async () => {
    const { surroundings, stderr } = bench();
    expect(await run(['guide'], surroundings)).toBe(2);
    expect(stderr().trim().split('\n')).toHaveLength(1);
  });

  test('goes through the four steps, acting only on a yes', async () => {
    // Opened again on a PC of which it can't be told whether it is patched.
    const { surroundings, acts, stdout } = talk(['yes', 'y', 'YES']);
    expect(await run(['guide'], surroundings)).toBe(6);
    expect(acts).toEqual(['shield', 'lift']);
    expect(stdout().match(/Step \d of 4: \w+/g)).toEqual([
      'Step 1 of 4: Check',
      'Step 2 of 4: Shield',
      'Step 3 of 4: Patch',
      'Step 4 of 4: Lift',
    ]);
  });

  test.each([['no'], ['q'], [''], ['yess'], [null]])(
    '%j at the plan changes nothing, and the open door is 1',
    async (answer) => {
      const { surroundings, acts, stdout } = talk([answer]);
      expect(await run(['guide'], surroundings)).toBe(1);
      expect(acts).toEqual([]);
      expect(stdout()).toContain('Nobody gets in.');
      expect(stdout()).toContain('Nothing was changed.');
    },
  );

  test('is honest about the patch, and leaves the shield up where it is not known to be in', async () => {
    const { surroundings, acts, stdout } = talk(['yes', 'no']);
    expect(await run(['guide'], surroundings)).toBe(0);
    expect(acts).toEqual(['shield']);
    expect(stdout().replaceAll(/\s+/g, ' ')).toContain('A test has no catalogue.');
  });

  test('Ctrl-C after the shield went up does not say that nothing was changed', async () => {
    const { surroundings, interrupt, left, stderr } = bench({
      engine: engine(),
      desk: {
        ask: async (question) => {
          if (wordsInEnglish(question).startsWith('Shut')) return 'yes';
          interrupt();
          return null;
        },
      },
    });
    await run(['guide'], surroundings);
    expect(left()).toBe(0);
    expect(stderr()).toContain('The change before this stays as it is');
  });

  test('a shield that fails ends it with that exit code', async () => {
    const failed = { kind: 'failed-undone', title: 'No', what: 'It failed.', todo: 'Again.' } as const;
    const { surroundings } = talk(['yes'], { carryOut: async () => failed });
    expect(await run(['guide'], surroundings)).toBe(4);
  });
});
