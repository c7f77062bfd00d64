// `review`: the document, the page and the exit code of what was judged, live and as saved on another PC.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../../main/cli/run';
import { readSaved } from '../../../../main/cli/saved-files';
import type { PolicyRead } from '../../../../main/engine/engine';
import type { Review } from '../../../../main/model/review';
import { cidr } from '../../../../main/policy/address-sets';
import { bench, engine, policyRead, policyUnread } from '../fakes';

const fixtures = 'test/fixtures/linux';
const names = readdirSync(fixtures);

const partly: Review = {
  source: 'nftables',
  verdict: 'partly',
  reach: [
    { interface: 'eth0', profile: null, ipv4: ['10.0.0.0/8', '172.16.0.0/12'].map(cidr), ipv6: [] },
    { interface: 'lo', profile: null, ipv4: [cidr('0.0.0.0/0')], ipv6: [cidr('::/0')] },
    { interface: '*', profile: null, ipv4: [], ipv6: [] },
  ],
  because: [
    {
      effect: 'allow',
      rule: 'ip saddr 10.0.0.0/8 accept',
      where: 'inet f in',
      says: 'ufw allows 445 from 10.0.0.0/8',
      advice: 'ufw deny 445/tcp',
    },
  ],
  unsure: [{ rule: 'limit rate 1/second accept', why: 'how often depends on the moment' }],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakwater-review-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function review(line: string, read: PolicyRead = policyRead(partly)) {
  const { surroundings, stdout, stderr } = bench({ engine: engine({ readPolicy: async () => read }) });
  const code = await run(line.split(' '), surroundings);
  // On a busy PC judging may take so long that it says so.
  return { code, out: stdout(), err: stderr().replace('breakwater: judging the saved rules ...\n', '') };
}

describe('live', () => {
  test('the document has what was asked and what was judged, in this order', async () => {
    const { code, out } = await review('review --port 139 --json');
    expect(code).toBe(1);
    const document = JSON.parse(out);
    expect(document).toEqual({
      schema: 'breakwater/review@1',
      at: '2026-01-02T03:04:05.000Z',
      simulated: null,
      query: { direction: 'in', proto: 'tcp', port: 139 },
      ...partly,
    });
    expect(Object.keys(document).slice(0, 6)).toEqual(['schema', 'at', 'simulated', 'source', 'query', 'verdict']);
  });

  test.each([
    ['closed', 0],
    ['partly', 1],
    ['open', 1],
    ['unknown', 6],
  ] as const)('%s ends with %i', async (verdict, code) => {
    expect((await review('review', policyRead({ ...partly, verdict }))).code).toBe(code);
  });

  test('the page says who, why, what would change it, and what is not sure', async () => {
    const { out } = await review('review');
    expect(out).toContain('OPEN TO SOME');
    expect(out).toMatch(/eth0 +10\.0\.0\.0\/8 and 172\.16\.0\.0\/12\n/);
    expect(out).toMatch(/this PC itself \(lo\) +everybody\n/);
    expect(out).toMatch(/every other interface +nobody\n/);
    expect(out).toContain('Lets in: ufw allows 445 from 10.0.0.0/8');
    expect(out).toContain('To change it: ufw deny 445/tcp');
    expect(out).toContain('limit rate 1/second accept: how often depends on the moment');
  });

  test('long lists are cut, and said the shorter way around', async () => {
    const reach = [
      {
        interface: '*',
        profile: null,
        ipv4: ['10.0.0.0/8', '10.1.0.0', '10.2.0.0', '10.3.0.1', '10.4.0.1'].map(cidr),
        ipv6: ['8000::/1', '4000::/2', '2000::/3', '1000::/4'].map(cidr),
      },
    ];
    const { out } = await review('review', policyRead({ ...partly, reach }));
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'over IPv4 10.0.0.0/8, 10.1.0.0, 10.2.0.0 and 2 more networks, over IPv6 everybody but ::/4',
    );
  });

  test('one address is written without its length, a network of IPv6 with it', async () => {
    const reach = [
      { interface: '*', profile: null, ipv4: [cidr('10.0.0.5/32')], ipv6: ['2001:db8::/32', 'fd00::5'].map(cidr) },
    ];
    const { out } = await review('review', policyRead({ ...partly, reach }));
    expect(out.replaceAll(/\s+/g, ' ')).toContain('10.0.0.5, 2001:db8::/32 and fd00::5');
  });

  test('--interface narrows the answer, and its verdict', async () => {
    const { code, out } = await review('review --interface wlan0 --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'closed',
      reach: [{ interface: 'wlan0', ipv4: [], ipv6: [] }],
    });
    expect((await review('review --interface eth0')).code).toBe(1);
    expect((await review('review --interface lo')).code).toBe(1);
    const { code: wrong, err } = await review('review --interface eth7');
    expect(wrong).toBe(2);
    expect(err).toContain('there is no network interface "eth7"; there is lo, eth0, wlan0.');
  });

  test.each(['--profile public', '--subnet 10.0.0.0/8'])('%s makes no sense on Linux: 2', async (options) => {
    expect((await review(`review ${options}`)).code).toBe(2);
  });

  test('without rights it says how, counts everything as let through, and ends with 3', async () => {
    const { code, out, err } = await review('review --json', policyUnread('not-permitted', 'only root may'));
    expect(code).toBe(3);
    expect(err).toContain('sudo breakwater review');
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'unknown',
      reach: [{ interface: '*', ipv4: ['0.0.0.0/0'], ipv6: ['::/0'] }],
      unsure: [{ why: 'only root may' }],
    });
  });

  test('rules that could not be read, or not judged, are unknown: 6', async () => {
    const { code, out } = await review('review', policyUnread('failed', 'nft is not installed'));
    expect(code).toBe(6);
    expect(out).toContain('nft is not installed');
    expect((await review('review', policyRead(null))).code).toBe(6);
  });
});

