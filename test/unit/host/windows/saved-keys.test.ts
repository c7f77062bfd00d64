// A Windows PC as `collect` saves it, and as an inspection elsewhere judges it: the same facts, and nothing private.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowsFacts } from '../../../../main/host/saved/windows-facts';
import { patchOf } from '../../../../main/host/windows/read/patch';
import { serversOf } from '../../../../main/host/windows/read/servers';
import type { KeyAnswer } from '../../../../main/host/windows/registry-reads';
import { savedKeys, savedQuestions } from '../../../../main/host/windows/saved-keys';
import type { WindowsReviewHost } from '../../../../main/model/review';
import { exportText } from '../../../../main/policy/windows/export-text';
import { places } from '../../../../main/policy/windows/places';
import { withAbsent } from '../../../../main/policy/windows/read-registry';
import type { RegistryValue } from '../../../../main/policy/windows/registry';
import { readRegistryText } from '../../../../main/policy/windows/registry-text';

const fixture = (name: string): string =>
  readFileSync(join(__dirname, '../../../fixtures/windows/win10-1903-x64', name), 'utf8');
const place = { path: '/saved/pc-7', at: '2026-01-02T03:04:05.000Z' };

const version = [
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
  '    CurrentBuildNumber    REG_SZ    18363',
  '    UBR    REG_DWORD    0x2d0',
  '    EditionID    REG_SZ    Professional',
  '    InstallationType    REG_SZ    Client',
  '    ProductName    REG_SZ    Windows 10 Pro',
  '    BuildLabEx    REG_SZ    18362.1.amd64fre.19h1_release.190318-1202',
  '    RegisteredOwner    REG_SZ    Zoë Private',
  '    ProductId    REG_SZ    00330-80000-00000-AA123',
  '',
  '',
].join('\r\n');
const servicing = [
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing',
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending',
  '',
  '',
].join('\r\n');
const shares = `Windows Registry Editor Version 5.00\r\n\r\n${exportText([
  {
    path: 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Shares',
    values: [
      {
        ...{ kind: 'list', name: 'Für Zoë', type: 'REG_MULTI_SZ', exact: true, cut: false },
        texts: ['CSCFlags=0', 'Path=D:\\漢', 'Remark=Nur für Zoë Private', 'Type=0'],
      },
    ],
  },
])
  .split('\r\n')
  .slice(2)
  .join('\r\n')}`;

/** As reg.exe answers on that PC. */
function answer(key: string): string | null {
  if (key === places.windowsVersion) return version;
  if (key.endsWith('Component Based Servicing')) return servicing;
  if (key === places.service('LanmanServer')) return fixture('services.txt');
  return null;
}

const answers = savedQuestions.map((question): KeyAnswer => {
  const text = answer(question.key);
  return text === null ? { ...question, state: 'absent', text } : { ...question, state: 'read', text };
});

