// Every command with every doubt that its answer can carry: the exit code, the JSON and the page all say so.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeProbe } from '../../../main/cli/commands/probe';
import { catalogueDoubts, inspectionDoubts, patchDoubts, probeDoubts, smbDoubts } from '../../../main/cli/doubts';
import { exitForInspection, exitForPatches } from '../../../main/cli/exit-codes';
import { run } from '../../../main/cli/run';
import type { Engine } from '../../../main/engine/engine';
import type { AdvisoryVerdict, Catalogue, CatalogueAge, PatchVerdict } from '../../../main/model/advisory';
import type { Fact, FactName, Facts } from '../../../main/model/facts';
import { verbatim } from '../../../main/model/message';
import type { Report } from '../../../main/model/report';
import type { SmbAnswer } from '../../../main/model/smb';
import { wordsInEnglish } from '../in-english';
import { bench, engine, policyRead, report, shieldVerdict } from './fakes';

const at = '2026-01-02T03:04:05.000Z';
const source = { kind: 'simulated', name: 'test' } as const;
const unread = (state: 'failed' | 'not-permitted'): Fact<never> => ({
  state,
  why: verbatim('a reason why'),
  source,
  at,
});

const answer: SmbAnswer = {
  ...{ address: '10.0.0.5', port: 445, smb1: 'refused', chosen: '3.1.1', signing: 'required' },
  dialects: { '2.0.2': 'accepted', '2.1': 'accepted', '3.0': 'accepted', '3.0.2': 'accepted', '3.1.1': 'accepted' },
  ...{ encryption: 'AES-128-GCM', signingAlgorithm: null, compression: [], capabilities: [], serverGuid: null },
  ...{ systemTime: null, startTime: null, maxTransactSize: null, ntlm: null, problems: [] },
};
const mute: SmbAnswer = {
  ...answer,
  ...{ smb1: 'unknown', chosen: null, signing: 'unknown', encryption: null, compression: null },
  dialects: { '2.0.2': 'unknown', '2.1': 'unknown', '3.0': 'unknown', '3.0.2': 'unknown', '3.1.1': 'unknown' },
  problems: [verbatim('No usable answer of 10.0.0.5:445 about SMB1: nothing came back within 5 s.')],
};

const age: CatalogueAge = { asOf: '2026-01-01T00:00:00Z', days: 1, tooOld: false, advisories: 1, passedOver: 0 };
const verdict = (more: Partial<AdvisoryVerdict> = {}): AdvisoryVerdict => ({
  ...{
    id: 'CVE-2020-0796',
    title: 'A hole',
    state: 'patched',
    code: 'fixed',
    because: verbatim('a reason'),
    fixedIn: null,
    remedy: null,
  },
  ...{ knownExploited: false, doorClosed: null, restartPending: false, stage: null, source: null },
  reach: { kind: 'server', inboundBlock: 'closes', outboundBlock: 'no', says: 'Through TCP 445.' },
  ...more,
});
const patches = (more: Partial<PatchVerdict> = {}): PatchVerdict => ({
  ...{ catalogue: age, verdicts: [verdict()], problems: [] },
  ...more,
});
const old = patches({
  catalogue: { ...age, days: 90, tooOld: true },
  problems: ['The catalogue is too old to trust.'],
});
const withPatch = (patch: PatchVerdict | null, given: Report = report()): Report => ({
  ...given,
  verdicts: { ...given.verdicts, patch },
});

/** Catalogues that can't be trusted, by the doubt that each leaves. */
const badCatalogues = [
  ['catalogue-too-old', old],
  ['catalogue-age', patches({ catalogue: { ...age, days: null }, problems: ["This PC's clock is wrong."] })],
  ['catalogue-incomplete', patches({ catalogue: { ...age, passedOver: 1 }, problems: ['An update is passed over.'] })],
  ['catalogue-incomplete', patches({ problems: ['Something else is wrong with it.'] })],
  ['catalogue-missing', patches({ catalogue: null, verdicts: [], problems: ['There is none.'] })],
] as const;

const always =
  <T>(value: T) =>
  async (): Promise<T> =>
    value;

interface Row {
  readonly command: string;
  readonly doubt: string;
  readonly engine: Partial<Engine>;
  readonly desk?: NonNullable<Parameters<typeof bench>[0]>['desk'];
}

const facts: readonly FactName[] = [
  ...(['system', 'network', 'listeners', 'sessions', 'smb', 'servers', 'managers', 'ruleset', 'patch'] as const),
  ...(['journal', 'keeper'] as const),
];
const withFact = (name: FactName, fact: Fact<never>): Report => report({ facts: { [name]: fact } as Partial<Facts> });

