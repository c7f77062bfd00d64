// What the PC says, untouched: each fact with where it came from and when.
import type { Cidr, Family } from './address';
import type { Journal } from './journal';
import type { KeeperFact } from './kept';
import type { Message, Words } from './message';
import type { RegistrySource, ReviewHost, WindowsReviewHost } from './review';
import type { Counted, Shield } from './shield';
import type { SmbAnswer } from './smb';

/** Where a fact came from, as a helpdesk worker could look it up: a file, a command line, a system call, a network question. */
export interface Source {
  readonly kind: 'file' | 'command' | 'system' | 'network' | 'registry' | 'simulated';
  readonly name: Words;
}

/** A fact, or an honest reason why it is not known. `at` is ISO 8601 UTC. */
export type Fact<T> =
  | { readonly state: 'known'; readonly value: T; readonly source: Source; readonly at: string }
  | {
      readonly state: 'not-permitted' | 'failed' | 'not-asked';
      /** What was tried and what came back. */
      readonly why: Message;
      readonly source: Source;
      readonly at: string;
    };

export type Platform = 'linux' | 'windows' | 'macos';

/** What this PC is inside of: its rules, addresses and ports are its own, and say nothing of what is around it. */
export interface WithinPc {
  readonly kind: 'container' | 'wsl';
  /** Who made it, in its own word: "docker", "podman", "systemd-nspawn", "WSL"; "" = not told. */
  readonly name: string;
}

export interface SystemFact {
  readonly platform: Platform;
  /** As its maker writes it: "Debian GNU/Linux 12 (bookworm)", "Windows 10 Pro 22H2". */
  readonly name: string;
  /** "12", "22H2". */
  readonly version: string;
  /** Kernel release ("6.1.0-18-amd64") or Windows build with UBR ("10.0.19045.3086"). */
  readonly build: string;
  readonly architecture: string;
  readonly hostname: string;
  /** Whether this process itself has administrator rights. */
  readonly administrator: boolean;
  /** Differs after every start of the PC; null where the platform does not tell. */
  readonly bootId: string | null;
  /** Absent = inside of nothing, as far as is told. */
  readonly within?: WithinPc;
}

export interface InterfaceAddress {
  readonly family: Family;
  readonly address: string;
  /** The on-link network this address lies in. */
  readonly subnet: Cidr;
  readonly scope: 'loopback' | 'link-local' | 'private' | 'global';
}

export interface NetworkInterface {
  readonly name: string;
  readonly kind: 'loopback' | 'wired' | 'wireless' | 'virtual' | 'other';
  readonly addresses: readonly InterfaceAddress[];
  /** Windows' network profile; null elsewhere or when not known. */
  readonly profile: 'domain' | 'private' | 'public' | null;
}

export interface Route {
  readonly family: Family;
  readonly destination: Cidr;
  /** null = on-link. */
  readonly gateway: string | null;
  readonly interface: string;
  readonly metric: number;
}

/** What the kernel takes as this PC's own, whichever interface has it. */
export interface OwnAddresses {
  /** Addresses and networks of the kernel's local table, loopback's among them; of a family that is switched off there are none. */
  readonly local: readonly Cidr[];
  /** Those that other tables take as its own for some packets (VRF). */
  readonly elsewhere: readonly Cidr[];
  /** Interfaces over which neighbours reach 127.0.0.0/8 as well (route_localnet); "*" = those that have no name here, too. */
  readonly loopbackOn: readonly string[];
}

/** TCP ports at which some program waits, at whichever of the PC's addresses. */
interface ListeningPorts {
  readonly ports: readonly number[];
  /** Whether there are no others; of SMB's ports it always tells. */
  readonly complete: boolean;
}

export interface NetworkFact {
  readonly interfaces: readonly NetworkInterface[];
  /** null = not read. */
  readonly routes: readonly Route[] | null;
  /** Absent = not known, and then the interfaces' addresses count. */
  readonly own?: OwnAddresses;
  /** Absent = not known. */
  readonly listening?: ListeningPorts;
}

/** The program behind a socket; `pid` null for the kernel itself (ksmbd, Windows' System). */
export interface Owner {
  readonly name: string;
  readonly pid: number | null;
}

/** A socket that waits for TCP 445/139/5445 or UDP 137/138/443. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  readonly family: Family;
  /** "0.0.0.0" and "::" are every address of the PC ("::" may take IPv4 too). */
  readonly address: string;
  readonly port: number;
  /** null = not permitted to see. */
  readonly owner: Owner | null;
}

