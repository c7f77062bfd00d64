// Which keys of the registry are read, for which facts; where they stand is in policy's and Microsoft's words.
import type { KeyQuestion } from '../registry-reads';

export const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
export const currentVersion = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
export const lanmanServer = `${services}\\LanmanServer`;
export const lanmanWorkstation = `${services}\\LanmanWorkstation`;
export const workstationPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\LanmanWorkstation';
export const firewallPolicy = `${services}\\SharedAccess\\Parameters\\FirewallPolicy`;
export const groupPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';
export const securityCenter = 'HKLM\\SOFTWARE\\Microsoft\\Security Center';

export const systemKeys: readonly KeyQuestion[] = [{ key: currentVersion, how: 'values' }];

/** Names and paths of shares are in every language, so that key is exported. */
export const serverKeys: readonly KeyQuestion[] = [
  { key: currentVersion, how: 'values' },
  { key: lanmanServer, how: 'export' },
  { key: `${lanmanWorkstation}\\Parameters`, how: 'values' },
  { key: workstationPolicy, how: 'values' },
  { key: `${services}\\srv`, how: 'values' },
  { key: `${services}\\mrxsmb10`, how: 'values' },
  { key: `${services}\\NetBT`, how: 'tree' },
];

/**
 * The firewall's policy. Parents are listed beside their subkeys, so that a key that is not there can be told from one that may not be
 * read. Rules have names and paths in every language and are exported; switches are plain numbers.
 */
export const policyKeys: readonly KeyQuestion[] = [
  { key: firewallPolicy, how: 'values' },
  { key: `${firewallPolicy}\\FirewallRules`, how: 'export' },
  { key: `${firewallPolicy}\\DomainProfile`, how: 'tree' },
  { key: `${firewallPolicy}\\StandardProfile`, how: 'tree' },
  { key: `${firewallPolicy}\\PublicProfile`, how: 'tree' },
  { key: `${firewallPolicy}\\Mdm`, how: 'export' },
  { key: `${firewallPolicy}\\ConSecRules`, how: 'export' },
  { key: 'HKLM\\SOFTWARE\\Policies\\Microsoft', how: 'values' },
  { key: groupPolicy, how: 'export' },
  { key: `${services}\\mpssvc`, how: 'values' },
  { key: `${services}\\BFE`, how: 'values' },
  { key: securityCenter, how: 'tree' },
];
