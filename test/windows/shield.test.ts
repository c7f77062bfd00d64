// The shield for real on Windows' Node: put up, proven, changed and lifted through netsh, with everything that can go wrong on the way.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WindowsPc } from './bed/windows-pc';
import { fixture, germanNetstat, runningService, usualPc } from './real-pcs';

const pc = new WindowsPc();
const policy = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const groupPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';
const taskKey = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\Breakwater\\Keeper';

async function run(...args: readonly string[]) {
  const { code, stdout, stderr } = await pc.breakwater([...args, '--json']);
  return { code, stderr, answer: stdout === '' ? null : JSON.parse(stdout) };
}

/** Our rules as they stand in the registry. */
const ourRules = (): readonly string[] =>
  pc
    .query(`${policy}\\FirewallRules`)
    .split(/\r?\n/)
    .filter((line) => line.includes('|Name=Breakwater-'));
const netshCalls = (): readonly string[] => pc.calls('netsh').map((args) => args[2] ?? '');

beforeEach(() => {
  pc.reset();
  pc.importQueried(...usualPc);
  pc.becomeAdministrator();
  pc.tell('sc', { out: runningService });
  pc.tell('netstat', { out: germanNetstat });
});

describe('a shield on Windows', () => {
  it('goes up, is proven from the registry, and comes down with all else byte for byte as before', async () => {
    const before = pc.query(policy);
    const up = await run('shield', '--outbound', '--reason', 'CVE-2020-0796');
    expect([up.code, up.answer.outcome.kind, up.answer.outcome.unchanged]).toEqual([0, 'done', false]);
    expect(up.answer.outcome.shield).toMatchObject({ state: 'up', shield: { outbound: true } });
    expect(ourRules()).toHaveLength(3);
    expect(pc.query(taskKey)).toContain('Keeper');
    const status = await run('status');
    expect([status.code, status.answer.state]).toEqual([0, 'up']);
    expect(status.answer.because.join(' ')).toContain('TCP 139 and 445 coming in: new connections are turned away');

    const down = await run('lift');
    expect([down.code, down.answer.outcome.kind]).toEqual([0, 'done']);
    expect(down.answer.outcome.notes).toContain('Our rules are gone; every other rule is as it was.');
    expect(pc.query(policy)).toBe(before);
    expect(pc.query(taskKey)).toBe('');
    expect((await run('status')).answer.state).toBe('none');
  });

  it('is left as it is when put up twice, and changes its exceptions in place: at no moment is a rule missing', async () => {
    await run('shield');
    const rules = ourRules();
    const again = await run('shield');
    expect([again.code, again.answer.outcome.unchanged]).toEqual([0, true]);
    expect(ourRules()).toEqual(rules);
    const changed = await run('shield', '--allow', '192.168.7.5', '--allow', '2001:db8::/64');
    expect(changed.answer.outcome).toMatchObject({ kind: 'done', unchanged: false });
    expect(netshCalls()).toEqual(['add', 'add', 'set', 'set']);
    const [rule] = ourRules();
    expect(rule).toContain('|RA4=128.0.0.0-192.168.7.4|RA4=192.168.7.6-255.255.255.254|');
    expect(rule).toContain('|RA6=::2-2001:db7:ffff:ffff:ffff:ffff:ffff:ffff|RA6=2001:db8:0:1::-ffff:');
    await run('shield', '--outbound');
    expect(ourRules().filter((line) => /RA[46]=/.test(line))).toHaveLength(1);
    expect((await run('lift')).answer.outcome.kind).toBe('done');
    expect(ourRules()).toEqual([]);
  });

  it('goes up and comes down within a self-test, which writes down what it saw', async () => {
    const before = pc.query(policy);
    const out = 'C:\\users\\Public\\Für Zoë 漢.json';
    const { code, stdout } = await pc.breakwater(['self-test', '--yes', '--out', out]);
    const record = JSON.parse(readFileSync(pc.file(out), 'utf8'));
    expect(code, stdout).toBe(0);
    expect(record.ended).toMatchObject({ how: 'complete' });
    const seen = Object.fromEntries(
      (record.steps as { check: string; saw: readonly string[] }[]).map(({ check, saw }) => [check, saw.join('\n')]),
    );
    expect(seen.plan).toContain('netsh advfirewall firewall add rule');
    expect(seen.keeper).toContain('whole');
    expect(seen.status).toContain('The shield is UP');
    expect(seen.lift).toContain('every other rule is as it was');
    expect(pc.query(policy)).toBe(before);
    expect(pc.query(taskKey)).toBe('');
  });

  it('shows in a dry run what netsh will be asked, and asks nothing', async () => {
    const { answer } = await run('shield', '--dry-run', '--allow', '10.0.0.0/8');
    expect(answer.plan.changes[0].command).toMatch(
      /^netsh advfirewall firewall add rule name=Breakwater-[0-9a-f]{8}-tcp-in dir=in action=block /,
    );
    expect(answer.plan.effects.join(' ')).toContain('192.168.7.31');
    expect(answer.plan.effects.join(' ')).toContain('stay open until their end');
    expect(pc.calls('netsh')).toEqual([]);
  });
});

