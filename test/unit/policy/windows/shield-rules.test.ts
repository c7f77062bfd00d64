// The shield's rules on Windows: whom they block, how netsh is asked for them, and how they are found and judged in the registry.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addArguments, changeArguments, deleteArguments } from '../../../../main/host/windows/netsh';
import { MessageError } from '../../../../main/model/message-error';
import type { Profile } from '../../../../main/model/review';
import type { Shield } from '../../../../main/model/shield';
import { cidr, holds, toNetworks } from '../../../../main/policy/address-sets';
import { readRegistry } from '../../../../main/policy/windows/read-registry';
import { bypasses, findShield, ruleState, withoutEffect } from '../../../../main/policy/windows/shield';
import { shieldRules } from '../../../../main/policy/windows/shield-rules';
import { spoken } from '../../in-english';

const shield: Shield = {
  id: '7f3a9c1e',
  since: '2026-11-25T10:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: null,
};
const withExceptions: Shield = { ...shield, allow: { ipv4: [cidr('192.168.7.5/32'), cidr('10.0.0.0/8')], ipv6: [] } };
const now = new Date('2026-11-26T10:00:00.000Z');

const policy = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const groupPolicy = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';
const ours = {
  tcp: 'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=139|LPort=445|Name=Breakwater-7f3a9c1e-tcp-in|Desc=x|',
  udp: 'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=17|LPort=137|LPort=138|Name=Breakwater-7f3a9c1e-udp-in|Desc=x|',
};

interface PcOptions {
  readonly rules?: readonly string[];
  readonly more?: string;
  readonly inUse?: readonly Profile[] | null;
}

function place({ rules = [ours.tcp, ours.udp], more = '', inUse = null }: PcOptions = {}) {
  const values = rules.map((rule, at) => `    {0000000${at}-0000-0000-0000-000000000000}    REG_SZ    ${rule}`);
  const text = [
    '',
    policy,
    '    PolicyVersion    REG_DWORD    0x21f',
    '',
    `${policy}\\FirewallRules`,
    ...values,
    '',
    more,
    '',
    '',
  ];
  const read = readRegistry([{ name: 'test', text: text.join('\r\n') }], null);
  if (read.kind !== 'registry') throw new MessageError(read.why);
  return { registry: read.registry, beside: {}, inUse: inUse && new Set(inUse) };
}

const judged = (options: PcOptions, wanted = shield) => spoken(findShield(place(options), now).judge(wanted));

describe('whom the rules block', () => {
  it('is everybody in both families where there are no exceptions', () => {
    expect(shieldRules(shield).map(({ name, remote }) => [name, remote])).toEqual([
      ['Breakwater-7f3a9c1e-tcp-in', null],
      ['Breakwater-7f3a9c1e-udp-in', null],
    ]);
  });

  it('is everybody but the exceptions, loopback and unspecified addresses, never one family alone', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), fc.array(fc.ipV4(), { maxLength: 5 }), (four, six, allowed) => {
        const allow = { ipv4: allowed.map((address) => cidr(`${address}/32`)), ipv6: [] };
        const [rule] = shieldRules({ ...shield, allow });
        if (allowed.length === 0) return rule!.remote === null;
        const { ipv4, ipv6 } = rule!.remote!;
        const isNamed = !/^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$)/.test(four);
        const isBlocked = holds(ipv4, four);
        return isBlocked === (isNamed && !allowed.includes(four)) && (holds(ipv6, six) || /^[0:.]*1?$/.test(six));
      }),
    );
  });

  it('is beyond the local networks going out', () => {
    const out = shieldRules({ ...shield, outbound: true }).find(({ direction }) => direction === 'out')!;
    expect(holds(out.remote!.ipv4, '8.8.8.8')).toBe(true);
    expect(holds(out.remote!.ipv6, '2001:db8::1')).toBe(true);
    for (const near of ['10.1.2.3', '192.168.0.1', '127.0.0.1', '169.254.9.9'])
      expect(holds(out.remote!.ipv4, near)).toBe(false);
    for (const near of ['fe80::1', 'fd00::1', '::1']) expect(holds(out.remote!.ipv6, near)).toBe(false);
  });
});

