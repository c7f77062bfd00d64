// Whether a rule is about the traffic in question: from which sources surely, from which possibly, and what can't be told. Pure.

import type { Family } from '../../model/address';
import { type Message, message, messageKey } from '../../model/message';
import { type AddressSet, type Edges, everything, holds, nothing, overlaps, unionAll } from '../address-sets';
import type { Version } from './pc-version';
import { mayBe } from './registry';
import type { Addresses, FirewallRule } from './rule';
import type { Address, Port } from './rule-values';
import { portKeywords } from './rule-values';

/** A new inbound connection, and what is known of the PC it comes to. */
export interface Traffic {
  readonly protocol: 6 | 17;
  readonly port: number;
  /** kernel: SMB and NetBIOS, whose listener is the System process; unknown: whichever program. */
  readonly listener: 'kernel' | 'unknown';
  /** The PC's on-link networks of a family; null = not known. */
  readonly localSubnets: Readonly<Record<Family, AddressSet | null>>;
  /** The PC's addresses; null = not known. */
  readonly own: readonly string[] | null;
  /** Windows' own version ("6.1", "10.0"), asked for by few rules; null = not known. */
  readonly windows: () => Version | null;
}

export type Sources = Readonly<Record<Family, AddressSet>>;

export interface Match {
  /** Sources of which some may be meant: what an allow counts for. */
  readonly possible: Sources;
  /** Sources that are meant whatever can't be told: what a block counts for. */
  readonly sure: Sources;
  /** Why both differ; empty where they do not. */
  readonly doubts: readonly Message[];
}

export const noSources: Sources = { ipv4: nothing('ipv4'), ipv6: nothing('ipv6') };
export const allSources: Sources = { ipv4: everything('ipv4'), ipv6: everything('ipv6') };
export const families: readonly Family[] = ['ipv4', 'ipv6'];
const noDoubts: readonly Message[] = [];
const everySource: Match = { possible: allSources, sure: allSources, doubts: noDoubts };

export function eachFamily(of: (family: Family) => AddressSet): Sources {
  return { ipv4: of('ipv4'), ipv6: of('ipv6') };
}

/** Whether some source is in both. */
export function overlap(a: Sources, b: Sources): boolean {
  return overlaps(a.ipv4.edges, b.ipv4.edges) || overlaps(a.ipv6.edges, b.ipv6.edges);
}

/** Whether a family is in it whole. */
export function coversFamily({ ipv4, ipv6 }: Sources): boolean {
  return isAll(ipv4.edges, allSources.ipv4.edges) || isAll(ipv6.edges, allSources.ipv6.edges);
}

export const isAll = (edges: Edges, all: Edges): boolean =>
  edges.length === 2 && edges[0] === all[0] && edges[1] === all[1];
export const isNobody = ({ ipv4, ipv6 }: Sources): boolean => ipv4.edges.length === 0 && ipv6.edges.length === 0;
const hasNone = ({ ipv4, ipv6 }: Addresses): boolean => ipv4.length === 0 && ipv6.length === 0;

/** The ports on which the kernel itself waits: SMB, its RDMA port, and NetBIOS (windows.md 3: shipped rules say App=System). */
export function listenerOf(protocol: 6 | 17, port: number): Traffic['listener'] {
  return (protocol === 6 ? [139, 445, 5445] : [137, 138]).includes(port) ? 'kernel' : 'unknown';
}

/** Whether a condition is met, or why it can't be told. */
type Answer = true | false | Message;

/**
 * null where the rule is not about this traffic. Conditions on the interface are not looked at, see `interfaceCondition`.
 * `exact` false: each "?" in it may stand for a lost character.
 */
