// The group-policy switches of Windows XP that open ports (FileAndPrint, RemoteAdminSettings, GloballyOpenPorts, AuthorizedApplications), as allow rules. Pure.
import type { Profile } from '../../model/review';
import { setOfText, toNetworks } from '../address-sets';
import { profileKeys, profiles } from './places';
import { keyAt, type Registry, type RegistryKey } from './registry';

/** An old switch that is on, as the rule that says the same. */
export interface OldAllow {
  readonly profile: Profile;
  readonly key: string;
  /** What it is called there: "FileAndPrint", or a list's entry. */
  readonly id: string;
  /** As it stands in the registry: "Enabled=1, RemoteAddresses=LocalSubnet". */
  readonly text: string;
  readonly rule: string;
}

/** What each opens [WindowsFirewall.admx and .adml]: protocol and ports. */
const services = [
  { key: 'Services\\FileAndPrint', tcp: [139, 445], udp: [137, 138] },
  { key: 'RemoteAdminSettings', tcp: [135, 445], udp: [] },
  { key: 'Services\\RemoteDesktop', tcp: [3389], udp: [] },
  { key: 'Services\\UPnPFramework', tcp: [2869], udp: [1900] },
] as const;

/** Enabled=0 forbids what the others open, and closes nothing that a rule opens. */
export function oldAllows(registry: Registry): readonly OldAllow[] {
  return profiles.flatMap((profile) =>
    profileKeys(registry, 'group-policy', profile).flatMap((path) => [
      ...services.flatMap((service) => {
        const key = keyAt(registry, `${path}\\${service.key}`);
        const enabled = key?.values.get('ENABLED');
        if (!key || !enabled || (enabled.kind === 'number' && enabled.number === 0)) return [];
        const scope = textOf(key, 'REMOTEADDRESSES') ?? '*';
        const text = `Enabled=1, RemoteAddresses=${scope}`;
        const id = service.key.replace('Services\\', '');
        const of = (protocol: 6 | 17, ports: readonly number[]): readonly OldAllow[] =>
          ports.length === 0 ? [] : [{ profile, key: key.path, id, text, rule: ruleOf(protocol, ports, scope, null) }];
        return [...of(6, service.tcp), ...of(17, service.udp)];
      }),
      ...listed(registry, `${path}\\GloballyOpenPorts\\List`, profile, portRule),
      ...listed(registry, `${path}\\AuthorizedApplications\\List`, profile, programRule),
    ]),
  );
}

function listed(
  registry: Registry,
  path: string,
  profile: Profile,
  read: (text: string) => string | null,
): readonly OldAllow[] {
  const key = keyAt(registry, path);
  return [...(key?.values.values() ?? [])].flatMap((value) => {
    const rule = value.kind === 'text' ? read(value.text) : null;
    if (rule === null || value.kind !== 'text' || !key) return [];
    return [{ profile, key: key.path, id: value.name, text: value.text, rule }];
  });
}

/** "445:TCP:*:enabled:name"; null where it is off, or no such text. */
function portRule(text: string): string | null {
  const [, port, protocol = '', scope = '', status = ''] =
    /^\s*(\d{1,5}):([^:]*):(.*?):(enabled|disabled)(?::|$)/i.exec(text) ?? [];
  if (port === undefined || /^disabled$/i.test(status)) return null;
  return ruleOf(/^udp$/i.test(protocol) ? 17 : 6, [Number(port)], scope, null);
}

/** "%ProgramFiles%\a.exe:*:enabled:name"; null where it is off, or no such text. */
function programRule(text: string): string | null {
  const status = /:(enabled|disabled)(?::|$)/i.exec(text);
  const what = text.slice(0, status?.index ?? 0);
  // Not the colon of the drive.
  const colon = what.indexOf(':', 2);
  if (status === null || colon < 0 || /^disabled$/i.test(status[1] ?? '')) return null;
  return ruleOf(null, [], what.slice(colon + 1), what.slice(0, colon));
}

function ruleOf(protocol: 6 | 17 | null, ports: readonly number[], scope: string, app: string | null): string {
  return [
    'v2.0|Action=Allow|Active=TRUE|Dir=In|',
    protocol === null ? '' : `Protocol=${protocol}|`,
    ...ports.map((port) => `LPort=${port}|`),
    ...scopeFields(scope),
    app === null ? '' : `App=${app}|`,
    'Name=|',
  ].join('');
}

/** "*", or a list of addresses, networks and "localsubnet"; what is none of them is counted as any address. */
function scopeFields(scope: string): readonly string[] {
  const parts = scope
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const fields = parts.map((part) => {
    if (/^localsubnet$/i.test(part)) return 'RA4=LocalSubnet|RA6=LocalSubnet|';
    const [address = '', mask] = part.split('/');
    const set = setOfText(address);
    if (set === null) return null;
    const [network] = toNetworks(set);
    if (network === undefined) return null;
    return `${set.family === 'ipv4' ? 'RA4' : 'RA6'}=${address}${mask === undefined ? '' : `/${mask}`}|`;
  });
  return fields.includes(null) ? [] : fields.filter((field): field is string => field !== null);
}

function textOf(key: RegistryKey, name: string): string | null {
  const value = key.values.get(name);
  return value?.kind === 'text' ? value.text : null;
}
