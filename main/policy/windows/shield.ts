// Our rules among a Windows PC's: which there are, whether they are as a shield needs them, and whether they have any effect. Pure.
import { type Message, message } from '../../model/message';
import type { Profile, WindowsReviewHost } from '../../model/review';
import type { Judgement, Shield, ShieldFound } from '../../model/shield';
import { type AddressSet, difference, isEmpty, unionAll } from '../address-sets';
import { leaseEnd } from '../shield-scope';
import { profiles, rulesKey } from './places';
import { folded, keyAt, type Registry } from './registry';
import { type Addresses, type FirewallRule, parseRule } from './rule';
import type { Port } from './rule-values';
import { idInName, type ShieldRule, shieldRules } from './shield-rules';
import { disabledService, switchesOf } from './switches';
import { workaroundState } from './workarounds';

export interface ShieldPlace {
  readonly registry: Registry;
  readonly beside: Pick<WindowsReviewHost, 'firewallService' | 'otherFirewalls' | 'server'>;
  /** The profiles that are in use now; null = not known, and then every one counts. */
  readonly inUse: ReadonlySet<Profile> | null;
}

/** One of ours as it stands in the registry. */
interface OwnRule {
  /** The value's name, which is the rule's id. */
  readonly id: string;
  readonly name: string;
  readonly rule: FirewallRule;
  /** Why it could not be read to its end; null = it could. */
  readonly problem: Message | null;
}

/** Windows counts nothing for a rule, so there is nothing counted. */
export function findShield(place: ShieldPlace, now: Date): ShieldFound {
  const own = ownRules(place.registry);
  const [first] = own;
  return {
    state: first === undefined ? 'absent' : 'ours',
    id: first === undefined ? null : idInName(first.name),
    counted: null,
    judge: (shield) => judge(place, own, shield, now),
  };
}

/** Names of our rules, of whichever shield; each once. */
export function ownRuleNames(registry: Registry): readonly string[] {
  return [...new Set(ownRules(registry).map(({ name }) => name))];
}

/** What has to be done with a rule that a shield needs: keep = it is there as needed, once; change = only whom it blocks differs. */
export function ruleState(registry: Registry, wanted: ShieldRule): 'absent' | 'keep' | 'change' | 'replace' {
  const found = ownRules(registry).filter(({ name }) => name === wanted.name);
  const [rule] = found;
  if (rule === undefined) return 'absent';
  if (found.length > 1 || flaws(rule, wanted).length > 0) return 'replace';
  return blocksWhom(rule.rule.remoteAddresses, wanted.remote) ? 'keep' : 'change';
}

/** Why rules of ours would have no effect here, in profiles that are in use; a sentence each. Empty = they have. */
export function withoutEffect({ registry, beside, inUse }: ShieldPlace): readonly Message[] {
  const all: Message[] = [];
  const disabled = disabledService(registry);
  if (disabled !== null) all.push(message('proof.windows.service-disabled', { name: disabled.name }));
  else if (beside.firewallService === 'stopped') all.push(message('proof.windows.service-stopped'));
  for (const title of beside.otherFirewalls ?? []) all.push(message('proof.windows.other-firewall', { title }));
  const counted = profiles.filter((profile) => inUse === null || inUse.has(profile));
  return [...all, ...counted.flatMap((profile) => profileProblem(registry, profile))];
}

/** What holds in profiles that are not in use now; a sentence each. */
export function withoutEffectLater({ registry, inUse }: ShieldPlace): readonly Message[] {
  return profiles
    .filter((profile) => inUse !== null && !inUse.has(profile))
    .flatMap((profile) => profileProblem(registry, profile));
}

/** Rules that let callers who prove who they are past every block, ours too ([MS-FASP] 2.2.34); a sentence each. */
export function bypasses(registry: Registry): readonly Message[] {
  return (['group-policy', 'mdm', 'local'] as const).flatMap((store) =>
    [...(keyAt(registry, rulesKey(store))?.values.values() ?? [])].flatMap((value) => {
      if (value.kind !== 'text' || !/\|Action=ByPass\|/i.test(value.text)) return [];
      const { rule } = parseRule(value.text, value.exact);
      const isOff = rule?.active === false || rule?.direction === 'out' || rule?.protocol === 17;
      return isOff ? [] : [message('proof.windows.bypass', { name: rule?.name ?? value.name })];
    }),
  );
}

function profileProblem(registry: Registry, profile: Profile): readonly Message[] {
  const { enabled, merge, disabledInterfaces } = switchesOf(registry, profile);
  if (!enabled.value)
    return [
      message(enabled.from?.store === 'group-policy' ? 'proof.windows.off-by-policy' : 'proof.windows.off', {
        profile,
      }),
    ];
  if (merge.value !== 'yes')
    return [
      merge.doubt === null
        ? message('proof.windows.no-local-rules', { profile })
        : message('proof.windows.not-counted', { profile, why: merge.doubt }),
    ];
  return disabledInterfaces.value.length === 0 ? [] : [message('proof.windows.off-interfaces', { profile })];
}

function ownRules(registry: Registry): readonly OwnRule[] {
  const before = kept.get(registry);
  if (before !== undefined) return before;
  const own: OwnRule[] = [];
  for (const value of keyAt(registry, rulesKey('local'))?.values.values() ?? []) {
    // Thousands are there, and ours tell themselves apart at sight.
    if (value.kind !== 'text' || !/\|Name=Breakwater-/i.test(value.text)) continue;
    const parsed = parseRule(value.text, value.exact);
    const name = parsed.rule?.name ?? '';
    if (parsed.rule === null || idInName(name) === null) continue;
    own.push({ id: value.name, name, rule: parsed.rule, problem: parsed.kind === 'error' ? parsed.why : null });
  }
  kept.set(registry, own);
  return own;
}

