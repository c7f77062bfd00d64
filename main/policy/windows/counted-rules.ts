// The rules of all stores that are about the traffic in question, and in which profiles each counts after the stores are merged. Pure.
import { type Message, message, messageKey } from '../../model/message';
import type { Profile } from '../../model/review';
import { intersection, union } from '../address-sets';
import { allSources, different, type Match, matchOf, matchRule, noSources, type Sources, type Traffic } from './match';
import { oldAllows } from './old-templates';
import type { Version } from './pc-version';
import { profiles, rulesKey, type Store } from './places';
import { keyAt, mayBe, type Registry, type RegistryValue } from './registry';
import { type FirewallRule, parseRule } from './rule';
import { glanceAt } from './rule-glance';
import { isPlainName, plainAddress, type RuleShape, shapeOf } from './rule-shape';
import { printRule, type RuleString } from './rule-string';
import type { Switches } from './switches';

/** A rule that has to do with the answer. */
export interface CountedRule {
  /** The same object for all that one rule of a store comes as: it may be sure in some profiles only. */
  readonly stored: object;
  readonly store: Store;
  /** The value's name, or of an old switch its key's. */
  readonly id: string;
  readonly key: string;
  /** As it stands in the registry. */
  readonly text: string;
  /** What of the rule is asked for later; null where its text could not be read at all. */
  readonly about: RuleAbout | null;
  readonly effect: 'allow' | 'block' | 'bypass';
  readonly profiles: ReadonlySet<Profile>;
  readonly match: Match;
}

type RuleAbout = Pick<FirewallRule, 'interfaces' | 'interfaceTypes' | 'name' | 'group' | 'remoteAddresses'>;

/** A text that is no rule, and was left out of the judgement. */
interface LeftOut {
  readonly id: string;
  readonly key: string;
  readonly why: Message;
}

export interface Collected {
  readonly rules: readonly CountedRule[];
  readonly leftOut: readonly LeftOut[];
}

export interface Asked {
  readonly traffic: Traffic;
  readonly switches: Readonly<Record<Profile, Switches>>;
  /** The newest version of rules that the PC understands; null = not known. */
  readonly policy: Version | null;
  /** Whether somebody may get in by something else than these rules. */
  readonly mayBeOpen: boolean;
}

type Values = Readonly<Record<Store, ReadonlyMap<string, RegistryValue>>>;

/**
 * Group policy's rules always, MDM's, and local ones where local rules are merged. A local rule with the id of a group policy's rule
 * is replaced by it [PSDOC New-NetFirewallRule -Name]. Rules that block some addresses are left out where nobody gets in anyway.
 */
export function collectRules(registry: Registry, asked: Asked): Collected {
  const values: Values = {
    'group-policy': valuesOf(registry, 'group-policy'),
    mdm: valuesOf(registry, 'mdm'),
    local: valuesOf(registry, 'local'),
  };
  const central = [...values['group-policy'].values(), ...values.mdm.values()];
  const lossy = central.filter(hasLostName);
  const rules: CountedRule[] = oldRules(registry, asked.traffic);
  const leftOut: LeftOut[] = [];
  const count = (store: Store, id: string, value: RegistryValue, shaped: Shaped | null): void => {
    const key = rulesKey(store);
    const read = shaped === null ? readRule(value, asked) : readShaped(value, asked, shaped);
    if (read === null) return;
    if ('why' in read) leftOut.push({ id: value.name, key, why: read.why });
    else {
      const rivals = hasLostName(value) ? central : lossy;
      const doubts = store === 'group-policy' ? [] : sameElsewhere(store, id, value.name, values, rivals);
      place(read, { store, id: value.name, key }, asked.switches, doubts, rules);
    }
  };
  const later: {
    readonly store: Store;
    readonly id: string;
    readonly value: RegistryValue;
    readonly shaped: Shaped | null;
  }[] = [];
  const shapes: Shapes = { exact: new Map(), lossy: new Map() };
  for (const store of stores)
    for (const [id, value] of values[store]) {
      const rival = store === 'local' ? values['group-policy'].get(id) : undefined;
      // Two names that lost characters may be alike without being the same.
      if (rival !== undefined && isSound(rival) && !hasLostName(value) && !hasLostName(rival)) continue;
      // Where the end may be missing, so may what says that it matters.
      const isWhole = value.kind === 'text' && !value.cut;
      const shaped = isWhole ? shapedAs(value, asked.traffic, shapes) : null;
      const glance = shaped?.alike.glance ?? (isWhole ? glanceAt(value.text, asked.traffic) : 'any');
      if (glance === 'any') count(store, id, value, shaped);
      else if (glance === 'keeps-some-out') later.push({ store, id, value, shaped });
    }
  if (asked.mayBeOpen || rules.some(({ effect }) => effect !== 'block'))
    for (const { store, id, value, shaped } of later) count(store, id, value, shaped);
  return { rules, leftOut };
}

