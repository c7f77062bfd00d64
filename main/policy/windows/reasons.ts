// What decided, in the words of Windows' own tools, and what would change it there: the reasons of a review, without repetition. Pure.
import type { Because, Profile, Review } from '../../model/review';
import { windowsWord } from '../../shared/shell-words';
import { toNetworks } from '../address-sets';
import type { CountedRule } from './counted-rules';
import { allSources, families, isAll, type Sources } from './match';
import { places, type Store } from './places';
import type { Switches } from './switches';

interface Asked {
  readonly proto: 'tcp' | 'udp';
  readonly port: number;
}

type Effect = Because['effect'];

export class Reasons {
  readonly #asked: Asked;
  /** PowerShell's cmdlets for the firewall came with Windows 8. */
  readonly #hasCmdlets: boolean;
  readonly #rules = new Map<CountedRule['stored'], Known>();
  readonly #switches = new Map<string, DecidedSwitch & { readonly profiles: Profile[] }>();
  readonly #others: Because[] = [];
  readonly #doubts = new Map<string, Review['unsure'][number]>();
  readonly #doubtful = new Map<string, { readonly rule: CountedRule; readonly profiles: Set<Profile> }>();

  constructor(asked: Asked, hasCmdlets: boolean) {
    this.#asked = asked;
    this.#hasCmdlets = hasCmdlets;
  }

  /** A rule without effect in one profile may have one in another. */
  addRule(rule: CountedRule, profile: Profile, isEffective: boolean): void {
    const known = this.#known(rule);
    const effect: Effect = isEffective ? (rule.effect === 'block' ? 'block' : 'allow') : 'shadowed';
    if (known.effect === null || (known.effect === 'shadowed' && isEffective)) {
      known.effect = effect;
      known.profiles = [profile];
    } else if ((known.effect === 'shadowed') !== isEffective && !known.profiles.includes(profile))
      known.profiles.push(profile);
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
    if (!this.#others.some(({ rule, where }) => rule === because.rule && where === because.where))
      this.#others.push(because);
  }

  doubt(rule: string, why: string): void {
    this.#doubts.set(`${rule} ${why}`, { rule, why });
  }

  doubtRule(rule: CountedRule, profile: Profile): void {
    const key = `${rule.key} ${rule.id} ${rule.match.doubts.join()}`;
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
      const how =
        rule.effect === 'block' ? 'counted as keeping nobody out' : 'counted as letting in whoever it may mean';
      const where = profiles.size === rule.profiles.size ? '' : ` ${inProfiles([...profiles])}`;
      return { rule: textOf(rule), why: `${inShort([...new Set(rule.match.doubts)])}; ${how}${where}` };
    });
    return [...rules, ...this.#doubts.values()];
  }

  #ruleReason(counted: CountedRule, effect: Effect, profiles: readonly Profile[]): Because {
    const name = nameOf(counted);
    const { proto, port } = this.#asked;
    const verb = {
      allow: counted.effect === 'bypass' ? 'lets in, past every rule that blocks:' : 'lets in',
      block: 'keeps out',
      default: '',
      shadowed: 'would let in',
    }[effect];
    const says = `${storeWords[counted.store]} "${name}" ${verb} ${whom(counted, effect)} at ${proto.toUpperCase()} ${port} ${inProfiles(profiles)}`;
    const advice = effect === 'allow' ? this.#advice(counted, name) : null;
    return { effect, rule: textOf(counted), where: counted.key, says, advice };
  }

  #advice({ store, key, id, about }: CountedRule, name: string): string {
    if (store === 'mdm')
      return `whoever manages this PC (MDM, Intune) can turn off the firewall rule "${name}" (${id})`;
    if (!key.endsWith('\\FirewallRules')) return `in Group Policy, ${oldTemplates}: "${name}"`;
    const byHand = `${store === 'group-policy' ? 'in Group Policy, ' : ''}${withAdvancedSecurity}, Inbound Rules: disable "${name}" (${id})`;
    if (store === 'group-policy') return byHand;
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

const withAdvancedSecurity = 'Windows Defender Firewall with Advanced Security';
const oldTemplates = 'Administrative Templates, Network, Network Connections, Windows Defender Firewall';

