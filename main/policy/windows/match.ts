// Whether a rule is about the traffic in question: from which sources surely, from which possibly, and what can't be told. Pure.
import type { Family } from '../../model/address';
import { type AddressSet, everything, holds, nothing, unionAll } from '../address-sets';
import { mayBe } from './registry';
import type { Addresses, FirewallRule } from './rule';
import type { Port } from './rule-values';
import { portKeywords } from './rule-values';

/** A new inbound connection, and what is known of the PC it comes to. */
export interface Traffic {
  readonly protocol: 6 | 17;
  readonly port: number;
  /** kernel: SMB and NetBIOS, whose listener is the System process; unknown: whichever program. */
  readonly listener: 'kernel' | 'unknown';
  /** The PC's on-link networks; null = not known. */
  readonly localSubnets: Readonly<Record<Family, AddressSet>> | null;
  /** The PC's addresses; null = not known. */
  readonly own: readonly string[] | null;
  /** Windows' own version ("6.1", "10.0"); null = not known. */
  readonly windows: { readonly major: number; readonly minor: number } | null;
}

export type Sources = Readonly<Record<Family, AddressSet>>;

export interface Match {
  /** Sources of which some may be meant: what an allow counts for. */
  readonly possible: Sources;
  /** Sources that are meant whatever can't be told: what a block counts for. */
  readonly sure: Sources;
  /** Why both differ; empty where they do not. */
  readonly doubts: readonly string[];
}

export const noSources: Sources = { ipv4: nothing('ipv4'), ipv6: nothing('ipv6') };
export const allSources: Sources = { ipv4: everything('ipv4'), ipv6: everything('ipv6') };
export const families: readonly Family[] = ['ipv4', 'ipv6'];

/** The ports on which the kernel itself waits: SMB, its RDMA port, and NetBIOS (windows.md 3: shipped rules say App=System). */
export function listenerOf(protocol: 6 | 17, port: number): Traffic['listener'] {
  return (protocol === 6 ? [139, 445, 5445] : [137, 138]).includes(port) ? 'kernel' : 'unknown';
}

/** Whether a condition is met: null = it can't be told, and why. */
type Answer = true | false | string;

/**
 * null where the rule is not about this traffic. Conditions on the interface are not looked at, see `interfaceCondition`.
 * `exact` false: each "?" in it may stand for a lost character.
 */
export function matchRule(rule: FirewallRule, traffic: Traffic, exact: boolean): Match | null {
  if (rule.protocol !== null && rule.protocol !== traffic.protocol) return null;
  const local = localCondition(rule.localAddresses, traffic);
  const answers: Answer[] = [
    portCondition(rule.localPorts, traffic),
    remotePortCondition(rule.remotePorts),
    appCondition(rule.app, traffic, exact),
    serviceCondition(rule.service, traffic, exact),
    packageCondition(rule, traffic),
    platformCondition(rule, traffic),
    ...rule.otherConditions.map((condition) => `whether ${shortened(condition)} holds is not known`),
    ...rule.odd,
  ];
  if (rule.authenticated)
    answers.push('it is for callers that prove who they are by IPsec, which addresses do not tell');
  if (answers.includes(false)) return null;
  const remote = remoteSources(rule.remoteAddresses, traffic);
  const doubts = [...answers.filter((answer): answer is string => typeof answer === 'string'), ...remote.doubts];
  const possible = {} as Record<Family, AddressSet>;
  const sure = {} as Record<Family, AddressSet>;
  for (const family of families) {
    const here = local[family];
    possible[family] = here === false ? nothing(family) : remote.possible[family];
    const isSure = here === true && doubts.length === remote.doubts.length;
    sure[family] = isSure ? remote.sure[family] : nothing(family);
    if (typeof here === 'string' && possible[family].edges.length > 0 && !doubts.includes(here)) doubts.push(here);
  }
  const isEmpty = families.every((family) => possible[family].edges.length === 0);
  return isEmpty ? null : { possible, sure, doubts };
}

/** Whether a rule that names interfaces or kinds of them is about this one; "why" where that is not known. */
export function interfaceCondition(
  { interfaces, interfaceTypes }: FirewallRule,
  at: { readonly guid: string | null; readonly kind: string | null },
): Answer {
  const { guid } = at;
  const named = interfaces.map((one) => one.toLowerCase());
  if (named.length > 0 && guid !== null && !named.includes(guid)) return false;
  const kind = at.kind?.replace('-', '') ?? null;
  if (interfaceTypes.length > 0 && kind !== null && !interfaceTypes.includes(kind)) return false;
  if (named.length > 0 && guid === null) return `it is for the interface ${interfaces.join(', ')} only`;
  if (interfaceTypes.length > 0 && kind === null)
    return `it is for interfaces of the kind ${interfaceTypes.join(', ')} only`;
  return true;
}

function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.find((answer) => typeof answer === 'string') ?? false;
}

function portCondition(ports: readonly Port[], traffic: Traffic): Answer {
  return ports.length === 0 || anyOf(ports.map((port) => onPort(port, traffic)));
}

function onPort(port: Port, traffic: Traffic): Answer {
  switch (port.kind) {
    case 'range':
      return port.first <= traffic.port && traffic.port <= port.last;
    case 'not-understood':
      return 'its ports are not understood';
    case 'keyword':
      return onPortWord(port.word, traffic);
  }
}