const stores: readonly Store[] = ['group-policy', 'mdm', 'local'];
const valuesOf = (registry: Registry, store: Store): ReadonlyMap<string, RegistryValue> =>
  keyAt(registry, rulesKey(store))?.values ?? new Map();

function oldRules(registry: Registry, traffic: Traffic): CountedRule[] {
  const allows = oldAllows(registry);
  return allows.flatMap(({ profile, key, id, text, rule }): readonly CountedRule[] => {
    // One of the old standard profile counts in two of today's.
    const stored = allows.find((other) => other.key === key && other.id === id) as object;
    const parsed = parseRule(rule).rule;
    const match = parsed && matchRule(parsed, traffic, true);
    if (!match) return [];
    const doubts = [...match.doubts, message('windows-rules.xp')];
    return [
      {
        ...{ stored, store: 'group-policy', id, key, text, effect: 'allow', about: aboutOf(parsed) },
        ...{ profiles: new Set([profile]), match: { ...match, sure: noSources, doubts } },
      },
    ];
  });
}

/** Why a rule of this id may not be the one that counts. */
function sameElsewhere(
  store: 'mdm' | 'local',
  id: string,
  name: string,
  values: Values,
  rivals: readonly RegistryValue[],
): readonly Message[] {
  if (values['group-policy'].has(id) || values[store === 'mdm' ? 'local' : 'mdm'].has(id))
    return [message('windows-rules.same-id')];
  return rivals.some((other) => other.name !== name && (mayBe(name, other.name) || mayBe(other.name, name)))
    ? [message('windows-rules.lost-id')]
    : [];
}

/** What rules of one shape have alike. */
interface Alike {
  readonly glance: ReturnType<typeof glanceAt>;
  /** What one of them was read as, null included; each = every one must be read by itself. */
  read: ReadRule | null | 'unread' | 'each';
}

interface Shaped extends Pick<RuleShape, 'address' | 'name'> {
  readonly alike: Alike;
}

/** By shape: of values in which a "?" is one, and of others. */
type Shapes = Readonly<Record<'exact' | 'lossy', Map<string, Alike>>>;
type TextValue = Extract<RegistryValue, { kind: 'text' }>;

/** null where the rule has no shape that others may have, too. */
function shapedAs({ name, type, text, exact }: TextValue, traffic: Traffic, shapes: Shapes): Shaped | null {
  const shape = name === '' || type !== 'REG_SZ' ? null : shapeOf(text);
  if (shape === null) return null;
  const known = shapes[exact ? 'exact' : 'lossy'];
  let alike = known.get(shape.shape);
  if (alike === undefined) {
    alike = { glance: glanceAt(text, traffic), read: 'unread' };
    known.set(shape.shape, alike);
  }
  return { address: shape.address, name: shape.name, alike };
}

/** As `readRule`; without reading all fields again where one of the same shape had no doubts, and the two values of this one leave none. */
function readShaped(value: RegistryValue, asked: Asked, { alike, address, name }: Shaped): ReturnType<typeof readRule> {
  const remote = alike.read === 'each' || !isPlainName(name) ? null : plainAddress(address);
  if (alike.read === 'each' || remote === null || value.kind !== 'text') return readRule(value, asked);
  if (alike.read === null) return null;
  if (alike.read === 'unread') {
    const read = readRule(value, asked);
    alike.read = read === null || ('match' in read && isByOneAddress(read)) ? read : 'each';
    return read;
  }
  const { rule, about, effect } = alike.read;
  const remoteAddresses = { ipv4: [remote], ipv6: [] };
  return {
    text: value.text,
    rule,
    about: about && { ...about, name, remoteAddresses },
    effect,
    match: matchOf(remote.set),
  };
}

