// Windows' question for permission through sudo-prompt, from the real command line to the real helper.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { WindowsPc } from './bed/windows-pc';
import { germanNetstat, runningService, usualPc } from './real-pcs';

const pc = new WindowsPc();

async function run(args: readonly string[], program?: string) {
  const options = program === undefined ? {} : { program };
  const { code, stdout } = await pc.breakwater([...args, '--json'], options);
  return { code, outcome: JSON.parse(stdout).outcome };
}

const asked = (): readonly (readonly string[])[] => pc.calls('powershell').filter((args) => args.includes('runAs'));

beforeEach(() => {
  pc.reset();
  pc.importQueried(...usualPc);
  pc.tell('sc', { out: runningService });
  pc.tell('netstat', { out: germanNetstat });
});

describe('an ordinary user', () => {
  it('gets a shield up and down again when an administrator says yes', async () => {
    pc.answerPermission('yes');
    const up = await run(['shield']);
    expect([up.code, up.outcome.kind, up.outcome.shield?.state]).toEqual([0, 'done', 'up']);
    expect(asked()).toHaveLength(1);
    const down = await run(['lift']);
    expect([down.code, down.outcome.kind]).toEqual([0, 'done']);
    expect(asked()).toHaveLength(2);
    const temporary = pc
      .file('C:\\users')
      .concat('/', readdirSync(pc.file('C:\\users')).find((name) => name !== 'Public') ?? '', '/Temp');
    expect(readdirSync(temporary).filter((name) => /^[0-9a-f]{32}$/.test(name))).toEqual([]);
  });

  it('is told when the answer is no, and nothing has changed', async () => {
    pc.answerPermission('no');
    const { code, outcome } = await run(['shield']);
    expect([code, outcome.kind]).toEqual([3, 'not-permitted']);
    expect(pc.calls('netsh')).toEqual([]);
  });

  it('is not even asked where the program lies in a folder of a user', async () => {
    const own = 'C:\\users\\Public\\Breakwater';
    cpSync(pc.file('C:\\Program Files\\Breakwater'), pc.file(own), { recursive: true });
    try {
      const { code, outcome } = await run(['shield'], own);
      expect([code, outcome.kind]).toEqual([3, 'not-permitted']);
      expect(outcome.what).toContain('where not only administrators can write');
      expect(outcome.todo).toContain('Run as administrator');
      expect(asked()).toEqual([]);
    } finally {
      rmSync(pc.file(own), { recursive: true });
    }
  });
});

describe('paths', () => {
  it('with spaces and letters of every language are no trouble for an administrator', async () => {
    const own = 'C:\\Program Files\\Größe 漢字 (2)';
    cpSync(pc.file('C:\\Program Files\\Breakwater'), pc.file(own), { recursive: true });
    pc.becomeAdministrator();
    try {
      expect((await run(['shield'], own)).outcome.kind).toBe('done');
      expect(pc.query('HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess')).toContain('Breakwater-');
      expect((await run(['lift'], own)).outcome.kind).toBe('done');
    } finally {
      rmSync(pc.file(own), { recursive: true });
    }
  });

  it('that a batch file can not carry are refused before anybody is asked', async () => {
    const own = 'C:\\Program Files\\Größe 漢字 (2)';
    cpSync(pc.file('C:\\Program Files\\Breakwater'), pc.file(own), { recursive: true });
    try {
      const { code, outcome } = await run(['shield'], own);
      expect([code, outcome.kind]).toEqual([3, 'not-permitted']);
      expect(asked()).toEqual([]);
    } finally {
      rmSync(pc.file(own), { recursive: true });
    }
    expect(existsSync(pc.file(own))).toBe(false);
  });
});

it('a foreign %SystemRoot% is not followed', async () => {
  pc.becomeAdministrator();
  const { code, stdout } = await pc.wine([
    'cmd',
    '/c',
    'set "SystemRoot=C:\\users\\Public" && "C:\\Program Files\\Breakwater\\node.exe" "C:\\Program Files\\Breakwater\\cli.js" shield --json',
  ]);
  expect(code).not.toBe(0);
  expect(stdout).not.toContain('"kind": "done"');
  expect(pc.calls('netsh')).toEqual([]);
});

describe('an administrator', () => {
  it('gets a shield up and down by no folder that the environment names', async () => {
    pc.becomeAdministrator();
    const nowhere = 'C:\\users\\Public\\nowhere';
    const env = {
      ...{ SystemRoot: `${nowhere}\\Windows`, windir: `${nowhere}\\Windows`, SystemDrive: 'Z:' },
      ...{ TEMP: nowhere, TMP: nowhere, ProgramFiles: nowhere, USERPROFILE: nowhere, ComSpec: `${nowhere}\\cmd.exe` },
    };
    const up = await pc.breakwater(['shield', '--json'], { env });
    expect([up.code, JSON.parse(up.stdout).outcome.shield?.state]).toEqual([0, 'up']);
    expect(existsSync(pc.file('C:\\Program Files\\Common Files\\Breakwater\\journal.jsonl'))).toBe(true);
    const down = await pc.breakwater(['lift', '--json'], { env });
    expect([down.code, JSON.parse(down.stdout).outcome.kind]).toEqual([0, 'done']);
    // What was exported while it was read lies nowhere any more.
    const left = readdirSync(pc.file('C:\\Program Files\\Common Files')).filter((name) => /^breakwater-/.test(name));
    expect(left).toEqual([]);
    expect(existsSync(pc.file(nowhere))).toBe(false);
  });
});
