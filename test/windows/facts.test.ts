// What the built program finds out on Windows' Node, with real registries imported by Windows' own reg.exe.
import { beforeEach, describe, expect, it } from 'vitest';
import { type RunOptions, WindowsPc } from './bed/windows-pc';
import { fixture, germanNetstat, runningService, usualPc, versionText, windows10 } from './real-pcs';

const pc = new WindowsPc();

async function inspect(args: readonly string[] = [], options: RunOptions = {}) {
  const { code, stdout, stderr } = await pc.breakwater(['inspect', '--json', ...args], options);
  if (stdout === '') throw new Error(`no document (${code}): ${stderr}`);
  const { doubts, facts, verdicts } = JSON.parse(stdout);
  return { code, doubts, facts, verdicts };
}

beforeEach(() => {
  pc.reset();
  pc.tell('sc', { out: runningService });
  pc.tell('netstat', { out: germanNetstat });
});

describe('a Windows PC with its firewall as usual', () => {
  beforeEach(() => pc.importQueried(...usualPc));

  it('is told by its build with the update revision', async () => {
    const { facts } = await inspect(['--only', 'patch']);
    expect(facts.system.value).toMatchObject({
      platform: 'windows',
      name: 'Windows 10 Pro 1909',
      version: '1909',
      build: '10.0.18363.720',
      administrator: false,
      bootId: null,
    });
    expect(facts.patch.value).toMatchObject({ build: '10.0.18363', ubr: 720, edition: 'Professional' });
  });

  it('is Windows 11 from build 22000 on, whatever its product name says', async () => {
    pc.importQueried(
      versionText({ CurrentBuildNumber: '26100', UBR: 7392, DisplayVersion: '24H2', ProductName: 'Windows 10 Pro' }),
    );
    const { facts } = await inspect(['--only', 'patch']);
    expect(facts.system.value).toMatchObject({ name: 'Windows 11 Pro 24H2', build: '10.0.26100.7392' });
  });

  it('has its door closed in each profile, and SMB settings with what is a default marked', async () => {
    const { code, doubts, facts, verdicts } = await inspect();
    expect(verdicts.door.state).toBe('closed');
    expect(verdicts.review).toMatchObject({ verdict: 'closed', unsure: [] });
    expect(facts.managers.value[0]).toMatchObject({ state: 'active', because: 'domain: on; private: on; public: on.' });
    const settings = new Map<string, { value: string; isDefault: boolean }>(
      facts.servers.value[0].settings.map((one: { name: string }) => [one.name, one]),
    );
    expect(settings.get('SMB1 server')).toMatchObject({ value: 'on' });
    expect(settings.get('RequireSecuritySignature')).toMatchObject({ value: '0', isDefault: false });
    expect(settings.get('DisableCompression')).toMatchObject({ value: '0', isDefault: true });
    expect(settings.get('client: AllowInsecureGuestAuth')).toMatchObject({ value: '1', isDefault: true });
    // netstat lists a server here, and nothing answers there: what it speaks is not known.
    const codes = doubts.map((doubt: { code: string }) => doubt.code);
    // From some day on the catalogue that comes with it is old.
    expect(codes.filter((one: string) => one !== 'catalogue-too-old')).toEqual(['smb-answer']);
    expect(code).toBe(6);
  });

  it('lists who listens and who is connected by numbers alone, whatever the language', async () => {
    const { facts } = await inspect(['--only', 'smb']);
    const system = { name: 'System', pid: null };
    expect(facts.listeners.value).toContainEqual({
      protocol: 'tcp',
      family: 'ipv6',
      address: '::',
      port: 445,
      owner: system,
    });
    expect(
      facts.sessions.value.map(({ direction, remote }: { direction: string; remote: unknown }) => [direction, remote]),
    ).toEqual([
      ['in', { address: '192.168.7.31', port: 50112 }],
      ['out', { address: '192.168.7.5', port: 445 }],
    ]);
  });

  it('knows the profile of each interface where PowerShell tells it, and judges that one', async () => {
    const name = [...'eth0'].map((character) => character.charCodeAt(0)).join(' ');
    pc.tell('powershell', { out: `4 0 ${name}\r\n` });
    const { facts, verdicts } = await inspect();
    const eth0 = facts.network.value.interfaces.find((one: { name: string }) => one.name === 'eth0');
    expect(eth0.profile).toBe('public');
    expect(verdicts.review.reach).toContainEqual({ interface: 'eth0', profile: 'public', ipv4: [], ipv6: [] });
  });

  it('shows rule names and paths in every language as they are', async () => {
    const rule =
      'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|RA4=10.9.0.0/255.255.0.0|Name=Общий доступ – 共有フォルダー|';
    pc.importQueried(
      `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules\r\n    {11111111-2222-3333-4444-555555555555}    REG_SZ    ${rule}\r\n`,
    );
    const { verdicts } = await inspect();
    expect(JSON.stringify(verdicts.review.because)).toContain('Общий доступ – 共有フォルダー');
    expect(verdicts.review.reach[0].ipv4).toEqual(['10.9.0.0/16']);
  });

  it('counts as not known who may connect, where another firewall product is registered', async () => {
    pc.importQueried(
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Security Center\\Provider\\Fw\\{0d4b5f5c-0000-4f64-9b2a-0123456789ab}\r\n    DISPLAYNAME    REG_SZ    Schutz & Co. Firewall\r\n',
    );
    const { facts, verdicts } = await inspect();
    expect(facts.managers.value[1]).toMatchObject({ name: 'other', title: 'Schutz & Co. Firewall' });
    expect(verdicts.review.verdict).toBe('unknown');
    expect(verdicts.door.state).toBe('unknown');
  });
});

