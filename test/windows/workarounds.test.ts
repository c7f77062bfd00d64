// What a shield switches off beside or instead of firewall rules, on Windows' Node: in force, proven, taken back as it was, whatever fails.
import { beforeEach, describe, expect, it } from 'vitest';
import { WindowsPc } from './bed/windows-pc';
import { germanNetstat, runningService, usualPc } from './real-pcs';

const pc = new WindowsPc();
const firewall = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const server = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer';
const running = 'HKLM\\SOFTWARE\\Stand-ins\\Services';
const firewallOff = ['StandardProfile', 'PublicProfile', 'DomainProfile'].map(
  (profile) =>
    `${firewall.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\${profile}\r\n    EnableFirewall    REG_DWORD    0x0\r\n`,
);

async function run(...args: readonly string[]) {
  const { code, stdout, stderr } = await pc.breakwater([...args, '--json']);
  return { code, stderr, answer: stdout === '' ? null : JSON.parse(stdout) };
}

/** Lifts; what is said shows when it does not end well. */
async function lifted(): Promise<void> {
  const { code, stderr, answer } = await run('lift');
  expect(code, `${stderr} ${JSON.stringify(answer?.outcome)}`).toBe(0);
}

/** Its switches, and whether it and its dependents run (4) or not (1). */
const state = () => ({
  server: pc.query(server),
  services: pc.query(running).replaceAll(/\r?\n/g, ' ').trim(),
});
const parameter = (name: string): string | undefined =>
  new RegExp(`    ${name}    REG_DWORD    (0x\\S+)`).exec(pc.query(`${server}\\Parameters`))?.[1];
const start = (): string | undefined => / {4}Start {4}REG_DWORD {4}(0x\S+)/.exec(pc.query(server))?.[1];
const ourRules = (): number => (pc.query(`${firewall}\\FirewallRules`).match(/\|Name=Breakwater-/g) ?? []).length;

beforeEach(async () => {
  pc.reset();
  pc.importQueried(...usualPc);
  pc.becomeAdministrator();
  pc.tell('sc', { out: runningService });
  pc.tell('netstat', { out: germanNetstat });
  pc.dependents('Browser', 'Dfs');
  // The stand-in's own memory of what runs, once for all.
  for (const name of ['LanmanServer', 'Browser', 'Dfs'])
    pc.importQueried(`${running.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\r\n    ${name}    REG_DWORD    0x4\r\n`);
});

describe('a shield where firewall rules would have no effect', () => {
  beforeEach(() => pc.importQueried(...firewallOff));

  it('is refused with the way out, which shuts the door by ending file sharing, and lifting brings that back', async () => {
    const refused = await run('shield');
    expect([refused.code, refused.answer.outcome.kind]).toEqual([2, 'refused']);
    expect(refused.answer.outcome.todo).toContain('--workaround server-off');

    const before = state();
    const dry = await run('shield', '--workaround', 'server-off', '--dry-run');
    expect(dry.answer.plan.changes.map(({ command }: { command: string }) => command)).toEqual(
      expect.arrayContaining(['sc config LanmanServer start= disabled', 'sc stop LanmanServer']),
    );
    expect(dry.answer.plan.effects.join(' ')).toContain('Firewall rules would have no effect here');
    expect(state()).toEqual(before);

    const up = await run('shield', '--workaround', 'server-off');
    expect([up.code, up.answer.outcome.kind]).toEqual([0, 'done']);
    expect(up.answer.outcome.shield).toMatchObject({
      state: 'up',
      shield: { rules: false, workarounds: ['server-off'] },
    });
    expect([start(), ourRules()]).toEqual(['0x4', 0]);
    expect(state().services).not.toContain('0x4');
    const status = await run('status');
    expect([status.code, status.answer.state]).toEqual([0, 'up']);
    expect(status.answer.because.join(' ')).toContain('The Server service is disabled and does not run');
    // Whoever waits at the port all the same is seen: a shield without rules hides nobody.
    expect((await run('inspect', '--only', 'firewall')).answer.verdicts.door.state).toBe('open');

    expect((await run('lift')).answer.outcome.kind).toBe('done');
    expect(state()).toEqual(before);
    expect(pc.calls('sc').filter(([verb]) => verb === 'start')).toEqual([
      ['start', 'LanmanServer'],
      ['start', 'Dfs'],
      ['start', 'Browser'],
    ]);
    expect((await run('status')).answer.state).toBe('none');
  });

  it('is refused where only less than the whole service would be off, or somebody should get in all the same', async () => {
    expect((await run('shield', '--workaround', 'smb1-off')).answer.outcome.kind).toBe('refused');
    const excepted = await run('shield', '--workaround', 'server-off', '--allow', '10.0.0.1');
    expect(excepted.answer.outcome.what).toContain('nobody can be let in');
    expect(start()).toBe('0x2');
  });
});