describe('netsh', () => {
  it('is asked in one argument each, ranges split around loopback, IPv6 always beside IPv4', () => {
    const [tcp] = shieldRules(withExceptions);
    expect(addArguments(tcp!)).toContain(
      'remoteip=0.0.0.1-9.255.255.255,11.0.0.0-126.255.255.255,128.0.0.0-192.168.7.4,192.168.7.6-255.255.255.254,::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    );
    for (const args of [...shieldRules(withExceptions).map(addArguments), changeArguments(tcp!)])
      for (const arg of args) expect(arg).toMatch(/^[A-Za-z0-9=,.:-]+$/);
  });

  it('is never asked to delete by any name that is not wholly ours', () => {
    expect(deleteArguments('Breakwater-7f3a9c1e-tcp-in')).toEqual([
      ...['advfirewall', 'firewall', 'delete', 'rule', 'name=Breakwater-7f3a9c1e-tcp-in'],
    ]);
    for (const name of ['all', 'ALL', '', 'Breakwater', 'Breakwater-7f3a9c1e-tcp-in\n', 'xBreakwater-7f3a9c1e-tcp-in'])
      expect(() => deleteArguments(name)).toThrow('not a name of ours');
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(() => deleteArguments(name)).toThrow();
      }),
    );
  });
});

