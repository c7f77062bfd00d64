// The rule string: every published one is read and printed back, every field means what the specification says, any text has an answer.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessageError } from '../../../../main/model/message-error';
import { toNetworks } from '../../../../main/policy/address-sets';
import { readRegistryText } from '../../../../main/policy/windows/registry-text';
import { type FirewallRule, parseRule } from '../../../../main/policy/windows/rule';
import { printRule } from '../../../../main/policy/windows/rule-string';
import { inEnglish, spoken } from '../../in-english';

const folder = 'test/fixtures/windows';
const files = readdirSync(folder)
  .filter((name) => !name.endsWith('.md'))
  .flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)));

/** Every rule of a file, with what its key is called. */
function rulesIn(file: string): readonly { readonly text: string; readonly exact: boolean }[] {
  const { registry } = readRegistryText(readFileSync(file, 'utf8'));
  return [...registry.keys.values()]
    .filter(({ path }) => !path.endsWith('ConSecRules'))
    .flatMap(({ values }) => [...values.values()])
    .flatMap((value) => (value.kind === 'text' && /^v\d/.test(value.text) ? [value] : []));
}

function ruleOf(text: string): FirewallRule {
  const parsed = parseRule(text);
  if (parsed.kind === 'error') throw new MessageError(parsed.why);
  return parsed.rule;
}

const withFields = (fields: string): string => `v2.30|Action=Allow|Active=TRUE|Dir=In|${fields}`;

describe('published rules', () => {
  const all = files.map((file) => ({ file, rules: rulesIn(file) })).filter(({ rules }) => rules.length > 0);

  test('are more than ten thousand', () => {
    expect(all.reduce((sum, { rules }) => sum + rules.length, 0)).toBe(10_695);
  });

  test.each(all)('all of $file are rules, and printed back byte for byte', ({ rules }) => {
    const wrong = rules.flatMap(({ text, exact }) => {
      const parsed = parseRule(text, exact);
      return parsed.kind === 'error'
        ? [`${inEnglish(parsed.why)}: ${text}`]
        : printRule(parsed.rule.written) === text
          ? []
          : [text];
    });
    expect(wrong).toEqual([]);
  });

  test('the example of MS-GPFAS 4.2 has every field it says', () => {
    const [text = ''] = rulesIn(join(folder, 'gpo/gpo-rules-misc.txt')).flatMap(({ text: one }) =>
      one.includes('Firewall Rule Test') ? [one] : [],
    );
    expect(ruleOf(text)).toMatchObject({
      action: 'allow',
      active: true,
      direction: 'in',
      profiles: new Set(['public']),
      protocol: 6,
      localPorts: [{ kind: 'keyword', word: 'rpc' }],
      remotePorts: [{ kind: 'range', first: 49_000, last: 49_000 }],
      app: 'c:\\path\\foo.exe',
      authenticated: true,
      name: 'Firewall Rule Test',
    });
    const { localAddresses, remoteAddresses } = ruleOf(text);
    expect(localAddresses.ipv4.flatMap((address) => (address.kind === 'set' ? toNetworks(address.set) : []))).toEqual([
      '192.168.1.0/24',
      '192.168.0.0/24',
    ]);
    expect(remoteAddresses).toEqual({ ipv4: [{ kind: 'local-subnet' }], ipv6: [{ kind: 'local-subnet' }] });
  });
});

