// What a Windows PC's programs say, as facts: the same for every language, and honest where one of them fails.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';
import type { HostFactName } from '../../../../../main/host/host';
import { type Ran, runProgram } from '../../../../../main/host/run-program';
import { readWindowsFacts } from '../../../../../main/host/windows/read/facts';
import { networkOf } from '../../../../../main/host/windows/read/network';
import { patchOf } from '../../../../../main/host/windows/read/patch';
import { profileScript, readProfiles, readProfilesWithin } from '../../../../../main/host/windows/read/profiles';
import { serversOf } from '../../../../../main/host/windows/read/servers';
import { systemOf } from '../../../../../main/host/windows/read/system';
import type { ReadingTools } from '../../../../../main/host/windows/read/tools';
import { places } from '../../../../../main/policy/windows/places';
import { withAbsent } from '../../../../../main/policy/windows/read-registry';
import { readRegistryText } from '../../../../../main/policy/windows/registry-text';
import { failureOf, spoken } from '../../../in-english';

const fixtures = join(__dirname, '../../../../fixtures/windows');
const exports = join(tmpdir(), `breakwater-facts-${process.pid}`);
afterAll(() => rmSync(exports, { recursive: true, force: true }));
const services = (name: string): string => readFileSync(join(fixtures, name, 'services.txt'), 'utf8');
const version = (fields: Readonly<Record<string, string | number>>): string =>
  [
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
    ...Object.entries(fields).map(([name, value]) =>
      typeof value === 'number'
        ? `    ${name}    REG_DWORD    0x${value.toString(16)}`
        : `    ${name}    REG_SZ    ${value}`,
    ),
    '',
    '',
  ].join('\r\n');
const registry = (...texts: readonly string[]) => readRegistryText(texts.join('\r\n')).registry;
const said = (stdout: string): Ran => ({ kind: 'ended', code: 0, signal: null, stdout, complaint: '', tooMuch: false });
const failed: Ran = { kind: 'ended', code: 1, signal: null, stdout: '', complaint: '', tooMuch: false };

describe('settings of the SMB server and client', () => {
  const settingsOf = (name: string, fields: Readonly<Record<string, string | number>>) => {
    // What the hives had of these services was saved whole, so what is missing is not there.
    const drivers = ['srv', 'mrxsmb10'].map(places.service);
    const [server] = serversOf(withAbsent(registry(version(fields), services(name)), drivers));
    return new Map(server!.settings.map((one) => [one.name, [one.value, one.isDefault] as const]));
  };

  /** Of a PC where nothing is written. */
  const defaultsOf = (fields: Readonly<Record<string, string>>) => {
    const keys = ['LanmanServer', 'LanmanWorkstation'].map((name) => places.service(name));
    const written = keys.flatMap((key) => [key, '    Start    REG_DWORD    0x2', '', `${key}\\Parameters`, '']);
    const text = registry(version(fields), [...written, ''].join('\r\n'));
    const [server] = serversOf(withAbsent(text, ['srv', 'mrxsmb10'].map(places.service)));
    return new Map(server!.settings.map((one) => [one.name, one.value]));
  };

  it('are as written, or the default of that Windows', () => {
    const seven = settingsOf('win7sp1-x86', { CurrentBuildNumber: '7601', EditionID: 'Enterprise' });
    expect(seven.get('SMB1 server')).toEqual(['on', true]);
    expect(seven.get('DisableCompression')).toEqual(['1', true]);
    expect(seven.has('client: AllowInsecureGuestAuth')).toBe(false);
    const ten = settingsOf('win10-1709-x64', { CurrentBuildNumber: '16299', EditionID: 'Core' });
    expect(ten.get('SMB1 server')).toEqual(['not installed', true]);
    expect(ten.get('client: AllowInsecureGuestAuth')).toEqual(['0', false]);
    const newest = settingsOf('win10-1903-x64', { CurrentBuildNumber: '26100', EditionID: 'Core' });
    expect(newest.has('client: AllowInsecureGuestAuth')).toBe(false);
    expect(newest.get('RequireSecuritySignature')).toEqual(['0', false]);
  });

  it.each([
    ['26100', 'Client', 'Core', '0', '0'],
    ['26100', 'Client', 'CoreSingleLanguage', '0', '0'],
    ['26100', 'Client', 'Professional', '1', '1'],
    ['26200', 'Client', 'ProfessionalWorkstation', '1', '1'],
    ['26100', 'Client', 'Enterprise', '1', '1'],
    ['26100', 'Client', 'EducationN', '1', '1'],
    ['26100', 'Client', 'IoTEnterprise', null, null],
    ['26100', 'Client', '', null, null],
    ['26100', 'Server', 'ServerStandard', '0', '1'],
    ['26100', 'Server Core', 'ServerDatacenter', '0', '1'],
    ['22631', 'Client', 'Professional', '0', '0'],
    ['20348', 'Server', 'ServerStandard', '0', '0'],
  ])('signing on %s %s %s is required of others: %s, asked for: %s', (build, installed, edition, server, client) => {
    const all = defaultsOf({ CurrentBuildNumber: build, InstallationType: installed, EditionID: edition });
    expect(all.get('RequireSecuritySignature') ?? null).toBe(server);
    expect(all.get('client: RequireSecuritySignature') ?? null).toBe(client);
  });

  it.each([
    ['14393', 'Client', 'Enterprise', '1'],
    ['16299', 'Client', 'Enterprise', '0'],
    ['19045', 'Client', 'EnterpriseS', '0'],
    ['19045', 'Client', 'Education', '0'],
    ['19045', 'Client', 'ProfessionalWorkstation', '0'],
    ['19045', 'Client', 'ProfessionalEducation', null],
    ['19045', 'Client', 'Professional', '1'],
    ['22631', 'Client', 'Core', '1'],
    ['26100', 'Client', 'Professional', '0'],
    ['26100', 'Client', 'Core', null],
    ['14393', 'Server', 'ServerStandard', '1'],
    ['17763', 'Server', 'ServerStandard', '0'],
    ['26100', 'Server', 'ServerDatacenter', '0'],
    ['17763', 'Server', 'ServerSolution', null],
    ['9600', 'Client', 'Professional', null],
  ])('guests on %s %s %s: %s', (build, installed, edition, guest) => {
    const all = defaultsOf({ CurrentBuildNumber: build, InstallationType: installed, EditionID: edition });
    expect(all.get('client: AllowInsecureGuestAuth') ?? null).toBe(guest);
  });

  it('have no default where it is not known which Windows it is', () => {
    const unknown = settingsOf('win10-1903-x64', {});
    expect(unknown.has('DisableCompression')).toBe(false);
  });

  it('are not known where the service could not be read', () => {
    expect(failureOf(() => serversOf(registry(version({ CurrentBuildNumber: '19045' }))))).toContain(
      'nothing is known',
    );
  });
});