export function matchRule(rule: FirewallRule, traffic: Traffic, exact: boolean): Match | null {
  if (rule.protocol !== null && rule.protocol !== traffic.protocol) return null;
  const doubts: Message[] = [...rule.odd];
  const isOut = (answer: Answer): boolean => {
    if (typeof answer === 'object') doubts.push(answer);
    return answer === false;
  };
  if (isOut(portCondition(rule.localPorts, traffic)) || isOut(appCondition(rule.app, traffic, exact))) return null;
  if (isOut(serviceCondition(rule.service, traffic, exact)) || isOut(packageCondition(rule, traffic))) return null;
  const isFromAnywhere = rule.ignoresRemote && rule.action !== 'block';
  if ((!isFromAnywhere && isOut(remotePortCondition(rule.remotePorts))) || isOut(platformCondition(rule, traffic)))
    return null;
  for (const condition of rule.otherConditions)
    doubts.push(message('windows-rules.unknown-condition', { condition: shortened(condition) }));
  if (rule.authenticated) doubts.push(message('windows-rules.authenticated'));
  if (isFromAnywhere) doubts.push(message('windows-rules.ignores-remote'));
  const remote = isFromAnywhere ? everySource : remoteSources(rule.remoteAddresses, traffic);
  const here = hasNone(rule.localAddresses) ? anyLocal : localCondition(rule.localAddresses, traffic);
  const isSure = doubts.length === 0;
  if (isSure && here === anyLocal) return isNobody(remote.possible) ? null : remote;
  const possible = eachFamily((family) => (here[family] === false ? nothing(family) : remote.possible[family]));
  if (isNobody(possible)) return null;
  const sure = eachFamily((family) => (isSure && here[family] === true ? remote.sure[family] : nothing(family)));
  const local = families.flatMap((family) => (typeof here[family] === 'object' ? [here[family]] : []));
  return { possible, sure, doubts: [...doubts, ...remote.doubts, ...different(local)] };
}

/** Whether a rule that names interfaces or kinds of them is about this one; "why" where that is not known. */
export function interfaceCondition(
  { interfaces, interfaceTypes }: Pick<FirewallRule, 'interfaces' | 'interfaceTypes'>,
  at: { readonly guid: string | null; readonly kind: string | null },
): Answer {
  const { guid } = at;
  const named = interfaces.map((one) => one.toLowerCase());
  if (named.length > 0 && guid !== null && !named.includes(guid)) return false;
  const kind = at.kind?.replace('-', '') ?? null;
  if (interfaceTypes.length > 0 && kind !== null && !interfaceTypes.includes(kind)) return false;
  if (named.length > 0 && guid === null) return message('windows-rules.interface-only', { interfaces });
  if (interfaceTypes.length > 0 && kind === null)
    return message('windows-rules.interface-kind-only', { kinds: interfaceTypes });
  return true;
}

function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.find((answer) => typeof answer === 'object') ?? false;
}

function portCondition(ports: readonly Port[], traffic: Traffic): Answer {
  return ports.length === 0 || anyOf(ports.map((port) => onPort(port, traffic)));
}

function onPort(port: Port, traffic: Traffic): Answer {
  switch (port.kind) {
    case 'range':
      return port.first <= traffic.port && traffic.port <= port.last;
    case 'not-understood':
      return message('windows-rules.ports-unread');
    case 'keyword':
      return onPortWord(port.word, traffic);
  }
}

/** Fixed ports (IANA) where a word has one; SMB's are never those that Windows hands out to others. */
function onPortWord(word: string, { port, listener }: Traffic): Answer {
  const fixed = fixedPorts.get(word);
  if (fixed !== undefined) return fixed.includes(port);
  if (!portKeywords.has(word)) return message('windows-rules.port-word-unknown', { word });
  return listener === 'kernel' ? false : message('windows-rules.port-word', { word });
}

const fixedPorts: ReadonlyMap<string, readonly number[]> = new Map([
  ['rpc-epmap', [135]],
  ['dhcp', [67, 68, 546, 547]],
  ['mdns', [5353]],
]);

function remotePortCondition(ports: readonly Port[]): Answer {
  const isAny = ports.some((port) => port.kind === 'range' && port.first <= 1 && port.last === 65_535);
  return ports.length === 0 || isAny || message('windows-rules.callers-ports');
}

