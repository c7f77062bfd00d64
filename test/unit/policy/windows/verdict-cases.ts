// What the documents say of Windows Firewall, case by case: a policy, who gets in at TCP 445 by it, and where that is written.
import type { WindowsReviewHost } from '../../../../main/model/review';
import type { WindowsQuery } from '../../../../main/policy/windows/views';
import type { PolicyDraft } from './policies';

export interface VerdictCase {
  readonly says: string;
  readonly source: string;
  readonly policy: PolicyDraft;
  /** In the domain, private and public profile; one word = in each. */
  readonly open: string | readonly [string, string, string];
  /** What is named as not sure; absent = nothing. */
  readonly unsure?: RegExp;
  readonly query?: Partial<WindowsQuery>;
  readonly host?: Partial<WindowsReviewHost>;
}

const allow = (fields = '', version = 'v2.30'): string =>
  `${version}|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|App=System|${fields}Name=a|`;
const block = (fields = ''): string => `v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=445|${fields}Name=b|`;
const bypass = (fields = ''): string =>
  `v2.30|Action=ByPass|Active=TRUE|Dir=In|Protocol=6|LPort=445|${fields}Security=Authenticate|Name=c|`;
/** A rule that lets in, as it is; with one local rule, that one. */
const one = (rule: string): PolicyDraft => ({ local: { rules: { a: rule } } });
const two = (a: string, b: string): PolicyDraft => ({ local: { rules: { a, b } } });
const any = (fields: string): string => `v2.30|Action=Allow|Active=TRUE|Dir=In|${fields}Name=a|`;

const office: Partial<WindowsReviewHost> = {
  interfaces: { Ethernet: ['10.0.0.5/24', 'fd00::5/64'] },
  profiles: { Ethernet: 'domain' },
};
const officeIn = (open: string): readonly [string, string, string] => [open, '', ''];
const guid = '{698E50A9-4F58-4D86-B61D-F42E58DCACF6}';

