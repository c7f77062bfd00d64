// Each field of a rule: whether a block with it keeps everybody out for sure, and whom an allow with it may let in [MS-FASP 2.2.37].
import { describe, expect, it } from 'vitest';
import { fieldTokens } from '../../../../main/policy/windows/rule-fields';
import { review } from './policies';

type Block = 'sure' | 'not sure';
type Allow = 'everybody' | 'some' | 'nobody';

/** A field on a rule for TCP 445. Not sure = some may get in all the same; everybody = it may mean any, so it counts for all. */
const rows: readonly (readonly [token: string, field: string, block: Block, allow: Allow])[] = [
  ['ACTION', 'Action=x', 'not sure', 'everybody'],
  ['ACTIVE', 'Active=FALSE', 'not sure', 'nobody'],
  ['ACTIVE', 'Active=x', 'not sure', 'everybody'],
  ['DIR', 'Dir=Out', 'not sure', 'nobody'],
  ['DIR', 'Dir=x', 'not sure', 'everybody'],
  ['PROFILE', 'Profile=Public', 'not sure', 'everybody'],
  ['PROFILE', 'Profile=x', 'not sure', 'everybody'],
  ['PROTOCOL', 'Protocol=17', 'not sure', 'nobody'],
  ['PROTOCOL', 'Protocol=256', 'not sure', 'everybody'],
  ['PROTOCOL', 'Protocol=006', 'not sure', 'everybody'],
  ['PROTOCOL', 'Protocol=TCP', 'not sure', 'everybody'],
  ['PROTOCOL', 'Protocol=x', 'not sure', 'everybody'],
  ['LPORT', 'LPort=445', 'sure', 'everybody'],
  ['LPORT', 'LPort=139', 'not sure', 'nobody'],
  ['LPORT', 'LPort= 445', 'not sure', 'everybody'],
  ['LPORT', 'LPort=00445', 'not sure', 'everybody'],
  ['LPORT', 'LPort=445-446', 'not sure', 'everybody'],
  ['LPORT', 'LPort=RPC', 'not sure', 'nobody'],
  ['LPORT', 'LPort=x', 'not sure', 'everybody'],
  ['LPORT', 'LPort=445,139', 'not sure', 'everybody'],
  ['LPORT2_*', 'LPort2_10=440-450', 'sure', 'everybody'],
  ['LPORT2_*', 'LPort2_10=445', 'not sure', 'everybody'],
  ['LPORT2_*', 'LPort2_20=IPHTTPSIn', 'not sure', 'nobody'],
  ['LPORT2_*', 'LPort2_29=x', 'not sure', 'everybody'],
  ['RPORT', 'RPort=49000', 'not sure', 'everybody'],
  ['RPORT', 'RPort=x', 'not sure', 'everybody'],
  ['RPORT2_*', 'RPort2_10=1000-2000', 'not sure', 'everybody'],
  ['LA4', 'LA4=10.0.0.1', 'not sure', 'everybody'],
  ['LA4', 'LA4=x', 'not sure', 'everybody'],
  ['LA6', 'LA6=fe80::1', 'not sure', 'everybody'],
  ['LA6', 'LA6=x', 'not sure', 'everybody'],
  ['RA4', 'RA4=10.0.0.0/8', 'not sure', 'some'],
  ['RA4', 'RA4=LocalSubnet', 'not sure', 'everybody'],
  ['RA4', 'RA4=x', 'not sure', 'everybody'],
  ['RA6', 'RA6=fe80::/64', 'not sure', 'some'],
  ['RA6', 'RA6=x', 'not sure', 'everybody'],
  ['RA42', 'RA42=IntErnet', 'not sure', 'everybody'],
  ['RA62', 'RA62=RmtIntrAnet', 'not sure', 'everybody'],
  ['ICMP4', 'ICMP4=8:*', 'not sure', 'everybody'],
  ['ICMP6', 'ICMP6=128:*', 'not sure', 'everybody'],
  ['APP', 'App=System', 'sure', 'everybody'],
  ['APP', 'App=C:\\x.exe', 'not sure', 'nobody'],
  ['APP', 'App=', 'not sure', 'everybody'],
  ['SVC', 'Svc=LanmanServer', 'not sure', 'everybody'],
  ['SVC', 'Svc=*', 'not sure', 'everybody'],
  ['SVC', 'Svc=', 'not sure', 'everybody'],
  ['IF', 'IF={11111111-2222-3333-4444-555555555555}', 'not sure', 'everybody'],
  ['IF', 'IF=x', 'not sure', 'everybody'],
  ['IFTYPE', 'IFType=Lan', 'not sure', 'everybody'],
  ['IFTYPE', 'IFType=x', 'not sure', 'everybody'],
  ['EDGE', 'Edge=TRUE', 'sure', 'everybody'],
  ['EDGE', 'Edge=x', 'not sure', 'everybody'],
  ['DEFER', 'Defer=App', 'sure', 'everybody'],
  ['DEFER', 'Defer=x', 'not sure', 'everybody'],
  ['SECURITY', 'Security=Authenticate', 'not sure', 'everybody'],
  ['SECURITY2', 'Security2=An-NoEncap', 'not sure', 'everybody'],
  ['SECURITY2_*', 'Security2_9=An-NoEncap', 'not sure', 'everybody'],
  ['RMAUTH', 'RMAuth=O:LSD:(A;;CC;;;S-1-5-84)', 'not sure', 'everybody'],
  ['RUAUTH', 'RUAuth=O:LSD:(A;;CC;;;S-1-5-84)', 'not sure', 'everybody'],
  ['LUAUTH', 'LUAuth=O:LSD:(A;;CC;;;S-1-5-84)', 'not sure', 'everybody'],
  ['LUAUTH2_*', 'LUAuth2_24=O:LSD:(A;;CC;;;S-1-5-84)', 'not sure', 'everybody'],
  ['LUOWN', 'LUOwn=S-1-5-21-1', 'not sure', 'everybody'],
  ['APPPKGID', 'AppPkgId=S-1-15-2-1', 'not sure', 'nobody'],
  ['APPPKGID', 'AppPkgId=', 'not sure', 'everybody'],
  ['PFN', 'PFN=x', 'not sure', 'nobody'],
  ['TTK', 'TTK=UPnP', 'not sure', 'nobody'],
  ['TTK', 'TTK=x', 'not sure', 'everybody'],
  ['TTK2_*', 'TTK2_22=WFDPrint', 'not sure', 'nobody'],
  ['PLATFORM', 'Platform=2:10:0', 'sure', 'everybody'],
  ['PLATFORM', 'Platform=2:6:2', 'not sure', 'nobody'],
  ['PLATFORM', 'Platform=x', 'not sure', 'everybody'],
  ['PLATFORM2', 'Platform=2:6:0|Platform2=GTEQ', 'sure', 'everybody'],
  ['PLATFORM2', 'Platform2=GTEQ', 'not sure', 'everybody'],
  ['NNM', 'NNM=x', 'not sure', 'everybody'],
  ['SECURITYREALMID', 'SecurityRealmId=x', 'not sure', 'everybody'],
  ['SKIPVER', 'SkipVer=x', 'not sure', 'everybody'],
  ['LSM', 'LSM=TRUE', 'not sure', 'everybody'],
  ['LSM', 'LSM=FALSE', 'sure', 'everybody'],
  ['LOM', 'LOM=TRUE', 'sure', 'everybody'],
  ['LOM', 'RA4=10.0.0.0/8|LOM=TRUE', 'not sure', 'everybody'],
  ['LOM', 'LOM=x', 'not sure', 'everybody'],
  ['AUTHBYPASSOUT', 'AuthByPassOut=TRUE', 'not sure', 'everybody'],
  ['PCROSS', 'PCross=TRUE', 'sure', 'everybody'],
  ['PCROSS', 'PCross=x', 'not sure', 'everybody'],
  ['NAME', 'Name=', 'not sure', 'everybody'],
  ['NAME', 'Name=all', 'not sure', 'everybody'],
  ['DESC', 'Desc=x', 'sure', 'everybody'],
  ['EMBEDCTXT', 'EmbedCtxt=x', 'sure', 'everybody'],
];