describe('spellings', () => {
  test('tokens and words are read in any case', () => {
    const rule = ruleOf(
      'V2.30|ACTION=allow|active=true|dir=IN|PROTOCOL=TCP|lport=445|APP=SYSTEM|ra4=LOCALSUBNET|name=x|',
    );
    expect(rule).toMatchObject({ action: 'allow', active: true, direction: 'in', protocol: 6, name: 'x' });
    expect(rule.remoteAddresses.ipv4).toEqual([{ kind: 'local-subnet' }]);
    expect(printRule(rule.written)).toMatch(/^V2\.30\|ACTION=allow\|/);
  });

  test('ports may stand before the protocol, as in a shipped rule', () => {
    expect(ruleOf('v2.0|Action=Allow|Dir=In|Svc=x|LPort=3587|Protocol=6|Name=Allow|').protocol).toBe(6);
  });

  test('a list with commas is read, and marked, as only shipped service rules have it', () => {
    const rule = ruleOf('v2.10|Action=Allow|Dir=Out|Protocol=6|rport=3268,389,563|Name=x|');
    expect(rule.remotePorts.map((port) => port.kind === 'range' && port.first)).toEqual([3268, 389, 563]);
    expect(spoken(rule.odd)).toEqual(['rport has a list with commas in one field']);
  });

  test('unknown fields are kept in their order, and are conditions that are not known', () => {
    const text = 'v2.40|Action=Allow|Later=a=b|Dir=In|New2_40=|Name=x|';
    const rule = ruleOf(text);
    expect(rule.otherConditions).toEqual(['Later=a=b', 'New2_40=']);
    expect(printRule(rule.written)).toBe(text);
  });

  test.each([
    ['LPort2_24=mDNS|', 'mdns'],
    ['LPort2_20=Ply2Disc|', 'ply2disc'],
    ['LPort2_29=TcpCDPSvc|', 'tcpcdpsvc'],
    ['LPort2_31=SomethingNew|', 'somethingnew'],
    ['LPort=Teredo|', 'teredo'],
    ['LPort=RPC-EPMap|', 'rpc-epmap'],
  ])('%s is a word for ports', (fields, word) => {
    expect(ruleOf(withFields(`Protocol=17|${fields}`)).localPorts).toEqual([{ kind: 'keyword', word }]);
  });

  test.each([
    ['RA4=10.0.0.5|', ['10.0.0.5/32']],
    ['RA4=10.0.0.0/8|', ['10.0.0.0/8']],
    ['RA4=10.0.0.0/255.255.0.0|', ['10.0.0.0/16']],
    ['RA4=10.0.0.9/255.255.255.254|', ['10.0.0.8/31']],
    ['RA4=10.0.0.1-10.0.0.2|', ['10.0.0.1/32', '10.0.0.2/32']],
    ['RA4=1.0.0.0/128.0.0.0|', ['0.0.0.0/1']],
    ['RA6=fe80::/64|', ['fe80::/64']],
    ['RA6=FD00::1-FD00::2|', ['fd00::1/128', 'fd00::2/128']],
    ['RA6=::2-7fff::|', undefined],
  ])('%s is %j', (fields, networks) => {
    const { ipv4, ipv6 } = ruleOf(withFields(fields)).remoteAddresses;
    const all = [...ipv4, ...ipv6].flatMap((address) => (address.kind === 'set' ? toNetworks(address.set) : []));
    if (networks) expect(all).toEqual(networks);
    else expect(all.length).toBeGreaterThan(1);
  });

  test('Platform2 is about the Platform before it', () => {
    expect(ruleOf(withFields('Platform=2:6:1|Platform=2:6:2|Platform2=GTEQ|')).platforms).toEqual([
      { major: 6, minor: 1, orLater: false },
      { major: 6, minor: 2, orLater: true },
    ]);
  });

  test('absent fields mean what MS-GPFAS says: not active, all profiles, any protocol', () => {
    expect(ruleOf('v2.30|Action=Block|Dir=Out|')).toMatchObject({
      active: false,
      profiles: new Set(),
      protocol: null,
      app: null,
      service: null,
      remoteAddresses: { ipv4: [], ipv6: [] },
    });
  });
});

