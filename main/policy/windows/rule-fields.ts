// Every field that a rule may have, by its token: how it is read, and whether it may be there once only [MS-GPFAS 2.2.2.19]. Pure.

import type { Family } from '../../model/address';
import { message } from '../../model/message';
import type { Profile } from '../../model/review';
import type { FirewallRule } from './rule';
import type { RuleReader } from './rule-reader';
import { shown } from './rule-string';
import { type PortField, readAddress, readAddressKeyword, readPlatform, readPorts, readProtocol } from './rule-values';

/** Reads one field into the rule. A token that is not known is a condition that is not known. */
export function readField(reader: RuleReader, token: string, value: string): void {
  const { name, handler, bit } = known(token);
  if ((reader.seen & bit) !== 0) {
    reader.repeated(name, token);
    return;
  }
  reader.seen |= bit;
  if (handler) handler(reader, value, token);
  else reader.condition(token, value);
}

type Handler = (reader: RuleReader, value: string, token: string) => void;

const words = <T extends string>(...all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((word) => [word.toLowerCase(), word]));
const yesOrNo = new Map([
  ['true', true],
  ['false', false],
]);
const actions = words('allow', 'block', 'bypass');
const directions = words('in', 'out');
const profileNames = words<Profile>('domain', 'private', 'public');
const tupleWords = words(
  ...['Proximity', 'ProxSharing', 'WFDPrint', 'WFDDisplay', 'WFDDevices', 'WFDKmDriver', 'UPnP', 'WFDCDPSvc'],
);
const interfaceTypes = words('Lan', 'Wireless', 'RemoteAccess', 'MobileBBand');
const securities = words('Authenticate', 'AuthenticateEncrypt', 'An-NoEncap', 'AnE-Nego');
const deferrals = words('App', 'User');
const orLater = words('GTEQ');

function set<K extends keyof FirewallRule>(
  name: K,
  read: (reader: RuleReader, value: string, token: string) => FirewallRule[K],
): Handler {
  return (reader, value, token) => {
    (reader.draft as Record<K, FirewallRule[K]>)[name] = read(reader, value, token);
  };
}

const ports =
  (side: 'localPorts' | 'remotePorts', field: PortField): Handler =>
  (reader, value, token) => {
    // Not allowed [MS-GPFAS 2.2.2.19], and in a shipped rule all the same.
    if (!reader.hasProtocol) reader.add('odd', message('windows-rules.before-protocol', { token }));
    for (const port of reader.take(readPorts(value, field), token, value)) reader.add(side, port);
  };
const addresses =
  (side: 'local' | 'remote', family: Family): Handler =>
  (reader, value, token) => {
    const read = readAddress(value, family, side);
    reader.addAddress(side === 'local' ? 'localAddresses' : 'remoteAddresses', family, reader.take(read, token, value));
  };
const addressWords =
  (family: Family): Handler =>
  (reader, value, token) =>
    reader.addAddress('remoteAddresses', family, reader.take(readAddressKeyword(value), token, value));
const icmp: Handler = (reader, value, token) => {
  reader.hasIcmp = true;
  const [, type, code] = /^(\d{1,3}):(\d{1,3}|\*)$/.exec(value) ?? [];
  if (type === undefined || Number(type) > 255 || (code !== '*' && Number(code) > 255))
    reader.bad(token, shown(value), message('windows-rules.value.icmp'));
};
const security: Handler = (reader, value, token) => {
  reader.draft.authenticated = true;
  reader.oneOf(securities, token, value);
};
const condition: Handler = (reader, value, token) => reader.condition(token, value);
const flag: Handler = (reader, value, token) => {
  // Off is the same as not there.
  if (reader.oneOf(yesOrNo, token, value) !== false) reader.condition(token, value);
};
const tuple: Handler = (reader, value, token) => {
  const word = reader.oneOf(tupleWords, token, value);
  if (word === null) reader.condition(token, value);
  else reader.add('tuples', word);
};
const packaged: Handler = (reader, value, token) => {
  if (value === '') reader.wrong.push(message('windows-rules.field-empty', { token }));
  else reader.draft.packaged = true;
};

