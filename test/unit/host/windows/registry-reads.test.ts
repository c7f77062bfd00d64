// Keys that are not there and keys that may not be read: reg.exe says the same of both.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ran } from '../../../../main/host/run-program';
import { readPolicy } from '../../../../main/host/windows/policy-reads';
import { managersOf } from '../../../../main/host/windows/read/managers';
import { type RunReg, registryReader } from '../../../../main/host/windows/registry-reads';
import { areKnown, numbersIn, serverQuestions } from '../../../../main/host/windows/server-switches';
import { places } from '../../../../main/policy/windows/places';

const ended = (code: number, stdout = ''): Ran => ({
  kind: 'ended',
  code,
  signal: null,
  stdout,
  complaint: '',
  tooMuch: false,
});

/** reg.exe on a PC with these keys; "!" before one: it is there and may not be read. Counts what is asked. */
function pc(...keys: readonly string[]): { readonly run: RunReg; readonly asked: string[] } {
  const full = (key: string): string => key.replace(/^!/, '').replace('HKLM', 'HKEY_LOCAL_MACHINE');
  const forbidden = new Set(keys.filter((key) => key.startsWith('!')).map((key) => full(key).toUpperCase()));
  const there = new Map<string, string>();
  for (const key of keys) {
    const parts = full(key).split('\\');
    for (let i = 1; i <= parts.length; i++) {
      const path = parts.slice(0, i).join('\\');
      there.set(path.toUpperCase(), path);
    }
  }
  const asked: string[] = [];
  const run: RunReg = async ([verb = '', key = '']) => {
    asked.push(`${verb} ${key}`);
    const path = full(key).toUpperCase();
    const isShut = [...forbidden].some((one) => path === one || path.startsWith(`${one}\\`));
    if (!there.has(path) || isShut) return ended(1, '');
    const below = [...there].filter(([one]) => one.slice(0, one.lastIndexOf('\\')) === path);
    return ended(
      0,
      `\r\n${there.get(path)}\r\n    x    REG_DWORD    0x1\r\n\r\n${below.map(([, name]) => `${name}\r\n`).join('')}\r\n`,
    );
  };
  return { run, asked };
}

const noFolder = (): never => {
  throw new Error('nothing is exported here');
};
const stateOf = async ({ run }: ReturnType<typeof pc>, key: string): Promise<string> => {
  const [answer] = await registryReader(run, noFolder).readKeys([{ key, how: 'values' }]);
  return answer?.state ?? '';
};

describe('a key that reg.exe does not give', () => {
  const key = 'HKLM\\SOFTWARE\\A\\B\\Key';

  it.each<[string, readonly string[], string]>([
    ['is read', [key], 'read'],
    ['is absent where the key above does not have it', ['HKLM\\SOFTWARE\\A\\B\\Other'], 'absent'],
    ['is absent where the key above is absent, too', ['HKLM\\SOFTWARE\\C'], 'absent'],
    ['is refused where the key above has it', [`!${key}`], 'refused'],
    ['is refused whatever the case of its name', ['!HKLM\\SOFTWARE\\a\\b\\KEY'], 'refused'],
    ['is not known where the key above may not be read', ['!HKLM\\SOFTWARE\\A\\B'], 'unknown'],
    ['is not known where two above may not be read', ['!HKLM\\SOFTWARE\\A'], 'unknown'],
    ['is not known where nothing may be read', ['!HKLM'], 'unknown'],
  ])('%s', async (_what, keys, state) => {
    expect(await stateOf(pc(...keys), key)).toBe(state);
  });

  it('costs one program more for all keys of one parent', async () => {
    const { run, asked } = pc('HKLM\\SOFTWARE\\A\\Other');
    const reader = registryReader(run, noFolder);
    const keys = ['X', 'Y', 'Z'].map((name) => ({ key: `HKLM\\SOFTWARE\\A\\${name}`, how: 'values' }) as const);
    const [first, ...others] = keys;
    await reader.readKeys([first!]);
    await reader.readKeys(others);
    expect(asked.filter((one) => one === 'query HKEY_LOCAL_MACHINE\\SOFTWARE\\A')).toHaveLength(1);
    expect(asked).toHaveLength(4);
  });
});

describe('what may not be read', () => {
  it("counts neither as no other firewall nor as no group policy, and the server's switches are not told", async () => {
    const rules = `${places.local}\\FirewallRules`;
    const policyOf = async (...keys: readonly string[]) => {
      const { run } = pc(rules, `${places.service('mpssvc')}`, `${places.service('BFE')}`, ...keys);
      // Exports are asked for as listings here: a fake writes no files.
      const { readKeys } = registryReader(run, noFolder);
      return readPolicy(
        {
          readKeys: (questions) =>
            readKeys(questions.map((one) => ({ ...one, how: 'values' as const, key: one.key }))).then((all) =>
              all.map((answer) =>
                answer.key === places.local && answer.state === 'read'
                  ? {
                      ...answer,
                      text: `${answer.text}\r\n${rules.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\r\n    a    REG_SZ    b\r\n\r\n`,
                    }
                  : answer,
              ),
            ),
          askService: async () => ended(1060),
          profiles: async () => null,
          addresses: () => ({}),
        },
        'whole',
      );
    };
    const parameters = `${places.service('LanmanServer')}\\Parameters`;
    const shut = await policyOf(`!${places.otherFirewalls}`, `!${places.groupPolicy}`, `!${parameters}`);
    expect(shut.beside.otherFirewalls).toBeUndefined();
    expect(shut.beside.absentKeys).toEqual([]);
    expect(shut.beside.server).toBeUndefined();
    expect(managersOf(shut)).toContainEqual(expect.objectContaining({ name: 'other', state: 'unknown' }));
    const open = await policyOf(parameters);
    expect(open.beside.otherFirewalls).toEqual([]);
    expect(open.beside.absentKeys).toEqual([places.groupPolicy]);
    expect(open.beside.server).toMatchObject({ smb1: null });
    expect(managersOf(open).map(({ name }) => name)).toEqual(['windows-firewall']);
  });

  it('is never taken down as a switch that was not set', async () => {
    const server = places.service('LanmanServer');
    const read = (...keys: readonly string[]) => registryReader(pc(...keys).run, noFolder).readKeys(serverQuestions);
    expect(areKnown(await read(server))).toBe(true);
    expect(numbersIn(await read(server)).SMB1).toBeNull();
    const shut = await read(`!${server}\\Parameters`);
    expect(areKnown(shut)).toBe(false);
    expect(() => numbersIn(shut)).toThrow('could not be read');
  });
});

it('removes the folder of exports only when nothing writes there any more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bwreg-'));
  let end = (): void => undefined;
  const ends = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run: RunReg = async ([, key]) => {
    if (key === 'HKLM\\first') return ended(2);
    await ends;
    return ended(2);
  };
  const questions = ['HKLM\\first', 'HKLM\\second'].map((key) => ({ key, how: 'export' as const }));
  const reading = registryReader(run, () => folder).readKeys(questions);
  reading.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(existsSync(folder)).toBe(true);
  end();
  await expect(reading).rejects.toThrow(/first/);
  expect(existsSync(folder)).toBe(false);
});