describe('a shield that can not go up', () => {
  it.each([
    ['netsh is denied', { 1: 'denied' }, 0],
    ['a rule does not appear although netsh says "Ok."', { 2: 'lost' }, 1],
    ['netsh says that it failed, and has added the rule', { 1: 'half' }, 1],
  ] as const)('is undone whole where %s', async (_, fail, added) => {
    const before = pc.query(policy);
    pc.tell('netsh', { fail });
    const { code, answer } = await run('shield');
    expect([code, answer.outcome.kind]).toEqual([4, 'failed-undone']);
    expect(netshCalls().filter((call) => call === 'delete')).toHaveLength(added);
    expect(pc.query(policy)).toBe(before);
  });

  it('is undone where the task scheduler takes no task', async () => {
    const before = pc.query(policy);
    pc.tell('schtasks', { fail: { 1: 'denied' } });
    const { code, answer } = await run('shield');
    expect([code, answer.outcome.kind]).toEqual([4, 'failed-undone']);
    expect(answer.outcome.what).toContain('schtasks');
    expect(pc.query(policy)).toBe(before);
  });

  it('says what is left, and what clears it, where undoing fails too', async () => {
    pc.tell('netsh', { fail: { 2: 'error', 3: 'denied' } });
    const { code, answer } = await run('shield');
    expect([code, answer.outcome.kind]).toEqual([5, 'failed-left']);
    expect(answer.outcome.clear).toMatch(/^netsh advfirewall firewall delete rule name=Breakwater-[0-9a-f]{8}-tcp-in/);
    expect((await run('lift')).answer.outcome.kind).toBe('done');
    expect(ourRules()).toEqual([]);
  });

  it('is undone where a group policy takes the place of our rule', async () => {
    pc.tell('netsh', { fail: { 1: 'policy' } });
    const { code, answer } = await run('shield');
    expect([code, answer.outcome.kind], answer.outcome.what).toEqual([4, 'failed-undone']);
    expect(answer.outcome.what).toContain('takes its place');
    expect(ourRules()).toEqual([]);
  });

  it('stays up as it was where a change of it fails', async () => {
    await run('shield');
    const rules = ourRules();
    pc.tell('netsh', { fail: { 2: 'lost' } });
    const { code, answer } = await run('shield', '--allow', '192.168.7.5');
    expect([code, answer.outcome.kind]).toEqual([4, 'failed-undone']);
    expect(answer.outcome.todo).toContain('up as it was');
    expect(ourRules()).toEqual(rules);
    expect((await run('status')).answer.state).toBe('up');
  });
});