describe('--from', () => {
  const from = (path: string, more = '') => review(`review --json --from ${path}${more}`);

  test.each(names)('the real rules of %s are judged', async (name) => {
    const { code, out, err } = await from(join(fixtures, name), ' --complete');
    expect({ code, err }).toEqual({ code: expect.toSatisfy((one: number) => one === 0 || one === 1), err: '' });
    expect(JSON.parse(out)).toMatchObject({ schema: 'breakwater/review@1', source: 'nftables' });
  });

  test('ruleset.json alone is enough for an answer', async () => {
    const { code, out } = await from(join(fixtures, 'nft-policy-drop-ct', 'ruleset.json'), ' --complete');
    expect([code, JSON.parse(out).verdict]).toEqual([0, 'closed']);
  });

  test.each([
    [{}, 6, 'unknown'],
    [{ 'host.json': '{"interfaces":{}}' }, 6, 'unknown'],
    [{ 'host.json': '{"interfaces":{},"legacyTables":["nat"]}' }, 6, 'unknown'],
    [{ 'iptables-legacy.txt': '' }, 6, 'unknown'],
    [{ 'host.json': '{"interfaces":{},"legacyTables":[]}' }, 0, 'closed'],
    [{ 'iptables-legacy.txt': '', 'ip6tables-legacy.txt': '' }, 0, 'closed'],
  ])('the old iptables, of which nft tells nothing, must be told of: with %j %s, %s', async (files, exit, verdict) => {
    cpSync(join(fixtures, 'nft-policy-drop-ct', 'ruleset.json'), join(folder, 'ruleset.json'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { code, out } = await from(folder);
    const review = JSON.parse(out);
    expect([code, review.verdict]).toEqual([exit, verdict]);
    expect(review.unsure.some(({ rule }: { rule: string }) => rule.includes('tables-legacy'))).toBe(exit === 6);
    // Nobody's word makes tables go away that are in use.
    const isInUse = Object.values(files).some((text) => text.includes('nat'));
    expect((await from(folder, ' --complete')).code).toBe(isInUse ? 6 : 0);
  });

  test('files of different moments close nothing', async () => {
    cpSync(join(fixtures, 'nft-policy-drop-ct'), folder, { recursive: true });
    writeFileSync(join(folder, 'host.json'), '{"interfaces":{},"legacyTables":[]}');
    expect((await from(folder)).code).toBe(0);
    const text = readFileSync(join(folder, 'ruleset.nft'), 'utf8');
    writeFileSync(join(folder, 'ruleset.nft'), text.replace('policy drop', 'policy accept'));
    const { code, out } = await from(folder, ' --complete');
    expect([code, JSON.parse(out).missing?.map(({ code: of }: { code: string }) => of)]).toEqual([6, ['one-moment']]);
  });

  test.each([
    ['ruleset.nft', /what "nft list ruleset" prints and not enough alone\. Ruleset\.json is needed/],
    ['iptables-save.txt', /what "iptables-save" prints and not enough alone/],
    ['README', /nothing that Breakwater knows\. Ruleset\.json is needed/],
  ])('%s alone is not, and it says what is needed: 2', async (name, says) => {
    const { code, out, err } = await from(join(fixtures, 'ufw-default', name));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('host.json tells interfaces and addresses', async () => {
    cpSync(join(fixtures, 'nft-daddr-only'), folder, { recursive: true });
    writeFileSync(
      join(folder, 'host.json'),
      '{"interfaces":{"eth0":["10.77.1.10/24","fe80::1/64"]},"listening":[445]}',
    );
    expect((await from(folder, ' --interface eth0')).code).toBe(1);
    const { code, err } = await from(folder, ' --interface eth9');
    expect([code, err]).toEqual([2, expect.stringContaining('there is eth0')]);
  });

  const damage: readonly (readonly [string, (file: (name: string) => string) => void, RegExp])[] = [
    ['a ruleset cut short', (file) => truncateSync(file('ruleset.json'), 900), /can't be judged/],
    [
      'an empty ruleset.json',
      (file) => truncateSync(file('ruleset.json'), 0),
      /ruleset\.json should be .*, and is an empty file/,
    ],
    ['no ruleset.json', (file) => rmSync(file('ruleset.json')), /ruleset\.json is needed: "nft -j list ruleset/],
    [
      'files that were mixed up',
      (file) => cpSync(file('iptables-save.txt'), file('ruleset.nft')),
      /ruleset\.nft should be/,
    ],
    ['a picture', (file) => writeFileSync(file('ipset.txt'), Buffer.from([0x89, 0x50, 0, 0])), /is not a text file/],
    ["a folder of a file's name", (file) => mkdirSync(file('host.json')), /is not a file/],
    [
      'a host without interfaces',
      (file) => writeFileSync(file('host.json'), '{"listening":[445]}'),
      /"interfaces" must/,
    ],
    [
      'a host with an odd address',
      (file) => writeFileSync(file('host.json'), '{"interfaces":{"eth0":["10.0.0.999/24"]}}'),
      /"eth0" has "10\.0\.0\.999\/24", which is no address/,
    ],
    ['half a host', (file) => writeFileSync(file('host.json'), '{"interfaces":{"eth0":['), /not whole JSON/],
    [
      "a Windows PC's registry with nothing in it",
      (file) => {
        rmSync(file('ruleset.json'));
        writeFileSync(file('policy.reg'), '\ufeffWindows Registry Editor Version 5.00\r\n', 'utf16le');
      },
      /policy\.reg, line 1: there is no registry key in it/,
    ],
  ];
  test.each(damage)('%s: 2, and one line that says so', async (_, harm, says) => {
    cpSync(join(fixtures, 'ufw-default'), folder, { recursive: true });
    harm((name) => join(folder, name));
    const { code, out, err } = await from(folder);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test("iptables' rules cut short keep nobody out, and are named", async () => {
    cpSync(join(fixtures, 'ufw-default'), folder, { recursive: true });
    truncateSync(join(folder, 'iptables-save.txt'), 700);
    const { code, out } = await from(folder);
    expect(code).toBe(1);
    expect(JSON.parse(out).unsure).not.toEqual([]);
  });

  test('what is not there, and what is too large, is not read', async () => {
    expect((await from(join(folder, 'nothing'))).err).toMatch(/can't be read: ENOENT/);
    cpSync(join(fixtures, 'ufw-default'), folder, { recursive: true });
    expect(() => readSaved(folder, false, 2000)).toThrow('usage.from.too-large');
    truncateSync(join(folder, 'ruleset.nft'), 257 * 1024 * 1024);
    expect((await from(folder)).err).toMatch(/ruleset.nft" is too large/);
  });

  test.each(['--profile public', '--subnet 10.0.0.0/8'])('%s makes no sense for a Linux policy: 2', async (options) => {
    expect((await from(join(fixtures, 'ufw-default'), ` ${options}`)).code).toBe(2);
  });

  test('a simulated PC has no saved policy: 2', async () => {
    expect((await from(join(fixtures, 'ufw-default'), ' --simulate toy')).code).toBe(2);
  });
});

describe('--from a Windows registry', () => {
  const windows = 'test/fixtures/windows';
  const from = (path: string, more = '') => review(`review --json --from ${path}${more}`);
  const fixture = (name: string): string => readFileSync(join(windows, name), 'utf8');
  const reach = (out: string): readonly string[] =>
    JSON.parse(out).reach.map(
      ({ interface: name, profile, ipv4, ipv6 }: Review['reach'][number]) => `${name} ${profile} ${[...ipv4, ...ipv6]}`,
    );

  test.each([
    ['win7sp1-x86', 1, 'open', ['* domain 0.0.0.0/0,::/0', '* private ', '* public ']],
    ['win10-1709-x64', 0, 'closed', ['* domain ', '* private ', '* public ']],
    ['win10-1903-x64', 0, 'closed', ['* domain ', '* private ', '* public ']],
    ['win11-v2.33-modified', 0, 'closed', ['* domain ', '* private ', '* public ']],
  ])('%s, a folder of several files', async (name, code, verdict, entries) => {
    const judged = await from(join(windows, name));
    expect([judged.code, judged.err]).toEqual([code === 0 ? 6 : code, '']);
    const document = JSON.parse(judged.out);
    expect(document).toMatchObject({
      source: 'windows-firewall',
      verdict: verdict === 'closed' ? 'unknown' : verdict,
      missing: expect.arrayContaining([
        expect.objectContaining({ code: 'group-policy', what: expect.any(String), save: expect.any(String) }),
      ]),
    });
    expect(document.complete).toBeUndefined();
    expect(reach(judged.out)).toEqual(entries);
    const whole = await from(join(windows, name), ' --complete');
    expect([whole.code, whole.err]).toEqual([code, '']);
    expect(JSON.parse(whole.out)).toMatchObject({ verdict, complete: true });
    expect(JSON.parse(whole.out).missing).toBeUndefined();
    expect(whole.out).toContain('by --complete it counts as not there');
    expect(reach(whole.out)).toEqual(entries);
  });

  test('the page names what is missing with the command that saves it, and the word that it is not there', async () => {
    const pc = join(windows, 'win10-1903-x64');
    const words = async (line: string) => (await review(line)).out.replaceAll(/\s+/g, ' ');
    const part = await words(`review --from ${pc}`);
    expect(part).toContain('NOT KNOWN: who may connect to TCP 445. Who may connect, by what was saved');
    expect(part).toContain('group policy (HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall): it was not saved');
    expect(part).toContain('reg export "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall" group.reg');
    const whole = await words(`review --from ${pc} --complete`);
    expect(whole).toContain(
      'CLOSED: no other PC may connect to TCP 445. By --complete, what was not saved counts as not there.',
    );
  });

  test('--complete is about what was saved: 2 without --from', async () => {
    expect(await review('review --complete')).toMatchObject({ code: 2, err: expect.stringContaining('--from') });
  });

  test('who gets in by a part of a policy gets in all the same, and others may', async () => {
    const rule = 'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|RA4=10.0.0.0/8|App=System|Name=a|';
    const text = fixture('win10-1903-x64/firewallpolicy.txt').replace(
      '\\FirewallRules\r\n',
      `$&    a    REG_SZ    ${rule}\r\n`,
    );
    writeFileSync(join(folder, 'a.txt'), text);
    const { code, out } = await review(`review --from ${folder}`);
    expect([code, out]).toEqual([1, expect.stringContaining('whether others may is not known')]);
    // What was saved lets nobody in there, which is not all.
    writeFileSync(
      join(folder, 'a.txt'),
      text.replace('|Dir=In|Protocol=6|LPort=445|RA4=', '|Dir=In|Profile=Domain|Protocol=6|LPort=445|RA4='),
    );
    expect((await from(folder, ' --profile public')).code).toBe(6);
    expect((await from(folder, ' --profile public --complete')).code).toBe(0);
  });

  test('--profile names the one in use, and --subnet what LocalSubnet means', async () => {
    const pc = join(windows, 'win7sp1-x86', 'firewallpolicy.txt');
    expect((await from(pc, ' --profile public')).code).toBe(6);
    expect((await from(pc, ' --profile public --complete')).code).toBe(0);
    expect(reach((await from(pc, ' --profile domain')).out)).toEqual(['* domain 0.0.0.0/0,::/0']);
    const scoped = await from(
      pc,
      ' --profile private --proto udp --port 137 --subnet 10.1.0.0/16 --subnet fd00:1::/64',
    );
    expect(reach(scoped.out)).toEqual(['* private 10.1.0.0/16,fd00:1::/64,fe80::/64']);
    expect(JSON.parse(scoped.out).verdict).toBe('partly');
    const unknown = await from(pc, ' --profile private --proto udp --port 137');
    expect(reach(unknown.out)).toEqual(['* private 0.0.0.0/0,::/0']);
    expect(JSON.parse(unknown.out).unsure[0].why).toContain('LocalSubnet');
  });

  test('a .reg file in UTF-16, either way around, is the same as its text', async () => {
    const text =
      '\ufeffWindows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules]\r\n"a"="v2.30|Action=Allow|Active=TRUE|Dir=In|Profile=Public|Protocol=6|LPort=445|RA4=10.0.0.0/8|App=System|Name=Türkçe 犬|"\r\n\r\n';
    const wide = Buffer.from(text, 'utf16le');
    for (const bytes of [wide, Buffer.from(wide).swap16(), Buffer.from(text)]) {
      writeFileSync(join(folder, 'policy.reg'), bytes);
      const { code, out } = await from(join(folder, 'policy.reg'));
      expect([code, reach(out)]).toEqual([1, ['* domain ', '* private ', '* public 10.0.0.0/8']]);
      expect(JSON.parse(out).because[0].says).toContain('"Türkçe 犬"');
    }
  });

  test('host.json tells of the PC what its registry does not', async () => {
    writeFileSync(join(folder, 'a.txt'), fixture('win7sp1-x86/firewallpolicy.txt'));
    const host = {
      interfaces: { 'Local Area Connection': ['10.0.0.5/24'] },
      profiles: { 'Local Area Connection': 'private' },
      absentKeys: ['HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall'],
      firewallService: 'running',
      otherFirewalls: [],
    };
    writeFileSync(join(folder, 'host.json'), JSON.stringify(host));
    const { code, out } = await from(folder);
    expect([code, reach(out), JSON.parse(out).unsure]).toEqual([0, ['Local Area Connection private '], []]);
    expect((await from(folder, ' --interface nowhere')).err).toContain('there is Local Area Connection');
    expect(reach((await from(folder, ' --profile domain')).out)).toEqual([
      'Local Area Connection domain 0.0.0.0/0,::/0',
    ]);
  });

  test.each([
    ['{"interfaces":{},"profiles":{"a":"home"}}', /"profiles" must be domain, private or public/],
    ['{"interfaces":{},"guids":{"a":"x"}}', /"guids" must be a GUID in braces/],
    ['{"interfaces":{},"kinds":{"a":"x"}}', /"kinds" must be lan, wireless/],
    ['{"interfaces":{},"build":"new"}', /"build" must be a version/],
    ['{"interfaces":{},"absentKeys":["x"]}', /"absentKeys" must be a list of registry keys/],
    ['{"interfaces":{},"firewallService":"on"}', /"firewallService" must be running or stopped/],
    ['{"interfaces":{},"otherFirewalls":"x"}', /"otherFirewalls" must be a list of names/],
  ])('%s: 2, and what is wrong', async (host, says) => {
    writeFileSync(join(folder, 'a.txt'), fixture('win7sp1-x86/firewallpolicy.txt'));
    writeFileSync(join(folder, 'host.json'), host);
    const { code, err } = await from(folder);
    expect([code, err]).toEqual([2, expect.stringMatching(says)]);
  });

  test('files that are no registry are passed by, and named', async () => {
    writeFileSync(join(folder, 'a.txt'), fixture('win7sp1-x86/firewallpolicy.txt'));
    writeFileSync(join(folder, 'notes.txt'), 'from the PC in room 7');
    const { code, out, err } = await from(folder);
    expect([code, err]).toEqual([1, 'breakwater: not part of a registry, and passed by: notes.txt\n']);
    expect(JSON.parse(out).verdict).toBe('open');
  });

  test.each<readonly [string, string, RegExp]>([
    [
      'of services only',
      fixture('win7sp1-x86/services.txt'),
      /there is no firewall policy in it; on that PC, save it with reg export/,
    ],
    ['as shipped only', fixture('win7sp1-x86/defaults.txt'), /there is no firewall policy in it/],
    ['that is none', 'hello', /a\.reg, line 1: there is no registry key in it/],
  ])('a registry %s: 2, and one line that says so', async (_, text, says) => {
    writeFileSync(join(folder, 'a.reg'), text);
    const { code, out, err } = await from(folder);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test.each<readonly [string, string, RegExp]>([
    [
      'cut short',
      fixture('win10-1903-x64/firewallpolicy.txt').replace(/FPS-SMB-In-TCP[\s\S]*/, 'FPS-'),
      /^a\.reg, line \d+: the text ends within a value/,
    ],
    [
      'with words in between',
      fixture('win10-1903-x64/firewallpolicy.txt').replace(
        '\r\n    EnableFirewall',
        '\r\nAccess denied\r\n    EnableFirewall',
      ),
      /^a\.reg, line \d+: neither a key nor a value/,
    ],
    [
      'as a search prints it',
      `${fixture('win10-1903-x64/firewallpolicy.txt')}検索の完了: 2 件の一致が見つかりました。\r\n`,
      /^a\.reg is what a search found/,
    ],
    [
      'as it is imported',
      `Windows Registry Editor Version 5.00\r\n\r\n[-HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules]\r\n\r\n`,
      /^a\.reg was written for "reg import"/,
    ],
  ])('a policy %s is no record of it: 6, whoever gives their word', async (_, text, what) => {
    writeFileSync(join(folder, 'a.reg'), text);
    for (const word of ['', ' --complete']) {
      const { code, out } = await from(folder, word);
      expect([code, JSON.parse(out).verdict]).toEqual([6, 'unknown']);
      expect(JSON.parse(out).missing).toContainEqual(expect.objectContaining({ what: expect.stringMatching(what) }));
    }
  });

  test('files of two PCs, or moments, are judged one by one: the most open counts, and both are named', async () => {
    const closed = fixture('win10-1903-x64/firewallpolicy.txt');
    const rule = 'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|App=System|Name=mine|';
    const open = closed.replace('\\FirewallRules\r\n', `$&    mine    REG_SZ    ${rule}\r\n`);
    const block = rule.replace('Allow', 'Block');
    const shut = open.replace('\\FirewallRules\r\n', `$&    shut    REG_SZ    ${block}\r\n`);
    for (const [a, b, code] of [
      [closed, open, 1],
      [open, shut, 1],
      [closed, shut, 0],
    ] as const) {
      writeFileSync(join(folder, 'a.txt'), a);
      writeFileSync(join(folder, 'b.txt'), b);
      const judged = await from(folder, ' --complete');
      expect(judged.code).toBe(code);
      const { unsure } = JSON.parse(judged.out);
      expect(unsure[0].rule).toBe('a.txt, b.txt');
      expect(unsure[0].why).toMatch(/by a\.txt: \w+, by b\.txt: \w+\. The most open one counts/);
    }
    writeFileSync(join(folder, 'b.txt'), fixture('win7sp1-x86/firewallpolicy.txt'));
    expect((await from(folder)).code).toBe(1);
    // The same twice, and once more with what "reg query" lost, is one moment.
    for (const name of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(join(folder, name), closed);
    const same = await from(folder, ' --complete');
    expect([same.code, JSON.parse(same.out).unsure.length]).toEqual([
      0,
      (await from(join(windows, 'win10-1903-x64', 'firewallpolicy.txt'), ' --complete')).out.match(/by --complete/g)
        ?.length,
    ]);
  });

  test('two exports in one file are of different moments, too', async () => {
    const closed = fixture('win10-1903-x64/firewallpolicy.txt');
    const other = closed.replace(/ {4}FPS-SMB-In-TCP {4}.*\r\n/, '');
    writeFileSync(join(folder, 'a.txt'), closed + other);
    expect((await from(folder, ' --complete')).code).toBe(6);
    writeFileSync(join(folder, 'a.txt'), closed + closed);
    expect((await from(folder, ' --complete')).code).toBe(0);
  });

  test('a policy without its local rules was read, and can not be told: 6', async () => {
    const { code, out } = await from(join(windows, 'gpo', 'nsacyber-windows-firewall-gpo.txt'));
    expect([code, JSON.parse(out).verdict]).toEqual([6, 'unknown']);
    const path = join(windows, 'gpo', 'nsacyber-windows-firewall-gpo.txt');
    expect((await from(path, ' --profile public')).code).toBe(6);
    expect((await from(path, ' --profile public --complete')).code).toBe(0);
  });

  test('the page names each profile, the rule, and what changes it', async () => {
    const { out } = await review(`review --from ${join(windows, 'win7sp1-x86')}`);
    expect(out).toMatch(/every interface, domain profile +everybody\n/);
    expect(out).toMatch(/every interface, public profile +nobody\n/);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'To change it: netsh advfirewall firewall set rule group="@FirewallAPI.dll,-28502" new enable=no',
    );
  });
});

describe('collect', () => {
  const files = new Map([
    ['ruleset.json', '{"nftables": []}'],
    ['host.json', '{"interfaces": {}}\n'],
  ]);
  const collect = (out: string, read = policyRead(null, { files, torn: false, unread: [] })) =>
    review(`collect --out ${out}`, read);

  test.each(['new', 'empty'])('fills a folder that is %s, and says with what', async (kind) => {
    const to = join(folder, 'saved');
    if (kind === 'empty') mkdirSync(to);
    const { code, out } = await collect(to);
    expect(code).toBe(0);
    expect(out).toMatch(/ruleset\.json +16 bytes/);
    expect(readdirSync(to).sort()).toEqual(['host.json', 'ruleset.json']);
    expect(readFileSync(join(to, 'ruleset.json'), 'utf8')).toBe('{"nftables": []}');
    expect(readdirSync(folder)).toEqual(['saved']);
  });

  test('a folder with something in it, a file, and a folder in no folder are left alone: 2', async () => {
    writeFileSync(join(folder, 'mine'), 'x');
    for (const to of [folder, join(folder, 'mine'), join(folder, 'a', 'b')]) expect((await collect(to)).code).toBe(2);
    expect(readdirSync(folder)).toEqual(['mine']);
    expect((await review('collect')).code).toBe(2);
  });

  test('without rights nothing is written: 3, and how', async () => {
    const to = join(folder, 'saved');
    const { code, err } = await collect(to, policyUnread('not-permitted', 'only root may'));
    expect(code).toBe(3);
    expect(err).toContain(`sudo breakwater collect --out ${to}`);
    expect(existsSync(to)).toBe(false);
  });

  test('rules of different moments, and rules that could not be read, are not saved: 4', async () => {
    const to = join(folder, 'saved');
    expect((await collect(to, policyRead(null, { files, torn: true, unread: [] }))).code).toBe(4);
    expect((await collect(to, policyUnread('failed', 'nft is not installed'))).code).toBe(4);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a simulated PC has nothing to save: 2', async () => {
    expect((await collect(join(folder, 'saved'), policyRead(partly, null))).code).toBe(2);
  });
});

describe('inspect --from', () => {
  const inspect = async (line: string) => {
    const { surroundings, stdout, stderr } = bench();
    return { code: await run(['inspect', ...line.split(' ')], surroundings), out: stdout(), err: stderr() };
  };

  test('of what is not there, or beside a simulated PC, is wrong usage', async () => {
    const missing = await inspect(`--from ${join(folder, 'nothing')}`);
    expect([missing.code, missing.out]).toEqual([2, '']);
    expect(missing.err).toContain("can't be read");
    const both = await inspect(`--from ${folder} --simulate toy`);
    expect(both.code).toBe(2);
    expect(both.err).toContain('give one of the two');
  });

  test('of a description that is damaged says what is wrong with it', async () => {
    cpSync(join(fixtures, names[0] ?? ''), folder, { recursive: true });
    for (const [host, why] of [
      ['{"interfaces": {}, "listeners": [{"protocol": "tcp"}]}', /"listeners" must be a list/],
      ['{"interfaces": {}, "savedAt": "yesterday"}', /"savedAt" must be a time/],
      ['{"interfaces": ', /not whole JSON|should be/],
    ] as const) {
      writeFileSync(join(folder, 'host.json'), host);
      const { code, err } = await inspect(`--from ${folder}`);
      expect([host, code]).toEqual([host, 2]);
      expect(err).toMatch(why);
    }
  });
});
