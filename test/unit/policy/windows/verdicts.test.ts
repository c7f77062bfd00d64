// Who gets in by Windows Firewall's rules: the documents' cases, the known answers of real PCs, and what must hold for any policy.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile, Review, WindowsReviewHost } from '../../../../main/model/review';
import { holds, isWithin, setOf, setOfText } from '../../../../main/policy/address-sets';
import { reviewWindows } from '../../../../main/policy/windows/review';

import { type Spoken, spoken } from '../../in-english';
import { allRead, type PolicyDraft, review, reviewQueried, treeOf, whoIn } from './policies';
import { exportText, groupPolicy, local, queryText, sz } from './registry-writing';
import { cases } from './verdict-cases';

const reviewed = (...asked: Parameters<typeof reviewWindows>) => spoken(reviewWindows(...asked));
const profiles: readonly Profile[] = ['domain', 'private', 'public'];
const fixture = (name: string): string => readFileSync(`test/fixtures/windows/${name}`, 'utf8');

describe('the documents say', () => {
  test('a hundred things and more', () => expect(cases.length).toBeGreaterThan(100));

  test.each(cases)('$says [$source]', ({ policy, open, unsure, query, host }) => {
    const judged = review(policy, query, host);
    const expected = typeof open === 'string' ? [open, open, open] : open;
    const seen = profiles.map((profile, i) => (expected[i] === '' ? '' : whoIn(judged, profile)));
    expect(seen).toEqual(expected);
    const doubts = judged.unsure.map(({ rule, why }) => `${rule}: ${why}`).join('\n');
    if (unsure) expect(doubts).toMatch(unsure);
    else expect(doubts).toBe('');
  });
});