describe('a power cut', () => {
  it.each([
    ['while a shield goes up', 2],
    ['while it comes down', 3],
  ] as const)('%s is undone or finished by the next run', async (_, call) => {
    const before = pc.query(policy);
    pc.tell('netsh', { fail: { [call]: 'crash' } });
    await run('shield');
    if (call === 3) await run('lift');
    expect(ourRules().length).toBeGreaterThan(0);
    const down = await run('lift');
    expect(down.answer.outcome.kind).toBe('done');
    expect(pc.query(policy)).toBe(before);
    expect((await run('status')).answer.state).toBe('none');
  });
});

describe('a lock', () => {
  const state = 'C:\\Program Files\\Common Files\\Breakwater';
  const name = '0b0d4c6e-1a7b-4c5d-8e9f-001122334455';
  const kept = `${state}\\lock.${name}.held`;

  /** Locks the shield in the name of another program that runs for as long as `work` does. */
  async function heldBy(keeps: boolean, work: () => Promise<void>): Promise<void> {
    mkdirSync(pc.file(state), { recursive: true });
    const script = pc.file('C:\\users\\Public\\other.js');
    // 0x10000000 = UV_FS_O_EXLOCK.
    writeFileSync(
      script,
      `const fs = require('node:fs');
      const state = ${JSON.stringify(state)};
      fs.closeSync(fs.openSync(${JSON.stringify(kept)}, 'w'));
      if (${keeps}) fs.openSync(${JSON.stringify(kept)}, fs.constants.O_RDWR | 0x10000000);
      fs.writeFileSync(state + '\\\\lock', process.pid + '   0 ${name}');
      const end = state + '\\\\end';
      setInterval(() => { if (fs.existsSync(end)) process.exit(); }, 100);`,
    );
    const other = pc.wine(['C:\\Program Files\\Breakwater\\node.exe', 'C:\\users\\Public\\other.js']);
    try {
      await vi.waitUntil(() => existsSync(pc.file(`${state}\\lock`)), { timeout: 30_000, interval: 100 });
      await work();
    } finally {
      writeFileSync(pc.file(`${state}\\end`), '');
      await other;
      rmSync(script);
    }
  }

  it('is taken over where the number of its holder is that of another program by now', async () => {
    await heldBy(false, async () => {
      expect((await run('shield')).answer.outcome.kind).toBe('done');
      expect(existsSync(pc.file(kept))).toBe(false);
    });
    expect(readdirSync(pc.file(state)).filter((file) => file.startsWith('lock'))).toEqual([]);
  });

  it('is left to a holder that runs', async () => {
    await heldBy(true, async () => {
      const { code, answer } = await run('shield');
      expect([code, answer.outcome.kind, answer.outcome.what]).toEqual([
        4,
        'failed-undone',
        'Another Breakwater is changing the shield on this PC right now.',
      ]);
      expect(ourRules()).toEqual([]);
    });
  });
});

it('what a run that was cut off has exported is taken away a day later', async () => {
  const shared = pc.file('C:\\Program Files\\Common Files');
  const [old, young] = [join(shared, 'breakwater-aaaaaa'), join(shared, 'breakwater-bbbbbb')];
  const dayAgo = Date.now() / 1000 - 25 * 60 * 60;
  for (const folder of [old, young]) {
    mkdirSync(folder);
    writeFileSync(join(folder, '0.reg'), '');
  }
  utimesSync(old, dayAgo, dayAgo);
  expect((await run('shield')).code).toBe(0);
  expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
});

