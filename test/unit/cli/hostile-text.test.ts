// Whatever names strangers chose: nothing that is printed steers a terminal or hides, as text and as JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../../main/cli/run';
import type { Engine } from '../../../main/engine/engine';
import { openEngine } from '../../../main/engine/open';
import { verbatim } from '../../../main/model/message';
import type { SmbAnswer } from '../../../main/model/smb';
import { isSeen } from '../../../main/model/untrusted-text';
import { judgePatches } from '../../../main/patch/judge/judge';
import { silent } from '../host/linux/pc-folder';
import { bundledCatalogue, debian } from '../patch/bundled';
import { poisoned, steering, stringsIn } from '../strangers';
import { bench, engine, plan, policyRead, report, shieldVerdict } from './fakes';

const told = { title: 'A title', what: 'What happened.', todo: 'What to do.' };
const shield = { ...shieldVerdict('damaged'), because: [verbatim('a reason')], shield: plan().shield };
const review = {
  source: 'nftables',
  verdict: 'partly',
  reach: [{ interface: 'eth0', profile: null, ipv4: [], ipv6: [] }],
  because: [{ effect: 'allow', rule: 'a rule', where: 'a chain', says: 'its owner', advice: 'a command' }],
  unsure: [{ rule: 'another rule', why: 'a reason' }],
} as const;
const answer: SmbAnswer = {
  ...silent('192.0.2.1', 445),
  smb1: 'accepted',
  ntlm: {
    ...{ computer: 'PC', domain: 'D', dnsComputer: 'pc.example', dnsDomain: 'example', forest: 'example' },
    ...{ version: '10.0.1', time: null },
  },
};

/** An engine that says nothing without something of a stranger's in it. */
async function hostileEngine(simulate: string): Promise<Engine> {
  const seen = await (await openEngine({ simulate, helper: '/nowhere' })).inspect();
  const catalogue = poisoned(bundledCatalogue());
  const now = new Date('2026-09-01T00:00:00.000Z');
  const verdict = poisoned(judgePatches(bundledCatalogue(), debian('12', '2:4.17.12+dfsg-0+deb12u1'), now));
  return engine({
    now: () => now,
    inspect: async () => poisoned({ ...seen, verdicts: { ...seen.verdicts, review } }),
    status: async () => poisoned({ at: seen.at, shield }),
    readPolicy: async () => policyRead(poisoned(review)),
    advisories: async () => ({ catalogue }),
    checkAdvisories: async () => verdict,
    planShield: async () => ({
      kind: 'plan',
      plan: poisoned(plan({ warnings: [verbatim('mind')], permission: 'please' })),
    }),
    planLift: async () => poisoned({ kind: 'refused', ...told } as const),
    carryOut: async () => poisoned({ kind: 'failed-left', clear: 'a command', ...told } as const),
  });
}

const commands: readonly (readonly string[])[] = [
  ['inspect'],
  ['status'],
  ['review'],
  ['advisories', 'list'],
  ['advisories', 'check'],
  ['advisories', 'show', 'CVE-2017-0144'],
  ['shield', '--dry-run'],
  ['shield'],
  ['lift'],
  ['probe', 'fileserver'],
  ['inspect', '--from', `/nowhere/${steering}`],
  ['review', '--port', steering],
  [steering],
];

describe.each(['debian-fileserver', 'windows-office'])('of a PC like %s', (simulate) => {
  test.each(commands.flatMap((command) => [[command], [[...command, '--json']]]))(
    '%j prints nothing that steers a terminal or hides',
    async (command) => {
      const { surroundings, stdout, stderr } = bench({
        engine: await hostileEngine(simulate),
        desk: {
          lookUp: async () => ['192.0.2.1'],
          checkPort: async () => 'accepted',
          probe: async () => poisoned(answer),
        },
      });
      await run(command, surroundings);
      const printed = `${stdout()}${stderr()}`;
      // Something was said, the stranger's words among it.
      expect(printed).toMatch(/\\u\{?(?:00)?1b/);
      expect(printed.split('\n').filter((line) => !isSeen(line))).toEqual([]);
      // The document itself has lost nothing.
      if (stdout() !== '' && command.includes('--json'))
        expect(stringsIn(JSON.parse(stdout())).some((text) => text.includes(steering))).toBe(true);
    },
  );
});

test('a folder that a document is to be saved in is told as text', async () => {
  const { surroundings, stdout, stderr } = bench();
  expect(await run(['collect', '--out', `/nowhere/${steering}`], surroundings)).toBe(2);
  expect([stdout(), isSeen(stderr().replaceAll('\n', ''))]).toEqual(['', true]);
});

test('an error with a name in it is told as text', async () => {
  const { surroundings, stderr } = bench({
    engine: engine({ status: () => Promise.reject(new Error(`no ${steering}`)) }),
  });
  await run(['status'], surroundings);
  expect(isSeen(stderr().replaceAll('\n', ''))).toBe(true);
});

test('a report without such names is printed as it was', async () => {
  const { surroundings, stdout } = bench({ engine: engine({ inspect: async () => report() }) });
  await run(['inspect', '--json'], surroundings);
  expect(stdout()).toBe(`${JSON.stringify(JSON.parse(stdout()), null, 2)}\n`);
});

test('only the terminal, and what asks a question there, writes to the standard streams', () => {
  const files = readdirSync('main/cli', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const writers = files.filter((name) =>
    /process\.std(?:out|err)|console\./.test(readFileSync(join('main/cli', name), 'utf8')),
  );
  expect(writers.sort()).toEqual(['program.ts', 'questions.ts', 'terminal.ts']);
});