describe('the proof', () => {
  it('is closed where both rules are there as wanted', () => {
    expect(judged({}).state).toBe('closed');
    expect(findShield(place(), now)).toMatchObject({ state: 'ours', id: '7f3a9c1e', counted: null });
    expect(findShield(place({ rules: [] }), now).state).toBe('absent');
  });

  it('compares addresses as sets, however they are written', () => {
    const ranges = shieldRules(withExceptions)[0]!.remote!;
    const written = (['ipv4', 'ipv6'] as const)
      .flatMap((family) => toNetworks(ranges[family]).map((one) => `${family === 'ipv4' ? 'RA4' : 'RA6'}=${one}|`))
      .join('');
    const rules = [ours.tcp, ours.udp].map((rule) => rule.replace('Name=', `${written}Name=`));
    expect(judged({ rules }, withExceptions).state).toBe('closed');
    expect(judged({ rules }).state).toBe('not-closed');
    const oneFamily = rules.map((rule) => rule.replace(/RA6=[^|]*\|/g, ''));
    expect(judged({ rules: oneFamily }, withExceptions).lines.join(' ')).toContain('blocks other addresses');
  });

  const changed = (from: string | RegExp, to: string): PcOptions => ({ rules: [ours.tcp.replace(from, to), ours.udp] });
  it.each<[string, PcOptions]>([
    ['a rule is missing', { rules: [ours.tcp] }],
    ['a rule is there twice', { rules: [ours.tcp, ours.tcp, ours.udp] }],
    ['a rule is switched off', changed('Active=TRUE', 'Active=FALSE')],
    ['a rule allows', changed('Action=Block', 'Action=Allow')],
    ['a rule is for outgoing traffic', changed('Dir=In', 'Dir=Out')],
    ['a port is missing', changed('LPort=445|', '')],
    ['another port is there, too', changed('LPort=445|', 'LPort=445|LPort=446|')],
    ['a rule is for one profile', changed('Protocol=6|', 'Protocol=6|Profile=Domain|')],
    ['a rule is for one program', changed('Name=', 'App=C:\\x.exe|Name=')],
    ['a rule is for one service', changed('Name=', 'Svc=LanmanServer|Name=')],
    ['a rule is for wireless networks', changed('Name=', 'IFType=Wireless|Name=')],
    ['a rule has a condition of the future', changed('Name=', 'Moon=Full|Name=')],
    ['a rule leaves somebody out', changed('Name=', 'RA4=10.0.0.0/255.0.0.0|Name=')],
    ["a rule is for one user's traffic", changed('Name=', 'LUOwn=S-1-5-21-1-2-3-1001|Name=')],
    ['a rule is for certain users', changed('Name=', 'RUAuth=O:LSD:(A;;CC;;;S-1-5-84)|Name=')],
    ['a rule is for secured connections', changed('Name=', 'Security=Authenticate|Name=')],
    ['a port has a space before it', changed('LPort=445|', 'LPort= 445|')],
    ['a port has zeros before it', changed('LPort=445|', 'LPort=00445|')],
    ['a port stands in the field of ranges', changed('LPort=445|', 'LPort2_10=445|')],
    ['ports stand in one field', changed('LPort=139|LPort=445|', 'LPort=139,445|')],
    ['the protocol has zeros before it', changed('Protocol=6|', 'Protocol=006|')],
    ['the protocol is a word', changed('Protocol=6|', 'Protocol=TCP|')],
    ['a field is there twice', changed('Action=Block|', 'Action=Block|Action=Allow|')],
    ['a rule is cut short', { rules: [ours.tcp.slice(0, -4), ours.udp] }],
    [
      'a rule of an older shield is there, too',
      { rules: [ours.tcp, ours.udp, ours.tcp.replace('7f3a9c1e', '00000000')] },
    ],
    [
      "group policy has a rule with ours' id",
      {
        more: `${groupPolicy}\\FirewallRules\r\n    {00000000-0000-0000-0000-000000000000}    REG_SZ    v2.31|Action=Allow|Active=TRUE|Dir=In|Name=x|`,
      },
    ],
    [
      'the firewall is off in a profile',
      { more: `${policy}\\PublicProfile\r\n    EnableFirewall    REG_DWORD    0x0` },
    ],
    [
      'the service is disabled',
      { more: 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\mpssvc\r\n    Start    REG_DWORD    0x4' },
    ],
  ])('is not closed where %s', (_, options) => {
    expect(judged(options).state).toBe('not-closed');
  });

  it('is expired after its date: no rule goes away by itself', () => {
    const leased = { ...shield, until: '2026-11-26T09:00:00.000Z', atEnd: 'lift' } as const;
    expect(judged({}, leased)).toMatchObject({ state: 'expired' });
    expect(judged({}, leased).lines.join()).toContain('until Breakwater lifts them');
    expect(judged({}, { ...leased, atEnd: 'extend' }).state).toBe('closed');
  });

  it('does not count names that only begin like ours', () => {
    const rules = [ours.tcp.replace('tcp-in|', 'tcp-in-2|'), ours.udp];
    expect(judged({ rules }).lines.join(' ')).toContain('there is no rule Breakwater-7f3a9c1e-tcp-in');
  });
});

describe('where a shield has no effect', () => {
  const noMerge = `${groupPolicy}\\PublicProfile\r\n    AllowLocalPolicyMerge    REG_DWORD    0x0`;

  it('is said for profiles in use, and for all where it is not known which are', () => {
    expect(spoken(withoutEffect(place({ more: noMerge })))).toEqual([
      'In public networks group policy lets no rule of this PC count.',
    ]);
    expect(spoken(withoutEffect(place({ more: noMerge, inUse: ['public'] })))).toHaveLength(1);
    expect(spoken(withoutEffect(place({ more: noMerge, inUse: ['domain'] })))).toEqual([]);
    expect(spoken(withoutEffect(place()))).toEqual([]);
  });

  it('is said where another product filters or the service does not run', () => {
    const { registry, inUse } = place();
    expect(spoken(withoutEffect({ registry, inUse, beside: { otherFirewalls: ['Wall 7'] } }))[0]).toContain('Wall 7');
    expect(spoken(withoutEffect({ registry, inUse, beside: { firewallService: 'stopped' } }))[0]).toContain(
      'does not run',
    );
  });

  it('is a warning for callers that authenticate', () => {
    const rule =
      'v2.31|Action=ByPass|Active=TRUE|Dir=In|Security=Authenticate|RMauth=O:LSD:(A;;CC;;;S-1-5-84-0-0-0-0-0)|Name=Admins|';
    expect(spoken(bypasses(place({ rules: [ours.tcp, rule] }).registry))).toEqual([
      'The rule Admins lets PCs that prove who they are (IPsec) past the shield.',
    ]);
    expect(spoken(bypasses(place().registry))).toEqual([]);
  });
});

describe('what has to be done with a rule', () => {
  const state = (rules: readonly string[], wanted = shield) =>
    ruleState(place({ rules }).registry, shieldRules(wanted)[0]!);

  it('is nothing where it is there, a change where only addresses differ, else taking it away first', () => {
    expect(state([])).toBe('absent');
    expect(state([ours.tcp])).toBe('keep');
    expect(state([ours.tcp], withExceptions)).toBe('change');
    expect(state([ours.tcp, ours.tcp])).toBe('replace');
    expect(state([ours.tcp.replace('Action=Block', 'Action=Allow')])).toBe('replace');
  });
});