describe('workarounds beside the rules', () => {
  const all = ['--workaround', 'smb1-off', '--workaround', 'compression-off', '--workaround', 'server-off'];

  it('come in force with them and go with them, values that were there as they were', async () => {
    pc.importQueried(`${server.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\Parameters\r\n    SMB1    REG_DWORD    0x1\r\n`);
    const before = state();
    const up = await run('shield', ...all);
    expect(up.answer.outcome.kind, up.answer.outcome.what).toBe('done');
    expect([parameter('SMB1'), parameter('DisableCompression'), start(), ourRules()]).toEqual(['0x0', '0x1', '0x4', 2]);
    expect((await run('shield', ...all)).answer.outcome.unchanged).toBe(true);
    // One less: that one goes back, the rest stays.
    expect((await run('shield', '--workaround', 'smb1-off')).code).toBe(0);
    expect([parameter('SMB1'), parameter('DisableCompression'), start()]).toEqual(['0x0', undefined, '0x2']);
    await lifted();
    expect(state()).toEqual(before);
  });

  it('that were so before stay so after', async () => {
    pc.importQueried(`${server.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\Parameters\r\n    SMB1    REG_DWORD    0x0\r\n`);
    expect((await run('shield', '--workaround', 'smb1-off')).code).toBe(0);
    await lifted();
    expect(parameter('SMB1')).toBe('0x0');
  });

  it('that somebody turned back are told as damaged, put back by the keeper, and left alone by lifting', async () => {
    await run('shield', '--workaround', 'compression-off');
    const turned = `${server.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\Parameters\r\n    DisableCompression    REG_DWORD    0x0\r\n`;
    pc.importQueried(turned);
    expect((await run('status')).answer.state).toBe('damaged');
    const look = ['C:\\Program Files\\Breakwater\\node.exe', 'C:\\Program Files\\Breakwater\\helper.js', 'keep'];
    expect((await pc.wine(look)).code).toBe(0);
    expect((await run('status')).answer.state).toBe('up');
    pc.importQueried(turned);
    await lifted();
    expect(parameter('DisableCompression')).toBe('0x0');
  });

  it.each([
    [1, 'denied'],
    [1, 'lost'],
    [2, 'error'],
    [4, 'denied'],
  ] as const)('that Windows refuses at call %i of sc (%s) undo the whole shield', async (call, what) => {
    const before = state();
    pc.tell('sc', { fail: { [call]: what } });
    const { code, answer } = await run('shield', ...all);
    expect([code, answer.outcome.kind]).toEqual([4, 'failed-undone']);
    expect(state()).toEqual(before);
    expect(ourRules()).toBe(0);
    expect((await run('status')).answer.state).toBe('none');
  });

  it.each([1, 2, 4])('cut off by a power cut at call %i of sc are undone by the next run', async (call) => {
    const before = state();
    pc.tell('sc', { fail: { [call]: 'crash' } });
    await pc.breakwater(['shield', ...all]);
    expect(start()).toBe('0x4');
    const status = await run('status');
    expect(['none', 'up']).toContain(status.answer.state);
    if (status.answer.state === 'up') expect((await run('lift')).code).toBe(0);
    expect(state()).toEqual(before);
    expect(ourRules()).toBe(0);
  });

  it('cut off while they are taken back are taken back by the next run', async () => {
    const before = state();
    await run('shield', ...all);
    pc.tell('sc', { fail: { 2: 'crash' } });
    await pc.breakwater(['lift']);
    expect((await run('status')).answer.state).toBe('none');
    expect(state()).toEqual(before);
  });
});

it('a workaround that there is not is wrong usage', async () => {
  const { code, stderr } = await run('shield', '--workaround', 'everything-off');
  expect(code).toBe(2);
  expect(stderr).toContain('server-off or smb1-off or compression-off');
});