/** Whether a name can stand in quotes on a command line; "all" would mean every rule. */
function isHarmless(name: string): boolean {
  return windowsWord(name) !== null && name.length <= 200 && name.trim() === name && name.toLowerCase() !== 'all';
}

/** Of a rule with a thousand words for addresses, each is a doubt. */
function inShort(doubts: readonly string[]): string {
  const more = doubts.length > mostDoubts ? `; and ${doubts.length - mostDoubts} more doubts` : '';
  return `${doubts.slice(0, mostDoubts).join('; ')}${more}`;
}

const mostDoubts = 10;

interface Known {
  readonly rule: CountedRule;
  /** null = not decided yet. */
  effect: Effect | null;
  profiles: Profile[];
}

interface DecidedSwitch {
  readonly effect: Effect;
  readonly name: keyof typeof switchWords;
  /** null = not set. */
  readonly from: Switches['enabled']['from'];
}

function switchReason({
  effect,
  name,
  from,
  profiles,
}: DecidedSwitch & { readonly profiles: readonly Profile[] }): Because {
  const words = switchWords[name];
  const [profile] = profiles;
  const advice = words.set === '' || !profile ? null : adviceOn(profile, words.set, from?.store ?? 'local');
  return {
    effect,
    rule: from?.text ?? words.unset,
    where: from?.key ?? `${places.local}, where it is not set: Windows has it so by itself`,
    says: `${words.says} ${inProfiles(profiles)}`,
    advice,
  };
}

/** `set`: what netsh or Set-NetFirewallProfile is told to close it; "" = nothing is to be advised. */
const switchWords = {
  off: { says: 'Windows Firewall is off, so nobody is kept out,', unset: '', set: 'state on' },
  blockAll: { says: 'all inbound connections are blocked, whatever the rules,', unset: '', set: '' },
  defaultBlock: {
    says: 'inbound connections that no rule lets in are blocked',
    unset: 'DefaultInboundAction=1',
    set: '',
  },
  defaultAllow: {
    says: 'inbound connections that no rule blocks are let in',
    unset: '',
    set: 'DefaultInboundAction Block',
  },
  disabledInterface: { says: 'Windows Firewall is off on an interface', unset: '', set: '' },
} as const;

function adviceOn(profile: Profile, set: string, store: Store): string {
  // netsh sets inbound and outbound together, and so could open what is blocked on its way out.
  if (store === 'local')
    return set.startsWith('Default')
      ? `Set-NetFirewallProfile -Name ${capital(profile)} -${set}`
      : `netsh advfirewall set ${profile}profile ${set}`;
  return store === 'mdm'
    ? `whoever manages this PC (MDM, Intune) can have the firewall of the ${profile} profile on, with inbound connections blocked`
    : `in Group Policy, ${withAdvancedSecurity}, Properties, ${profile} profile: firewall on, inbound connections blocked`;
}

const storeWords: Readonly<Record<Store, string>> = {
  local: 'the local rule',
  'group-policy': "group policy's rule",
  mdm: "MDM's rule",
};

/** Id and text; a list of a thousand addresses is cut. */
function textOf({ id, text }: Pick<CountedRule, 'id' | 'text'>): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}... (${text.length} characters)` : text;
  return `${id} = ${shown}`;
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

function whom({ match, about }: CountedRule, effect: Effect): string {
  const words = sourcesWords(effect === 'block' ? match.sure : match.possible);
  const subnets = about?.remoteAddresses;
  const isLocal = subnets && families.every((family) => subnets[family].every(({ kind }) => kind === 'local-subnet'));
  const hasAny = subnets && families.some((family) => subnets[family].length > 0);
  return isLocal && hasAny && words === 'everybody' ? "everybody in the PC's own networks (LocalSubnet)" : words;
}

function sourcesWords(sources: Sources): string {
  if (families.every((family) => isAll(sources[family].edges, allSources[family].edges))) return 'everybody';
  const all = [
    ...toNetworks(sources.ipv4).map((network) => network.replace(/\/32$/, '')),
    ...toNetworks(sources.ipv6).map((network) => network.replace(/\/128$/, '')),
  ];
  const more = all.length > 3 ? ` and ${all.length - 3} more networks` : '';
  return `${all.slice(0, 3).join(', ')}${more}`;
}

function inProfiles(names: readonly Profile[]): string {
  if (names.length === 3) return 'in every profile';
  return `in the ${names.join(' and the ')} profile`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