/** An established TCP connection with port 445 or 139 at the server's end. */
export interface Session {
  /** in = someone uses this PC's files; out = this PC uses someone's. */
  readonly direction: 'in' | 'out';
  readonly family: Family;
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  readonly owner: Owner | null;
}

/** One setting of the SMB server as configured, or the default of that product where nothing is written. */
export interface ServerSetting {
  /** In the product's own words: "server min protocol", "RequireSecuritySignature". */
  readonly name: string;
  readonly value: string;
  readonly isDefault: boolean;
  /** File and line, registry value, or "default of Samba 4.11 and later". */
  readonly from: Words;
}

export interface Share {
  readonly name: string;
  readonly path: string | null;
  /** Whether somebody without an account may use it; null = not told. */
  readonly guest: boolean | null;
  /** null = not told. */
  readonly readOnly: boolean | null;
}

export interface SmbServer {
  readonly product: 'samba' | 'ksmbd' | 'windows';
  /** Its path or key; with it, what of it was not followed or understood. */
  readonly configuration: Words;
  readonly settings: readonly ServerSetting[];
  readonly shares: readonly Share[];
  /** What of its configuration counts and was not read; absent or empty = nothing. What stands there is not known. */
  readonly unread?: readonly Message[];
}

/** Another tool on the PC that writes firewall rules. Absent tools are not listed. */
export interface FirewallManager {
  readonly name:
    | 'nftables'
    | 'ufw'
    | 'firewalld'
    | 'iptables-legacy'
    | 'docker'
    | 'libvirt'
    | 'windows-firewall'
    | 'other';
  readonly title: string;
  readonly state: 'active' | 'inactive' | 'unknown';
  /** What says so: "ENABLED=yes in /etc/ufw/ufw.conf". */
  readonly because: Message;
}

/** Texts of the PC's own tools that tell what `nft -j` leaves out; each null where it was not read, since it is not there or not needed. */
export interface RulesBeside {
  /** `nft list ruleset`, of the same moment. */
  readonly rulesetText: string | null;
  /** The rules of `nft --debug=netlink list ruleset` with conditions that nft leaves out of its listings; "" = none has. */
  readonly rulesetBytecode: string | null;
  /** `iptables-save` and `ip6tables-save` of the nft back end. */
  readonly iptablesSave: string | null;
  readonly ip6tablesSave: string | null;
  /** `iptables-legacy-save` of the tables that are active; "" = none are. */
  readonly iptablesLegacy: string | null;
  readonly ip6tablesLegacy: string | null;
  /** `ipset save`. */
  readonly ipset: string | null;
}

/** Where a PC passes packets on, as far as it is known. */
export type WaysOn = Pick<ReviewHost, 'routes' | 'bridges'>;

/** The packet filter's rules as the platform's own tool prints them; what they mean is judged in `policy`. */
export type Ruleset =
  | {
      readonly kind: 'nftables';
      /** Whether `json` is all of it, or just our table. */
      readonly whole: boolean;
      /** `nft -j list ruleset`, or `nft -j list table inet breakwater`. */
      readonly json: string;
      /** `nft list table inet breakwater`, null where that table is not there. The JSON loses its comment and flags. */
      readonly shieldText: string | null;
      /** Tables of iptables-legacy that are active beside nftables; null = not known. */
      readonly legacyTables: readonly string[] | null;
      /** What the JSON leaves out, as far as it matters and is there; null where only our table was read. */
      readonly beside: RulesBeside | null;
      /** What else decides about packets that are passed on; absent = not read. */
      readonly waysOn?: WaysOn;
      /** Whether the rules changed each time they were read: `json` is whole, and only of iptables-legacy is there more. */
      readonly torn: boolean;
      /** Of a saved PC: somebody's word that what was not saved is not there. */
      readonly complete?: boolean;
    }
  | {
      readonly kind: 'windows';
      /** The firewall's keys of the registry, as `reg export` and `reg query` tell them. */
      readonly registry: readonly RegistrySource[];
      /** What of the PC was read with them; addresses and profiles are facts of their own. */
      readonly beside: Omit<WindowsReviewHost, 'interfaces' | 'listening' | 'profiles'>;
      /** The profile of each interface that is connected; null = not asked, or not told. */
      readonly profiles: WindowsReviewHost['profiles'] | null;
      /** Of a saved PC: somebody's word that what was not saved is not there. */
      readonly complete?: boolean;
    }
  | { readonly kind: 'simulated'; readonly shield: Shield | null; readonly counted: Counted | null };

