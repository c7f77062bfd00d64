// How Windows' SMB server and client are set, from the registry; what is not written is the default of that Windows, and marked so. Pure.
import type { ServerSetting, Share, SmbServer } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import { MessageError } from '../../../model/message-error';
import { places } from '../../../policy/windows/places';
import {
  keyAt,
  numberAt,
  presence,
  type Registry,
  type RegistryValue,
  valueAt,
} from '../../../policy/windows/registry';
import { lanmanServer, lanmanWorkstation, productOptions, spooler, workstationPolicy } from './keys';
import { type WindowsVersion, windowsVersion } from './system';

const parameters = `${lanmanServer}\\Parameters`;
const clientParameters = `${lanmanWorkstation}\\Parameters`;
const startWords = ['boot', 'system', 'automatic', 'on demand', 'disabled'] as const;

/** One server: Windows' own. Throws an Error with a message for people where its key could not be read. */
export function serversOf(registry: Registry): readonly SmbServer[] {
  if (presence(registry, lanmanServer) !== 'present')
    throw new MessageError(message('windows.server-unread', { key: lanmanServer }));
  const version = windowsVersion(registry);
  return [
    {
      product: 'windows',
      configuration: parameters,
      settings: [
        ...serverSettings(registry, version),
        ...clientSettings(registry, version),
        ...netbios(registry),
        ...surroundings(registry),
      ],
      shares: sharesOf(registry),
    },
  ];
}

/** What a setting is where nothing is written; null = not known for this Windows, and then it is not listed. */
interface Default {
  readonly value: string;
  readonly because: Message;
}

function serverSettings(registry: Registry, version: WindowsVersion | null): readonly ServerSetting[] {
  const on = (name: string): string | null => numberText(registry, parameters, name);
  return [
    service(registry, 'Server service (LanmanServer)', lanmanServer),
    smb1(registry, 'SMB1 server', places.service('srv'), on('SMB1')),
    ...setting(registry, parameters, 'SMB2', { value: '1', because: message('windows.default.smb2') }),
    ...setting(registry, parameters, 'RequireSecuritySignature', signing(version, 'server')),
    ...setting(
      registry,
      parameters,
      'DisableCompression',
      version === null
        ? null
        : version.build >= 18_362
          ? { value: '0', because: message('windows.default.compression') }
          : { value: '1', because: message('windows.default.no-compression') },
    ),
    ...setting(registry, parameters, 'EncryptData', { value: '0', because: message('windows.default.not-required') }),
    ...setting(registry, parameters, 'RestrictNullSessAccess', {
      value: '1',
      because: message('windows.default.restricted'),
    }),
    ...setting(registry, parameters, 'NullSessionPipes', { value: '', because: message('windows.default.none') }),
    ...setting(registry, parameters, 'NullSessionShares', { value: '', because: message('windows.default.none') }),
    ...setting(registry, parameters, version?.isServer === true ? 'AutoShareServer' : 'AutoShareWks', {
      value: '1',
      because: message('windows.default.admin-shares'),
    }),
  ];
}

function clientSettings(registry: Registry, version: WindowsVersion | null): readonly ServerSetting[] {
  const client = setting(registry, clientParameters, 'RequireSecuritySignature', signing(version, 'client'));
  const policy = setting(registry, workstationPolicy, 'AllowInsecureGuestAuth', null);
  const guest =
    policy.length > 0 ? policy : setting(registry, clientParameters, 'AllowInsecureGuestAuth', guestDefault(version));
  return [
    smb1(registry, 'SMB1 client', places.service('mrxsmb10'), null),
    ...[...client, ...guest].map((one) => ({ ...one, name: `client: ${one.name}` })),
  ];
}

/**
 * Since 11 24H2 and Server 2025 it depends on the edition (WSDOC smb-signing, "How SMB signing works"): Pro, Enterprise and Education
 * require it both ways, Server 2025 of its client only, Home not at all. Of other editions nothing is documented.
 */
function signing(version: WindowsVersion | null, end: 'server' | 'client'): Default | null {
  if (version === null) return null;
  if (version.build < 26_100)
    return {
      value: '0',
      because: message('windows.default.signing.before'),
    };
  if (version.isServer)
    return end === 'client'
      ? { value: '1', because: message('windows.default.signing.server-client') }
      : {
          value: '0',
          because: message('windows.default.signing.server'),
        };
  if (/^Core/.test(version.edition)) return { value: '0', because: message('windows.default.signing.home') };
  return /^(?:Professional|Enterprise|Education)/.test(version.edition)
    ? { value: '1', because: message('windows.default.signing.pro') }
    : null;
}

/**
 * WSDOC enable-insecure-guest-logons-smb2-and-smb3: since 1709 Enterprise, Education and Pro for Workstations refuse guests, since
 * Server 2019 Standard and Datacenter do; Home and Pro accept them, Pro no longer from 11 24H2 on. What Home does then, and other
 * editions do, is not documented.
 */
