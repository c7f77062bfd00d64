// What the built program finds out on Windows' Node, with real registries imported by Windows' own reg.exe.
import { beforeEach, describe, expect, it } from 'vitest';
import { WindowsPc } from './bed/windows-pc';
import { fixture, germanNetstat, usualPc, versionText } from './real-pcs';

const pc = new WindowsPc();

interface Known<T> {
  readonly state: string;
  readonly value: T;
  readonly why?: string;
}

async function inspect(...args: readonly string[]) {
  const { code, stdout, stderr } = await pc.breakwater(['inspect', '--json', ...args]);
  const report = JSON.parse(stdout || '{}');
  return { code, stderr, facts: report.facts, verdicts: report.verdicts };
}

beforeEach(() => {
  pc.reset();
  pc.tell('sc', {
    out: '\r\nSERVICE_NAME: mpssvc \r\n        TYPE               : 20  WIN32_SHARE_PROCESS  \r\n        STATE              : 4  RUNNING \r\n',
  });
  pc.tell('netstat', { out: germanNetstat });
});

describe('inspect on Windows', () => {
  it('names the build with its revision, and 11 as 11', async () => {
    pc.importQueried(...usualPc);
    const before = await inspect();
    expect(before.facts.system.value).toMatchObject({
      platform: 'windows',
      name: 'Windows 10 Pro 1909',
      version: '1909',
      build: '10.0.18363.720',
      administrator: false,
    });
    pc.importQueried(
      versionText({ CurrentBuildNumber: '26100', UBR: 7392, DisplayVersion: '24H2', ProductName: 'Windows 10 Pro' }),
    );
    const after = await inspect('--only', 'patch');
    expect(after.facts.system.value).toMatchObject({ name: 'Windows 11 Pro 24H2', build: '10.0.26100.7392' });
  });
  it('shows everything', async () => {
    pc.importQueried(...usualPc);
    const t = Date.now();
    const all = await inspect();
    console.log(Date.now() - t, JSON.stringify(all, null, 1).slice(0, 9000));
  });
});
