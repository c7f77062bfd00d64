// A review of a Windows PC as it is asked for: which interfaces in which profiles, and what is known of the PC that matters to rules. Pure.
import type { Family } from '../../model/address';
import type { Profile, WindowsReviewHost } from '../../model/review';
import { type AddressSet, familyOf, networkAround, setOf, setOfText, union } from '../address-sets';
import { listenerOf, type Traffic } from './match';
import { type Version, windowsVersion } from './pc-version';
import { profiles } from './places';
import { isFromElsewhere } from './profiles-in-use';
import type { Registry } from './registry';
import type { Switches } from './switches';

export interface WindowsQuery {
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
  /** Only this profile; null or absent = each. */
  readonly profile?: Profile | null;
  /** The PC's own networks, for LocalSubnet; empty or absent = those of the host's interfaces, and without them unknown. */
  readonly subnets?: readonly string[];
}

/** An interface, or all that have none of their own ("*"), in one profile. */
export interface View {
  readonly name: string;
  readonly profile: Profile;
  /** In braces and lower case; null = not known. */
  readonly guid: string | null;
  readonly kind: string | null;
}

/** Each connected interface in its profile; where that is not known of all of them, all others in every profile. */
export function viewsOf(
  switches: Readonly<Record<Profile, Switches>>,
  host: WindowsReviewHost | null,
  only: Profile | null,
): readonly View[] {
  const present = Object.entries(host?.interfaces ?? {}).filter(([, addresses]) => addresses.some(isFromElsewhere));
  const guidOf = (name: string): string | null => host?.guids?.[name]?.toLowerCase() ?? null;
  const connected = present.flatMap(([name]): readonly View[] => {
    // Whoever asks for a profile says that it is the one in use.
    const profile = only ?? host?.profiles?.[name];
    return profile === undefined ? [] : [{ name, profile, guid: guidOf(name), kind: host?.kinds?.[name] ?? null }];
  });
  const isWhole = present.length > 0 && connected.length === present.length;
  const named = new Set(present.map(([name]) => guidOf(name)));
  const isEachNamed = present.length > 0 && !named.has(null);
  const others = profiles.flatMap((profile): readonly View[] => [
    // An interface that is switched off by its GUID is one of its own.
    ...switches[profile].disabledInterfaces.value
      .filter((guid) => !named.has(guid) && !isEachNamed)
      .map((guid) => ({ name: guid, profile, guid, kind: null })),
    ...(isWhole ? [] : [{ name: '*', profile, guid: null, kind: null }]),
  ]);
  const all = [...connected, ...others];
  return only === null ? all : all.filter(({ profile }) => profile === only);
}

export function trafficOf(
  registry: Registry,
  host: WindowsReviewHost | null,
  { proto, port, subnets }: WindowsQuery,
): Traffic {
  const protocol = proto === 'tcp' ? 6 : 17;
  const own = Object.values(host?.interfaces ?? {}).flatMap((list) => list.filter(isFromElsewhere));
  const isKnown = own.length > 0;
  let version: { readonly known: Version | null } | null = null;
  const networks = subnets && subnets.length > 0 ? subnets : own;
  return {
    ...{ protocol, port },
    listener: listenerOf(protocol, port),
    own: isKnown ? own.map((text) => text.split('/')[0] ?? '') : null,
    localSubnets: localSubnets(networks, subnets !== undefined && subnets.length > 0),
    windows: () => {
      version ??= { known: windowsVersion(registry, host) };
      return version.known;
    },
  };
}

/**
 * Those of an interface's addresses are of both families; `isTold`: what was told is of those that it names. Every link has fe80::/64 [RFC 4291
 * 2.5.6], so a PC's IPv6 networks are never none.
 */
function localSubnets(networks: readonly string[], isTold: boolean): Readonly<Record<Family, AddressSet | null>> {
  const of = (family: Family): AddressSet =>
    setOf(
      family,
      networks.flatMap((text) => {
        const [address = '', length] = text.split('/');
        if (familyOf(address) !== family) return [];
        return networkAround(address, length === undefined ? (family === 'ipv4' ? 32 : 128) : Number(length)) ?? [];
      }),
    );
  const isKnown = (family: Family): boolean =>
    isTold ? networks.some((text) => familyOf(text.split('/')[0] ?? '') === family) : networks.length > 0;
  const link = setOfText('fe80::/64');
  const ipv6 = link === null ? of('ipv6') : union(of('ipv6'), link);
  return { ipv4: isKnown('ipv4') ? of('ipv4') : null, ipv6: isKnown('ipv6') ? ipv6 : null };
}
