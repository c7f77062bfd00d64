// The review of a Windows PC: from which addresses, in which profile, and because of which rule or switch a new connection gets in. Pure.
import type { Family } from '../../model/address';
import type { Profile, Reach, Review, WindowsPolicy, WindowsReviewHost } from '../../model/review';
import {
  type AddressSet,
  difference,
  everything,
  familyOf,
  networkAround,
  setOf,
  setOfText,
  toNetworks,
  union,
  unionAll,
} from '../address-sets';
import { verdictOf } from '../reach';
import { type Collected, type CountedRule, collectRules } from './counted-rules';
import {
  allSources,
  coversFamily,
  eachFamily,
  interfaceCondition,
  isNobody,
  listenerOf,
  noSources,
  overlap,
  type Sources,
  type Traffic,
} from './match';
import { places, profiles } from './places';
import {
  type Missing,
  missingFrom,
  otherFirewalls,
  policyVersion,
  readRegistry,
  rulesOf,
  windowsVersion,
} from './read-registry';
import { Reasons } from './reasons';
import type { Registry } from './registry';
import { disabledService, type Switches, switchesOf } from './switches';

export interface WindowsQuery {
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
  /** Only this profile; null or absent = each. */
  readonly profile?: Profile | null;
  /** The PC's own networks, for LocalSubnet; empty or absent = those of the host's interfaces, and without them unknown. */
  readonly subnets?: readonly string[];
}

/**
 * Any text in, an answer out: never a throw, never "closed" where it can't be told. Without a host each profile is an entry of its own; with
 * one, each interface whose profile is known is.
 */
export function reviewWindows(policy: WindowsPolicy, query: WindowsQuery): Review {
  const read = readRegistry(policy.registry, policy.host);
  if (read.kind === 'bad') return unknown(read.why);
  return reviewRegistry(read, policy.host, query);
}

function unknown(why: string): Review {
  return {
    source: 'windows-firewall',
    verdict: 'unknown',
    reach: profiles.map((profile) => entry({ name: '*', profile }, allSources)),
    because: [],
    unsure: [{ rule: 'all rules', why }],
  };
}

export function reviewRegistry(
  { registry, notes }: { readonly registry: Registry; readonly notes: readonly Missing[] },
  host: WindowsReviewHost | null,
  query: WindowsQuery,
): Review {
  const traffic = trafficOf(registry, host, query);
  const switches = Object.fromEntries(profiles.map((profile) => [profile, switchesOf(registry, profile)])) as Readonly<
    Record<Profile, Switches>
  >;
  const version = policyVersion(registry);
  const reasons = new Reasons(query, version === null || version.minor > 10);
  const inquiry: Inquiry = {
    ...{ registry, host, switches, reasons, decisions: [] },
    collected: collectRules(registry, switches, traffic, version),
    areRulesKnown: rulesOf(registry, 'group-policy') === 'known' && rulesOf(registry, 'mdm') === 'known',
    areLocalRulesKnown: rulesOf(registry, 'local') === 'known',
  };
  const views = viewsOf(switches, host, query.profile ?? null);
  const judged = views.map((view) => ({ view, ...judge(inquiry, view) }));
  for (const { rule, why } of [...notes, ...missingFrom(registry)]) reasons.doubt(rule, why);
  for (const { id, key, why } of inquiry.collected.leftOut) reasons.doubt(`${id} (in ${key})`, why);
  const known = judged.map(({ view, open }) => entry(view, open));
  const reach = judged.map(({ view, open, unknown: more }) => entry(view, more ?? open));
  const verdict = verdictOf(known);
  // What is open without that which is not known stays so with it.
  const isUnknown = verdict !== 'open' && judged.some((one) => one.unknown !== null);
  return {
    source: 'windows-firewall',
    verdict: isUnknown ? 'unknown' : verdict,
    reach,
    because: reasons.because(),
    unsure: reasons.unsure(),
  };
}

interface Inquiry {
  readonly registry: Registry;
  readonly host: WindowsReviewHost | null;
  readonly switches: Readonly<Record<Profile, Switches>>;
  readonly reasons: Reasons;
  readonly collected: Collected;
  readonly areRulesKnown: boolean;
  readonly areLocalRulesKnown: boolean;
  /** Those that were made already. */
  readonly decisions: Decision[];
}

/** An interface, or all that have none of their own ("*"), in one profile. */
interface View {
  readonly name: string;
  readonly profile: Profile;
  /** In braces and lower case; null = not known. */
  readonly guid: string | null;
  readonly kind: string | null;
}

function entry({ name, profile }: Pick<View, 'name' | 'profile'>, open: Sources): Reach {
  return { interface: name, profile, ipv4: toNetworks(open.ipv4), ipv6: toNetworks(open.ipv6) };
}

