// What `collect` saves of the registry beside the firewall's policy: the values that an inspection goes by, and none else. Pure.
import { type ExportedKey, exportText } from '../../policy/windows/export-text';
import { places } from '../../policy/windows/places';
import { folded, keyAt, type Registry, type RegistryValue, subkeysOf } from '../../policy/windows/registry';
import {
  lanmanServer,
  lanmanWorkstation,
  patchKeys,
  productOptions,
  serverKeys,
  servicing,
  spooler,
  workstationPolicy,
} from './read/keys';
import type { KeyAnswer, KeyQuestion } from './registry-reads';
import { readTogether } from './registry-together';

export const savedKeysName = 'system-and-smb.txt';

/** Also those that are judged by not being there. */
export const savedQuestions: readonly KeyQuestion[] = [
  ...serverKeys,
  ...patchKeys.filter(({ key }) => !serverKeys.some((other) => other.key === key)),
];

/** By key the values that are saved where they are there. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  [places.windowsVersion]: [
    ...['ProductName', 'CurrentBuildNumber', 'UBR', 'DisplayVersion', 'ReleaseId', 'EditionID', 'InstallationType'],
    'BuildLabEx',
  ],
  [servicing]: [],
  [`${servicing}\\RebootPending`]: [],
  [lanmanServer]: ['Start'],
  [`${lanmanServer}\\Parameters`]: [
    ...['SMB1', 'SMB2', 'RequireSecuritySignature', 'DisableCompression', 'EncryptData', 'RestrictNullSessAccess'],
    ...['NullSessionPipes', 'NullSessionShares', 'AutoShareServer', 'AutoShareWks'],
  ],
  [`${lanmanWorkstation}\\Parameters`]: ['RequireSecuritySignature', 'AllowInsecureGuestAuth'],
  [workstationPolicy]: ['AllowInsecureGuestAuth'],
  [places.service('srv')]: ['Start'],
  [places.service('mrxsmb10')]: ['Start'],
  [spooler]: ['Start'],
  [productOptions]: ['ProductType'],
};

/**
 * The file's text; which of the keys are known not to be there, which is an answer, too; and which could not be read. Throws as
 * `readTogether`.
 */
export function savedKeys(answers: readonly KeyAnswer[]): {
  readonly text: string;
  readonly absentKeys: readonly string[];
  readonly unread: readonly string[];
} {
  const keysIn = (...states: readonly KeyAnswer['state'][]): readonly string[] =>
    answers.filter(({ state }) => states.includes(state)).map(({ key }) => key);
  const registry = readTogether(answers);
  const named = Object.entries(wanted).flatMap(([path, names]) => partOf(registry, path, names));
  const netbios = `${places.service('NetBT')}\\Parameters\\Interfaces`;
  const interfaces = subkeysOf(registry, netbios).flatMap((name) =>
    partOf(registry, `${netbios}\\${name}`, ['NetbiosOptions']),
  );
  return {
    text: exportText([...named, ...sharesIn(registry), ...interfaces]),
    absentKeys: keysIn('absent'),
    unread: keysIn('refused', 'unknown'),
  };
}

function partOf(registry: Registry, path: string, names: readonly string[]): readonly ExportedKey[] {
  const key = keyAt(registry, path) ?? listed(registry, path);
  if (key === null) return [];
  return [{ path: key.path, values: names.flatMap((name) => key.values.get(folded(name)) ?? []) }];
}

/** A key of which only the name was asked for. */
function listed(registry: Registry, path: string): { path: string; values: ReadonlyMap<string, RegistryValue> } | null {
  const [above, name] = [path.slice(0, path.lastIndexOf('\\')), path.slice(path.lastIndexOf('\\') + 1)];
  const isThere = subkeysOf(registry, above).some((one) => folded(one) === folded(name));
  const parent = isThere ? keyAt(registry, above) : null;
  return parent === null ? null : { path: `${parent.path}\\${name}`, values: new Map() };
}

/** Of each share its kind and folder; who may use it, and what is remarked, is left out. */
function sharesIn(registry: Registry): readonly ExportedKey[] {
  const shares = keyAt(registry, `${lanmanServer}\\Shares`);
  if (shares === null) return [];
  const values = [...shares.values.values()].flatMap((value): readonly RegistryValue[] =>
    value.kind === 'list' ? [{ ...value, texts: value.texts.filter((text) => /^(?:Type|Path)=/.test(text)) }] : [],
  );
  return [{ path: shares.path, values }];
}
