// What netsh is told to add, change and take away each rule of a shield, and how that is shown to people. Pure.
import type { Change } from '../../model/plan';
import type { Shield } from '../../model/shield';
import { toRanges } from '../../policy/address-sets';
import { isOurName, type ShieldRule, shieldRules } from '../../policy/windows/shield-rules';

/** The rules of a shield as an administrator would type them; none where rules are no part of it. */
export const describeRules = (shield: Shield): readonly Change[] =>
  (shield.rules ? shieldRules(shield) : []).map((rule) => ({
    what: `Block ${rule.protocol.toUpperCase()} ${rule.ports.join(' and ')} ${rule.direction === 'in' ? 'coming in' : 'going out beyond the local networks'}, with a rule of ours`,
    command: ['netsh', ...addArguments(rule)].join(' '),
    input: null,
  }));

/** What takes away each of these rules, by its name. */
export const describeDeletions = (names: readonly string[]): readonly Change[] =>
  names.map((name) => ({
    what: `Take the rule ${name} away`,
    command: ['netsh', ...deleteArguments(name)].join(' '),
    input: null,
  }));

/** As netsh takes them (netsh-advfirewall in Microsoft's documentation): one argument each, none with a space. */
export function addArguments(rule: ShieldRule): readonly string[] {
  const { name, direction, protocol, ports } = rule;
  return [
    ...['advfirewall', 'firewall', 'add', 'rule', `name=${checked(name)}`, `dir=${direction}`, 'action=block'],
    ...['enable=yes', 'profile=any', `protocol=${protocol}`],
    `${direction === 'in' ? 'localport' : 'remoteport'}=${ports.join(',')}`,
    `remoteip=${remoteText(rule)}`,
    'description=Temporary.Put-up-by-Breakwater.To-take-it-away:breakwater-lift',
  ];
}

/** Changes from or to whom it blocks, in one step: at no moment is there no rule. */
export function changeArguments(rule: ShieldRule): readonly string[] {
  const which = [`name=${checked(rule.name)}`, `dir=${rule.direction}`];
  return ['advfirewall', 'firewall', 'set', 'rule', ...which, 'new', `remoteip=${remoteText(rule)}`];
}

/** Takes away every rule of that name. Throws for a name that is not wholly ours: "all" would empty the policy. */
export function deleteArguments(name: string): readonly string[] {
  return ['advfirewall', 'firewall', 'delete', 'rule', `name=${checked(name)}`];
}

function checked(name: string): string {
  if (!isOurName(name))
    throw new Error(`${JSON.stringify(name.slice(0, 80))} is not a name of ours; nothing was changed.`);
  return name;
}

function remoteText({ remote }: ShieldRule): string {
  if (remote === null) return 'any';
  const ranges = [...toRanges(remote.ipv4), ...toRanges(remote.ipv6)];
  return ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',');
}