describe('which Windows', () => {
  const own = { architecture: 'x64', hostname: 'PC', release: '10.0.22631', administrator: false };
  const systemFrom = (fields: Readonly<Record<string, string | number>>, release = own.release) =>
    systemOf(registry(version(fields)), { ...own, release });

  it('is told by the build', () => {
    const eleven = {
      CurrentBuildNumber: '22631',
      UBR: 3447,
      DisplayVersion: '23H2',
      ReleaseId: '2009',
      ProductName: 'Windows 10 Pro',
    };
    expect(systemFrom(eleven)).toMatchObject({
      name: 'Windows 11 Pro 23H2',
      build: '10.0.22631.3447',
      version: '23H2',
    });
    const server = {
      ...eleven,
      CurrentBuildNumber: '26100',
      InstallationType: 'Server',
      ProductName: 'Windows Server 2025 Standard',
    };
    expect(systemFrom(server).name).toBe('Windows Server 2025 Standard 23H2');
    const seven = { CurrentBuildNumber: '7601', ProductName: 'Windows 7 Professional' };
    expect(systemFrom(seven, '6.1.7601')).toMatchObject({ name: 'Windows 7 Professional', build: '6.1.7601' });
    expect(failureOf(() => systemFrom({ ProductName: 'Windows 10' }))).toContain('which build');
  });

  it('is not patched nor unpatched by what is not told', () => {
    expect(patchOf(registry(version({ CurrentBuildNumber: '19045' })), 'mips')).toEqual({
      kind: 'windows',
      build: '10.0.19045',
      ubr: null,
      installationType: null,
      edition: null,
      architecture: null,
      hotpatch: null,
      preview: null,
      updates: null,
      restart: { state: 'unknown', because: expect.objectContaining({ code: 'windows.key-unread' }) },
    });
  });

  it('waits for a restart where an update left its mark', () => {
    const servicing = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing';
    const restart = (...below: readonly string[]) =>
      patchOf(
        registry(
          version({ CurrentBuildNumber: '19045', UBR: 1 }),
          `${servicing}\r\n    x    REG_DWORD    0x1\r\n`,
          ...below,
        ),
        'x64',
      ).restart.state;
    expect(restart()).toBe('none');
    expect(restart(`${servicing}\\RebootPending\r\n`)).toBe('pending');
  });
});