function appCondition(app: string | null, { listener }: Traffic, exact: boolean): Answer {
  if (app === null) return true;
  if (listener === 'unknown') return message('windows-rules.app-waits', { app: shortened(app) });
  const name = app.toLowerCase();
  if (name === 'system') return true;
  // The kernel's own file: what Windows makes of it as a program is not documented.
  const file = name.slice(name.lastIndexOf('\\') + 1);
  const isKernel = file === 'ntoskrnl.exe' || (!exact && (mayBe(name, 'system') || mayBe(file, 'ntoskrnl.exe')));
  if (isKernel) return message('windows-rules.app-is-server', { app });
  return /[*"<>|]/.test(app) ? message('windows-rules.app-unclear', { app: shortened(app) }) : false;
}

/** Services that are the SMB server's, or NetBIOS'. No shipped rule for them names one. */
const smbServices: readonly string[] = ['lanmanserver', 'srv', 'srv2', 'srvnet', 'netbt'];

function serviceCondition(service: string | null, { listener }: Traffic, exact: boolean): Answer {
  if (service === null) return true;
  if (service === '*') return message('windows-rules.any-service');
  if (listener === 'unknown') return message('windows-rules.service-waits', { service: shortened(service) });
  const name = service.toLowerCase();
  const isSmb = smbServices.some((smb) => name === smb || (!exact && mayBe(name, smb)));
  return isSmb ? message('windows-rules.service-is-server', { service }) : false;
}

/** Store apps never wait on SMB's ports, and SMB is never part of a proximity, Wi-Fi Direct or UPnP tuple. */
function packageCondition({ packaged, tuples }: FirewallRule, { listener }: Traffic): Answer {
  if (!packaged && tuples.length === 0) return true;
  if (listener === 'kernel') return false;
  return packaged ? message('windows-rules.store-app') : message('windows-rules.tuples-only', { tuples });
}

function platformCondition({ platforms }: FirewallRule, traffic: Traffic): Answer {
  if (platforms.length === 0) return true;
  const windows = traffic.windows();
  if (windows === null) return message('windows-rules.versions-only');
  return platforms.some(({ major, minor, orLater }) => {
    const above = windows.major - major || windows.minor - minor;
    return above === 0 || (orLater && above > 0);
  });
}

const anyLocal: Readonly<Record<Family, Answer>> = { ipv4: true, ipv6: true };

function localCondition(addresses: Addresses, { own }: Traffic): Readonly<Record<Family, Answer>> {
  const of = (family: Family): Answer => {
    const list = addresses[family];
    if (list.length === 0) return false;
    const sets = list.flatMap((address) => (address.kind === 'set' ? [address.set] : []));
    const mine = own?.filter((address) => address.includes(':') === (family === 'ipv6')) ?? null;
    if (mine !== null && sets.length === list.length) {
      const set = unionAll(family, sets);
      if (mine.every((address) => holds(set, address))) return true;
      if (!mine.some((address) => holds(set, address))) return false;
    }
    return message('windows-rules.some-addresses');
  };
  return { ipv4: of('ipv4'), ipv6: of('ipv6') };
}

/** The condition is on both families at once: entries of one alone keep the other out [MS-FASP 2.2.22, 2.2.37]. */
function remoteSources(addresses: Addresses, { localSubnets }: Traffic): Match {
  if (hasNone(addresses)) return everySource;
  const { ipv4, ipv6 } = addresses;
  const [first] = ipv4.length > 0 ? ipv4 : ipv6;
  // Lists of thousands of bad addresses are made of such rules.
  if (ipv4.length + ipv6.length === 1 && first?.kind === 'set') return matchOf(first.set);
  const doubts: Message[] = [];
  const open = new Set<Family>();
  const sure = eachFamily((family) => {
    const sets: AddressSet[] = [];
    for (const address of addresses[family]) {
      if (address.kind === 'set') sets.push(address.set);
      else {
        const own = address.kind === 'local-subnet' ? localSubnets[family] : null;
        if (own !== null) sets.push(own);
        else {
          open.add(family);
          doubts.push(addressDoubt(address));
        }
      }
    }
    const [only] = sets;
    if (only === undefined) return noSources[family];
    return sets.length === 1 ? only : unionAll(family, sets);
  });
  if (open.size === 0) return { possible: sure, sure, doubts };
  const possible = eachFamily((family) => (open.has(family) ? everything(family) : sure[family]));
  return { possible, sure, doubts: different(doubts) };
}

/** Of a rule whose one condition on its sources is this set. */
export function matchOf(set: AddressSet): Match {
  const only = set.family === 'ipv4' ? { ipv4: set, ipv6: noSources.ipv6 } : { ipv4: noSources.ipv4, ipv6: set };
  return { possible: only, sure: only, doubts: noDoubts };
}

function addressDoubt(address: Exclude<Address, { kind: 'set' }>): Message {
  switch (address.kind) {
    case 'local-subnet':
      return message('windows-rules.local-subnet');
    case 'keyword':
      return message('windows-rules.address-word', { word: address.word });
    case 'not-understood':
      return message('windows-rules.addresses-unread');
  }
}

/** Each once. */
export function different(messages: readonly Message[]): readonly Message[] {
  if (messages.length < 2) return messages;
  return [...new Map(messages.map((one) => [messageKey(one), one])).values()];
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);