describe('what could not be read', () => {
  it('is not taken for nothing: programs that print nothing tell nothing', async () => {
    pc.importQueried(...usualPc);
    const { code, facts, verdicts } = await inspect([], { standIns: false });
    expect(facts.listeners).toMatchObject({ state: 'failed' });
    expect(facts.sessions).toMatchObject({ state: 'failed' });
    expect(facts.network.value.interfaces.every((one: { profile: null }) => one.profile === null)).toBe(true);
    expect(verdicts.door.state).toBe('unknown');
    expect(code).toBe(6);
  });

  it('is said of a firewall whose rules are not there', async () => {
    pc.importQueried(windows10);
    const { code, facts, verdicts } = await inspect();
    expect(facts.ruleset).toMatchObject({ state: 'failed' });
    expect(facts.ruleset.why).toContain('FirewallRules is not there or may not be read');
    expect(facts.servers.state).toBe('failed');
    expect(verdicts.door.state).toBe('unknown');
    expect(code).toBe(6);
  });
});

describe('group policy', () => {
  it('opens the door where its rules do, and says so', async () => {
    // The rules of a published baseline that shares files; the rest of that text blocks everything.
    const rules = fixture('gpo/gpo-rules-misc.txt')
      .split('\r\n')
      .filter((line) => /^HKEY|FPS-/.test(line));
    pc.importQueried(...usualPc, rules.join('\r\n'));
    const { code, verdicts } = await inspect();
    expect(verdicts.review.verdict).toBe('open');
    expect(JSON.stringify(verdicts.review.because)).toContain('FPS-SMB-In-TCP');
    expect(verdicts.door.state).toBe('open');
    expect(code).toBe(1);
  });

  it('may let no rule of the PC count', async () => {
    pc.importQueried(...usualPc, fixture('gpo/nsacyber-windows-firewall-gpo.txt'));
    const { facts } = await inspect();
    expect(facts.managers.value[0].because).toBe(
      'domain: on by group policy; private: on by group policy; public: on by group policy, local rules do not count.',
    );
  });
});
