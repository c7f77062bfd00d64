// The review of a Windows PC: from which addresses, in which profile, and because of which rule or switch a new connection gets in. Pure.

import type { Networks } from '../../model/address';
import { type Message, message, type Words } from '../../model/message';
import type { Profile, Reach, Review, WindowsPolicy, WindowsReviewHost } from '../../model/review';
import { difference, everything, toNetworks, union } from '../address-sets';
import { withMissing } from '../completeness';
import { verdictOf } from '../reach';
import { type Collected, collectRules } from './counted-rules';
import { type Decision, decisionOn } from './decision';
import { allSources, eachFamily, isNobody, noSources, type Sources } from './match';
import { missingFrom } from './missing';
import { mostOpen } from './most-open';
import { policyVersion } from './pc-version';
import { places, profiles, type Store } from './places';
import { type Moment, otherFirewalls, readRegistry, rulesOf } from './read-registry';
import { Reasons } from './reasons';
import type { Registry } from './registry';
import { disabledService, type Switches, switchesOf } from './switches';
import { trafficOf, type View, viewsOf, type WindowsQuery } from './views';

/**
 * Any text in, an answer out: never a throw, never "closed" where it can't be told. Without a host each profile is an entry of its own; with
 * one, each interface whose profile is known is.
 */
export function reviewWindows(policy: WindowsPolicy, query: WindowsQuery): Review {
  const read = readRegistry(policy.registry, policy.host);
  return read.kind === 'registry' ? reviewRegistry(read, policy, query) : unknownReview(read.why);
}

/** Of a policy that can't be judged. */
export function unknownReview(why: Words): Review {
  return {
    source: 'windows-firewall',
    verdict: 'unknown',
    reach: profiles.map((profile) => entry({ name: '*', profile }, allSources, new Map())),
    because: [],
    unsure: [{ rule: message('windows-rules.all-rules'), why }],
  };
}

/**
 * As `reviewWindows`, of a registry that was read. Reading and judging apart, since one reading is judged for several ports. Of several moments
 * the most open counts.
 */
export function reviewRegistry(
  { moments }: { readonly moments: readonly Moment[] },
  policy: Pick<WindowsPolicy, 'host' | 'complete'>,
  query: WindowsQuery,
): Review {
  return mostOpen(moments.map((moment) => ({ names: moment.names, review: reviewMoment(moment, policy, query) })));
}

function reviewMoment(
  { registry, missing }: Moment,
  { host, complete = false }: Pick<WindowsPolicy, 'host' | 'complete'>,
  query: WindowsQuery,
): Review {
  const traffic = trafficOf(registry, host, query);
  const switches = Object.fromEntries(profiles.map((profile) => [profile, switchesOf(registry, profile)])) as Readonly<
    Record<Profile, Switches>
  >;
  const policy = policyVersion(registry);
  const areKnown = (store: Store): boolean => complete || rulesOf(registry, store) === 'known';
  const areRulesKnown = areKnown('group-policy') && areKnown('mdm');
  const areLocalRulesKnown = areKnown('local');
  const isShutByItself = profiles.every((profile) => switches[profile].defaultInbound.value === 'block');
  const mayBeOpen = !isShutByItself || !areRulesKnown || !areLocalRulesKnown;
  const reasons = new Reasons(query, policy === null || policy.minor > 10);
  const inquiry: Inquiry = {
    ...{ registry, host, switches, reasons, decisions: [], areRulesKnown, areLocalRulesKnown },
    collected: collectRules(registry, { traffic, switches, policy, mayBeOpen }),
  };
  const views = viewsOf(switches, host, query.profile ?? null);
  const judged = views.map((view) => ({ view, ...judge(inquiry, view) }));
  for (const { id, key, why } of inquiry.collected.leftOut)
    reasons.doubt(message('windows-rules.in-key', { text: id, key }), why);
  const written: Written = new Map();
  const known = judged.map(({ view, open }) => entry(view, open, written));
  const reach = judged.map(({ view, open, unknown: more }) => entry(view, more ?? open, written));
  const verdict = verdictOf(known);
  // What is open without that which is not known stays so with it.
  const isUnknown = verdict !== 'open' && judged.some((one) => one.unknown !== null);
  const review: Review = {
    source: 'windows-firewall',
    verdict: isUnknown ? 'unknown' : verdict,
    reach,
    because: reasons.because(),
    unsure: reasons.unsure(),
  };
  const asked = [...new Set(views.map(({ profile }) => profile))];
  return withMissing(review, [...missing, ...missingFrom(registry, host, asked)], complete);
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

/** `written`: networks of sources that were written already; profiles often have the same. */
function entry({ name, profile }: Pick<View, 'name' | 'profile'>, open: Sources, written: Written): Reach {
  const networks = written.get(open) ?? { ipv4: toNetworks(open.ipv4), ipv6: toNetworks(open.ipv6) };
  written.set(open, networks);
  return { interface: name, profile, ...networks };
}

type Written = Map<Sources, Networks>;

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
    for (const name of others) reasons.doubt(name, message('windows-rules.other-firewall'));
    return { open: noSources, unknown: allSources };
  }
  const service = disabledService(registry);
  if (service !== null || host?.firewallService === 'stopped') {
    addDeadService(reasons, service);
    return everybody;
  }
  if (!enabled.value) {
    reasons.addSwitch('allow', profile, 'off', enabled.from);
    if (enabled.doubt !== null)
      reasons.doubt(switchText(enabled), message('windows-rules.as-off', { why: enabled.doubt }));
    return everybody;
  }
  if (view.guid !== null && disabledInterfaces.value.includes(view.guid)) {
    reasons.addSwitch('allow', profile, 'disabledInterface', disabledInterfaces.from);
    return everybody;
  }
  if (blockAll.doubt !== null)
    reasons.doubt(switchText(blockAll), message('windows-rules.as-off', { why: blockAll.doubt }));
  if (blockAll.value) return judgeBlockAll(inquiry, profile);
  if (defaultInbound.doubt !== null)
    reasons.doubt(switchText(defaultInbound), message('windows-rules.as-allow', { why: defaultInbound.doubt }));
  return judgeRules(inquiry, view);
}

