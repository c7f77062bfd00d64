// Which keys of the registry are read, for which facts.
import { places } from '../../../policy/windows/places';
import type { KeyQuestion } from '../registry-reads';

export const lanmanServer = places.service('LanmanServer');
export const lanmanWorkstation = places.service('LanmanWorkstation');
export const workstationPolicy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\LanmanWorkstation';

/** Where an update that waits for a restart leaves its mark. */
export const servicing = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing';

/** The names of what is below tell of a restart that is waited for. */
export const patchKeys: readonly KeyQuestion[] = [
  { key: places.windowsVersion, how: 'values' },
  { key: servicing, how: 'values' },
];

export const spooler = places.service('Spooler');
/** Says whether this is a domain controller (ProductType LanmanNT). */
export const productOptions = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ProductOptions';

/** Names and paths of shares are in every language, so that key is exported. */
export const serverKeys: readonly KeyQuestion[] = [
  { key: places.windowsVersion, how: 'values' },
  { key: lanmanServer, how: 'export' },
  { key: `${lanmanWorkstation}\\Parameters`, how: 'values' },
  { key: workstationPolicy, how: 'values' },
  { key: places.service('srv'), how: 'values' },
  { key: places.service('mrxsmb10'), how: 'values' },
  { key: places.service('NetBT'), how: 'tree' },
  { key: spooler, how: 'values' },
  { key: productOptions, how: 'values' },
];