describe('real PCs', () => {
  const answers = (names: readonly string[], proto: 'tcp' | 'udp', port: number, subnets: readonly string[] = []) => {
    const registry = names.map((name) => ({ name, text: fixture(name) }));
    const judged = reviewed({ registry, host: null, complete: true }, { proto, port, subnets });
    return { judged, open: profiles.map((profile) => whoIn(judged, profile)) };
  };
  const parts = ['firewallpolicy', 'restrictedservices', 'defaults', 'services'];
  const all = (pc: string): readonly string[] => parts.map((part) => `${pc}/${part}.txt`);

  test.each([
    ['win7sp1-x86', 'open', ['all', 'none', 'none']],
    ['win10-1709-x64', 'closed', ['none', 'none', 'none']],
    ['win10-1903-x64', 'closed', ['none', 'none', 'none']],
  ] as const)('%s at TCP 445: %s, from its policy alone and with all that was saved', (pc, verdict, open) => {
    for (const names of [[`${pc}/firewallpolicy.txt`], all(pc)]) {
      const { judged, open: seen } = answers(names, 'tcp', 445);
      expect([judged.verdict, seen]).toEqual([verdict, open]);
      expect(judged.unsure[0]).toEqual({
        rule: 'group policy (HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall)',
        why: 'it was not saved; by --complete it counts as not there',
      });
      expect([judged.complete, judged.missing]).toEqual([true, undefined]);
      // Nobody gave their word: open stays open, and closed is not known.
      const registry = names.map((name) => ({ name, text: fixture(name) }));
      const alone = reviewed({ registry, host: null }, { proto: 'tcp', port: 445 });
      expect([alone.verdict, alone.reach]).toEqual([verdict === 'open' ? 'open' : 'unknown', judged.reach]);
      expect(alone.missing?.map(({ code }) => code)).toEqual(
        names.length === 1
          ? ['group-policy', 'firewall-service', 'firewall-service', 'other-firewalls']
          : ['group-policy', 'other-firewalls'],
      );
    }
  });

  test.each([137, 138])('UDP %i: LocalSubnet on Private in all three; Windows 7 also Domain, from anywhere', (port) => {
    const subnet = '192.168.1.0/24 fe80::/64';
    for (const [pc, domain] of [
      ['win7sp1-x86', 'all'],
      ['win10-1709-x64', 'none'],
      ['win10-1903-x64', 'none'],
    ]) {
      expect(answers(all(pc ?? ''), 'udp', port, ['192.168.1.0/24', 'fe80::/64']).open).toEqual([
        domain,
        subnet,
        'none',
      ]);
      const { judged, open } = answers(all(pc ?? ''), 'udp', port);
      expect(open).toEqual([domain, 'all', 'none']);
      expect(judged.unsure.some(({ why }) => why.includes('LocalSubnet'))).toBe(true);
    }
  });

  test('the reason is the rule as it stands, its store, and what changes it', () => {
    const { judged } = answers(['win7sp1-x86/firewallpolicy.txt'], 'tcp', 445);
    expect(judged.because[0]).toEqual({
      effect: 'allow',
      rule: expect.stringMatching(/^FPS-SMB-In-TCP-NoScope = v2\.10\|Action=Allow\|.*\|$/),
      where: 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules',
      says: 'the local rule "File and Printer Sharing (SMB-In)" lets in everybody at TCP 445 in the domain profile',
      advice: 'netsh advfirewall firewall set rule group="@FirewallAPI.dll,-28502" new enable=no',
    });
  });

  test('a policy that a script changed is shut, and its blocks are named', () => {
    const names = ['win11-v2.33-modified/firewallrules.txt', 'win11-v2.33-modified/profiles.txt'];
    const { judged, open } = answers(names, 'tcp', 445);
    expect([judged.verdict, open]).toEqual(['closed', ['none', 'none', 'none']]);
  });

  test('7,178 rules of which most block one address', () => {
    const { judged } = answers(['big-v2.33/firewallrules.txt'], 'tcp', 445);
    expect(judged.verdict).toBe('closed');
    const opened = fixture('big-v2.33/firewallrules.txt').replace(
      /\r\n\r\n$/,
      '\r\n    mine    REG_SZ    v2.33|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|App=System|Name=mine|\r\n\r\n',
    );
    const rules = reviewed({ registry: [{ name: 'x', text: opened }], host: null }, { proto: 'tcp', port: 445 });
    const [entry] = rules.reach;
    const set = setOf('ipv4', entry?.ipv4 ?? []);
    const blocked = [...opened.matchAll(/Action=Block\|Active=TRUE\|Dir=In\|RA4=([\d.]+)\|Name/g)].map(
      ([, address]) => address,
    );
    expect(blocked.length).toBeGreaterThan(3000);
    expect(blocked.filter((address) => holds(set, address ?? ''))).toEqual([]);
    expect(holds(set, '10.0.0.1')).toBe(true);
    // A rule for addresses of IPv4 keeps no IPv6 out, and everybody of a family is "open".
    expect([rules.verdict, entry?.ipv6]).toEqual(['open', ['::/0']]);
  });

  test("group policy's rules of a domain member, and a baseline, leave the local rules unknown, but where they do not count", () => {
    const alone = (name: string) =>
      reviewed({ registry: [{ name, text: fixture(name) }], host: null }, { proto: 'tcp', port: 445 });
    const rules = alone('gpo/reg-query-gpo-rules.txt');
    expect([rules.verdict, profiles.map((profile) => whoIn(rules, profile))]).toEqual([
      'unknown',
      ['all', 'all', 'all'],
    ]);
    const baseline = alone('gpo/nsacyber-windows-firewall-gpo.txt');
    expect([baseline.verdict, profiles.map((profile) => whoIn(baseline, profile))]).toEqual([
      'unknown',
      ['all', 'all', 'none'],
    ]);
    expect(baseline.unsure.map(({ rule }) => rule).join()).toContain('local rules');
  });

  test('a baseline over local rules: no local rule counts in Public', () => {
    const names = ['gpo/nsacyber-windows-firewall-gpo.txt', 'misc/local-rules-misc.txt'];
    const rules = 'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|Name=a|';
    const more = `\r\n${local}\\FirewallRules\r\n    mine    REG_SZ    ${rules}\r\n\r\n`;
    const registry = [...names.map((name) => ({ name, text: fixture(name) })), { name: 'mine', text: more }];
    const judged = reviewed({ registry, host: null, complete: true }, { proto: 'tcp', port: 445 });
    expect(profiles.map((profile) => whoIn(judged, profile))).toEqual(['all', 'all', 'none']);
  });

  test('the switches alone are not enough, and the policy as shipped is no policy', () => {
    const switches = { name: 'x', text: fixture('win11-v2.33-modified/profiles.txt') };
    expect(reviewed({ registry: [switches], host: null }, { proto: 'tcp', port: 445 }).verdict).toBe('unknown');
    const shipped = answers(['win10-1709-x64/defaults.txt'], 'tcp', 445).judged;
    expect([shipped.verdict, shipped.unsure[0]?.why]).toEqual([
      'unknown',
      expect.stringContaining('no firewall policy'),
    ]);
  });

  test('a hive without CurrentControlSet', () => {
    const hive = fixture('win7sp1-x86/firewallpolicy.txt').replaceAll('\\CurrentControlSet\\', '\\ControlSet001\\');
    const of = (...texts: readonly string[]) =>
      reviewed(
        { registry: texts.map((text, i) => ({ name: `${i}`, text })), host: null, complete: true },
        { proto: 'tcp', port: 445 },
      );
    expect(of(hive).verdict).toBe('open');
    expect(of(hive.replaceAll('_MACHINE\\SYSTEM', '_MACHINE\\OFFLINE')).verdict).toBe('open');
    const second = hive.replaceAll('ControlSet001', 'ControlSet002').replaceAll('Active=TRUE', 'Active=FALSE');
    expect(of(hive, second).verdict).toBe('unknown');
    const select = (current: number): string =>
      `\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\Select\r\n    Current    REG_DWORD    0x${current}\r\n\r\n`;
    expect(of(hive, second, select(1)).verdict).toBe('open');
    expect(of(hive, second, select(2)).verdict).toBe('closed');
  });
});