describe('profiles of interfaces', () => {
  const codes = (name: string): string => [...name].map((character) => character.charCodeAt(0)).join(' ');

  it('are read from numbers, the name too, and go to the interface by name or by number', () => {
    const profiles = readProfiles(said(`4 2 ${codes('Ethernet')}\r\n11 0 ${codes('無線 LAN')}\r\n`));
    expect(profiles).toEqual([
      { index: 4, profile: 'domain', name: 'Ethernet' },
      { index: 11, profile: 'public', name: '無線 LAN' },
    ]);
    const info = {
      address: 'fe80::1',
      netmask: '',
      mac: '',
      internal: false,
      cidr: 'fe80::1/64',
      family: 'IPv6',
      scopeid: 11,
    } as const;
    const { interfaces } = networkOf({ Ethernet: [], 'WLAN (renamed)': [info], VPN: [] }, [], profiles);
    expect(interfaces.map(({ profile }) => profile)).toEqual(['domain', 'public', null]);
  });

  it.each(['', '\r\n', '4 7 65', '4 0', 'Get-NetConnectionProfile : Access denied', '4 0 65\r\nsomething'])(
    'are not known from %j',
    (text) => expect(readProfiles(said(text))).toBeNull(),
  );

  describe('in time', () => {
    const asPowerShell = (script: string) => ({
      run: (_: string, __: readonly string[], signal?: AbortSignal) => {
        const surroundings = { env: {}, cwd: '/', decode: (output: Buffer) => output.toString() };
        return runProgram(process.execPath, ['-e', script], surroundings, { signal });
      },
    });

    it('are heard although this process was busy for longer with starting other programs', async () => {
      const told = readProfilesWithin(1_000, asPowerShell(`console.log('4 0 ${codes('eth0')}')`));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
      expect(await told).toEqual([{ index: 4, profile: 'public', name: 'eth0' }]);
    });

    it('are not waited for when the time is over, nor when the reading is stopped', async () => {
      const forEver = asPowerShell('setInterval(() => {}, 1000)');
      expect(await readProfilesWithin(200, forEver)).toBeNull();
      expect(await readProfilesWithin(60_000, forEver, AbortSignal.timeout(200))).toBeNull();
    });
  });

  it('are asked for in PowerShell that parses', async () => {
    await Parser.init();
    const path = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
    const parser = new Parser();
    parser.setLanguage(await Language.load(path));
    expect(parser.parse(profileScript)?.rootNode.hasError).toBe(false);
    expect(parser.parse(`${profileScript} {`)?.rootNode.hasError).toBe(true);
  });
});

describe('reading all of it', () => {
  // A Windows path is one odd name in the working folder elsewhere, and programs that never end keep theirs.
  afterAll(() => {
    for (const name of readdirSync('.').filter((each) => each.startsWith('\\nonexistent\\breakwater-')))
      rmSync(name, { recursive: true });
  });

  const every = new Set<HostFactName>([
    'system',
    'network',
    'listeners',
    'sessions',
    'smb',
    'servers',
    'managers',
    'ruleset',
    'patch',
  ]);

  function tools(run: ReadingTools['run']): ReadingTools {
    return {
      run,
      makeFolder: () => {
        mkdirSync(exports, { recursive: true });
        return exports;
      },
      addresses: () => ({}),
      architecture: 'x64',
      hostname: 'PC',
      release: '10.0.19045',
      probe: () => Promise.reject(new Error('nobody is asked here')),
      now: () => new Date(0),
    };
  }

  it('starts every program of the first wave before any has answered', async () => {
    const started: string[] = [];
    let answer = (): void => undefined;
    const all = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const reading = readWindowsFacts(new Set(['system', 'listeners', 'network']), () => undefined, {
      ...tools(async (program) => {
        started.push(program);
        await all;
        return failed;
      }),
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(started.sort()).toEqual(['netstat', 'powershell', 'reg', 'reg', 'reg', 'tasklist']);
    answer();
    await reading;
  });

  it('says why of each fact, and never rejects, where no program can be run', async () => {
    const told: string[] = [];
    const facts = await readWindowsFacts(
      every,
      (name) => told.push(name),
      tools(async () => ({ kind: 'not-there' })),
    );
    expect(told.sort()).toEqual([...every].sort());
    for (const name of every)
      expect(spoken(facts[name]), name).toMatchObject({ state: 'failed', why: expect.stringMatching(/./) });
  });

  it('asks for nothing that is not wanted', async () => {
    const facts = await readWindowsFacts(
      new Set(),
      () => undefined,
      tools(() => Promise.reject(new Error('asked'))),
    );
    expect(Object.values(facts).every(({ state }) => state === 'not-asked')).toBe(true);
  });

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController();
    const reading = readWindowsFacts(
      every,
      () => undefined,
      tools(() => new Promise(() => undefined)),
      stop.signal,
    );
    stop.abort();
    const facts = await reading;
    expect(spoken(facts.listeners)).toMatchObject({ state: 'failed', why: 'Stopped before this was read.' });
  });
});
