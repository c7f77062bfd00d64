// Who may connect in, by the rules of the PC's firewalls.
import type { Cidr, Family } from './address';
import type { Listener } from './facts';
import type { Words } from './message';

/** `reach` is the exact set of sources from which a new connection may be accepted, or a larger one where a rule is in `unsure`. */
export interface Review {
  readonly source: 'nftables' | 'windows-firewall' | 'pf' | 'unknown';
  /** open = every address of a family on some non-loopback interface; partly = some; closed = none; unknown = nothing could be read. */
  readonly verdict: 'open' | 'partly' | 'closed' | 'unknown';
  readonly reach: readonly Reach[];
  readonly because: readonly Because[];
  readonly unsure: readonly Unsure[];
  /** Parts of the policy that could let somebody in and were not saved; absent = none. Each is named in `unsure`, and nothing is `closed`. */
  readonly missing?: readonly NotSaved[];
  /** Whether somebody gave their word that what was not saved is not there (--complete). */
  readonly complete?: true;
}

/** A part of a policy that was not saved, or not whole. */
export interface NotSaved {
  readonly code: NotSavedCode;
  /** It is known to be there, and could not be read; nobody's word makes it be gone. */
  readonly inUse?: true;
  /** "group policy (HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall)". */
  readonly what: Words;
  /** The command that saves it, on the PC that the policy is of. */
  readonly save: Words;
}

type NotSavedCode =
  | 'local-rules'
  | 'local-profiles'
  | 'group-policy'
  /** Of group policy one object's file: others may set more, or something else. */
  | 'other-policies'
  | 'mdm'
  | 'firewall-service'
  | 'other-firewalls'
  | 'iptables-legacy'
  /** Listings of the same moment: those that are there differ. */
  | 'one-moment'
  /** A text that may have been cut short between two lines. */
  | 'rest-of-text'
  /** A text that is no record of a policy, or not of one moment: nobody's word makes it one. */
  | 'damaged-text'
  | 'search-result'
  | 'import-file';

export interface Reach {
  /** "*" = every interface that has no entry of its own. */
  readonly interface: string;
  readonly profile: Profile | null;
  readonly ipv4: readonly Cidr[];
  readonly ipv6: readonly Cidr[];
  /** The PC's own addresses that this entry is about; absent = all. */
  readonly to?: readonly string[];
}

/** What is not understood, and so counts both ways. */
export interface Unsure {
  /** As its owner writes it, or what else it is about. */
  readonly rule: Words;
  readonly why: Words;
}

export interface Because {
  /** shadowed = has no effect, since an earlier rule decides. */
  readonly effect: 'allow' | 'block' | 'default' | 'shadowed';
  /** As its owner writes it, or what else decides. */
  readonly rule: Words;
  /** Chain, store or file. */
  readonly where: Words;
  /** In the owner's terms: "ufw allows 445 from 192.168.1.0/24"; null where the rule speaks for itself. */
  readonly says: Words | null;
  /** What would change it, in the owner's own tool; null where nothing is to be advised. Never run by us. */
  readonly advice: Words | null;
}

/** What is judged: the text of the PC's own tools, each null where it is not there. */
export interface LinuxPolicy {
  /** `nft -j list ruleset`. */
  readonly rulesetJson: string | null;
  /** `nft list ruleset`, of the same moment. */
  readonly rulesetText: string | null;
  /** Of `nft --debug=netlink list ruleset` the rules that have conditions which nft leaves out of its listings; "" = none has. */
  readonly rulesetBytecode: string | null;
  readonly iptablesSave: string | null;
  readonly ip6tablesSave: string | null;
  /** `iptables-legacy-save`; null = not read, "" = no such tables are active. */
  readonly iptablesLegacy: string | null;
  readonly ip6tablesLegacy: string | null;
  readonly ipset: string | null;
  readonly host: ReviewHost | null;
  /** Somebody's word that what was not saved is not there. */
  readonly complete?: boolean;
  /** Whether the texts are of different moments: only the JSON, which is whole in itself, counts then, and nothing is closed. */
  readonly torn?: boolean;
}

export interface ReviewHost {
  /** Interface -> addresses with prefix length ("10.77.1.10/24"). */
  readonly interfaces: Readonly<Record<string, readonly string[]>>;
  /** TCP ports at which programs wait. */
  readonly listening?: readonly number[];
  /** Whether these are all; absent = there may be others than SMB's. */
  readonly listeningComplete?: boolean;
  /** As `OwnAddresses` has them; absent = not known. */
  readonly local?: readonly string[];
  readonly localElsewhere?: readonly string[];
  readonly loopbackOn?: readonly string[];
  /** Tables of iptables-legacy that are in use, of both families; absent = not known. */
  readonly legacyTables?: readonly string[];
  /** The same in full, UDP too; only "inspect" goes by it. */
  readonly listeners?: readonly Listener[];
  /** By family where packets leave that this PC passes on. A family that is absent is not known: other rules than the main table decide, or they could not be read. */
  readonly routes?: Routes;
  /** Bridge -> the interfaces that are its ports; absent = not known. */
  readonly bridges?: Readonly<Record<string, readonly string[]>>;
  /** When it was saved, ISO 8601 UTC. */
  readonly savedAt?: string;
}

/** All routes of the main table, which alone decides (ip-rule(8)). */
export type Routes = Readonly<Partial<Record<Family, readonly WayOut[]>>>;

/** A route: the interface by which packets for these addresses leave; null = the route does not tell (several next hops, one that is down, none). */
export interface WayOut {
  readonly destination: Cidr;
  readonly interface: string | null;
}

export type Profile = 'domain' | 'private' | 'public';

/** What is judged of a Windows PC: its registry as far as it was saved, and what the registry does not tell. */
export interface WindowsPolicy {
  /** Several parts of one PC's registry of one moment. */
  readonly registry: readonly RegistrySource[];
  readonly host: WindowsReviewHost | null;
  /** Somebody's word that what was not saved is not there. */
  readonly complete?: boolean;
}

/** The text of `reg query KEY /s` or `reg export`, decoded. */
export interface RegistrySource {
  /** As messages call it: a file's name, or the command. */
  readonly name: string;
  readonly text: string;
  /** It was made from a group policy object's registry.pol: of the PC's group policy there may be more. */
  readonly isPolicyFile?: true;
}

/** What is known of a PC beside its registry; what is absent is not known. The local subnets are those of its addresses. */
export interface WindowsReviewHost extends ReviewHost {
  /** Interface -> the profile of the network it is connected to now. */
  readonly profiles?: Readonly<Record<string, Profile>>;
  /** Interface -> its GUID, in braces, as rules name it. */
  readonly guids?: Readonly<Record<string, string>>;
  /** Interface -> its kind, as rules know it. */
  readonly kinds?: Readonly<Record<string, 'lan' | 'wireless' | 'remote-access'>>;
  /** "10.0.19045.3086". */
  readonly build?: string;
  /** Keys that were looked for and are not there ("HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall"). */
  readonly absentKeys?: readonly string[];
  /** Whether the firewall's service (mpssvc) runs. */
  readonly firewallService?: 'running' | 'stopped';
  /** Other firewall products that are registered on the PC, by name. */
  readonly otherFirewalls?: readonly string[];
  /** Switches of the SMB server; absent = not read. */
  readonly server?: ServerSwitches;
}

/** Numbers in the registry, null = not written; and whether the service runs, null = not told. */
export interface ServerSwitches {
  readonly start: number | null;
  readonly smb1: number | null;
  readonly disableCompression: number | null;
  readonly service: 'running' | 'stopped' | null;
}