/** Whether nothing but the one address says whom it is about. */
function isByOneAddress({ about, match }: ReadRule): boolean {
  const [only, ...more] = about === null ? [] : [...about.remoteAddresses.ipv4, ...about.remoteAddresses.ipv6];
  const isOnly = only?.kind === 'set' && more.length === 0 && match.sure.ipv4 === only.set;
  return isOnly && match.possible === match.sure && match.doubts.length === 0;
}

const hasLostName = ({ name, exact }: RegistryValue): boolean =>
  !exact && (name.includes('?') || name.includes('\ufffd'));

/** Whether Windows takes it for a rule on every version: one that it passes by replaces nothing. */
function isSound(value: RegistryValue): boolean {
  const parsed = value.kind === 'text' && !value.cut ? parseRule(value.text, value.exact) : null;
  return parsed?.kind === 'rule' && parsed.rule.written.major === 2 && parsed.rule.platforms.length === 0;
}

/** `rule` null where the text could not be read at all. */
interface ReadRule {
  readonly text: string;
  /** Of rules of one shape, one's. */
  readonly rule: FirewallRule | null;
  readonly about: RuleAbout | null;
  readonly effect: CountedRule['effect'];
  readonly match: Match;
}

/** null where it has no part in the answer. */
function readRule(value: RegistryValue, { traffic, policy }: Asked): ReadRule | { readonly why: Message } | null {
  if (value.kind !== 'text') return { why: message('windows-rules.no-text', { type: value.type }) };
  const { text } = value;
  const parsed = parseRule(text, value.exact);
  if (parsed.rule === null) return readNoRule(value, parsed.why);
  const { rule } = parsed;
  const wrong = parsed.kind === 'error' ? parsed.why : null;
  const isTorn = value.cut || wrong !== null;
  const isOff = rule.active === false && !(isTorn && !hasField(rule.written, 'active'));
  if (isOff || rule.direction === 'out') return null;
  if (policy !== null && rule.written.major > policy.major) return null;
  const match = versionedMatch(rule, traffic, policy, value.exact);
  if (match === null) return null;
  const effect = rule.action ?? 'allow';
  const isText = value.type === 'REG_SZ';
  const isSound =
    wrong === null && !value.cut && isText && rule.written.major === 2 && !(effect === 'block' && rule.authenticated);
  const about = aboutOf(rule);
  if (isSound) return { text, rule, about, effect, match };
  const doubts = [
    ...(wrong === null ? [] : [message('windows-rules.malformed', { why: wrong })]),
    ...(value.cut ? [message('windows-rules.text-ends')] : []),
    ...(isText ? [] : [message('windows-rules.not-sz', { type: value.type })]),
    ...(rule.written.major === 2 ? [] : [message('windows-rules.version-unknown', { version: rule.written.version })]),
    ...(effect === 'block' && rule.authenticated ? [message('windows-rules.block-ipsec')] : []),
    ...match.doubts,
  ];
  return { text, rule, about, effect, match: { ...match, sure: noSources, doubts } };
}

/** A text that is no rule at all lets in nobody, unless it looks like one that was damaged. */
function readNoRule({ name, text }: TextValue, why: Message): ReadRule | { readonly why: Message } | null {
  if (/action=(?:allow|bypass)/i.test(text))
    return {
      ...{ text, rule: null, about: null, effect: 'allow' },
      match: { possible: allSources, sure: noSources, doubts: [why] },
    };
  return name === '' ? null : { why: message('windows-rules.as-no-rule', { why }) };
}

const hasField = ({ fields }: RuleString, name: string): boolean =>
  fields.some(({ token }) => token.toLowerCase() === name);

/**
 * Of a rule of a later version than the PC understands, fields that it does not know are passed by [MS-FASP 2.2.24], so what they narrow
 * may be wider there.
 */
function versionedMatch(rule: FirewallRule, traffic: Traffic, policy: Version | null, exact: boolean): Match | null {
  const match = matchRule(rule, traffic, exact);
  const { written } = rule;
  if (policy === null || written.major !== policy.major || written.minor <= policy.minor) return match;
  const known = written.fields.filter(({ token }) => sinceMinor(token) <= policy.minor);
  if (known.length === written.fields.length) return match;
  const stripped = parseRule(printRule({ ...written, fields: known }), exact).rule;
  const wider = stripped && matchRule(stripped, traffic, exact);
  if (!wider) return match && { ...match, sure: noSources, doubts: [...match.doubts, passedBy] };
  const join = (a: Sources, b: Sources, by: typeof union): Sources => ({
    ipv4: by(a.ipv4, b.ipv4),
    ipv6: by(a.ipv6, b.ipv6),
  });
  return {
    possible: join(match?.possible ?? noSources, wider.possible, union),
    sure: join(match?.sure ?? noSources, wider.sure, intersection),
    doubts: different([...(match?.doubts ?? []), ...wider.doubts, passedBy]),
  };
}

