// Known answers of real PCs, judged by the built program on Windows' Node; and the same answer from what `collect` saved, on Linux too.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { WindowsPc } from './bed/windows-pc';
import { fixture, germanNetstat, noGroupPolicy, runningService, usualPc, versionText, windows10 } from './real-pcs';

const pc = new WindowsPc();
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

async function review(...args: readonly string[]) {
  const { code, stdout, stderr } = await pc.breakwater(['review', '--json', ...args]);
  if (stdout === '') throw new Error(`no document (${code}): ${stderr}`);
  return { code, ...JSON.parse(stdout) };
}

interface Entry {
  readonly interface: string;
  readonly profile: string;
  readonly ipv4: readonly string[];
}

/** Networks by profile. */
const byProfile = (reach: readonly Entry[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(reach.map(({ profile, ipv4 }) => [profile, ipv4]));

beforeEach(() => {
  pc.reset();
  pc.tell('sc', { out: runningService });
  pc.tell('netstat', { out: germanNetstat });
});

describe('real registries, imported by reg.exe', () => {
  it('Windows 7 with file sharing on for the domain: open there, closed elsewhere', async () => {
    pc.importQueried(
      fixture('win7sp1-x86/firewallpolicy.txt'),
      fixture('win7sp1-x86/services.txt'),
      versionText({ CurrentBuildNumber: '7601', CurrentVersion: '6.1', ProductName: 'Windows 7 Enterprise' }),
      noGroupPolicy,
    );
    const { code, verdict, reach } = await review();
    expect([code, verdict]).toEqual([1, 'open']);
    expect(byProfile(reach)).toEqual({ domain: ['0.0.0.0/0'], private: [], public: [] });
  });

  it.each(['win10-1709-x64', 'win10-1903-x64'])('%s: closed in all three profiles', async (name) => {
    pc.importQueried(fixture(`${name}/firewallpolicy.txt`), fixture(`${name}/services.txt`), windows10, noGroupPolicy);
    const { code, verdict, reach, unsure } = await review();
    expect([code, verdict, unsure]).toEqual([0, 'closed', []]);
    expect(byProfile(reach)).toEqual({ domain: [], private: [], public: [] });
    const names = await review('--port', '137', '--proto', 'udp', '--profile', 'private');
    expect(names.verdict).toBe('partly');
  });

  it('7,178 rules', async () => {
    pc.importQueried(
      fixture('big-v2.33/firewallrules.txt'),
      fixture('win11-v2.33-modified/profiles.txt'),
      windows10,
      noGroupPolicy,
    );
    const { verdict, because } = await review();
    expect(['open', 'partly', 'closed']).toContain(verdict);
    expect(because.length).toBeGreaterThan(0);
  });
});

describe('collect', () => {
  it('saves what judges to the same answer, here and on another system', async () => {
    const rule =
      'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|RA4=10.9.0.0/255.255.0.0|App=System|Name=Доступ 共有|';
    pc.importQueried(
      ...usualPc,
      `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules\r\n    {11111111-2222-3333-4444-555555555555}    REG_SZ    ${rule}\r\n`,
    );
    const out = 'C:\\users\\Public\\Für Zoë 漢';
    const { code, stdout } = await pc.breakwater(['collect', '--out', out]);
    expect(code).toBe(0);
    const folder = pc.file(out);
    const names = readdirSync(folder).sort();
    expect(names).toEqual([
      ...['filter-engine.txt', 'firewall-service.txt', 'host.json', 'local-policy.txt', 'system-and-smb.txt'],
    ]);
    for (const name of names) expect(stdout).toContain(name);
    const host = JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8'));
    expect(host).toMatchObject({ build: '10.0.18363.720', listening: [139, 445], otherFirewalls: [] });

    const live = await review();
    const there = await review('--from', out);
    expect(there.reach).toEqual(live.reach);
    expect(there.unsure).toEqual(live.unsure);
    const here = spawnSync(process.execPath, [join(root, 'out/cli.js'), 'review', '--from', folder, '--json'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(here.stdout)).toMatchObject({ reach: live.reach, unsure: live.unsure, verdict: 'partly' });
    expect(here.stdout).toContain('Доступ 共有');

    const inspect = async (...args: readonly string[]) =>
      JSON.parse((await pc.breakwater(['inspect', '--json', ...args])).stdout) as Inspected;
    const [inspected, elsewhere] = [await inspect(), await inspect('--from', out)];
    const native = spawnSync(process.execPath, [join(root, 'out/cli.js'), 'inspect', '--from', folder, '--json'], {
      encoding: 'utf8',
    });
    for (const told of [elsewhere, JSON.parse(native.stdout) as Inspected]) {
      expect(told.saved?.at).toBe(host.savedAt);
      expect(told.verdicts.door).toEqual(inspected.verdicts.door);
      expect(told.verdicts.review).toEqual(inspected.verdicts.review);
      for (const name of ['servers', 'managers', 'listeners'] as const)
        expect(told.facts[name]).toMatchObject({ state: 'known', value: inspected.facts[name]?.value });
      expect(told.facts.sessions?.state).toBe('failed');
    }
  });

  it('writes nothing where the policy could not be read', async () => {
    pc.importQueried(windows10);
    const { code } = await pc.breakwater(['collect', '--out', 'C:\\users\\Public\\nothing']);
    expect(code).toBe(4);
    expect(existsSync(pc.file('C:\\users\\Public\\nothing'))).toBe(false);
  });
});

interface Inspected {
  readonly saved?: { readonly at: string };
  readonly facts: Readonly<Record<string, { readonly state: string; readonly value?: unknown }>>;
  readonly verdicts: Readonly<Record<'door' | 'review', unknown>>;
}