const catalogueFor = ({ catalogue, problems }: PatchVerdict): Partial<Engine> => {
  const asOf = catalogue?.tooOld ? '2020-01-01T00:00:00Z' : catalogue?.days === null ? '2030-01-01T00:00:00Z' : at;
  const read: Catalogue = { advisories: [], asOf, updates: [], problems };
  return { advisories: always({ catalogue: read }) };
};

const rows: readonly Row[] = [
  ...facts.map((name) => ({
    command: 'inspect',
    doubt: 'fact',
    engine: { inspect: always(withFact(name, unread('failed'))) },
  })),
  { command: 'inspect', doubt: 'door', engine: { inspect: always(report({ door: 'unknown' })) } },
  {
    command: 'inspect',
    doubt: 'smb-answer',
    engine: { inspect: always(report({ facts: { smb: { state: 'known', value: [mute], source, at } } })) },
  },
  ...badCatalogues.map(([doubt, patch]) => ({
    command: 'inspect',
    doubt,
    engine: { inspect: always(withPatch(patch)) },
  })),
  ...badCatalogues.map(([doubt, patch]) => ({
    command: 'advisories check',
    doubt,
    engine: { checkAdvisories: always(patch) },
  })),
  {
    command: 'advisories check',
    doubt: 'advisory',
    engine: { checkAdvisories: always(patches({ verdicts: [verdict({ state: 'unknown' })] })) },
  },
  ...badCatalogues
    .filter(
      ([doubt, { problems }]) =>
        doubt !== 'catalogue-missing' &&
        !(doubt === 'catalogue-incomplete' && wordsInEnglish(problems[0] ?? '').startsWith('Something')),
    )
    .map(([doubt, patch]) => ({ command: 'advisories list', doubt, engine: catalogueFor(patch) })),
  ...(['recorded', 'interrupted', 'unknown'] as const).map((state) => ({
    command: 'status',
    doubt: 'shield',
    engine: { status: always({ at, shield: shieldVerdict(state) }) },
  })),
  ...(['recorded', 'interrupted', 'unknown'] as const).map((state) => ({
    command: 'inspect --only shield',
    doubt: 'shield',
    engine: { inspect: always(report({ shield: state })) },
  })),
  {
    command: 'probe host.example',
    doubt: 'smb-answer',
    engine: {},
    desk: { lookUp: always(['10.0.0.5']), checkPort: always('accepted' as const), probe: always(mute) },
  },
  {
    command: 'probe host.example',
    doubt: 'door',
    engine: {},
    desk: { lookUp: always([]), checkPort: always('accepted' as const), probe: always(answer) },
  },
  {
    command: 'probe host.example',
    doubt: 'door',
    engine: {},
    desk: { lookUp: always(['10.0.0.5']), checkPort: always('forbidden' as const), probe: always(answer) },
  },
  {
    command: 'probe host.example',
    doubt: 'addresses-left-out',
    engine: {},
    desk: {
      lookUp: always(Array.from({ length: 9 }, (_, at) => `10.0.0.${at}`)),
      checkPort: always('accepted' as const),
      probe: always(answer),
    },
  },
];

describe.each(rows)('$command with the doubt "$doubt"', ({ command, doubt, engine: parts, desk = {} }) => {
  const words = command.split(' ');
  const given = () => bench({ engine: { ...engine(), ...parts }, desk });

  test('ends with 6, and the JSON names it', async () => {
    const { surroundings, stdout } = given();
    expect(await run([...words, '--json'], surroundings)).toBe(6);
    const { doubts } = JSON.parse(stdout());
    expect(doubts.map(({ code }: { code: string }) => code)).toContain(doubt);
  });

  test('ends with 6 without --json, too, and the page says each', async () => {
    const asJson = given();
    await run([...words, '--json'], asJson.surroundings);
    const { surroundings, stdout } = given();
    expect(await run(words, surroundings)).toBe(6);
    const shown = stdout().replaceAll(/\s+/g, ' ');
    for (const { code, says } of JSON.parse(asJson.stdout()).doubts)
      if (code !== 'advisory') expect(shown).toContain(says.replaceAll(/\s+/g, ' '));
    expect(shown).toMatch(/not known/i);
    expect(shown).not.toMatch(/^PATCHED/);
  });
});