/** By token in capitals. */
const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['ACTION', set('action', (reader, value, token) => reader.oneOf(actions, token, value))],
  ['ACTIVE', set('active', (reader, value, token) => reader.oneOf(yesOrNo, token, value))],
  ['DIR', set('direction', (reader, value, token) => reader.oneOf(directions, token, value))],
  [
    'PROFILE',
    (reader, value, token) => {
      const profile = reader.oneOf(profileNames, token, value);
      if (profile !== null) reader.addProfile(profile);
      else {
        // It may be any of them, and one of none of them.
        for (const any of profileNames.values()) reader.addProfile(any);
        reader.condition(token, value);
      }
    },
  ],
  [
    'PROTOCOL',
    (reader, value, token) => {
      reader.hasProtocol = true;
      reader.draft.protocol = reader.take(readProtocol(value), token, value);
    },
  ],
  ['LPORT', ports('localPorts', 'port')],
  ['RPORT', ports('remotePorts', 'port')],
  ['LA4', addresses('local', 'ipv4')],
  ['LA6', addresses('local', 'ipv6')],
  ['RA4', addresses('remote', 'ipv4')],
  ['RA6', addresses('remote', 'ipv6')],
  ['RA42', addressWords('ipv4')],
  ['RA62', addressWords('ipv6')],
  ['ICMP4', icmp],
  ['ICMP6', icmp],
  [
    'APP',
    (reader, value, token) => {
      reader.draft.app = value === '' ? null : value;
      // "?" is what reg query makes of a character that the code page lacks.
      const bad = reader.exact ? /[/*?"<>|]/ : /[/*"<>|]/;
      if (value === '' || value.length >= 260 || bad.test(value))
        reader.bad(token, shown(value), message('windows-rules.value.path'));
    },
  ],
  [
    'SVC',
    (reader, value, token) => {
      reader.draft.service = value === '' ? null : value;
      if (value === '' || value.length >= 260 || /[/\\|]/.test(value))
        reader.bad(token, shown(value), message('windows-rules.value.service'));
    },
  ],
  [
    'IF',
    (reader, value, token) => {
      reader.add('interfaces', value);
      if (!/^\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i.test(value))
        reader.bad(token, shown(value), message('windows-rules.value.guid'));
    },
  ],
  [
    'IFTYPE',
    (reader, value, token) => {
      reader.oneOf(interfaceTypes, token, value);
      reader.add('interfaceTypes', value.toLowerCase());
    },
  ],
  ['EDGE', (reader, value, token) => void reader.oneOf(yesOrNo, token, value)],
  ['DEFER', (reader, value, token) => void reader.oneOf(deferrals, token, value)],
  ['SECURITY', security],
  ['SECURITY2', security],
  ['RMAUTH', condition],
  ['RUAUTH', condition],
  ['LUAUTH', condition],
  // All traffic of such a rule is that of this user (INetFwRule3::put_LocalUserOwner), though MS-FASP 2.2.37 only calls them its owner.
  ['LUOWN', condition],
  ['APPPKGID', packaged],
  ['PFN', packaged],
  ['TTK', tuple],
  [
    'PLATFORM',
    (reader, value, token) => {
      const platform = reader.take(readPlatform(value), token, value);
      if (platform === null) reader.condition(token, value);
      else reader.add('platforms', platform);
    },
  ],
  [
    'PLATFORM2',
    (reader, value, token) => {
      const { platforms } = reader.draft;
      const last = platforms.at(-1);
      const isKnown = reader.oneOf(orLater, token, value) !== null;
      if (last && isKnown) reader.replaceLast('platforms', { ...last, orLater: true });
      else {
        reader.wrong.push(message('windows-rules.field-after', { token }));
        reader.condition(token, value);
      }
    },
  ],
  ['NNM', condition],
  ['SECURITYREALMID', condition],
  ['SKIPVER', condition],
  ['LSM', flag],
  [
    'LOM',
    (reader, value, token) => {
      // It takes in callers from anywhere, and counts for nothing where the rule blocks [MS-FASP 2.2.35].
      if (reader.oneOf(yesOrNo, token, value) !== false) reader.draft.ignoresRemote = true;
    },
  ],
  ['AUTHBYPASSOUT', flag],
  ['PCROSS', set('crossesProfiles', (reader, value, token) => reader.oneOf(yesOrNo, token, value) !== false)],
  [
    'NAME',
    (reader, value, token) => {
      reader.draft.name = reader.text(token, value);
      if (value === '') reader.wrong.push(message('windows-rules.field-empty', { token }));
      if (value.length === 3 && value.toLowerCase() === 'all')
        reader.bad(token, value, message('windows-rules.value.reserved'));
    },
  ],
  ['DESC', (reader, value, token) => void reader.text(token, value)],
  ['EMBEDCTXT', set('group', (reader, value, token) => reader.text(token, value))],
]);

/** Tokens that carry the version they came with: LPort2_10, TTK2_28, Security2_9, LUAuth2_24. */
function versioned(name: string): Handler | null {
  const [, base] = /^([A-Z]+)2_\d{1,3}$/.exec(name) ?? [];
  return base === undefined ? null : (versionedHandlers.get(base)?.(name) ?? null);
}

const versionedHandlers = new Map<string, (name: string) => Handler>([
  ['LPORT', (name) => ports('localPorts', name === 'LPORT2_10' ? 'range' : 'word')],
  ['RPORT', (name) => ports('remotePorts', name === 'RPORT2_10' ? 'range' : 'word')],
  ['TTK', () => tuple],
  ['SECURITY', () => security],
  ['LUAUTH', () => condition],
]);

/** All that are known, in capitals; those that carry a version with "*" in its place. */
export const fieldTokens: readonly string[] = [
  ...handlers.keys(),
  ...[...versionedHandlers.keys()].map((base) => `${base}2_*`),
];

/** May be there once; fewer than the bits of a number. */
const once: readonly string[] = [
  ...['ACTION', 'ACTIVE', 'DIR', 'PROTOCOL', 'APP', 'SVC', 'EDGE', 'DEFER', 'SECURITY', 'SECURITY2_9', 'SECURITY2'],
  ...['RMAUTH', 'RUAUTH', 'LUAUTH', 'LUAUTH2_24', 'LUOWN', 'APPPKGID', 'PFN', 'NNM', 'SECURITYREALMID', 'SKIPVER'],
  ...['LSM', 'LOM', 'PCROSS', 'AUTHBYPASSOUT', 'NAME', 'DESC', 'EMBEDCTXT'],
];

interface Known {
  readonly name: string;
  readonly handler: Handler | null;
  readonly bit: number;
}

/** By token as written, since a PC's rules write few of them thousands of times. */
const spelled = new Map<string, Known>();

function known(token: string): Known {
  const found = spelled.get(token);
  if (found) return found;
  const name = token.toUpperCase();
  const place = once.indexOf(name);
  const made = { name, handler: handlers.get(name) ?? versioned(name), bit: place < 0 ? 0 : 1 << place };
  // Of what others write there is no end.
  if (spelled.size < 1000) spelled.set(token, made);
  return made;
}
