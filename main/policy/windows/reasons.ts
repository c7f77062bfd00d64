// What decided, in the words of Windows' own tools, and what would change it there: the reasons of a review, without repetition. Pure.
import { type Message, message, messageKey, type Words } from '../../model/message';
import type { Because, Profile, Review } from '../../model/review';
import { windowsWord } from '../../shared/shell-words';
import { toNetworks } from '../address-sets';
import type { CountedRule } from './counted-rules';
import { allSources, different, families, isAll, type Sources } from './match';
import { places, type Store } from './places';
import type { Switches } from './switches';

interface Asked {
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
}

type Effect = Because['effect'];
/** What no rule decides is no rule's. */
type RuleEffect = Exclude<Effect, 'default'>;

export class Reasons {
  /** "TCP 445". */
  readonly #port: string;
  /** PowerShell's cmdlets for the firewall came with Windows 8. */
  readonly #hasCmdlets: boolean;
  readonly #rules = new Map<CountedRule['stored'], Known>();
  readonly #switches = new Map<string, DecidedSwitch & { readonly profiles: Profile[] }>();
  readonly #others: Because[] = [];
  readonly #doubts = new Map<string, Review['unsure'][number]>();
  readonly #doubtful = new Map<string, { readonly rule: CountedRule; readonly profiles: Set<Profile> }>();

  constructor(asked: Asked, hasCmdlets: boolean) {
    this.#port = `${asked.proto.toUpperCase()} ${asked.port}`;
    this.#hasCmdlets = hasCmdlets;
  }

  /** A rule without effect in one profile may have one in another. */
  addRule(rule: CountedRule, profile: Profile, isEffective: boolean): void {
    const known = this.#known(rule);
    const effect: RuleEffect = isEffective ? (rule.effect === 'block' ? 'block' : 'allow') : 'shadowed';
    if (known.effect === null || (known.effect === 'shadowed' && isEffective)) {
      known.effect = effect;
      known.profiles = [profile];
    } else if ((known.effect === 'shadowed') !== isEffective && !known.profiles.includes(profile))
      // Pushing would reserve room for many more.
      known.profiles = known.profiles.concat(profile);
  }