/** A rule for TCP 445 in which the field stands in the place of those that it replaces. */
function ruleWith(field: string, action: string): string {
  const name = (part: string): string => (part.split('=')[0] ?? '').toLowerCase();
  const replaces = (part: string): boolean =>
    name(part) === name(field) || (name(field).startsWith('lport') && name(part) === 'lport');
  const before = [`Action=${action}`, 'Active=TRUE', 'Dir=In', 'Protocol=6', 'LPort=445'];
  const at = before.findIndex(replaces);
  const parts = before.filter((part) => !replaces(part));
  parts.splice(at < 0 ? parts.length : at, 0, field);
  return `v2.30|${[...parts, ...(name(field) === 'name' ? [] : ['Name=n'])].join('|')}|`;
}

const open = { EnableFirewall: 1, DefaultInboundAction: 0 };
const letsIn = { everybody: 'open', some: 'partly', nobody: 'closed' } as const;

describe('a field of a rule', () => {
  it.each(rows)('%s, %s: a block is %s, an allow lets in %s', (_token, field, block, allow) => {
    const keys = { DomainProfile: open, StandardProfile: open, PublicProfile: open };
    const blocked = review({ local: { rules: { r: ruleWith(field, 'Block') }, keys } });
    expect([blocked.verdict === 'closed' ? 'sure' : 'not sure', blocked.missing]).toEqual([block, undefined]);
    expect(review({ local: { rules: { r: ruleWith(field, 'Allow') } } }).verdict).toBe(letsIn[allow]);
  });

  it('has a row here, and there is no other', () => {
    expect([...new Set(rows.map(([token]) => token))].sort()).toEqual([...fieldTokens].sort());
  });

  it('that nobody knows is a condition', () => {
    const keys = { DomainProfile: open, StandardProfile: open, PublicProfile: open };
    expect(review({ local: { rules: { r: ruleWith('Newer2_40=x', 'Block') }, keys } }).verdict).toBe('open');
    expect(review({ local: { rules: { r: ruleWith('Newer2_40=x', 'Allow') } } }).verdict).toBe('open');
  });

  it.each([...new Set(rows.map(([, field]) => field))])(
    '%s twice: the block is not sure, or says the same',
    (field) => {
      const keys = { DomainProfile: open, StandardProfile: open, PublicProfile: open };
      const once = review({ local: { rules: { r: ruleWith(field, 'Block') }, keys } }).verdict;
      const twice = review({ local: { rules: { r: ruleWith(`${field}|${field}`, 'Block') }, keys } }).verdict;
      if (twice === 'closed') expect(once).toBe('closed');
      const allowed = review({ local: { rules: { r: ruleWith(`${field}|${field}`, 'Allow') } } }).verdict;
      if (allowed === 'closed')
        expect(review({ local: { rules: { r: ruleWith(field, 'Allow') } } }).verdict).toBe('closed');
    },
  );
});