/** Fixed ports (IANA) where a word has one; SMB's are never those that Windows hands out to others. */
function onPortWord(word: string, { port, listener }: Traffic): Answer {
  const fixed = { 'rpc-epmap': [135], dhcp: [67, 68, 546, 547], mdns: [5353] }[word];
  if (fixed !== undefined) return fixed.includes(port);
  if (!portKeywords.has(word)) return `the port "${word}" is not known`;
  return listener === 'kernel' ? false : `which ports "${word}" stands for depends on the PC`;
}

function remotePortCondition(ports: readonly Port[]): Answer {
  const isAny = ports.some((port) => port.kind === 'range' && port.first <= 1 && port.last === 65_535);
  return ports.length === 0 || isAny || 'it is for some ports of the caller only, and callers choose theirs';
}

function appCondition(app: string | null, { listener }: Traffic, exact: boolean): Answer {
  if (app === null) return true;
  if (listener === 'unknown') return `whether ${shortened(app)} is what waits at this port is not known`;
  const name = app.toLowerCase();
  if (name === 'system') return true;
  // The kernel's own file: what Windows makes of it as a program is not documented.
  const file = name.slice(name.lastIndexOf('\\') + 1);
  const isKernel = file === 'ntoskrnl.exe' || (!exact && (mayBe(name, 'system') || mayBe(file, 'ntoskrnl.exe')));
  if (isKernel) return `whether ${app} is the SMB server is not documented`;
  return /[*"<>|]/.test(app) ? `which programs ${shortened(app)} means is not known` : false;
}

/** Services that are the SMB server's, or NetBIOS'. No shipped rule for them names one. */
const smbServices: readonly string[] = ['lanmanserver', 'srv', 'srv2', 'srvnet', 'netbt'];

function serviceCondition(service: string | null, { listener }: Traffic, exact: boolean): Answer {
  if (service === null) return true;
  if (service === '*') return 'it is for services, and whether the SMB server counts as one is not documented';
  if (listener === 'unknown')
    return `whether the service ${shortened(service)} is what waits at this port is not known`;
  const name = service.toLowerCase();
  const isSmb = smbServices.some((smb) => name === smb || (!exact && mayBe(name, smb)));
  return isSmb ? `whether the kernel's SMB server counts as the service ${service} is not documented` : false;
}

/** Store apps never wait on SMB's ports, and SMB is never part of a proximity, Wi-Fi Direct or UPnP tuple. */
function packageCondition({ packaged, tuples }: FirewallRule, { listener }: Traffic): Answer {
  if (!packaged && tuples.length === 0) return true;
  if (listener === 'kernel') return false;
  return packaged
    ? 'it is for a Store app, which may or may not wait at this port'
    : `it is for ${tuples.join(', ')} only`;
}

function platformCondition({ platforms }: FirewallRule, { windows }: Traffic): Answer {
  if (platforms.length === 0) return true;
  if (windows === null) return 'it is for some versions of Windows only, and this one is not known';
  return platforms.some(({ major, minor, orLater }) => {
    const above = windows.major - major || windows.minor - minor;
    return above === 0 || (orLater && above > 0);
  });
}

function localCondition(addresses: Addresses, { own }: Traffic): Readonly<Record<Family, Answer>> {
  const isAny = families.every((family) => addresses[family].length === 0);
  const of = (family: Family): Answer => {
    const list = addresses[family];
    if (isAny) return true;
    if (list.length === 0) return false;
    const set = unionAll(
      family,
      list.flatMap((address) => (address.kind === 'set' ? [address.set] : [])),
    );
    const isClear = list.every(({ kind }) => kind === 'set');
    const mine = own?.filter((address) => address.includes(':') === (family === 'ipv6')) ?? null;
    if (mine !== null && isClear && mine.every((address) => holds(set, address))) return true;
    if (mine !== null && isClear && !mine.some((address) => holds(set, address))) return false;
    return 'it is for some of the addresses of this PC only';
  };
  return { ipv4: of('ipv4'), ipv6: of('ipv6') };
}

/** The condition is on both families at once: entries of one alone keep the other out [MS-FASP 2.2.22, 2.2.37]. */
function remoteSources(addresses: Addresses, { localSubnets }: Traffic): Match {
  if (families.every((family) => addresses[family].length === 0))
    return { possible: allSources, sure: allSources, doubts: [] };
  const doubts = new Set<string>();
  const possible = {} as Record<Family, AddressSet>;
  const sure = {} as Record<Family, AddressSet>;
  for (const family of families) {
    const sets: AddressSet[] = [];
    let isOpen = false;
    for (const address of addresses[family]) {
      if (address.kind === 'set') sets.push(address.set);
      else if (address.kind === 'local-subnet' && localSubnets !== null) sets.push(localSubnets[family]);
      else {
        isOpen = true;
        doubts.add(addressDoubts[address.kind](address.kind === 'keyword' ? address.word : ''));
      }
    }
    const [only] = sets;
    sure[family] = only !== undefined && sets.length === 1 ? only : unionAll(family, sets);
    possible[family] = isOpen ? everything(family) : sure[family];
  }
  return { possible, sure, doubts: [...doubts] };
}

const addressDoubts = {
  'local-subnet': () => "LocalSubnet means this PC's own networks, and they are not known (--subnet tells them)",
  keyword: (word: string) => `which addresses ${word} stands for depends on the PC`,
  'not-understood': () => 'its addresses are not understood',
} as const;

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);