const passedBy = message('windows-rules.later-version');

/** The minor version a field came with [MS-GPFAS appendix A note 1; PFN is in data of 2.31 and later only]. */
function sinceMinor(token: string): number {
  const [, minor] = /2_(\d{1,3})$/.exec(token) ?? [];
  if (minor !== undefined) return Number(minor);
  return { APPPKGID: 20, TTK: 20, RA42: 20, RA62: 20, LUOWN: 20, PFN: 31 }[token.toUpperCase()] ?? 0;
}

type Place = Pick<CountedRule, 'store' | 'id' | 'key'>;

/** A rule's fields are many, and a PC's rules thousands. */
function aboutOf({ interfaces, interfaceTypes, name, group, remoteAddresses }: FirewallRule): RuleAbout {
  return { interfaces, interfaceTypes, name, group, remoteAddresses };
}

/** Adds the rule in the profiles where it counts; once more for those where it may not. */
function place(
  stored: ReadRule,
  { store, id, key }: Place,
  switches: Readonly<Record<Profile, Switches>>,
  doubts: readonly Message[],
  rules: CountedRule[],
): void {
  const { text, rule, about, effect, match } = stored;
  const add = (at: ReadonlySet<Profile>, sureMatch: Match): void =>
    void rules.push({ stored, store, id, key, text, effect, profiles: at, match: sureMatch, about });
  const own = rule?.profiles ?? everyProfile;
  const isPlain = rule !== null && doubts.length === 0 && !rule.crossesProfiles;
  if (isPlain && (store !== 'local' || profiles.every((profile) => takesAll(switches[profile])))) {
    add(own.size === 0 ? everyProfile : own, match);
    return;
  }
  let sure: Profile[] | null = null;
  const unsure = new Map<string, { readonly whys: readonly Message[]; readonly at: Set<Profile> }>();
  for (const profile of profiles) {
    const why = own.size === 0 || own.has(profile) ? [] : crossing(stored);
    const { merge } = switches[profile];
    if (why === null || (store === 'local' && (merge.value === 'no' || isDropped(rule, switches[profile])))) continue;
    if (store === 'local' && merge.value === 'unknown')
      why.push(message('windows-rules.merge-unknown', { why: merge.doubt ?? message('windows-rules.a-switch') }));
    const whys = [...doubts, ...why];
    if (whys.length === 0) sure = [...(sure ?? []), profile];
    else {
      const key = whys.map(messageKey).join();
      const known = unsure.get(key);
      if (known) known.at.add(profile);
      else unsure.set(key, { whys, at: new Set([profile]) });
    }
  }
  if (sure !== null) add(sure.length === 3 ? everyProfile : new Set(sure), match);
  for (const { whys, at } of unsure.values()) {
    const why = message('windows-rules.all', { whys });
    add(at, { ...match, sure: noSources, doubts: [...match.doubts, why] });
  }
}

/** Why a rule may count in a profile that is none of its own; null where it does not. */
function crossing({ rule, effect }: ReadRule): Message[] | null {
  return rule?.crossesProfiles === true && effect !== 'block' ? [message('windows-rules.crosses')] : null;
}

const everyProfile: ReadonlySet<Profile> = new Set(profiles);

const takesAll = ({ merge, dropsPrograms, dropsPorts }: Switches): boolean =>
  merge.value === 'yes' && !dropsPrograms && !dropsPorts;

/** Local rules that AllowUserPrefMerge=0 leaves out: for a program on any port, or for one port and any program (windows.md 3.5). */
function isDropped(rule: FirewallRule | null, { dropsPrograms, dropsPorts }: Switches): boolean {
  if (rule === null || (rule.protocol !== 6 && rule.protocol !== 17)) return false;
  const { app, service, localPorts } = rule;
  const [port] = localPorts;
  const isOnePort = localPorts.length === 1 && port?.kind === 'range' && port.first === port.last;
  return (
    (dropsPrograms && app !== null && service === null && localPorts.length === 0) ||
    (dropsPorts && app === null && service === null && isOnePort)
  );
}
