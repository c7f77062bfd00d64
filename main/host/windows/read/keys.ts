// Which keys of the registry are read, for which facts.
import type { KeyQuestion } from '../registry-reads';

export const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
export const currentVersion = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
export const lanmanServer = `${services}\\LanmanServer`;
export const lanmanWorkstation = `${services}\\LanmanWorkstation`;
export const workstationPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\LanmanWorkstation';
/** Firewall products that registered, each below it by GUID. */
export const firewallProducts = 'HKLM\\SOFTWARE\\Microsoft\\Security Center\\Provider\\Fw';

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