describe('a policy that was not saved whole', () => {
  const whole = fixture('win7sp1-x86/firewallpolicy.txt');
  const of = (text: string, complete = false) =>
    reviewed({ registry: [{ name: 'policy.txt', text }], host: null, complete }, { proto: 'tcp', port: 445 });

  test.each([
    ['reg query', whole],
    [
      'reg export',
      `Windows Registry Editor Version 5.00\r\n${whole
        .replaceAll('\\', '\\\\')
        .replace(/^HKEY.*$/gm, (line) => `[${line.replaceAll('\\\\', '\\').trimEnd()}]`)
        .replace(/^ {4}(.*?) {4}REG_(?:SZ|EXPAND_SZ) {4}(.*)$/gm, (_, name, data) => `"${name}"="${data.trimEnd()}"`)
        .replace(
          /^ {4}(.*?) {4}REG_DWORD {4}0x(.*)$/gm,
          (_, name, data) => `"${name}"=dword:${data.trimEnd().padStart(8, '0')}`,
        )}`,
    ],
  ])('of %s, cut at any place, is never called shut where it is open', (_, text) => {
    expect(of(text).verdict).toBe('open');
    fc.assert(
      fc.property(fc.nat({ max: text.length }), (length) => {
        expect(of(text.slice(0, length)).verdict).not.toBe('closed');
      }),
      { numRuns: 300 },
    );
    // At the end of each line, where a cut shows least.
    const ends = [...text.matchAll(/\r\n/g)].map(({ index }) => index + 2);
    for (const end of ends.filter((_end, i) => i % 5 === 0)) expect(of(text.slice(0, end)).verdict).not.toBe('closed');
  });

  test('only the rules: what is missing is named, and as Windows has it by itself', () => {
    const { verdict, unsure } = of(fixture('misc/local-rules-misc.txt').replaceAll('Active=TRUE', 'Active=FALSE'));
    expect(verdict).toBe('unknown');
    expect(unsure.map(({ rule }) => rule.replace(/ \(.*/, ''))).toEqual([
      'switches of the domain, private, public profiles',
      'group policy',
      'MDM',
      'the service mpssvc, without which Windows Firewall keeps nobody out',
      'the service BFE, without which Windows Firewall keeps nobody out',
      "other firewalls, of which one may decide instead of Windows' own",
    ]);
    for (const { why } of unsure)
      expect(why).toMatch(/it can let others in\. Save it on that PC: reg (?:export|query) "/);
  });

  test('a last rule whose end may be missing keeps nobody out', () => {
    const rules = {
      a: 'v2.30|Action=Allow|Active=TRUE|Dir=In|Name=a|',
      b: 'v2.30|Action=Block|Active=TRUE|Dir=In|Name=b|',
    };
    const text = queryText(treeOf({ local: { rules } }));
    expect(of(text, true).verdict).toBe('closed');
    const cut = of(text.trimEnd(), true);
    expect([cut.verdict, cut.unsure[0]?.why]).toEqual(['open', expect.stringContaining('the text ends within it')]);
    expect(of(text.trimEnd()).missing?.map(({ code }) => code)).toContain('rest-of-text');
  });

  test('what is wrong where nothing of the firewall is does not matter; within it, nothing is closed', () => {
    const odd = '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Other\r\n    a    REG_QWORD    (null)\r\n\r\n';
    expect(of(whole + odd).verdict).toBe('open');
    const shut = fixture('win10-1903-x64/firewallpolicy.txt');
    const within = shut.replace('    EnableFirewall    REG_DWORD    0x1', '    EnableFirewall    REG_DWORD    (null)');
    expect(of(shut, true).verdict).toBe('closed');
    expect(of(within, true)).toMatchObject({
      verdict: 'unknown',
      missing: [
        { code: 'damaged-text', what: expect.stringMatching(/^policy\.txt, line \d+: the value "EnableFirewall"/) },
      ],
    });
  });

  test('two texts of different moments', () => {
    const other = whole.replace(
      'FPS-SMB-In-TCP-NoScope    REG_SZ    v2.10|Action=Allow|Active=TRUE',
      'FPS-SMB-In-TCP-NoScope    REG_SZ    v2.10|Action=Allow|Active=FALSE',
    );
    const registry = [whole, other].map((text, i) => ({ name: `${i}.txt`, text }));
    const judged = reviewed({ registry, host: null }, { proto: 'tcp', port: 445 });
    expect([judged.verdict, judged.unsure[0]]).toEqual([
      'open',
      { rule: '0.txt, 1.txt', why: expect.stringContaining('by 0.txt: open, by 1.txt: unknown') },
    ]);
  });
});

describe('parts that were not saved', () => {
  const of = (texts: readonly string[], host: WindowsReviewHost | null = null) =>
    reviewed(
      { registry: texts.map((text, i) => ({ name: `${i}`, text })), host: { ...allRead, ...host } },
      { proto: 'tcp', port: 445 },
    );
  const named = ({ unsure }: Spoken<Review>): readonly string[] =>
    unsure.map(({ rule }) => rule.replace(/ \(HK.*/, ''));
  const whole = queryText(treeOf({}));

  test("group policy's rules alone: its switches are named", () => {
    const rules = queryText({ [`${groupPolicy}\\FirewallRules`]: {} });
    const judged = of([whole, rules]);
    expect([judged.verdict, named(judged)]).toEqual([
      'unknown',
      ['DomainProfile, PrivateProfile, PublicProfile, StandardProfile of group policy'],
    ]);
  });

  test('keys that were looked for in vain are not missing', () => {
    const judged = of([whole], {
      interfaces: {},
      absentKeys: ['HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall'],
    });
    expect([judged.verdict, named(judged)]).toEqual(['closed', []]);
  });

  test("group policy's rules of which only the key's name is there may be any", () => {
    const listed = `\r\n${groupPolicy}\r\n    PolicyVersion    REG_DWORD    0x21e\r\n\r\n${groupPolicy}\\DomainProfile\r\n${groupPolicy}\\FirewallRules\r\n`;
    const judged = of([whole, listed]);
    expect([judged.verdict, named(judged)]).toEqual([
      'unknown',
      expect.arrayContaining(['rules of group policy or MDM']),
    ]);
  });

  test('local rules tell that it is Windows 10 or later where nothing else does', () => {
    const rule = 'v2.30|Action=Allow|Active=TRUE|Dir=In|Platform=2:6:1|Name=a|';
    const rules = (text: string): string => queryText({ [`${local}\\FirewallRules`]: { a: sz(text) } });
    const judged = of([rules(rule)]);
    expect(profiles.map((profile) => whoIn(judged, profile))).toEqual(['none', 'none', 'none']);
    expect(of([rules(rule.replace('2.30', '2.10'))]).verdict).toBe('open');
  });

  test('damage of any kind to what was saved is no trouble', () => {
    const text = fixture('win10-1903-x64/firewallpolicy.txt') + fixture('gpo/nsacyber-windows-firewall-gpo.txt');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(4000), fc.string({ maxLength: 3 }), (start, length, put) => {
        const judged = of([text.slice(0, start) + put + text.slice(start + length)]);
        expect(judged.reach.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('lost characters', () => {
  const block = 'v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=445|Name=b|';
  const allow = 'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|App=System|Name=a|';

  test('a path that may be System counts for an allow', () => {
    const tree = treeOf({ local: { rules: { a: allow.replace('System', 'Sys?em') } } });
    expect(reviewQueried(tree).verdict).toBe('open');
    const other = treeOf({ local: { rules: { a: allow.replace('System', 'C:\\??\\a.exe') } } });
    expect(reviewQueried(other).verdict).toBe('closed');
  });

  test("a block whose id may be that of group policy's rule keeps nobody out for sure", () => {
    const tree = treeOf({
      local: { rules: { a: allow, 'x?': block } },
      group: { rules: { xy: allow.replace('Active=TRUE', 'Active=FALSE') } },
    });
    const judged = reviewQueried(tree);
    expect([judged.verdict, judged.unsure[0]?.why]).toEqual([
      'open',
      expect.stringContaining('characters of its id were lost'),
    ]);
  });

  test('two ids that look alike since both lost a character are not the same for sure', () => {
    const group = { rules: { 'x?': 'v2.30|Action=Allow|Active=FALSE|Dir=In|Name=g|' } };
    expect(reviewQueried(treeOf({ local: { rules: { 'x?': allow } }, group })).verdict).toBe('open');
    // "reg export" loses none.
    expect(review({ local: { rules: { 'x?': allow } }, group }).verdict).toBe('closed');
  });

  test('the "?" in the name of a Store app is none that was lost', () => {
    const named = allow.replace('Name=a|', 'Name=@{a_1?ms-resource://a/b}|');
    expect(reviewQueried(treeOf({ local: { rules: { a: named } } })).verdict).toBe('open');
    expect(
      reviewQueried(treeOf({ local: { rules: { a: allow, b: block.replace('Name=b|', 'Name=@{a?b}|') } } })).verdict,
    ).toBe('closed');
  });
});

test('a rule that is no REG_SZ keeps nobody out for sure', () => {
  const rules = {
    a: 'v2.30|Action=Allow|Active=TRUE|Dir=In|Name=a|',
    b: 'v2.30|Action=Block|Active=TRUE|Dir=In|Name=b|',
  };
  const text = queryText(treeOf({ local: { rules } })).replace('    b    REG_SZ', '    b    REG_EXPAND_SZ');
  const judged = reviewed({ registry: [{ name: 'x', text }], host: null }, { proto: 'tcp', port: 445 });
  expect([judged.verdict, judged.unsure[0]?.why]).toEqual(['open', expect.stringContaining('it is a REG_EXPAND_SZ')]);
});

describe('interfaces', () => {
  const rules = { a: 'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|Profile=Private|Name=a|' };
  const guid = '{698e50a9-4f58-4d86-b61d-f42e58dcacf6}';
  const interfaces = {
    Ethernet: ['10.0.0.5/24'],
    'Wi-Fi': ['192.168.1.5/24', 'fe80::5/64'],
    Loopback: ['127.0.0.1/8', '::1/128'],
    Off: [],
  };

  test('each that is connected is an entry in its own profile', () => {
    const judged = review(
      { local: { rules } },
      {},
      { interfaces, profiles: { Ethernet: 'domain', 'Wi-Fi': 'private' } },
    );
    expect(judged.reach.map(({ interface: name, profile, ipv4 }) => [name, profile, ipv4.length])).toEqual([
      ['Ethernet', 'domain', 0],
      ['Wi-Fi', 'private', 1],
    ]);
  });

  test('one whose profile is not known is judged in each', () => {
    const judged = review({ local: { rules } }, {}, { interfaces, profiles: { Ethernet: 'domain' } });
    expect(judged.reach.map(({ interface: name, profile }) => `${name} ${profile}`)).toEqual([
      'Ethernet domain',
      '* domain',
      '* private',
      '* public',
    ]);
  });

  test('the profile that is asked for is the one in use', () => {
    const judged = review(
      { local: { rules } },
      { profile: 'private' },
      { interfaces, profiles: { Ethernet: 'domain' } },
    );
    expect(judged.reach.map(({ interface: name, profile, ipv4 }) => [name, profile, ipv4.length])).toEqual([
      ['Ethernet', 'private', 1],
      ['Wi-Fi', 'private', 1],
    ]);
    expect(review({ local: { rules } }, { profile: 'public' }).reach).toHaveLength(1);
  });

  test('one without firewall that is known by its GUID only is an entry of its own', () => {
    const judged = review({ local: { keys: { PublicProfile: { DisabledInterfaces: guid.toUpperCase() } } } });
    expect(judged.verdict).toBe('open');
    expect(judged.reach.find(({ interface: name }) => name === guid)).toMatchObject({
      profile: 'public',
      ipv4: ['0.0.0.0/0'],
    });
  });
});

describe('reasons', () => {
  const allow = (fields = '') => `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|${fields}`;
  const reasons = (draft: PolicyDraft) =>
    review(draft).because.map(({ effect, says, advice }) => ({ effect, says, advice }));

  test('an allow that a block overrides whole is shadowed', () => {
    const rules = {
      a: allow('RA4=10.0.0.5|Name=a|'),
      b: 'v2.30|Action=Block|Active=TRUE|Dir=In|RA4=10.0.0.0/8|Name=b|',
    };
    expect(reasons({ local: { rules } })).toEqual([
      { effect: 'block', says: 'the local rule "b" keeps out 10.0.0.0/8 at TCP 445 in every profile', advice: null },
      {
        effect: 'default',
        says: 'inbound connections that no rule lets in are blocked in every profile',
        advice: null,
      },
      {
        effect: 'shadowed',
        says: 'the local rule "a" would let in 10.0.0.5 at TCP 445 in every profile',
        advice: null,
      },
    ]);
  });

  test('advice is for the tool of whoever made the rule', () => {
    const named = (name: string) => ({ local: { rules: { "it's": allow(`Name=${name}|`) } } });
    expect(reasons(named('My rule'))[0]?.advice).toBe(
      'netsh advfirewall firewall set rule name="My rule" dir=in new enable=no',
    );
    const forCmd = ['a" & del', '%PATH%', '!x!', 'two\nlines', 'ends in \\'];
    const forPowerShell = ['$(calc)', '`whoami', '\u201d; calc; \u201d', 'a\u201ec'];
    const unseen = ['gpj.\u202eexe', 'a\u200bb', '\u{e0041}', '\u009bm'];
    for (const name of ['@FirewallAPI.dll,-1', ...forCmd, ...forPowerShell, ...unseen]) {
      const byId = (id: string) => reasons({ local: { rules: { [id]: allow(`Name=${name}|`) } } })[0]?.advice;
      expect(byId('{1-2}')).toBe("Disable-NetFirewallRule -Name '{1-2}'");
      // As PowerShell reads them, these would name other rules, or more than a name.
      for (const id of ['FPS-*', "it's", 'a\u2019; del'])
        expect(byId(id)).toMatch(/^Windows Defender Firewall with .*: disable "/);
    }
    const old = {
      'DomainProfile\\Services\\FileAndPrint': { Enabled: 1 },
      'DomainProfile\\GloballyOpenPorts\\List': { a: '445:TCP:10.0.0.1:enabled:a', b: '445:TCP:10.0.0.2:enabled:b' },
    };
    expect(reasons({ group: { keys: old } }).flatMap(({ advice }) => advice ?? [])).toEqual([
      'in Group Policy, Administrative Templates, Network, Network Connections, Windows Defender Firewall: "Allow inbound file and printer sharing exception"',
      'in Group Policy, Administrative Templates, Network, Network Connections, Windows Defender Firewall: "a"',
      'in Group Policy, Administrative Templates, Network, Network Connections, Windows Defender Firewall: "b"',
    ]);
    expect(reasons({ group: { rules: { g: allow('Name=My rule|') } } })[0]?.advice).toMatch(
      /^in Group Policy, .*: disable "My rule" \(g\)$/,
    );
    expect(reasons({ mdm: { rules: { m: allow('Name=My rule|') } } })[0]?.advice).toMatch(/MDM, Intune/);
    expect(reasons({ local: { keys: { PublicProfile: { EnableFirewall: 0 } } } })[0]).toEqual({
      effect: 'allow',
      says: 'Windows Firewall is off, so nobody is kept out, in the public profile',
      advice: 'netsh advfirewall set publicprofile state on',
    });
    expect(
      reasons({ group: { keys: { PublicProfile: { DefaultInboundAction: 0 } } } }).find(({ advice }) => advice !== null)
        ?.advice,
    ).toMatch(/^in Group Policy, .*public profile: firewall on, inbound connections blocked$/);
  });
});

describe('for any policy', () => {
  const address = fc.constantFrom(
    ...['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '192.168.0.0-192.168.9.9', '172.16.0.0/12', '8.8.8.8'],
  );
  const address6 = fc.constantFrom('fd00::/8', 'fe80::/64', '2001:db8::1', 'fd00::1-fd00::ff');
  const soundCondition = fc.oneof(
    address.map((text) => `RA4=${text}|`),
    address6.map((text) => `RA6=${text}|`),
  );
  const profile = fc.constantFrom('', '', 'Profile=Domain|', 'Profile=Public|Profile=Private|');
  const port = fc.constantFrom(
    '',
    'Protocol=6|',
    'Protocol=6|LPort=445|',
    'Protocol=6|LPort2_10=139-445|',
    'Protocol=6|LPort=80|',
    'Protocol=17|',
  );
  const soundRule = (action: fc.Arbitrary<string>) =>
    fc
      .tuple(action, port, fc.array(soundCondition, { maxLength: 3 }), profile)
      .map(
        ([what, ports, conditions, where]) =>
          `v2.30|Action=${what}|Active=TRUE|Dir=In|${ports}${where}${conditions.join('')}Name=x|`,
      );
  const oddCondition = fc.constantFrom(
    ...[
      'RA4=LocalSubnet|',
      'RA6=LocalSubnet|',
      'RA42=IntErnet|',
      'App=C:\\a.exe|',
      'App=System|',
      'Svc=*|',
      'Svc=LanmanServer|',
    ],
    ...[
      'IFType=Lan|',
      'LA4=10.0.0.5|',
      'Security=Authenticate|',
      'NNm=x|',
      'Platform=2:6:1|',
      'TTK=Proximity|',
      'RA4=bad|',
      'Unknown=1|',
    ],
    ...['LPort=99999|', 'RPort=1|', 'AppPkgId=S-1|', 'PCross=TRUE|', 'Dir=Out|', 'Active=FALSE|', 'x'],
  );
  const anyRule = (action: fc.Arbitrary<string>) =>
    fc.tuple(soundRule(action), fc.array(oddCondition, { maxLength: 3 })).map(([rule, odd]) => rule + odd.join(''));
  const rulesOf = (rule: fc.Arbitrary<string>) => fc.array(rule, { maxLength: 6 });
  const byId = (rules: readonly string[]) => Object.fromEntries(rules.map((rule, i) => [`r${i}`, rule]));
  const action = fc.constantFrom('Allow', 'Allow', 'Block', 'ByPass');

  const isNoMore = (a: Review, b: Review): boolean =>
    a.reach.every((entry, i) =>
      (['ipv4', 'ipv6'] as const).every((family) =>
        isWithin(setOf(family, entry[family]), setOf(family, b.reach[i]?.[family] ?? [])),
      ),
    );

  test('a rule that blocks only shrinks the reach, and one that allows only grows it', () => {
    fc.assert(
      fc.property(
        rulesOf(anyRule(action)),
        anyRule(fc.constant('Block')),
        anyRule(fc.constantFrom('Allow', 'ByPass')),
        (rules, block, allow) => {
          const before = review({ local: { rules: byId(rules) } });
          expect(isNoMore(review({ local: { rules: byId([...rules, block]) } }), before)).toBe(true);
          expect(isNoMore(before, review({ local: { rules: byId([...rules, allow]) } }))).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('of rules that are clear, the answer is exact: each address is in by an allow and no block', () => {
    const probes = [
      ...['10.0.0.1', '10.1.2.3', '10.1.2.4', '192.168.5.5', '192.168.9.10', '172.31.0.1', '8.8.8.8', '8.8.8.9'],
      ...['fd00::1', 'fd00::100', 'fe80::1', 'fe81::1', '2001:db8::1', '2001:db8::2'],
    ];
    const isIn = (rule: string, probe: string, where: string): boolean => {
      if (/Protocol=17|LPort=80/.test(rule) || (/Profile=/.test(rule) && !rule.includes(`Profile=${where}|`)))
        return false;
      const entries = [...rule.matchAll(/RA[46]=([^|]*)\|/g)].map(([, text = '']) => text);
      return entries.length === 0 || entries.some((text) => isInEntry(text, probe));
    };
    fc.assert(
      fc.property(rulesOf(soundRule(fc.constantFrom('Allow', 'Allow', 'Block'))), (rules) => {
        const judged = review({ local: { rules: byId(rules) } });
        expect(judged.unsure).toEqual([]);
        for (const [where, entry] of [
          ['Domain', judged.reach[0]],
          ['Private', judged.reach[1]],
        ] as const)
          for (const probe of probes) {
            const family = probe.includes(':') ? 'ipv6' : 'ipv4';
            const by = (what: string): boolean =>
              rules.some((rule) => rule.includes(`Action=${what}|`) && isIn(rule, probe, where));
            expect([probe, holds(setOf(family, entry?.[family] ?? []), probe)]).toEqual([
              probe,
              by('Allow') && !by('Block'),
            ]);
          }
      }),
      { numRuns: 300 },
    );
  });

  test('tokens in another case, which are read in full, have the same answer', () => {
    const spelled = (rule: string): string =>
      rule.replace(/(Action|Dir|Active|Protocol|RA4|RA6)=/g, (token) => token.toLowerCase());
    const allows = fc.constantFrom('Allow', 'Block', 'Block');
    fc.assert(
      fc.property(rulesOf(fc.oneof(soundRule(allows), anyRule(allows))), (rules) => {
        const [as, other] = [rules, rules.map(spelled)].map((texts) => review({ local: { rules: byId(texts) } }));
        expect(other?.reach).toEqual(as?.reach);
      }),
      { numRuns: 300 },
    );
  });

  test('both shapes of the registry have the same answer', () => {
    fc.assert(
      fc.property(rulesOf(anyRule(action)), (rules) => {
        const tree = treeOf({
          local: { rules: byId(rules) },
          group: { keys: { PublicProfile: { AllowLocalPolicyMerge: 0 } } },
        });
        const of = (text: string) =>
          reviewed({ registry: [{ name: 'x', text }], host: null }, { proto: 'tcp', port: 445 });
        expect(of(queryText(tree))).toEqual(of(exportText(tree)));
      }),
      { numRuns: 100 },
    );
  });

  test('any rule text in the registry has an answer, and whatever it is, it closes nothing that an allow opens', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 5 }), (texts) => {
        const judged = review({
          local: { rules: { ...byId(texts), sound: 'v2.30|Action=Allow|Active=TRUE|Dir=In|Name=x|' } },
        });
        expect(judged.verdict).toBe('open');
      }),
      { numRuns: 500 },
    );
  });
});

/** Told apart from the evaluator's own reading of the three forms. */
function isInEntry(text: string, probe: string): boolean {
  const [first = '', last] = text.split('-');
  if (last === undefined) {
    const set = setOfText(text);
    return set !== null && holds(set, probe);
  }
  return (
    probe.includes(':') === first.includes(':') &&
    sortable(first) <= sortable(probe) &&
    sortable(probe) <= sortable(last)
  );
}

function sortable(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => part.padStart(3, '0'))
      .join('');
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((part) => part.padStart(4, '0')).join('');
}