describe('what leaves no doubt', () => {
  test.each([
    ['inspect', { inspect: always(withPatch(patches())) }],
    ['advisories check', { checkAdvisories: always(patches()) }],
    ['status', { status: always({ at, shield: shieldVerdict('up') }) }],
    ['status', { status: always({ at, shield: shieldVerdict('kept') }) }],
  ] as const)('%s ends with 0', async (command, parts) => {
    const { surroundings, stdout } = bench({ engine: { ...engine(), ...parts } });
    expect(await run([...command.split(' '), '--json'], surroundings)).toBe(0);
    expect(JSON.parse(stdout()).doubts).toEqual([]);
  });

  test('bad news goes before every doubt', () => {
    const bad = patches({ ...old, verdicts: [verdict({ state: 'vulnerable' }), verdict({ state: 'unknown' })] });
    expect(exitForPatches(bad)).toBe(1);
    expect(exitForInspection(withPatch(old, report({ door: 'open' })), null)).toBe(1);
    expect(exitForInspection(withPatch(old, report({ severity: 'high' })), null)).toBe(1);
    expect(exitForInspection(withPatch(bad), new Set(['patch'] as const))).toBe(1);
  });

  test('rules that only administrators may read are none where the door is known to be closed all the same', () => {
    for (const name of ['ruleset', 'managers', 'sessions', 'journal', 'keeper'] as const)
      expect(exitForInspection(withFact(name, unread('not-permitted')), null)).toBe(0);
    for (const name of ['smb', 'servers', 'listeners', 'network', 'patch'] as const)
      expect(exitForInspection(withFact(name, unread('not-permitted')), null)).toBe(6);
  });

  test('of a saved PC, what was not saved is none, and what could not be read of it is one', () => {
    const saved = { path: '/saved', at };
    const inFolder = (name: string): Fact<never> => ({ ...unread('failed'), source: { kind: 'file', name } });
    expect(exitForInspection({ ...withFact('smb', inFolder('/saved')), saved }, null)).toBe(0);
    expect(exitForInspection({ ...withFact('servers', inFolder('system-and-smb.txt')), saved }, null)).toBe(6);
  });

  test('a hole of another program, of outgoing connections, or behind a closed door', () => {
    const untold = (more: Partial<AdvisoryVerdict>) => patches({ verdicts: [verdict({ state: 'unknown', ...more })] });
    const reach = (kind: AdvisoryVerdict['reach']['kind']) => ({ reach: { ...verdict().reach, kind } });
    expect(patchDoubts(untold(reach('client')))).toEqual([]);
    expect(patchDoubts(untold(reach('elsewhere')))).toEqual([]);
    expect(patchDoubts(untold({ doorClosed: verbatim('SMB1 is off') }))).toEqual([]);
    expect(patchDoubts(untold(reach('unknown')))).toHaveLength(1);
  });

  test('is not made up: a server that has answered all, a catalogue in order', () => {
    expect(smbDoubts(answer)).toEqual([]);
    expect(catalogueDoubts(age, [])).toEqual([]);
    expect(inspectionDoubts(report(), null)).toEqual([]);
  });
});

test('a probe says "none accepted" only where each dialect was refused', async () => {
  const probed = async (smb: SmbAnswer): Promise<string> => {
    const desk = { lookUp: always(['10.0.0.5']), checkPort: always('accepted' as const), probe: always(smb) };
    const { surroundings, stdout } = bench({ engine: engine(), desk });
    await run(['probe', 'host.example'], surroundings);
    return stdout();
  };
  expect(await probed(mute)).toMatch(/SMB2 and 3\s+not known/);
  expect(await probed({ ...answer, chosen: null, dialects: { ...allRefused } })).toMatch(/SMB2 and 3\s+none accepted/);
  expect(await probed({ ...answer, dialects: { ...answer.dialects, '3.0': 'unknown' } })).toMatch(
    /SMB2 and 3\s+2\.0\.2, 2\.1, 3\.0\.2, 3\.1\.1 \(not known of 3\.0\)/,
  );
});
const allRefused: SmbAnswer['dialects'] = {
  ...{ '2.0.2': 'refused', '2.1': 'refused', '3.0': 'refused', '3.0.2': 'refused', '3.1.1': 'refused' },
};

test('a probe whose door is open for one address doubts the other that rules of this PC keep from being asked', () => {
  const addresses = [
    { address: '10.0.0.5', connection: 'accepted', smb: answer },
    { address: '10.0.0.6', connection: 'forbidden', smb: null },
    { address: 'fd00::6', connection: 'unreachable', smb: null },
  ] as const;
  const { door } = judgeProbe('host', 445, addresses, false);
  const doubts = probeDoubts({ host: 'host', port: 445, door, addresses }, 0);
  expect(doubts.map(({ code, about }) => [code, about])).toEqual([['address', '10.0.0.6']]);
});

test.each(['network', 'listeners'] as const)('collect without %s ends with 6 and names it', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-'));
  try {
    const read = policyRead(null, { files: new Map([['ruleset.json', '{}\n']]), torn: false, unread: [] });
    const whole = bench({ engine: { ...engine(), readPolicy: always(read) } });
    expect(await run(['collect', '--out', join(folder, 'whole')], whole.surroundings)).toBe(0);
    const part = bench({ engine: { ...engine(), readPolicy: always({ ...read, [name]: unread('failed') }) } });
    expect(await run(['collect', '--out', join(folder, 'part')], part.surroundings)).toBe(6);
    expect(part.stdout().replaceAll(/\s+/g, ' ')).toContain('a reason why');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