const kept = new WeakMap<Registry, readonly OwnRule[]>();

function judge(place: ShieldPlace, own: readonly OwnRule[], shield: Shield, now: Date): Judgement {
  const wanted = shield.rules ? shieldRules(shield) : [];
  const lines: Message[] = [];
  const wrong: Message[] = [];
  for (const rule of wanted) {
    const why = problemOf(place.registry, own, rule);
    if (why === null) lines.push(message('proof.closed', { what: shown(rule), from: exceptions(shield, rule) }));
    else wrong.push(message('proof.wrong', { what: shown(rule), why }));
  }
  const strays = own.filter(({ name }) => !wanted.some((rule) => rule.name === name)).map(({ name }) => name);
  if (strays.length > 0) wrong.push(message('proof.windows.strays', { names: strays }));
  for (const workaround of shield.workarounds) {
    const { isInForce, line } = workaroundState(workaround, place.beside.server ?? null);
    (isInForce ? lines : wrong).push(line);
  }
  if (shield.rules) wrong.push(...withoutEffect(place));
  if (wrong.length > 0) return { state: 'not-closed', lines: wrong };
  if (shield.rules) lines.push(message('proof.windows.on'));
  else lines.push(message('proof.windows.no-rules'));
  const end = leaseEnd(shield);
  if (end !== null && now.getTime() >= Date.parse(end))
    return {
      state: 'expired',
      lines: [message('proof.windows-expired', { until: end })],
    };
  return { state: 'closed', lines };
}

/** Why no rule of ours does what this one should; null = one does, and no other of the same name is there. */
function problemOf(registry: Registry, own: readonly OwnRule[], wanted: ShieldRule): Message | null {
  const found = own.filter(({ name }) => name === wanted.name);
  const [rule] = found;
  if (rule === undefined) return message('proof.windows.no-rule', { name: wanted.name });
  if (found.length > 1) return message('proof.windows.several', { count: found.length, name: wanted.name });
  const [flaw] = flaws(rule, wanted);
  if (flaw !== undefined) return message('proof.windows.flaw', { name: wanted.name, flaw });
  if (!blocksWhom(rule.rule.remoteAddresses, wanted.remote))
    return message('proof.windows.other-addresses', { name: wanted.name });
  // The same id in group policy replaces the local rule (New-NetFirewallRule -Name).
  const store = [rulesKey('group-policy'), rulesKey('mdm')].find((key) =>
    keyAt(registry, key)?.values.has(folded(rule.id)),
  );
  return store === undefined ? null : message('proof.windows.replaced', { id: rule.id, store });
}

/** In which ways a rule is not as it should be, but for whom it blocks. */
function flaws({ rule, problem }: OwnRule, wanted: ShieldRule): readonly Message[] {
  const [own, other] =
    wanted.direction === 'in' ? [rule.localPorts, rule.remotePorts] : [rule.remotePorts, rule.localPorts];
  const isNarrowed =
    rule.app !== null ||
    rule.service !== null ||
    rule.packaged ||
    rule.authenticated ||
    [rule.tuples, rule.interfaces, rule.interfaceTypes, rule.platforms, rule.otherConditions, rule.odd, other].some(
      (list) => list.length > 0,
    ) ||
    rule.localAddresses.ipv4.length + rule.localAddresses.ipv6.length > 0;
  const checks = [
    [rule.action !== 'block', 'no-block'],
    [rule.active !== true, 'off'],
    [rule.direction !== wanted.direction, 'direction'],
    [rule.protocol !== (wanted.protocol === 'tcp' ? 6 : 17), 'protocol'],
    [!hasPorts(own, wanted.ports), 'ports'],
    [rule.profiles.size > 0 && rule.profiles.size < 3, 'profiles'],
    [isNarrowed, 'narrowed'],
  ] as const;
  return [
    ...(problem === null ? [] : [message('proof.windows.flaw.unread', { why: problem })]),
    ...checks.flatMap(([isSo, flaw]) => (isSo ? [message(`proof.windows.flaw.${flaw}`)] : [])),
  ];
}

function hasPorts(ports: readonly Port[], wanted: readonly number[]): boolean {
  const all = new Set<number>();
  for (const port of ports) {
    if (port.kind !== 'range' || port.last - port.first > 100) return false;
    for (let one = port.first; one <= port.last; one++) all.add(one);
  }
  return all.size === wanted.length && wanted.every((port) => all.has(port));
}

function blocksWhom(found: Addresses, wanted: ShieldRule['remote']): boolean {
  if (wanted === null) return found.ipv4.length + found.ipv6.length === 0;
  return (['ipv4', 'ipv6'] as const).every((family) => {
    const sets = found[family].map((entry) => (entry.kind === 'set' ? entry.set : null));
    const known = sets.filter((set) => set !== null);
    return known.length === sets.length && isSame(unionAll(family, known), wanted[family]);
  });
}

const isSame = (a: AddressSet, b: AddressSet): boolean => isEmpty(difference(a, b)) && isEmpty(difference(b, a));

const shown = ({ protocol, ports, direction }: ShieldRule): Message =>
  message(`proof.ports-${direction}`, { protocol: protocol.toUpperCase(), ports });

function exceptions({ allow }: Shield, { direction }: ShieldRule): Message {
  if (direction === 'out') return message('proof.to.there');
  const allowed = [...allow.ipv4, ...allow.ipv6];
  return allowed.length === 0 ? message('proof.from.everywhere') : message('proof.from.but', { allowed });
}
