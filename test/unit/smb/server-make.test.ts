// Whose answer one is: by who waits at the port, by what is set up, by what it says of itself; unknown where these don't tell.
import { describe, expect, test } from 'vitest';
import type { Listener, Platform, SmbServer } from '../../../main/model/facts';
import type { NtlmIdentity, SmbAnswer } from '../../../main/model/smb';
import { makeByAnswer, makeOnThisPc, type ServerMake } from '../../../main/smb/server-make';

const answer = (version: string | null, address = '10.0.0.5', port = 445): SmbAnswer => {
  const ntlm: NtlmIdentity = {
    computer: 'PC7',
    domain: null,
    dnsComputer: null,
    dnsDomain: null,
    forest: null,
    version,
    time: null,
  };
  return {
    address,
    port,
    smb1: 'unknown',
    dialects: { '2.0.2': 'unknown', '2.1': 'unknown', '3.0': 'unknown', '3.0.2': 'unknown', '3.1.1': 'unknown' },
    chosen: null,
    signing: 'unknown',
    encryption: null,
    signingAlgorithm: null,
    compression: null,
    capabilities: [],
    serverGuid: null,
    systemTime: null,
    startTime: null,
    maxTransactSize: null,
    ntlm,
    problems: [],
  };
};
const listener = (owner: Listener['owner'], address = '::', port = 445): Listener => ({
  protocol: 'tcp',
  family: address.includes(':') ? 'ipv6' : 'ipv4',
  address,
  port,
  owner,
});
const server = (product: SmbServer['product']): SmbServer => ({ product, configuration: '', settings: [], shares: [] });
const smbd = { name: 'smbd', pid: 812 };
const kernel = { name: 'the kernel (ksmbd)', pid: null };

test.each<[string | null, ServerMake]>([
  ['6.1.0', 'samba'],
  ['6.1.7601', 'windows'],
  ['10.0.20348', 'windows'],
  ['10.0.26100', 'windows'],
  ['255.255.65535', 'unknown'],
  ['6.1.1', 'unknown'],
  [null, 'unknown'],
])('another PC that says version %s: %s', (version, make) => {
  expect(makeByAnswer(answer(version))).toBe(make);
  expect(makeByAnswer({ ...answer(version), ntlm: null })).toBe('unknown');
});

describe('on this PC', () => {
  const make = (
    platform: Platform,
    listeners: readonly Listener[],
    products: readonly SmbServer['product'][],
    said: SmbAnswer = answer(null),
  ): ServerMake => makeOnThisPc(said, { platform, listeners, servers: products.map(server) });

  test('who waits at the port decides, not what else is set up', () => {
    expect(make('linux', [listener(kernel)], ['samba', 'ksmbd'])).toBe('ksmbd');
    expect(make('linux', [listener(smbd)], ['samba', 'ksmbd'])).toBe('samba');
    expect(make('windows', [listener({ name: 'System', pid: 4 })], ['windows'])).toBe('windows');
    expect(make('windows', [listener({ name: 'System', pid: null })], ['windows'])).toBe('windows');
  });

  test('a program of another make is unknown, unless its answer tells', () => {
    const other = [listener({ name: 'docker-proxy', pid: 9 })];
    expect(make('linux', other, ['samba'])).toBe('unknown');
    expect(make('linux', other, ['samba'], answer('6.1.0'))).toBe('samba');
    expect(make('windows', [listener({ name: 'a program', pid: 9 })], ['windows'])).toBe('unknown');
  });

  test('where the owner may not be seen, the only server that is set up counts, unless the answer says otherwise', () => {
    const unseen = [listener(null)];
    expect(make('linux', unseen, ['ksmbd'])).toBe('ksmbd');
    expect(make('linux', unseen, ['samba', 'ksmbd'])).toBe('unknown');
    expect(make('linux', unseen, ['samba', 'ksmbd'], answer('6.1.0'))).toBe('samba');
    expect(make('linux', unseen, ['ksmbd'], answer('6.1.0'))).toBe('samba');
    expect(make('linux', unseen, [])).toBe('unknown');
  });

  test('the listener of the very address counts before one for all; two of different makes are unknown', () => {
    const both = [listener(kernel, '10.0.0.5'), listener(smbd, '0.0.0.0')];
    expect(make('linux', both, [])).toBe('ksmbd');
    expect(make('linux', both, [], answer(null, '10.0.0.6'))).toBe('samba');
    expect(make('linux', [listener(kernel), listener(smbd, '0.0.0.0')], [])).toBe('unknown');
    expect(make('linux', [listener(kernel, 'fe80::1')], [], answer(null, 'fe80::1%eth0'))).toBe('ksmbd');
    expect(make('linux', [listener(smbd, '::', 139)], [])).toBe('unknown');
  });

  test("macOS's own server is called smbd, too, and is not Samba", () => {
    expect(make('macos', [listener(smbd)], [])).toBe('macos');
  });
});
