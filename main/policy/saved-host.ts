// Reads host.json: what of a PC its firewall's rules do not tell, as `collect` saves it. Pure.

import type { Family } from '../model/address';
import { type Message, type MessageCode, message } from '../model/message';
import type { WindowsReviewHost } from '../model/review';
import { familyOf, setOfText } from './address-sets';

const mostInterfaces = 4096;
const mostAddresses = 4096;
const mostNames = 4096;
/** More than the Internet's routers have. */
const mostRoutes = 4_000_000;

export type SavedHostRead =
  | { readonly kind: 'host'; readonly host: WindowsReviewHost }
  | { readonly kind: 'bad'; readonly why: Message };

/** What is of Windows only may stand in any, and counts there. */
export function readSavedHost(text: string): SavedHostRead {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return bad(message('saved.host.no-json'));
  }
  const given = (data ?? {}) as Readonly<Record<string, unknown>>;
  const wrong = wrongInterfaces(given.interfaces);
  if (wrong !== null) return bad(wrong);
  for (const [name, { holds, should }] of Object.entries(optional))
    if (given[name] !== undefined && !holds(given[name]))
      return bad(message('saved.host.must', { field: name, should: message(`saved.host.should.${should}`) }));
  // What was just looked at; other fields are of later versions, and passed by.
  const known = ['interfaces', ...Object.keys(optional)].filter((name) => given[name] !== undefined);
  const host = Object.fromEntries(known.map((name) => [name, given[name]])) as unknown as WindowsReviewHost;
  return { kind: 'host', host };
}

const bad = (why: Message): SavedHostRead => ({ kind: 'bad', why });

function wrongInterfaces(interfaces: unknown): Message | null {
  if (!isTable(interfaces)) return message('saved.host.interfaces');
  const entries = Object.entries(interfaces);
  if (entries.length > mostInterfaces) return message('saved.host.too-many', { most: mostInterfaces });
  for (const [name, addresses] of entries) {
    if (!Array.isArray(addresses) || addresses.length > mostAddresses)
      return message('saved.host.no-list', { name: shown(name) });
    const odd: unknown = addresses.find((address) => !isAddress(address));
    if (odd !== undefined) return message('saved.host.no-address', { name: shown(name), odd: shown(odd) });
  }
  return null;
}

type Should = MessageCode extends infer C ? (C extends `saved.host.should.${infer S}` ? S : never) : never;

interface Check {
  readonly holds: (value: unknown) => boolean;
  /** What it must be: saved.host.should. */
  readonly should: Should;
}

const optional: Readonly<Record<Exclude<keyof WindowsReviewHost, 'interfaces' | 'server'>, Check>> = {
  savedAt: {
    holds: (value) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
    should: 'time',
  },
  listening: { holds: listOf(isPort, 65_536), should: 'ports' },
  listeningComplete: { holds: (value) => typeof value === 'boolean', should: 'true' },
  local: { holds: listOf(isNetwork, mostAddresses), should: 'local' },
  localElsewhere: { holds: listOf(isNetwork, mostAddresses), should: 'elsewhere' },
  loopbackOn: { holds: listOf(isText, mostNames), should: 'interfaces' },
  legacyTables: { holds: listOf(isText, mostNames), should: 'tables' },
  listeners: { holds: listOf(isListener, 65_536), should: 'listeners' },
  routes: {
    holds: (value) =>
      isTable(value) &&
      Object.entries(value).every(
        ([family, routes]) =>
          (family === 'ipv4' || family === 'ipv6') && listOf((route) => isRoute(route, family), mostRoutes)(routes),
      ),
    should: 'routes',
  },
  bridges: {
    holds: tableOf(listOf(isText, mostInterfaces)),
    should: 'bridges',
  },
  profiles: {
    holds: tableOf((value) => value === 'domain' || value === 'private' || value === 'public'),
    should: 'profiles',
  },
  guids: {
    holds: tableOf((value) => typeof value === 'string' && /^\{[0-9A-F-]{36}\}$/i.test(value)),
    should: 'guids',
  },
  kinds: {
    holds: tableOf((value) => value === 'lan' || value === 'wireless' || value === 'remote-access'),
    should: 'kinds',
  },
  build: {
    holds: (value) => typeof value === 'string' && /^\d{1,3}(?:\.\d{1,6}){2,3}$/.test(value),
    should: 'build',
  },
  absentKeys: {
    holds: listOf((value) => isText(value) && /^HK[A-Z_]+\\/.test(value), mostNames),
    should: 'keys',
  },
  firewallService: { holds: (value) => value === 'running' || value === 'stopped', should: 'service' },
  otherFirewalls: { holds: listOf(isText, mostNames), should: 'names' },
};

function listOf(isOne: (value: unknown) => boolean, most: number): Check['holds'] {
  return (value) => Array.isArray(value) && value.length <= most && value.every(isOne);
}

function tableOf(isOne: (value: unknown) => boolean): Check['holds'] {
  return (value) => isTable(value) && Object.values(value).every(isOne);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An address of an interface has its own bits beside the network's, so the two are looked at one by one. */
function isAddress(value: unknown): value is string {
  const [, address = '', length = ''] =
    (typeof value === 'string' && /^([0-9A-Fa-f.:]{2,45})(?:\/(\d{1,3}))?$/.exec(value)) || [];
  return address !== '' && familyOf(address) !== null && Number(length) <= (address.includes(':') ? 128 : 32);
}

/** A network without bits of its own, or one address. */
function isNetwork(value: unknown): boolean {
  return typeof value === 'string' && setOfText(value) !== null;
}

/** A network, or one address: "10.0.0.0/8". */
function isRoute(value: unknown, family: Family): boolean {
  if (!isTable(value)) return false;
  const { destination, interface: name } = value;
  if (name !== null && !isText(name)) return false;
  return typeof destination === 'string' && setOfText(destination)?.family === family && destination.includes('/');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1024;
}

function isListener(value: unknown): boolean {
  if (!isTable(value)) return false;
  const { protocol, family, address, port, owner } = value;
  const isOwner =
    owner === null ||
    (isTable(owner) &&
      isText(owner.name) &&
      (owner.pid === null || (Number.isInteger(owner.pid) && Number(owner.pid) >= 0)));
  return (
    (protocol === 'tcp' || protocol === 'udp') &&
    typeof address === 'string' &&
    (family === 'ipv4' || family === 'ipv6') &&
    familyOf(address) === family &&
    isPort(port) &&
    isOwner
  );
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= 65_535;
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'something').slice(0, 60);