  #known(rule: CountedRule): Known {
    const known = this.#rules.get(rule.stored);
    if (known) return known;
    const made: Known = { rule, effect: null, profiles: [] };
    this.#rules.set(rule.stored, made);
    return made;
  }

  /** The same switch decides in several profiles where none of them has a word of its own. */
  addSwitch(effect: Effect, profile: Profile, name: DecidedSwitch['name'], from: Switches['enabled']['from']): void {
    const key = `${effect} ${name} ${from?.key} ${from?.text}`;
    const known = this.#switches.get(key);
    if (!known) this.#switches.set(key, { effect, name, from, profiles: [profile] });
    else if (!known.profiles.includes(profile)) known.profiles.push(profile);
  }

  add(because: Because): void {
    const key = JSON.stringify([because.rule, because.where]);
    if (!this.#others.some(({ rule, where }) => JSON.stringify([rule, where]) === key)) this.#others.push(because);
  }

  doubt(rule: Words, why: Message): void {
    this.#doubts.set(JSON.stringify([rule, why]), { rule, why });
  }

  doubtRule(rule: CountedRule, profile: Profile): void {
    const key = `${rule.key} ${rule.id} ${rule.match.doubts.map(messageKey).join()}`;
    const known = this.#doubtful.get(key);
    if (known) known.profiles.add(profile);
    else this.#doubtful.set(key, { rule, profiles: new Set([profile]) });
  }

  because(): readonly Because[] {
    const rules = [...this.#rules.values()].flatMap(({ rule, effect, profiles }) =>
      effect === null ? [] : [this.#ruleReason(rule, effect, profiles)],
    );
    const all = [...this.#others, ...[...this.#switches.values()].map(switchReason), ...rules];
    return (['allow', 'block', 'default', 'shadowed'] as const).flatMap((effect) =>
      all.filter((reason) => reason.effect === effect),
    );
  }

  unsure(): Review['unsure'] {
    const rules = [...this.#doubtful.values()].map(({ rule, profiles }) => {
      const counted = message(rule.effect === 'block' ? 'windows-rules.counted.block' : 'windows-rules.counted.allow');
      const how =
        profiles.size === rule.profiles.size
          ? counted
          : message('windows-rules.counted-in', { how: counted, where: inProfiles([...profiles]) });
      return { rule: textOf(rule), why: inShort(different(rule.match.doubts), how) };
    });
    return [...rules, ...this.#doubts.values()];
  }

  #ruleReason(counted: CountedRule, effect: RuleEffect, profiles: readonly Profile[]): Because {
    const name = nameOf(counted);
    const does = effect === 'allow' && counted.effect === 'bypass' ? 'bypass' : effect;
    const says = message(`windows-rules.rule.${does}`, {
      store: message(`windows-rules.store.${counted.store}`),
      name,
      whom: whom(counted, effect),
      port: this.#port,
      where: inProfiles(profiles),
    });
    const advice = effect === 'allow' ? this.#advice(counted, name) : null;
    return { effect, rule: textOf(counted), where: counted.key, says, advice };
  }

  #advice({ store, key, id, about }: CountedRule, name: string): Words {
    if (store === 'mdm') return message('windows-rules.advice.mdm-rule', { name, id });
    if (!key.endsWith('\\FirewallRules')) return message('windows-rules.advice.old-template', { name });
    if (store === 'group-policy') return message('windows-rules.advice.in-policy', { name, id });
    const byHand = message('windows-rules.advice.by-hand', { name, id });
    const own = about?.name ?? '';
    if (isHarmless(own) && !own.startsWith('@'))
      return `netsh advfirewall firewall set rule name="${own}" dir=in new enable=no`;
    // Of other characters, some are wildcards or end the quotes.
    if (this.#hasCmdlets && /^[\w{}. ()-]+$/.test(id)) return `Disable-NetFirewallRule -Name '${id}'`;
    const group = about?.group ?? '';
    return !this.#hasCmdlets && isHarmless(group) && group.startsWith('@')
      ? `netsh advfirewall firewall set rule group="${group}" new enable=no`
      : byHand;
  }
}

/** Whether a name can stand in quotes on a command line; "all" would mean every rule. */
function isHarmless(name: string): boolean {
  return windowsWord(name) !== null && name.length <= 200 && name.trim() === name && name.toLowerCase() !== 'all';
}

/** Of a rule with a thousand words for addresses, each is a doubt. */
function inShort(doubts: readonly Message[], how: Message): Message {
  const whys = doubts.slice(0, mostDoubts);
  return doubts.length > mostDoubts
    ? message('windows-rules.doubts-more', { whys, more: doubts.length - mostDoubts, how })
    : message('windows-rules.doubts', { whys, how });
}

const mostDoubts = 10;

interface Known {
  readonly rule: CountedRule;
  /** null = not decided yet. */
  effect: RuleEffect | null;
  profiles: Profile[];
}

interface DecidedSwitch {
  readonly effect: Effect;
  readonly name: keyof typeof switchAdvice;
  /** null = not set. */
  readonly from: Switches['enabled']['from'];
}

function switchReason({
  effect,
  name,
  from,
  profiles,
}: DecidedSwitch & { readonly profiles: readonly Profile[] }): Because {
  const set = switchAdvice[name];
  const [profile] = profiles;
  const advice = set === null || !profile ? null : adviceOn(profile, set, from?.store ?? 'local');
  return {
    effect,
    rule: from?.text ?? (name === 'defaultBlock' ? 'DefaultInboundAction=1' : ''),
    where: from?.key ?? message('windows-rules.switch.unset', { key: places.local }),
    says: message(`windows-rules.switch.${name}`, { where: inProfiles(profiles) }),
    advice,
  };
}

/** What netsh or Set-NetFirewallProfile is told to close it; null = nothing is to be advised. */
const switchAdvice = {
  off: 'state on',
  blockAll: null,
  defaultBlock: null,
  defaultAllow: 'DefaultInboundAction Block',
  disabledInterface: null,
} as const;

function adviceOn(profile: Profile, set: string, store: Store): Words {
  // netsh sets inbound and outbound together, and so could open what is blocked on its way out.
  if (store === 'local')
    return set.startsWith('Default')
      ? `Set-NetFirewallProfile -Name ${capital(profile)} -${set}`
      : `netsh advfirewall set ${profile}profile ${set}`;
  return message(`windows-rules.advice.${store === 'mdm' ? 'mdm' : 'policy'}-profile`, { profile });
}

/** Id and text; a list of a thousand addresses is cut. */
function textOf({ id, text }: Pick<CountedRule, 'id' | 'text'>): Words {
  return text.length > longest
    ? message('windows-rules.text-cut', { text: `${id} = ${text.slice(0, longest)}`, length: text.length })
    : `${id} = ${text}`;
}

const longest = 600;

/** What people see in Windows' own window, in English: its rules' names are in files of the display language. */
function nameOf({ key, id, about }: CountedRule): string {
  const name = about?.name ?? '';
  if (!key.endsWith('\\FirewallRules')) return oldNames[id.toUpperCase()] ?? id;
  if (name !== '' && !name.startsWith('@')) return name;
  return shippedNames[id.replace(/-(?:NoScope|Active)$/i, '').toUpperCase()] ?? id;
}

/** The switches of Windows XP's templates, as WindowsFirewall.adml calls them. */
const oldNames: Readonly<Record<string, string>> = {
  FILEANDPRINT: 'Allow inbound file and printer sharing exception',
  REMOTEADMINSETTINGS: 'Allow inbound remote administration exception',
  REMOTEDESKTOP: 'Allow inbound Remote Desktop exceptions',
  UPNPFRAMEWORK: 'Allow inbound UPnP framework exceptions',
};

const shippedNames: Readonly<Record<string, string>> = {
  'FPS-SMB-IN-TCP': 'File and Printer Sharing (SMB-In)',
  'FPS-SMB-IN-TCP-V2': 'File and Printer Sharing (Restrictive) (SMB-In)',
  'FPS-NB_SESSION-IN-TCP': 'File and Printer Sharing (NB-Session-In)',
  'FPS-NB_NAME-IN-UDP': 'File and Printer Sharing (NB-Name-In)',
  'FPS-NB_DATAGRAM-IN-UDP': 'File and Printer Sharing (NB-Datagram-In)',
  'NETDIS-NB_NAME-IN-UDP': 'Network Discovery (NB-Name-In)',
  'NETDIS-NB_DATAGRAM-IN-UDP': 'Network Discovery (NB-Datagram-In)',
  'NETLOGON-NAMEDPIPE-IN': 'Netlogon Service (NP-In)',
  'REMOTESVCADMIN-NP-IN-TCP': 'Remote Service Management (NP-In)',
  'REMOTEEVENTLOGSVC-NP-IN-TCP': 'Remote Event Log Management (NP-In)',
  'REMOTEADMIN-NP-IN-TCP': 'Remote Administration (NP-In)',
  'FILESERVER-SERVERMANAGER-SMB-TCP-IN': 'File Server Remote Management (SMB-In)',
};

function whom({ match, about }: CountedRule, effect: Effect): Message {
  const said = saidSources(effect === 'block' ? match.sure : match.possible);
  if (said.code !== 'windows-rules.whom.everybody') return said;
  const subnets = about?.remoteAddresses;
  const isLocal = subnets && families.every((family) => subnets[family].every(({ kind }) => kind === 'local-subnet'));
  const hasAny = subnets && families.some((family) => subnets[family].length > 0);
  return isLocal && hasAny ? message('windows-rules.whom.own-networks') : said;
}

function saidSources(sources: Sources): Message {
  const { ipv4, ipv6 } = sources;
  if (isAll(ipv4.edges, allSources.ipv4.edges) && isAll(ipv6.edges, allSources.ipv6.edges))
    return message('windows-rules.whom.everybody');
  const all = [...toNetworks(ipv4), ...toNetworks(ipv6)];
  const networks = all.slice(0, 3).map(addressOrNetwork);
  return all.length > 3
    ? message('windows-rules.whom.networks-more', { networks, more: all.length - 3 })
    : message('windows-rules.whom.networks', { networks });
}

function addressOrNetwork(network: string): string {
  const single = network.includes(':') ? '/128' : '/32';
  return network.endsWith(single) ? network.slice(0, -single.length) : network;
}

function inProfiles([first = 'public', second, ...more]: readonly Profile[]): Message {
  if (more.length > 0) return message('windows-rules.profiles.every');
  return second === undefined
    ? message('windows-rules.profiles.one', { profile: first })
    : message('windows-rules.profiles.two', { first, second });
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