function addDeadService(reasons: Reasons, service: ReturnType<typeof disabledService>): void {
  const name = service?.name ?? 'mpssvc';
  reasons.add({
    effect: 'allow',
    rule:
      service === null ? message('windows-rules.service-stopped', { name }) : message('windows-rules.service-disabled'),
    where: service?.key ?? places.service(name),
    says: message('windows-rules.no-service', { name }),
    advice: service === null ? `net start ${name}` : startAgain(name),
  });
  reasons.doubt(message('windows-rules.the-service', { name }), message('windows-rules.unsupported'));
}

/**
 * The service manager refuses a change of these services, also to administrators ("Access is denied"); their registry keys take it.
 * mpsdrv is a driver that is started on demand, the others start with Windows (`Start` as Windows ships them).
 */
const startAgain = (name: string): Message =>
  message('windows-rules.advice.start-again', {
    command: `reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\${name} /v Start /t REG_DWORD /d ${name === 'mpsdrv' ? 3 : 2} /f`,
  });

function judgeBlockAll({ reasons, switches, collected }: Inquiry, profile: Profile): Judged {
  const { blockAll, defaultInbound } = switches[profile];
  if (defaultInbound.value === 'allow') {
    reasons.addSwitch('default', profile, 'defaultAllow', defaultInbound.from);
    reasons.doubt(switchText(blockAll), message('windows-rules.as-everybody'));
    return everybody;
  }
  reasons.addSwitch('block', profile, 'blockAll', blockAll.from);
  for (const rule of collected.rules)
    if (rule.effect !== 'block' && rule.profiles.has(profile)) reasons.addRule(rule, profile, false);
  return { open: noSources, unknown: null };
}

const switchText = ({ from }: { readonly from: Switches['enabled']['from'] }): Message =>
  from === null
    ? message('windows-rules.a-switch')
    : message('windows-rules.in-key', { text: from.text, key: from.key });

function judgeRules(inquiry: Inquiry, view: View): Judged {
  const { reasons, switches, collected, decisions, areRulesKnown, areLocalRulesKnown } = inquiry;
  const { profile } = view;
  const { defaultInbound, merge } = switches[profile];
  const isAllowed = defaultInbound.value === 'allow';
  const { open, blocked, effective, shadowed, doubtful } = decisionOn(collected.rules, decisions, view, isAllowed);
  for (const rule of effective) reasons.addRule(rule, profile, true);
  for (const rule of shadowed) reasons.addRule(rule, profile, false);
  for (const rule of doubtful) reasons.doubtRule(rule, profile);
  reasons.addSwitch('default', profile, isAllowed ? 'defaultAllow' : 'defaultBlock', defaultInbound.from);
  const areMissing = !areLocalRulesKnown && merge.value !== 'no';
  if (!areMissing && areRulesKnown) return { open, unknown: null };
  // Whom a rule keeps out, one that was not saved lets nobody in past.
  const unknown = eachFamily((family) => union(open[family], difference(everything(family), blocked[family])));
  if (isNobody(unknown)) return { open, unknown: null };
  if (areMissing)
    reasons.doubt(
      message('windows-rules.local-rules', { key: `${places.local}\\FirewallRules` }),
      message('windows-rules.not-in-text'),
    );
  if (!areRulesKnown) reasons.doubt(message('windows-rules.central-rules'), message('windows-rules.only-name'));
  return { open, unknown };
}