describe('a shield that would have no effect', () => {
  const refused = async (...texts: readonly string[]) => {
    pc.importQueried(...texts);
    const { code, answer } = await run('shield');
    expect(pc.calls('netsh')).toEqual([]);
    expect(code).toBe(2);
    expect(answer.outcome.kind).toBe('refused');
    return answer.outcome;
  };

  it('is refused where the firewall is switched off, with another way to shut the door', async () => {
    const { what, todo } = await refused(
      `${policy.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\PublicProfile\r\n    EnableFirewall    REG_DWORD    0x0\r\n`,
    );
    expect(what).toBe("In public networks Windows' firewall is switched off.");
    expect(todo).toContain('breakwater shield --workaround server-off');
  });

  it('is refused where group policy lets no local rule count, but only in a profile in use', async () => {
    const { what } = await refused(fixture('gpo/nsacyber-windows-firewall-gpo.txt'));
    expect(what).toBe('In public networks group policy lets no rule of this PC count.');
    const name = [...'eth0'].map((character) => character.charCodeAt(0)).join(' ');
    pc.tell('powershell', { out: `4 2 ${name}\r\n` });
    const dry = await run('shield', '--dry-run');
    expect(dry.answer.plan.warnings).toContain('In public networks group policy lets no rule of this PC count.');
    expect((await run('shield')).answer.outcome.kind).toBe('done');
  });

  it('is refused where the service is disabled, or does not run', async () => {
    pc.tell('sc', { out: runningService.replace('4  RUNNING', '1  STOPPED') });
    expect((await refused()).what).toContain('mpssvc');
    pc.tell('sc', { out: runningService });
    const disabled = await refused(
      'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\mpssvc\r\n    Start    REG_DWORD    0x4\r\n',
    );
    expect(disabled.what).toContain('disabled');
  });

  it('is refused where another product filters', async () => {
    const { what } = await refused(
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Security Center\\Provider\\Fw\\{0d4b5f5c-0000-4f64-9b2a-0123456789ab}\r\n    DISPLAYNAME    REG_SZ    Wall 7\r\n',
    );
    expect(what).toContain('Wall 7');
  });

  it('goes up with a warning where a rule lets callers past every block', async () => {
    pc.importQueried(
      `${groupPolicy.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\FirewallRules\r\n    bypass    REG_SZ    v2.30|Action=ByPass|Active=TRUE|Dir=In|Protocol=6|LPort=445|Security=Authenticate|RMauth=O:LSD:(A;;CC;;;S-1-5-84-0-0-0-0-0)|Name=Backup servers|\r\n`,
    );
    const { answer } = await run('shield', '--dry-run');
    expect(answer.plan.warnings[0]).toContain('Backup servers');
  });
});

describe('without administrator rights', () => {
  it('the state is told, and a change is not made', async () => {
    await run('shield');
    pc.importDeleted('HKU\\S-1-5-19');
    expect((await run('status')).answer.state).toBe('up');
    const { code, answer } = await run('lift');
    expect([code, answer.outcome.kind]).toEqual([3, 'not-permitted']);
    expect(ourRules()).toHaveLength(2);
  });
});

describe('the keeper', () => {
  const look = () =>
    pc.wine(['C:\\Program Files\\Breakwater\\node.exe', 'C:\\Program Files\\Breakwater\\helper.js', 'keep']);

  it('puts back a rule that somebody took away', async () => {
    await run('shield');
    const [rule] = ourRules();
    pc.deleteValue(`${policy}\\FirewallRules`, rule?.trim().split(/ {4}/)[0] ?? '');
    expect((await run('status')).answer.state).toBe('damaged');
    expect((await look()).code).toBe(0);
    expect(ourRules()).toHaveLength(2);
    expect((await run('status')).answer.state).toBe('up');
  });

  it('lifts when the PC is patched for the reason, and goes away itself', async () => {
    await run('shield', '--reason', 'CVE-2020-0796');
    expect(pc.query(taskKey)).not.toBe('');
    const { code, stdout } = await look();
    // 18363.720 is where the hole was closed (KB4551762).
    expect([code, stdout]).toEqual([0, expect.stringContaining('lifted')]);
    expect(ourRules()).toEqual([]);
    expect(pc.query(taskKey)).toBe('');
  });

  it('is mended where its task was taken away', async () => {
    await run('shield');
    rmSync(pc.file('C:\\Program Files\\Common Files\\Breakwater\\keeper-task-taken.xml'));
    expect((await look()).code).toBe(0);
    expect((await run('inspect')).answer.facts.keeper.value.schedule.state).toBe('whole');
  });
});