export const cases: readonly VerdictCase[] = [
  // The default.
  {
    says: 'no rule lets in: blocked',
    source: 'PSDOC Set-NetFirewallProfile: inbound blocked by default',
    policy: {},
    open: 'none',
  },
  {
    says: 'DefaultInboundAction=0 lets in whom no rule blocks',
    source: 'GPFAS 2.2.3 DefaultInboundAction',
    policy: { local: { keys: { PublicProfile: { EnableFirewall: 1, DefaultInboundAction: 0 } } } },
    open: ['none', 'none', 'all'],
  },
  {
    says: 'a rule that blocks counts against that default',
    source: 'FASP 2.2.34',
    policy: {
      local: {
        keys: { PublicProfile: { DefaultInboundAction: 0 } },
        rules: { b: block('RA4=10.0.0.0/8|RA6=fe80::/10|') },
      },
    },
    open: [
      'none',
      'none',
      '0.0.0.0/5 8.0.0.0/7 11.0.0.0/8 12.0.0.0/6 16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/1 ::/1 8000::/2 c000::/3 e000::/4 f000::/5 f800::/6 fc00::/7 fe00::/9 fec0::/10 ff00::/8',
    ],
  },
  {
    says: "group policy's default wins over the local one",
    source: 'FASP 2.2.38; windows.md 3.8',
    policy: {
      local: { keys: { PublicProfile: { DefaultInboundAction: 0 } } },
      group: { keys: { PublicProfile: { DefaultInboundAction: 1 } } },
    },
    open: 'none',
  },
  {
    says: 'a default that is neither 0 nor 1 is counted as letting in',
    source: 'windows.md 3: what is not decidable is open',
    policy: { local: { keys: { PublicProfile: { DefaultInboundAction: 7 } } } },
    open: ['none', 'none', 'all'],
    unsure: /DefaultInboundAction=7 is neither 0 nor 1/,
  },
  // On and off.
  {
    says: 'EnableFirewall=0: nobody is kept out, whatever the rules',
    source: 'FASP 2.2.38; windows.md 3.2',
    policy: { local: { keys: { StandardProfile: { EnableFirewall: 0 } }, rules: { b: block() } } },
    open: ['none', 'all', 'none'],
  },
  {
    says: 'the private profile is StandardProfile in the local store; PrivateProfile there is read by nobody',
    source: 'FASP 2.2.2: PRIVATE and STANDARD are one; win11-v2.33-modified',
    policy: { local: { keys: { PrivateProfile: { EnableFirewall: 0 } } } },
    open: 'none',
  },
  {
    says: "group policy's EnableFirewall=1 wins over a local 0",
    source: 'FASP 2.2.38',
    policy: {
      local: { keys: { DomainProfile: { EnableFirewall: 0 } } },
      group: { keys: { DomainProfile: { EnableFirewall: 1 } } },
    },
    open: 'none',
  },
  {
    says: "group policy's EnableFirewall=0 wins over a local 1",
    source: 'FASP 2.2.38',
    policy: { group: { keys: { DomainProfile: { EnableFirewall: 0 } } } },
    open: ['all', 'none', 'none'],
  },
  {
    says: 'without EnableFirewall it is on',
    source: 'PSDOC Set-NetFirewallProfile; windows.md 3.2',
    policy: { local: { keys: { DomainProfile: { DisableNotifications: 0 } } } },
    open: 'none',
  },
  {
    says: 'EnableFirewall of another type is counted as off',
    source: 'windows.md 3: what is not decidable is open',
    policy: { local: { keys: { DomainProfile: { EnableFirewall: '1' } } } },
    open: ['all', 'none', 'none'],
    unsure: /EnableFirewall=REG_SZ is neither 0 nor 1/,
  },
  {
    says: "MDM's EnableFirewall counts over the local one",
    source: 'FASP 2.2.32: an origin of its own; windows.md 1',
    policy: { mdm: { keys: { PublicProfile: { EnableFirewall: 0 } } } },
    open: ['none', 'none', 'all'],
  },
  {
    says: 'where MDM and group policy differ, the more open one counts',
    source: 'windows.md 9: not found which wins',
    policy: {
      mdm: { keys: { PublicProfile: { EnableFirewall: 0 } } },
      group: { keys: { PublicProfile: { EnableFirewall: 1 } } },
    },
    open: ['none', 'none', 'all'],
    unsure: /group policy says EnableFirewall=1 and MDM says EnableFirewall=0/,
  },
  {
    says: 'mpssvc disabled: nobody is kept out',
    source: 'ITPRO configure-with-command-line.md; windows.md 3.1',
    policy: { services: { mpssvc: 4 } },
    open: 'all',
    unsure: /Microsoft does not support/,
  },
  {
    says: 'mpssvc started as shipped: the policy counts',
    source: 'windows.md 3.1',
    policy: { services: { mpssvc: 2, BFE: 2 } },
    open: 'none',
  },
  {
    says: 'BFE disabled: mpssvc can not run',
    source: 'services.txt of the fixtures: mpssvc depends on BFE',
    policy: { services: { mpssvc: 2, BFE: 4 } },
    open: 'all',
    unsure: /BFE/,
  },
  {
    says: 'mpssvc stopped: nobody is kept out',
    source: 'windows.md 3.1',
    policy: {},
    host: { firewallService: 'stopped' },
    open: 'all',
    unsure: /mpssvc/,
  },
  // Block all.
  {
    says: 'DoNotAllowExceptions=1: rules let nobody in',
    source: 'PSDOC Set-NetFirewallProfile -AllowInboundRules',
    policy: {
      local: { keys: { PublicProfile: { EnableFirewall: 1, DoNotAllowExceptions: 1 } }, rules: { a: allow() } },
    },
    open: ['all', 'all', 'none'],
  },
  {
    says: 'it is on where any store has it on',
    source: 'FASP 2.2.38: on in any store wins',
    policy: {
      local: { keys: { PublicProfile: { DoNotAllowExceptions: 1 } }, rules: { a: allow() } },
      group: { keys: { PublicProfile: { DoNotAllowExceptions: 0 } } },
    },
    open: ['all', 'all', 'none'],
  },
  {
    says: 'with DefaultInboundAction=0 the default is said to count',
    source: 'PSDOC Set-NetFirewallProfile; windows.md 3.4',
    policy: { local: { keys: { PublicProfile: { DoNotAllowExceptions: 1, DefaultInboundAction: 0 } } } },
    open: ['none', 'none', 'all'],
    unsure: /together with DefaultInboundAction=0/,
  },
  {
    says: 'it does not count while the firewall is off',
    source: 'windows.md 3.2: off, whatever else is set',
    policy: { local: { keys: { PublicProfile: { EnableFirewall: 0, DoNotAllowExceptions: 1 } } } },
    open: ['none', 'none', 'all'],
  },
  // Rules: who they are for.
  {
    says: 'an allow without conditions lets everybody in',
    source: 'GPFAS 2.2.2.19',
    policy: one(allow()),
    open: 'all',
  },
  {
    says: 'Active absent = off',
    source: 'GPFAS 2.2.2.19',
    policy: one(allow().replace('Active=TRUE|', '')),
    open: 'none',
  },
  { says: 'Active=FALSE', source: 'GPFAS 2.2.2.19', policy: one(allow().replace('TRUE', 'FALSE')), open: 'none' },
  {
    says: 'an outbound rule lets nobody in',
    source: 'GPFAS 2.2.2.19 Dir',
    policy: one(allow().replace('Dir=In', 'Dir=Out')),
    open: 'none',
  },
  {
    says: 'the profile of a rule',
    source: 'GPFAS 2.2.2.19 Profile',
    policy: one(allow('Profile=Private|')),
    open: ['none', 'all', 'none'],
  },
  {
    says: 'two profiles of a rule add up',
    source: 'GPFAS 2.2.2.19 Profile',
    policy: one(allow('Profile=Private|Profile=Public|')),
    open: ['none', 'all', 'all'],
  },
  { says: 'another port', source: 'GPFAS 2.2.2.19 LPort', policy: one(allow().replace('445', '446')), open: 'none' },
  {
    says: 'a range of ports',
    source: 'GPFAS 2.2.2.19 LPort2_10',
    policy: one(any('Protocol=6|LPort2_10=400-500|')),
    open: 'all',
  },
  {
    says: 'ports add up',
    source: 'GPFAS 2.2.2.19 LPort',
    policy: one(any('Protocol=6|LPort=80|LPort=445|')),
    open: 'all',
  },
  { says: 'TCP without ports is every port', source: 'FASP 2.2.37', policy: one(any('Protocol=6|')), open: 'all' },
  { says: 'no protocol is every protocol', source: 'GPFAS 2.2.2.19 Protocol', policy: one(any('')), open: 'all' },
  {
    says: 'UDP is not TCP',
    source: 'GPFAS 2.2.2.19 Protocol',
    policy: one(any('Protocol=17|LPort=445|')),
    open: 'none',
  },
  {
    says: 'RPC and RPC-EPMap are never 445',
    source: 'FASP 2.2.11; windows.md 2',
    policy: one(any('Protocol=6|LPort=RPC|LPort=RPC-EPMap|')),
    open: 'none',
  },
  {
    says: 'a word for ports of a later version may be 445',
    source: 'windows.md 2: accept LPort2_<n>',
    policy: one(any('Protocol=6|LPort2_30=NewWord|')),
    open: 'all',
    unsure: /"newword" is not known/,
  },
  {
    says: 'a condition on the port of the caller is counted as met',
    source: 'windows.md 3: RPort on inbound',
    policy: one(allow('RPort=49000|')),
    open: 'all',
    unsure: /some ports of the caller/,
  },
  {
    says: 'a network',
    source: 'GPFAS 2.2.2.19 RA4',
    policy: one(allow('RA4=10.0.0.0/255.0.0.0|')),
    open: '10.0.0.0/8',
  },
  {
    says: 'addresses of one family keep the other out',
    source: 'FASP 2.2.22, 2.2.37',
    policy: one(allow('RA6=fd00::/8|')),
    open: 'fd00::/8',
  },
  {
    says: 'ranges include both ends, and entries add up',
    source: 'FASP 2.2.8, 2.2.22',
    policy: one(allow('RA4=10.0.0.1-10.0.0.2|RA4=10.0.0.9|RA6=fd00::1-fd00::2|')),
    open: '10.0.0.1/32 10.0.0.2/32 10.0.0.9/32 fd00::1/128 fd00::2/128',
  },
  {
    says: 'LocalSubnet is any address where the networks are not known',
    source: 'cli.md --subnet',
    policy: one(allow('RA4=LocalSubnet|RA6=LocalSubnet|')),
    open: 'all',
    unsure: /LocalSubnet means this PC's own networks/,
  },
  {
    says: 'LocalSubnet is the networks that are given, and the link',
    source: 'cli.md --subnet; RFC 4291 2.5.6',
    policy: one(allow('RA4=LocalSubnet|RA6=LocalSubnet|')),
    query: { subnets: ['192.168.1.0/24', 'fd00:1::/64'] },
    open: '192.168.1.0/24 fd00:1::/64 fe80::/64',
  },
  {
    says: 'LocalSubnet of IPv4 alone keeps IPv6 out',
    source: 'windows.md 3: RA4 and RA6 are separate tokens',
    policy: one(allow('RA4=LocalSubnet|')),
    query: { subnets: ['192.168.1.0/24'] },
    open: '192.168.1.0/24',
  },
  {
    says: "LocalSubnet is the networks of the PC's own addresses",
    source: 'windows.md 3: the on-link prefixes of the PC',
    policy: one(allow('RA4=LocalSubnet|RA6=LocalSubnet|')),
    host: office,
    open: officeIn('10.0.0.0/24 fd00::/64 fe80::/64'),
  },
  {
    says: 'a word that Windows fills in is any address of that family',
    source: 'windows.md 3: DNS, DHCP, WINS, gateway, IntErnet ...',
    policy: one(allow('RA4=DNS|RA62=IntrAnet|')),
    open: 'all',
    unsure: /which addresses DNS stands for.*which addresses IntrAnet/,
  },
  {
    says: 'of a block such a word keeps nobody out',
    source: 'windows.md 3',
    policy: two(allow(), block('RA42=IntErnet|RA62=IntErnet|')),
    open: 'all',
    unsure: /IntErnet.*keeping nobody out/,
  },
  // Rules: which program.
  {
    says: 'a program that is not the kernel is not the SMB server',
    source: 'windows.md 3',
    policy: one(allow().replace('App=System', 'App=C:\\a.exe')),
    open: 'none',
  },
  {
    says: 'SYSTEM in any case is the kernel',
    source: 'shipped rules',
    policy: one(allow().replace('System', 'SYSTEM')),
    open: 'all',
  },
  {
    says: 'ntoskrnl.exe may be the kernel',
    source: 'windows.md 9: not documented',
    policy: one(allow().replace('App=System', 'App=%SystemRoot%\\System32\\ntoskrnl.exe')),
    open: 'all',
    unsure: /ntoskrnl\.exe is the SMB server is not documented/,
  },
  {
    says: 'of a block, ntoskrnl.exe keeps nobody out',
    source: 'windows.md 3',
    policy: two(allow(), block('App=C:\\Windows\\system32\\ntoskrnl.exe|')),
    open: 'all',
    unsure: /keeping nobody out/,
  },
  {
    says: 'a block of a program does not keep anybody from the kernel',
    source: 'windows.md 3',
    policy: two(allow(), block('App=%SystemRoot%\\system32\\svchost.exe|')),
    open: 'all',
  },
  {
    says: 'a service that is not the SMB server',
    source: 'windows.md 3',
    policy: one(any('Protocol=6|Svc=Spooler|')),
    open: 'none',
  },
  {
    says: 'Svc=LanmanServer may be the SMB server',
    source: 'windows.md 9: not documented',
    policy: one(any('Protocol=6|LPort=445|Svc=LanmanServer|')),
    open: 'all',
    unsure: /LanmanServer is not documented/,
  },
  {
    says: 'Svc=LanmanServer in a block keeps nobody out',
    source: 'windows.md 3',
    policy: two(allow(), block('Svc=LanmanServer|')),
    open: 'all',
    unsure: /keeping nobody out/,
  },
  {
    says: 'Svc=* in an allow counts',
    source: 'windows.md 3: count an allow with * as unknown',
    policy: one(any('Protocol=6|LPort=445|Svc=*|')),
    open: 'all',
    unsure: /it is for services/,
  },
  {
    says: 'a Store app never waits there',
    source: 'windows.md 3: AppPkgId',
    policy: one(any('AppPkgId=S-1-15-2-1|LUOwn=S-1-5-21|')),
    open: 'none',
  },
  {
    says: 'nor one by its family name',
    source: 'windows.md 3: PFN',
    policy: { ...one(any('PFN=a_b|')), version: 0x0221 },
    open: 'none',
  },
  {
    says: 'a Wi-Fi Direct tuple is never SMB',
    source: 'windows.md 3: TTK',
    policy: one(any('Protocol=6|App=System|TTK2_27=WFDKmDriver|')),
    open: 'none',
  },
  {
    says: 'a UPnP tuple is never SMB',
    source: 'windows.md 3: NETDIS-UPnPHost-In-TCP-Teredo',
    policy: one(any('Protocol=6|App=System|TTK2_27=UPnP|')),
    open: 'none',
  },
  {
    says: 'Edge adds nobody',
    source: 'windows.md 3: Edge/Defer',
    policy: one(allow('RA4=10.0.0.0/8|Edge=TRUE|Defer=App|')),
    open: '10.0.0.0/8',
  },
  // Conditions that are not known.
  ...[
    ['NNm=office|', /NNm=office/],
    ['LUAuth=O:LSD:(A;;CC;;;WD)|', /LUAuth/],
    ['RMauth=O:LSD:(A;;CC;;;WD)|', /RMauth/],
    ['SkipVer=2.30|', /SkipVer/],
    ['LSM=TRUE|', /LSM=TRUE/],
    ['Unheard=of|', /Unheard=of/],
    ['IFType=Wireless|', /interfaces of the kind wireless/],
    [`IF=${guid}|`, /interface \{698E50A9/],
    ['LA4=10.0.0.5|LA6=fd00::5|', /some of the addresses of this PC/],
  ].flatMap(([fields, unsure]): readonly VerdictCase[] => [
    {
      says: `${fields} of an allow is counted as met`,
      source: 'windows.md 3',
      policy: one(allow(String(fields))),
      open: 'all',
      unsure: unsure as RegExp,
    },
    {
      says: `${fields} of a block is counted as not met`,
      source: 'windows.md 3',
      policy: two(allow(), block(String(fields))),
      open: 'all',
      unsure: unsure as RegExp,
    },
  ]),
  { says: 'LSM=FALSE is none', source: 'GPFAS 2.2.2.19', policy: two(allow(), block('LSM=FALSE|')), open: 'none' },
  {
    says: 'what is known of the PC decides: its interface',
    source: 'FASP 2.2.36 LocalInterfaces',
    policy: two(allow(), block(`IF=${guid}|`)),
    host: { ...office, guids: { Ethernet: guid } },
    open: officeIn('none'),
  },
  {
    says: 'its kind of interface',
    source: 'FASP 2.2.20',
    policy: one(allow('IFType=Wireless|')),
    host: { ...office, kinds: { Ethernet: 'lan' } },
    open: officeIn('none'),
  },
  {
    says: 'its addresses',
    source: 'FASP 2.2.22',
    policy: two(allow(), block('LA4=10.0.0.0/8|LA6=fd00::/8|')),
    host: office,
    open: officeIn('none'),
  },
  {
    says: 'none of its addresses',
    source: 'FASP 2.2.22',
    policy: one(allow('LA4=10.0.0.9|')),
    host: office,
    open: officeIn('none'),
  },
  {
    says: 'Platform of this Windows or later',
    source: 'FASP 2.2.29',
    policy: one(allow('Platform=2:6:2|Platform2=GTEQ|')),
    open: 'all',
  },
  {
    says: 'Platform of another Windows alone',
    source: 'FASP 2.2.29',
    policy: one(allow('Platform=2:6:1|')),
    open: 'none',
  },
  {
    says: 'Platform, on Windows 7',
    source: 'FASP 2.2.29',
    policy: { ...one(allow('Platform=2:6:2|Platform2=GTEQ|', 'v2.10')), version: 0x020a },
    open: 'none',
  },
  {
    says: 'Platform where the Windows is not known',
    source: 'windows.md 3: Platform other than ours',
    policy: { ...one(allow('Platform=2:6:2|Platform2=GTEQ|', 'v2.10')), version: 0x0120 },
    open: 'all',
    unsure: /some versions of Windows/,
  },
  // Authenticated.
  {
    says: 'an allow for authenticated callers counts',
    source: 'windows.md 3: Security',
    policy: one(allow('Security=Authenticate|')),
    open: 'all',
    unsure: /IPsec/,
  },
  {
    says: 'a bypass goes past a block',
    source: 'FASP 2.2.34: bypass before block',
    policy: two(bypass('RA4=10.0.0.0/8|'), block()),
    open: '10.0.0.0/8',
    unsure: /IPsec/,
  },
  {
    says: 'a block may not ask for IPsec, so it keeps nobody out',
    source: 'FASP 2.2.37',
    policy: two(allow(), block('Security=Authenticate|')),
    open: 'all',
    unsure: /may not ask for IPsec/,
  },
  // Block over allow.
  { says: 'block beats allow', source: 'technet cc755191', policy: two(allow(), block()), open: 'none' },
  {
    says: 'the more specific allow, too',
    source: 'ITPRO rules.md: block over allow',
    policy: two(allow('RA4=10.0.0.5|'), block('RA4=10.0.0.0/8|')),
    open: 'none',
  },
  {
    says: 'a block of IPv4 leaves IPv6 open',
    source: 'FASP 2.2.22',
    policy: two(allow(), block('RA4=1.0.0.0-126.255.255.255|')),
    open: '0.0.0.0/8 127.0.0.0/8 128.0.0.0/1 ::/0',
  },
  {
    says: 'a block in one profile',
    source: 'FASP 2.2.34',
    policy: two(allow(), block('Profile=Public|')),
    open: ['all', 'all', 'none'],
  },
  {
    says: 'a block that is off',
    source: 'GPFAS 2.2.2.19 Active',
    policy: two(allow(), block().replace('TRUE', 'FALSE')),
    open: 'all',
  },
  {
    says: 'a block that Windows may refuse keeps nobody out',
    source: 'FASP 2.2.24 ADDR_V4: loopback is refused',
    policy: two(allow(), block('RA4=127.0.0.1|RA4=10.0.0.0/8|')),
    open: 'all',
    unsure: /may pass it by/,
  },
  {
    says: 'an allow that Windows may refuse lets in',
    source: 'windows.md 3: what is not decidable is open',
    policy: one(allow('Protocol=6|')),
    open: 'all',
    unsure: /Protocol is there twice/,
  },
  // Stores.
  {
    says: "group policy's rules count beside local ones",
    source: 'FASP 2.2.38',
    policy: { local: { rules: { a: allow('Profile=Private|') } }, group: { rules: { g: allow('Profile=Public|') } } },
    open: ['none', 'all', 'all'],
  },
  {
    says: 'a local block beats an allow of group policy',
    source: 'FASP 2.2.34: one set of rules',
    policy: { local: { rules: { b: block() } }, group: { rules: { g: allow() } } },
    open: 'none',
  },
  {
    says: 'AllowLocalPolicyMerge=0 leaves local rules out',
    source: 'GPFAS 2.2.3 AllowLocalPolicyMerge',
    policy: { local: { rules: { a: allow() } }, group: { keys: { PublicProfile: { AllowLocalPolicyMerge: 0 } } } },
    open: ['all', 'all', 'none'],
  },
  {
    says: 'AllowLocalPolicyMerge=0 leaves local blocks out, too',
    source: 'GPFAS 2.2.3 AllowLocalPolicyMerge',
    policy: {
      local: { rules: { b: block() } },
      group: { rules: { g: allow() }, keys: { PublicProfile: { AllowLocalPolicyMerge: 0 } } },
    },
    open: ['none', 'none', 'all'],
  },
  {
    says: "only group policy's word on merging counts",
    source: 'FASP 2.2.38',
    policy: { local: { rules: { a: allow() }, keys: { PublicProfile: { AllowLocalPolicyMerge: 0 } } } },
    open: 'all',
  },
  {
    says: "MDM's word on merging is not documented: an allow counts, a block does not",
    source: 'windows.md 9',
    policy: {
      local: { rules: { a: allow('RA4=10.0.0.0/8|'), b: block('RA4=10.1.0.0/16|') } },
      mdm: { keys: { PublicProfile: { AllowLocalPolicyMerge: 0 } } },
    },
    open: [
      '10.0.0.0/16 10.2.0.0/15 10.4.0.0/14 10.8.0.0/13 10.16.0.0/12 10.32.0.0/11 10.64.0.0/10 10.128.0.0/9',
      '10.0.0.0/16 10.2.0.0/15 10.4.0.0/14 10.8.0.0/13 10.16.0.0/12 10.32.0.0/11 10.64.0.0/10 10.128.0.0/9',
      '10.0.0.0/8',
    ],
    unsure: /whether local rules count is not known/,
  },
  { says: "MDM's rules count", source: 'FASP 2.2.32', policy: { mdm: { rules: { m: allow() } } }, open: 'all' },
  {
    says: "group policy's rule replaces a local one of the same id",
    source: 'PSDOC New-NetFirewallRule -Name',
    policy: {
      local: { rules: { 'FPS-SMB-In-TCP': allow() } },
      group: { rules: { 'fps-smb-in-tcp': allow('RA4=10.0.0.5|') } },
    },
    open: '10.0.0.5/32',
  },
  {
    says: 'even one that is off, and even our block',
    source: 'PSDOC New-NetFirewallRule -Name; windows.md 3.5',
    policy: {
      local: { rules: { a: allow(), ours: block() } },
      group: { rules: { OURS: block().replace('TRUE', 'FALSE') } },
    },
    open: 'all',
  },
  {
    says: 'one that Windows passes by replaces nothing for sure',
    source: 'windows.md 3: what is not decidable is open',
    policy: {
      local: { rules: { a: allow(), ours: block() } },
      group: { rules: { ours: 'v2.30|Action=Block|Dir=In|LPort=445|Name=x|' } },
    },
    open: 'all',
    unsure: /another store has a rule of the same id/,
  },
  {
    says: 'the same id in MDM is not documented: the block does not count',
    source: 'windows.md 9',
    policy: { local: { rules: { a: allow(), b: block() } }, mdm: { rules: { b: any('Protocol=17|') } } },
    open: 'all',
    unsure: /another store has a rule of the same id/,
  },
  {
    says: 'AllowUserPrefMerge=0 of programs drops local rules for a program on any port',
    source: 'FASP 2.2.38; windows.md 3.5',
    policy: {
      local: { rules: { a: any('Protocol=6|App=System|') } },
      group: { keys: { 'PublicProfile\\AuthorizedApplications': { AllowUserPrefMerge: 0 } } },
    },
    open: ['all', 'all', 'none'],
  },
  {
    says: 'and not those with a port',
    source: 'windows.md 3.5',
    policy: {
      local: { rules: { a: allow() } },
      group: { keys: { 'PublicProfile\\AuthorizedApplications': { AllowUserPrefMerge: 0 } } },
    },
    open: 'all',
  },
  {
    says: 'AllowUserPrefMerge=0 of ports drops local rules for one port and any program',
    source: 'FASP 2.2.38; windows.md 3.5',
    policy: {
      local: { rules: { a: any('Protocol=6|LPort=445|') } },
      group: { keys: { 'PublicProfile\\GloballyOpenPorts': { AllowUserPrefMerge: 0 } } },
    },
    open: ['all', 'all', 'none'],
  },
  {
    says: 'and not those for two ports',
    source: 'windows.md 3.5',
    policy: {
      local: { rules: { a: any('Protocol=6|LPort=445|LPort=139|') } },
      group: { keys: { 'PublicProfile\\GloballyOpenPorts': { AllowUserPrefMerge: 0 } } },
    },
    open: 'all',
  },
  // Old policies.
  {
    says: "group policy's StandardProfile counts for private and public where neither has a key",
    source: 'GPFAS 2.2.3',
    policy: { group: { keys: { StandardProfile: { EnableFirewall: 0 } } } },
    open: ['none', 'all', 'all'],
  },
  {
    says: 'and for neither where one has',
    source: 'GPFAS 2.2.3',
    policy: {
      group: { keys: { StandardProfile: { EnableFirewall: 0 }, 'PublicProfile\\Logging': { LogFileSize: 1 } } },
    },
    open: 'none',
  },
  {
    says: 'FileAndPrint Enabled=1 lets in from its addresses',
    source: 'WindowsFirewall.admx; windows.md 3.6',
    policy: {
      group: {
        keys: {
          'DomainProfile\\Services\\FileAndPrint': {
            Enabled: 1,
            RemoteAddresses: '10.0.0.0/8,192.168.1.0/255.255.255.0',
          },
        },
      },
    },
    open: ['10.0.0.0/8 192.168.1.0/24', 'none', 'none'],
    unsure: /made for Windows XP/,
  },
  {
    says: 'FileAndPrint Enabled=0 lets nobody in',
    source: 'WindowsFirewall.admx',
    policy: { group: { keys: { 'DomainProfile\\Services\\FileAndPrint': { Enabled: 0 } } } },
    open: 'none',
  },
  {
    says: 'RemoteAdminSettings opens 445',
    source: 'WindowsFirewall.admx',
    policy: { group: { keys: { 'StandardProfile\\RemoteAdminSettings': { Enabled: 1, RemoteAddresses: '*' } } } },
    open: ['none', 'all', 'all'],
    unsure: /made for Windows XP/,
  },
  {
    says: 'a port in the old list',
    source: 'WindowsFirewall.admx',
    policy: {
      group: {
        keys: {
          'DomainProfile\\GloballyOpenPorts\\List': {
            '445:TCP': '445:TCP:10.1.2.3:enabled:smb',
            '80:TCP': '80:TCP:*:enabled:web',
          },
        },
      },
    },
    open: ['10.1.2.3/32', 'none', 'none'],
    unsure: /made for Windows XP/,
  },
  {
    says: 'a port in the old list that is off',
    source: 'WindowsFirewall.admx',
    policy: { group: { keys: { 'DomainProfile\\GloballyOpenPorts\\List': { '445:TCP': '445:TCP:*:disabled:smb' } } } },
    open: 'none',
  },
  // Interfaces and versions.
  {
    says: 'an interface in DisabledInterfaces has no firewall',
    source: 'FASP 2.2.38; windows.md 3.3',
    policy: {
      local: {
        keys: {
          DomainProfile: { EnableFirewall: 1, DisabledInterfaces: `{00000000-0000-0000-0000-000000000001},${guid}` },
        },
      },
    },
    host: { ...office, guids: { Ethernet: guid.toLowerCase() } },
    open: officeIn('all'),
  },
  {
    says: "group policy's DisabledInterfaces counts instead",
    source: 'windows.md 3.3',
    policy: {
      local: { keys: { DomainProfile: { DisabledInterfaces: guid } } },
      group: { keys: { DomainProfile: { DisabledInterfaces: '' } } },
    },
    host: { ...office, guids: { Ethernet: guid } },
    open: officeIn('none'),
  },
  {
    says: 'a rule of a later version stands, without the fields that this Windows does not know',
    source: 'FASP 2.2.24',
    policy: { ...one(any('Protocol=6|LPort2_20=Ply2Disc|').replace('v2.30', 'v2.20')), version: 0x020a },
    open: 'all',
    unsure: /of a later version than this Windows/,
  },
  {
    says: 'of a block such a rule keeps out whom both readings mean',
    source: 'FASP 2.2.24',
    policy: { ...two(allow(), block('RA4=10.0.0.0/8|TTK2_28=WFDCDPSvc|').replace('v2.30', 'v2.28')), version: 0x020a },
    open: 'all',
    unsure: /of a later version than this Windows/,
  },
  {
    says: 'a rule of a later major version is passed by whole',
    source: 'FASP 2.2.24',
    policy: two(allow('', 'v3.0'), block()),
    open: 'none',
  },
  {
    says: 'crossing profiles widens an allow',
    source: 'GPFAS 2.2.2.19 PCross',
    policy: one(allow('Profile=Domain|PCross=TRUE|')),
    open: 'all',
    unsure: /crosses profiles/,
  },
  {
    says: 'another firewall product: it can not be told',
    source: 'FASP 2.2.27, 2.2.47',
    policy: {
      other: {
        'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Security Center\\Provider\\Fw\\{1}': {
          DISPLAYNAME: { type: 'REG_SZ', text: 'Other Firewall' },
        },
      },
    },
    open: 'all',
    unsure: /Other Firewall.*firewall of its own/,
  },
  // Other ports.
  {
    says: 'NetBIOS is the kernel, too',
    source: 'windows.md 3; shipped FPS-NB_Session-In-TCP',
    policy: one(any('Protocol=6|LPort=139|App=C:\\a.exe|')),
    query: { port: 139 },
    open: 'none',
  },
  {
    says: 'at another port the program may be the one that waits there',
    source: 'cli.md: what can not be judged is counted as letting through',
    policy: one(any('Protocol=6|LPort=3389|App=C:\\a.exe|')),
    query: { port: 3389 },
    open: 'all',
    unsure: /whether C:\\a\.exe is what waits/,
  },
  {
    says: 'there a block for a program keeps nobody out for sure',
    source: 'cli.md',
    policy: two(any('Protocol=6|LPort=3389|'), block('App=C:\\a.exe|').replace('LPort=445', 'LPort=3389')),
    query: { port: 3389 },
    open: 'all',
    unsure: /keeping nobody out/,
  },
  {
    says: 'RPC-EPMap is 135',
    source: 'IANA; FASP 2.2.11',
    policy: one(any('Protocol=6|LPort=RPC-EPMap|')),
    query: { port: 135 },
    open: 'all',
  },
  {
    says: 'RPC may be any other port',
    source: 'FASP 2.2.11',
    policy: one(any('Protocol=6|LPort=RPC|')),
    query: { port: 49_664 },
    open: 'all',
    unsure: /"rpc" stands for/,
  },
];