function guestDefault(version: WindowsVersion | null): Default | null {
  if (version === null || version.build < 10_240) return null;
  const { edition, build } = version;
  const accepted = (since: 'server' | 'client' | 'home-and-pro'): Default => ({
    value: '1',
    because: message(`windows.default.guests.${since}`),
  });
  const refused: Default = { value: '0', because: message('windows.default.guests.refused') };
  if (version.isServer) {
    if (build < 17_763) return accepted('server');
    return /^Server(?:Standard|Datacenter)/.test(edition) ? refused : null;
  }
  if (build < 16_299) return accepted('client');
  if (/^(?:Enterprise|Education|ProfessionalWorkstation)/.test(edition)) return refused;
  const isHome = /^Core/.test(edition);
  if (!isHome && !/^Professional(?:N|SingleLanguage|CountrySpecific)?$/.test(edition)) return null;
  if (build < 25_267) return accepted('home-and-pro');
  return isHome ? null : refused;
}

/** SMB1 is on where its driver is there and neither that nor a switch says otherwise. */
function smb1(registry: Registry, name: string, driver: string, written: string | null): ServerSetting {
  const start = numberAt(registry, driver, 'Start');
  if (written === '0') return { name, value: 'off', isDefault: false, from: `${parameters}\\SMB1` };
  const there = presence(registry, driver);
  if (there === 'not-saved')
    return { name, value: 'unknown', isDefault: false, from: message('windows.setting.unread', { key: driver }) };
  if (there === 'absent')
    return { name, value: 'not installed', isDefault: true, from: message('windows.setting.absent', { key: driver }) };
  return start === 4
    ? { name, value: 'off', isDefault: false, from: `${driver}\\Start` }
    : { name, value: 'on', isDefault: written === null, from: written === null ? driver : `${parameters}\\SMB1` };
}

/** What other holes that are reached over SMB go by; left out where it was not read. */
function surroundings(registry: Registry): readonly ServerSetting[] {
  const isThere = presence(registry, spooler) === 'present';
  return [
    ...(isThere ? [service(registry, 'Print Spooler service', spooler)] : []),
    ...setting(registry, productOptions, 'ProductType', null),
  ];
}

function service(registry: Registry, name: string, key: string): ServerSetting {
  const start = numberAt(registry, key, 'Start');
  const word = startWords[start ?? -1];
  return { name, value: word ?? 'unknown', isDefault: false, from: `${key}\\Start` };
}

/** Interfaces over which NetBIOS may be used (RFC 1001; 0 = as DHCP says, then on; 1 = on; 2 = off). */
function netbios(registry: Registry): readonly ServerSetting[] {
  const above = `${places.service('NetBT')}\\Parameters\\Interfaces`;
  const off = (value: RegistryValue | null): boolean => value?.kind === 'number' && value.number === 2;
  const interfaces = [...registry.keys.values()].filter(({ path }) =>
    /\\NetBT\\Parameters\\Interfaces\\Tcpip_\{/i.test(path),
  );
  if (interfaces.length === 0) return [];
  const isOff = interfaces.every(({ path }) => off(valueAt(registry, path, 'NetbiosOptions')));
  return [
    {
      name: 'NetBIOS over TCP/IP',
      value: isOff ? 'off' : 'on',
      isDefault: !isOff,
      from: `${above}\\*\\NetbiosOptions`,
    },
  ];
}

function setting(registry: Registry, key: string, name: string, byDefault: Default | null): readonly ServerSetting[] {
  const value = valueAt(registry, key, name);
  if (value !== null) return [{ name, value: shown(value), isDefault: false, from: `${key}\\${name}` }];
  if (byDefault !== null && presence(registry, key) === 'not-saved')
    return [{ name, value: 'unknown', isDefault: false, from: message('windows.setting.unread', { key }) }];
  return byDefault === null ? [] : [{ name, value: byDefault.value, isDefault: true, from: byDefault.because }];
}

function numberText(registry: Registry, key: string, name: string): string | null {
  const number = numberAt(registry, key, name);
  return number === null ? null : String(number);
}

function shown(value: RegistryValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'number':
      return String(value.number);
    case 'long':
      return String(value.long);
    case 'list':
      return value.texts.filter((text) => text !== '').join(', ');
    case 'bytes':
      return `${value.bytes.length} bytes`;
  }
}

/**
 * Shares with their folders; each is a list of NAME=value lines. IPC$, C$ and ADMIN$ are not among them. Who may use a share stands in
 * a security descriptor and is not judged: guests get in only where the Guest account is on, which the registry does not tell users.
 */
function sharesOf(registry: Registry): readonly Share[] {
  const values = keyAt(registry, `${lanmanServer}\\Shares`)?.values ?? new Map<string, RegistryValue>();
  return [...values.values()].flatMap((value): readonly Share[] => {
    if (value.kind !== 'list') return [];
    const fields = new Map(value.texts.map((text) => splitOnce(text)));
    // 0 = a folder; printers and pipes are shares, too ([MS-SRVS] 2.2.2.4).
    return fields.get('Type') === '0'
      ? [{ name: value.name, path: fields.get('Path') ?? null, guest: null, readOnly: null }]
      : [];
  });
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