function viewsOf(
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

interface Judged {
  readonly open: Sources;
  /** Who may be let in, too, by rules that are not known; null = all are known. */
  readonly unknown: Sources | null;
}

const everybody: Judged = { open: allSources, unknown: null };

/** In the order of MS-FASP 2.2.34 and 2.2.38. */
function judge(inquiry: Inquiry, view: View): Judged {
  const { registry, host, reasons, switches } = inquiry;
  const { profile } = view;
  const { enabled, blockAll, defaultInbound, disabledInterfaces } = switches[profile];
  const others = otherFirewalls(registry, host);
  if (others.length > 0) {
    const why =
      'it is registered on this PC as a firewall of its own, and then Windows Firewall may not be what decides';
    for (const name of others) reasons.doubt(name, why);
    return { open: noSources, unknown: allSources };
  }
  const service = disabledService(registry);
  if (service !== null || host?.firewallService === 'stopped') {
    addDeadService(reasons, service);
    return everybody;
  }
  if (!enabled.value) {
    reasons.addSwitch('allow', profile, 'off', enabled.from);
    if (enabled.doubt !== null) reasons.doubt(switchText(enabled), `${enabled.doubt}: counted as off`);
    return everybody;
  }
  if (view.guid !== null && disabledInterfaces.value.includes(view.guid)) {
    reasons.addSwitch('allow', profile, 'disabledInterface', disabledInterfaces.from);
    return everybody;
  }
  if (blockAll.doubt !== null) reasons.doubt(switchText(blockAll), `${blockAll.doubt}: counted as off`);
  if (blockAll.value) return judgeBlockAll(inquiry, profile);
  if (defaultInbound.doubt !== null)
    reasons.doubt(switchText(defaultInbound), `${defaultInbound.doubt}: counted as allow`);
  return judgeRules(inquiry, view);
}

function addDeadService(reasons: Reasons, service: ReturnType<typeof disabledService>): void {
  const name = service?.name ?? 'mpssvc';
  reasons.add({
    effect: 'allow',
    rule: service === null ? `the service ${name} is stopped` : 'Start=4 (disabled)',
    where: service?.key ?? places.service(name),
    says: `without the service ${name}, Windows Firewall keeps nobody out`,
    advice: `sc config ${name} start= auto, and start the PC again`,
  });
  reasons.doubt(
    `the service ${name}`,
    'Microsoft does not support a PC on which it does not run: counted as keeping nobody out',
  );
}

function judgeBlockAll({ reasons, switches, collected }: Inquiry, profile: Profile): Judged {
  const { blockAll, defaultInbound } = switches[profile];
  if (defaultInbound.value === 'allow') {
    reasons.addSwitch('default', profile, 'defaultAllow', defaultInbound.from);
    const why = 'together with DefaultInboundAction=0 it is said to count for nothing, rules neither';
    reasons.doubt(switchText(blockAll), `${why}: counted as letting in everybody`);
    return everybody;
  }
  reasons.addSwitch('block', profile, 'blockAll', blockAll.from);
  for (const rule of collected.rules)
    if (rule.effect !== 'block' && rule.profiles.has(profile)) reasons.addRule(rule, profile, false);
  return { open: noSources, unknown: null };
}

const switchText = ({ from }: { readonly from: Switches['enabled']['from'] }): string =>
  from === null ? 'a switch' : `${from.text} (in ${from.key})`;

function judgeRules(inquiry: Inquiry, view: View): Judged {
  const { reasons, switches, areRulesKnown, areLocalRulesKnown } = inquiry;
  const { profile } = view;
  const { defaultInbound, merge } = switches[profile];
  const isAllowed = defaultInbound.value === 'allow';
  const { open, blocked, effective, shadowed, doubtful } = decisionOn(inquiry, view, isAllowed);
  for (const rule of effective) reasons.addRule(rule, profile, true);
  for (const rule of shadowed) reasons.addRule(rule, profile, false);
  for (const rule of doubtful) reasons.doubtRule(rule, profile);
  reasons.addSwitch('default', profile, isAllowed ? 'defaultAllow' : 'defaultBlock', defaultInbound.from);
  const areMissing = !areLocalRulesKnown && merge.value !== 'no';
  if (!areMissing && areRulesKnown) return { open, unknown: null };
  // Whom a rule keeps out, one that was not saved lets nobody in past.
  const unknown = eachFamily((family) => union(open[family], difference(everything(family), blocked[family])));
  if (isNobody(unknown)) return { open, unknown: null };
  const mayOpen = 'and any of them may let somebody in';
  if (areMissing) reasons.doubt(`local rules (${places.local}\\FirewallRules)`, `they are not in the text, ${mayOpen}`);
  if (!areRulesKnown)
    reasons.doubt('rules of group policy or MDM', `only the name of their key is in the text, ${mayOpen}`);
  return { open, unknown };
}

/** What the rules that count on an interface make of it. */
interface Decision {
  readonly rules: readonly CountedRule[];
  readonly isAllowed: boolean;
  readonly open: Sources;
  readonly blocked: Sources;
  readonly effective: readonly CountedRule[];
  readonly shadowed: readonly CountedRule[];
  /** Those whose doubts matter to the answer. */
  readonly doubtful: readonly CountedRule[];
}

function decisionOn({ collected, decisions }: Inquiry, view: View, isAllowed: boolean): Decision {
  const rules = collected.rules
    .filter((rule) => rule.profiles.has(view.profile))
    .flatMap((rule) => placeOn(rule, view));
  // Most rules are for every profile and every interface, so profiles often have the same.
  const same = (one: Decision): boolean => one.isAllowed === isAllowed && isSameList(one.rules, rules);
  const known = decisions.find(same);
  if (known) return known;
  const made = decide(rules, isAllowed);
  decisions.push(made);
  return made;
}

/** Bypass over block over allow over default [technet cc755191; MS-FASP 2.2.34]; all of a class act alike, so their order does not matter. */
function decide(rules: readonly CountedRule[], isAllowed: boolean): Decision {
  const of = (effect: CountedRule['effect'], which: 'possible' | 'sure'): Sources => {
    const chosen = rules.filter((rule) => rule.effect === effect);
    return eachFamily((family) =>
      unionAll(
        family,
        chosen.map(({ match }) => match[which][family]),
      ),
    );
  };
  const allowed = isAllowed ? allSources : of('allow', 'possible');
  const blocked = of('block', 'sure');
  const bypassing = of('bypass', 'possible');
  const open = eachFamily((family) => union(difference(allowed[family], blocked[family]), bypassing[family]));
  const effective: CountedRule[] = [];
  const shadowed: CountedRule[] = [];
  const doubtful: CountedRule[] = [];
  for (const rule of rules) {
    const { possible, sure, doubts } = rule.match;
    const isOpening = (rule.effect !== 'block' || doubts.length > 0) && overlap(possible, open);
    if (rule.effect !== 'block') (isOpening ? effective : shadowed).push(rule);
    else if (overlap(sure, allowed) || coversFamily(sure)) effective.push(rule);
    if (doubts.length > 0 && isOpening) doubtful.push(rule);
  }
  return { rules, isAllowed, open, blocked, effective, shadowed, doubtful };
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

/** Nothing where the rule is for other interfaces. */
function placeOn(rule: CountedRule, view: View): CountedRule | readonly CountedRule[] {
  if (rule.interfaces.length + rule.interfaceTypes.length === 0) return rule;
  const answer = interfaceCondition(rule, view);
  if (typeof answer === 'boolean') return answer ? rule : [];
  const { match } = rule;
  return { ...rule, match: { ...match, sure: noSources, doubts: [...match.doubts, answer] } };
}

function trafficOf(
  registry: Registry,
  host: WindowsReviewHost | null,
  { proto, port, subnets }: WindowsQuery,
): Traffic {
  const protocol = proto === 'tcp' ? 6 : 17;
  const own = Object.values(host?.interfaces ?? {}).flatMap((list) => list.filter(isFromElsewhere));
  const isKnown = own.length > 0;
  const networks = subnets && subnets.length > 0 ? subnets : own;
  return {
    ...{ protocol, port },
    listener: listenerOf(protocol, port),
    own: isKnown ? own.map((text) => text.split('/')[0] ?? '') : null,
    localSubnets: networks.length === 0 ? null : localSubnets(networks),
    windows: windowsVersion(registry, host),
  };
}

/** Every link has fe80::/64 [RFC 4291 2.5.6], so a PC's IPv6 networks are never none. */
function localSubnets(networks: readonly string[]): Sources {
  const of = (family: Family): AddressSet =>
    setOf(
      family,
      networks.flatMap((text) => {
        const [address = '', length] = text.split('/');
        if (familyOf(address) !== family) return [];
        return networkAround(address, length === undefined ? (family === 'ipv4' ? 32 : 128) : Number(length)) ?? [];
      }),
    );
  const link = setOfText('fe80::/64');
  return { ipv4: of('ipv4'), ipv6: link === null ? of('ipv6') : union(of('ipv6'), link) };
}

const isFromElsewhere = (address: string): boolean => !/^(?:127\.|::1(?:\/|$))/.test(address);