describe('what is no rule, and why', () => {
  test.each([
    ['', /begin with a version/],
    ['hello', /begin with a version/],
    ['2.30|Action=Allow|Dir=In|', /begin with a version/],
    ['v2.30', /begin with a version/],
    ['v2|Action=Allow|Dir=In|', /begin with a version/],
    ['v2.30|Action=Allow|Dir=In', /does not end/],
    ['v2.30|Action=Allow|Dir=In|Name', /does not end/],
    ['v2.30|Action=Allow|Dir=In|Name|', /is no field/],
    ['v2.30|Action=Allow|Dir=In|=x|', /is no field/],
    ['v2.30|Action=Allow|Dir=In||', /is no field/],
    ['v2.30|Action=Allow|Dir=In|A B=x|', /no name of a field/],
    ['v2.30|Dir=In|Name=x|', /no Action/],
    ['v2.30|Action=Allow|Name=x|', /no Dir/],
    ['v2.30|Action=Permit|Dir=In|', /it takes allow, block, bypass/],
    ['v2.30|Action=constructor|Dir=In|', /it takes allow/],
    ['v2.30|Action=Allow|Action=Block|Dir=In|', /there twice/],
    ['v2.30|Action=Allow|Dir=Sideways|', /it takes in, out/],
    [withFields('Active=TRUE|'), /there twice/],
    ['v2.30|Action=Allow|Active=1|Dir=In|', /it takes true, false/],
    [withFields('Profile=Home|'), /it takes domain, private, public/],
    [withFields('Protocol=256|'), /any protocol is written by no field/],
    [withFields('Protocol=999|'), /no protocol/],
    [withFields('Protocol=__proto__|'), /no protocol/],
    [withFields('LPort=445|'), /ports are for TCP and UDP only/],
    [withFields('Protocol=1|LPort=445|'), /ports are for TCP and UDP only/],
    [withFields('Protocol=6|LPort=65536|'), /no port/],
    [withFields('Protocol=6|LPort=|'), /no port/],
    [withFields('Protocol=6|LPort=smb|'), /no port/],
    [withFields('Protocol=6|LPort=1-2|'), /a range in a field for single ports/],
    [withFields('Protocol=6|LPort2_10=2-1|'), /no port/],
    [withFields('RA4=|'), /no IPv4 address/],
    [withFields('RA4=::1|'), /no IPv4 address/],
    [withFields('RA6=10.0.0.1|'), /no IPv6 address/],
    [withFields('RA4=10.0.0.1,10.0.0.2|'), /no IPv4 address/],
    [withFields('RA4=10.0.0.9-10.0.0.1|'), /no IPv4 address/],
    [withFields('RA4=10.0.0.0/33|'), /no IPv4 address/],
    [withFields('RA4=10.0.0.0/255.0.255.0|'), /no IPv4 address/],
    [withFields('RA4=10.0.0.0/0|'), /length 0/],
    [withFields('RA4=10.0.0.0/0.0.0.0|'), /length 0/],
    [withFields('RA6=::/0|'), /length 0/],
    [withFields('RA4=127.0.0.1|'), /loopback and unspecified/],
    [withFields('RA4=0.0.0.0|'), /loopback and unspecified/],
    [withFields('RA4=0.0.0.0-127.0.0.1|'), /loopback and unspecified/],
    [withFields('RA6=::|'), /loopback and unspecified/],
    [withFields('RA6=::-fd00::|'), /loopback and unspecified/],
    [withFields('RA6=::/1|'), /loopback and unspecified/],
    [withFields('LPort=0|'), /port 0/],
    [withFields('LPort= 445|'), /spaces/],
    [withFields('LPort2_10=445|'), /single port in a field for ranges/],
    [withFields('LPort2_20=445|'), /single port in a field for ranges or words/],
    [withFields('RA6=::1|'), /loopback and unspecified/],
    [withFields('RA6=fe80::1%3|'), /no IPv6 address/],
    [withFields('LA4=LocalSubnet|'), /a word for remote addresses/],
    [withFields('RA42=10.0.0.1|'), /no word for addresses/],
    [withFields('ICMP4=8|'), /no type and code/],
    [withFields('App=|'), /no path/],
    [withFields('App=C:\\a?.exe|'), /no path/],
    [withFields(`App=C:\\${'a'.repeat(260)}|`), /no path/],
    [withFields('Svc=|'), /no service/],
    [withFields('IF=eth0|'), /no GUID/],
    [withFields('IFType=Cable|'), /it takes lan, wireless/],
    [withFields('Edge=maybe|'), /it takes true, false/],
    [withFields('Security=Hope|'), /it takes authenticate/],
    [withFields('TTK=Bluetooth|'), /it takes proximity/],
    [withFields('Platform=Windows|'), /no platform/],
    [withFields('Platform=1:4:0|'), /another platform/],
    [withFields('Platform2=GTEQ|'), /after no Platform/],
    [withFields('Name=All|'), /no rule may be called so/],
    [withFields(`Name=${'a'.repeat(10_000)}|`), /too long/],
    [withFields('RA4=10.0.0.1|'.repeat(1001)), /more than 1000 addresses/],
  ])('%.80s', (text, why) => {
    const parsed = parseRule(text);
    expect(parsed.kind === 'error' ? inEnglish(parsed.why) : 'a rule').toMatch(why);
  });

  test('a question mark in a path that "reg query" printed may be a lost character', () => {
    expect(parseRule(withFields('App=C:\\a?.exe|'), false).kind).toBe('rule');
  });

  test('what could be read of it is there, without the conditions that could not', () => {
    const { rule } = parseRule(withFields('Protocol=6|LPort=445|App=a|App=b|'));
    expect(rule).toMatchObject({ action: 'allow', direction: 'in', app: null, protocol: 6 });
  });
});