describe('what is saved of a PC beside its firewall', () => {
  const saved = savedKeys([...answers, { key: 'shares', how: 'export', state: 'read', text: shares }]);

  it('has nothing but what facts go by', () => {
    expect(saved.text).not.toMatch(/Private|00330|Remark|srvcomment|Guid/i);
    expect(saved.text).toContain('"CurrentBuildNumber"="18363"');
    expect(saved.absentKeys).toContain(places.service('srv'));
    expect(saved.unread).toEqual([]);
  });

  it.each(['refused', 'unknown'] as const)('does not take a key that is %s for one that is not there', (state) => {
    const key = places.service('srv');
    const others = answers.filter((one) => one.key !== key);
    const { absentKeys, unread } = savedKeys([...others, { key, how: 'values', state, text: null }]);
    expect(absentKeys).not.toContain(key);
    expect(unread).toEqual([key]);
  });

  it('gives the same facts as the PC itself', () => {
    const live = readRegistryText(`${version}${fixture('services.txt')}`).registry;
    const host: WindowsReviewHost = {
      interfaces: { WLAN: ['192.168.7.20/24'] },
      absentKeys: saved.absentKeys,
      savedAt: place.at,
      listeners: [{ protocol: 'tcp', family: 'ipv6', address: '::', port: 445, owner: { name: 'System', pid: null } }],
    };
    const files = [
      { name: 'local-policy.txt', text: fixture('firewallpolicy.txt') },
      { name: 'system-and-smb.txt', text: saved.text },
    ];
    const facts = windowsFacts({ registry: files, host }, 'pc-7', place);
    expect(facts.system).toMatchObject({
      state: 'known',
      value: { name: 'Windows 10 Pro', build: '10.0.18363.720', architecture: 'x64', hostname: 'pc-7' },
      at: place.at,
    });
    const [expected] = serversOf(withAbsent(live, saved.absentKeys));
    const [server] = facts.servers.state === 'known' ? facts.servers.value : [];
    expect(server?.settings).toEqual(expected?.settings);
    expect(server?.shares).toEqual([{ name: 'Für Zoë', path: 'D:\\漢', guest: null, readOnly: null }]);
    expect(facts.patch).toMatchObject({
      state: 'known',
      value: { ...patchOf(live, 'x64'), restart: { state: 'pending' } },
    });
    expect(facts.listeners).toMatchObject({ state: 'known', value: host.listeners });
    expect(facts.network).toMatchObject({ value: { interfaces: [{ name: 'WLAN' }], routes: null } });
    expect(facts.sessions.state).toBe('failed');
  });
});

describe('a part of a registry', () => {
  const facts = windowsFacts(
    { registry: [{ name: 'policy.txt', text: fixture('firewallpolicy.txt') }], host: null },
    'pc',
    place,
  );

  it.each(['system', 'network', 'listeners', 'servers', 'patch', 'smb', 'sessions'] as const)(
    'says nothing of what is not in it: %s',
    (name) => {
      expect(facts[name].state).toBe('failed');
      expect(facts[name]).toMatchObject({ why: { code: expect.any(String) } });
    },
  );

  it('has no defaults for keys that were not saved', () => {
    const key = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer';
    const text = `${version}\r\n${key}\r\n    Start    REG_DWORD    0x2\r\n\r\n`;
    const [server] = serversOf(readRegistryText(text).registry);
    const of = (name: string) => server?.settings.find((one) => one.name === name)?.value;
    expect(of('SMB1 server')).toBe('unknown');
    expect(of('client: RequireSecuritySignature')).toBe('unknown');
  });
});

describe('an exported text', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/[\r\n\0]/.test(text));
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => !/[\r\n\0]/.test(one));
  const value: fc.Arbitrary<RegistryValue> = fc
    .oneof(
      fc.record({ kind: fc.constant('text' as const), type: fc.constantFrom('REG_SZ', 'REG_EXPAND_SZ'), text }),
      fc.record({ kind: fc.constant('number' as const), type: fc.constant('REG_DWORD'), number: fc.nat(0xffffffff) }),
      fc.record({
        kind: fc.constant('list' as const),
        type: fc.constant('REG_MULTI_SZ'),
        texts: fc.array(text.filter((one) => one !== '')),
      }),
      fc.record({
        kind: fc.constant('long' as const),
        type: fc.constant('REG_QWORD'),
        long: fc.bigInt(0n, 2n ** 64n - 1n),
      }),
      fc.record({ kind: fc.constant('bytes' as const), type: fc.constant('REG_BINARY'), bytes: fc.uint8Array() }),
    )
    .chain((data) => name.map((own) => ({ ...data, name: own, exact: true, cut: false }) as RegistryValue));

  it('is read back to the same values', () => {
    fc.assert(
      fc.property(value, (one) => {
        const path = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Some Key';
        const { registry, problems, ending } = readRegistryText(exportText([{ path, values: [one] }]));
        expect(problems).toEqual([]);
        expect(ending).toBe('whole');
        const [key] = registry.keys.values();
        expect([...(key?.values.values() ?? [])]).toEqual([one]);
      }),
    );
  });
});