/** Something about the PC's software that was read, or why not. */
export type Known<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'unknown'; readonly why: Message };

/** One installed package that matters here (file servers, their libraries, the kernel). */
export interface InstalledPackage {
  readonly name: string;
  /** Of the installed package itself, as its tool writes it: "2:4.17.12+dfsg-0+deb12u1", RPM's "0:4.18.6-3.el9". */
  readonly version: string;
  /** The source package it was built from; of dpkg, where it differs in version too, that version. */
  readonly source: string;
  readonly sourceVersion: string;
  readonly architecture: string;
  /** Who packed it (rpm's tag VENDOR): "AlmaLinux", empty = nobody named; absent = not told. */
  readonly vendor?: string;
  /** When its files were put in place, as its tool tells (rpm's tag INSTALLTIME): milliseconds since 1970; absent = not told. */
  readonly placedAt?: number;
}

export interface PackagesFound {
  readonly installed: readonly InstalledPackage[];
  /** Names (of source or of binary packages) that were looked for: one that is here and not installed is not there. Of others nothing is known. */
  readonly lookedFor: readonly string[];
}

/** What decides whether a PC is patched. */
export type PatchFact =
  | {
      readonly kind: 'linux';
      /** ID and VERSION_ID of os-release(5): "debian", "12". Empty = not told. */
      readonly distribution: string;
      readonly release: string;
      /** dpkg or rpm; null = neither is known here. */
      readonly packaging: 'dpkg' | 'rpm' | null;
      readonly packages: Known<PackagesFound>;
      /** The kernel that runs now. */
      readonly kernel: Known<RunningKernel>;
      readonly restart: RestartState;
      /** Whether the SMB servers that run are what is installed; absent = nobody asked, as of a PC that is described. */
      readonly serving?: Known<Serving>;
    }
  | {
      readonly kind: 'windows';
      /** "10.0.19045": without the update's number. */
      readonly build: string;
      /** The update build revision; null = not told. */
      readonly ubr: number | null;
      readonly installationType: 'Client' | 'Server' | 'Server Core' | null;
      /** EditionID: "Professional", "ServerStandard"; null = not told. */
      readonly edition: string | null;
      readonly architecture: 'x64' | 'x86' | 'arm64' | null;
      /** Whether this PC is set up for updates without a restart; null = not told, and then judged by edition. */
      readonly hotpatch: boolean | null;
      /** An Insider or other preview build; null = not told, and then judged by the build's number. */
      readonly preview: boolean | null;
      /** Installed updates, "KB4012212"; null = not read. */
      readonly updates: readonly string[] | null;
      readonly restart: RestartState;
    };

/** SMB servers that root runs, as far as they are not simply what is installed: each for people, "smbd (process 812)". All empty = they are, or none runs. */
export interface Serving {
  /** Started before what is installed was put in place. */
  readonly replaced: readonly string[];
  /** Of a program that no package brought, or in a container: "smbd (process 812, /usr/local/sbin/smbd)". */
  readonly elsewhere: readonly string[];
  /** Of which it could not be told. */
  readonly unsure: readonly string[];
  /** Process numbers of all that were looked at. */
  readonly pids: readonly number[];
  /** The kernel's own server as a module that did not come with the kernel: its name; null = none is loaded. */
  readonly foreignModule: string | null;
}

export interface RunningKernel {
  /** uname -r: "6.1.0-18-amd64". */
  readonly release: string;
  /** The package version it was built as, where the kernel says so ("6.1.76-1"); null = it does not. */
  readonly packageVersion: string | null;
  /** Its source package: "linux", "linux-hwe-6.5"; null = not known. */
  readonly source: string | null;
}

export interface RestartState {
  readonly state: 'none' | 'pending' | 'unknown';
  readonly because: Message;
}

/** Every question that is asked of a PC. Platforms answer the same ones. */
export interface Facts {
  readonly system: Fact<SystemFact>;
  readonly network: Fact<NetworkFact>;
  readonly listeners: Fact<readonly Listener[]>;
  readonly sessions: Fact<readonly Session[]>;
  readonly smb: Fact<readonly SmbAnswer[]>;
  readonly servers: Fact<readonly SmbServer[]>;
  readonly managers: Fact<readonly FirewallManager[]>;
  readonly ruleset: Fact<Ruleset>;
  readonly patch: Fact<PatchFact>;
  readonly journal: Fact<Journal>;
  readonly keeper: Fact<KeeperFact>;
}

export type FactName = keyof Facts;