const token = fc.constantFrom(
  ...[
    'Action',
    'Active',
    'Dir',
    'Profile',
    'Protocol',
    'LPort',
    'RPort',
    'LPort2_10',
    'LA4',
    'LA6',
    'RA4',
    'RA6',
    'RA42',
  ],
  ...['App', 'Svc', 'IF', 'IFType', 'Edge', 'Security', 'AppPkgId', 'TTK2_22', 'Platform', 'Platform2', 'Name', 'Desc'],
  ...['action', 'DIR', 'LUAuth', 'PFN', 'constructor', 'Foo2_99'],
);
const value = fc.oneof(
  fc.constantFrom(
    ...['Allow', 'Block', 'In', 'Out', 'TRUE', 'FALSE', 'Domain', '6', '17', '445', '1-2', '10.0.0.0/8', 'LocalSubnet'],
    ...['System', '*', '2:6:2', 'GTEQ', '', 'constructor', '__proto__', 'fe80::/64', 'IntErnet'],
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const wildField = fc.tuple(token, value).map(([name, text]) => `${name}=${text}|`);
const soundField = fc.constantFrom(
  ...[
    'Active=TRUE|',
    'active=false|',
    'Profile=Domain|',
    'Protocol=6|LPort=445|',
    'RA4=10.0.0.0/8|',
    'RA6=LocalSubnet|',
  ],
  ...[
    'App=System|',
    'Svc=*|',
    'EDGE=TRUE|',
    'IFType=Lan|',
    'TTK2_27=UPnP|',
    'Name=x|',
    'Desc=|',
    'New2_50=a|',
    'LUOwn=S-1|',
  ],
);
const ruleText = fc
  .tuple(
    fc.constantFrom(
      'v2.10|',
      'v2.33|Action=Allow|Dir=In|',
      'V2.0|dir=Out|ACTION=block|',
      'v3.0|Action=ByPass|Dir=In|',
      '',
    ),
    fc.array(fc.oneof(soundField, soundField, wildField), { maxLength: 6 }),
  )
  .map(([head, fields]) => head + fields.join(''));

describe('any text', () => {
  test('is an error that says why, or a rule that is printed back as it was', () => {
    let rules = 0;
    fc.assert(
      fc.property(fc.oneof(ruleText, fc.string({ unit: 'binary' })), (text) => {
        const parsed = parseRule(text);
        if (parsed.kind === 'error') expect(inEnglish(parsed.why)).not.toBe('');
        else {
          rules++;
          expect(printRule(parsed.rule.written)).toBe(text);
        }
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(rules).toBeGreaterThan(100);
  });

  test('that a published rule becomes when a piece is cut out of it is one or the other, too', () => {
    const texts = rulesIn(join(folder, 'win10-1903-x64/firewallpolicy.txt')).map(({ text }) => text);
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(500), fc.nat(60), (text, start, length) => {
        const damaged = text.slice(0, start) + text.slice(start + length);
        const parsed = parseRule(damaged, false);
        if (parsed.kind === 'rule') expect(printRule(parsed.rule.written)).toBe(damaged);
        else expect(inEnglish(parsed.why)).not.toBe('');
      }),
      { numRuns: 3000 },
    );
  });
});
