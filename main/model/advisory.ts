// Holes as their publishers describe them, a PC as far as its patches go, and what follows: patched, vulnerable, not affected, unknown.
import type { PatchFact } from './facts';
import type { Message, Words } from './message';

/** Where a published record was taken from. Dates are ISO 8601 UTC; null = the record does not tell. */
export interface RecordSource {
  readonly format: 'cve' | 'osv' | 'kev' | 'note';
  /** The record's own id: "CVE-2020-0796", "DSA-5071-1". */
  readonly id: string;
  /** Where people can read it: an https address. */
  readonly url: string;
  /** ours = written by Breakwater after the named bulletin, as the published record has no versions. */
  readonly by: 'publisher' | 'ours';
  readonly published: string | null;
  readonly modified: string | null;
}

/** One range of Windows builds that a record names. `from` and `below` are UBR-complete versions "10.0.19045.0". */
export interface WindowsRange {
  readonly product: string;
  /** "6.1.7601", "10.0.19045": ranges are compared within one build only. */
  readonly build: string;
  readonly from: string;
  /** The first version that is fixed; null = not confirmed. */
  readonly below: string | null;
  /** Where no fixed version is told: the last that is known to be affected; "*" = every update of the build is. */
  readonly lastAffected?: string;
  readonly kind: 'Client' | 'Server' | 'Server Core' | 'unknown';
  /** In the record's words: "x64-based Systems", "32-bit Systems", "ARM64-based Systems". Empty = all. */
  readonly platforms: readonly string[];
  /** For builds below 10: any of these updates fixes it ("KB4012212"). Empty = none confirmed. */
  readonly updates: readonly string[];
}

/** Whole builds, from the first to before the second; null = every later one. */
export interface WindowsBuildSpan {
  /** "10.0.19041". */
  readonly from: string;
  readonly below: string | null;
}

/** One package in one release of a distribution. */
export interface PackageRange {
  /** OSV's name: "Debian:12", "Ubuntu:24.04:LTS", "AlmaLinux:9"; of CVE records "Red Hat:9", "Red Hat:9.2". */
  readonly ecosystem: string;
  readonly name: string;
  /** Whether `name` is the source package, or one built from it. */
  readonly kind: 'source' | 'binary';
  /** Vulnerable stretches, none = not affected; `fixed` null = no fixed version is known. Versions are the distribution's own. */
  readonly stretches: readonly {
    readonly introduced: string;
    readonly fixed: string | null;
    readonly lastAffected: string | null;
  }[];
  /** Versions named one by one, beside the stretches. */
  readonly versions: readonly string[];
  /** Id of the record. */
  readonly record: string;
  /** What the record says of it can't be read whole: it proves nothing, and keeps others from proving. */
  readonly isUnclear?: true;
}

/** Upstream's own releases, where the record tells of them. */
export interface UpstreamVersions {
  readonly product: 'linux' | 'samba';
  /** The first vulnerable release; null = not told, so all before a fix are. */
  readonly introduced: string | null;
  /** The first fixed release of each branch: "4.17.12", "4.18.8"; "6.15" alone fixes every later branch. Newest first. */
  readonly fixed: readonly string[];
  /** Branches of which the record says what can't be: "4.22" of 4.22.0 to 4.21.5. Absent in what earlier versions kept. */
  readonly unclear?: readonly string[];
  /** What the record counts as affected, or does not tell of, without a fix that can be read. Absent in what earlier versions kept. */
  readonly unfixed?: readonly UpstreamUnfixed[];
  /** Affected ranges with both ends: none within is fixed or older, whatever else is said. Absent in what earlier versions kept. */
  readonly ranges?: readonly { readonly from: string; readonly below: string }[];
}

/** Upstream's releases for which a record names no fix. */
export interface UpstreamUnfixed {
  /** The first of them; null = all from the beginning on, or it can't be read. */
  readonly from: string | null;
  /** The last of them, or one of the last branch; null = every later one, or it can't be read. */
  readonly through: string | null;
  /** Whether all from the first to the last are affected; else nothing is known of their branches. */
  readonly certain: boolean;
}

/** What must be on for the hole to be reachable; each of them off shuts this door, and patches nothing. */
export type AdvisoryFeature =
  | 'smb-server'
  | 'smb1'
  | 'smb2'
  | 'smb-compression'
  | 'print-spooler'
  | 'domain-controller'
  | 'vfs-fruit'
  | 'ksmbd';

/** How the hole is reached, and so what shutting port 445 does for it. */
export interface AdvisoryReach {
  /** server = through this PC's own TCP 445; client = when this PC connects to someone else; elsewhere = in other ways. */
  readonly kind: 'server' | 'client' | 'elsewhere' | 'unknown';
  /** What turning away new connections to this PC's SMB ports does. */
  readonly inboundBlock: 'closes' | 'partly' | 'no' | 'unknown';
  /** What keeping this PC from SMB servers on the Internet does. */
  readonly outboundBlock: 'closes' | 'partly' | 'no' | 'unknown';
  /** One or two sentences. */
  readonly says: Words;
}

/** How far the attack is along, later stages including the earlier ones. */
export type AttackStage = 'published' | 'patch-out' | 'exploit-public' | 'scanning-seen' | 'known-exploited';

export interface CourseEvent {
  readonly stage: AttackStage;
  /** ISO 8601 date ("2020-03-12"); null = when is not told. */
  readonly date: string | null;
  /** Who says so: an https address. */
  readonly source: string;
}

export interface Workaround {
  readonly what: string;
  /** Who says so: an https address. */
  readonly source: string;
}

/** From CISA's catalogue of known exploited vulnerabilities. Dates ISO 8601 ("2022-02-10"). */
export interface KnownExploited {
  readonly since: string;
  readonly due: string | null;
  readonly ransomware: 'known' | 'unknown';
}

/** One hole, put together from every record about it. */
export interface Advisory {
  /** The CVE id; where a record names none, its own id. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** All records that it was put together from, the newest date first. */
  readonly sources: readonly RecordSource[];
  readonly published: string | null;
  readonly windows: readonly WindowsRange[];
  /** Windows products that a record names without any version, or with more than can be read: what it leaves out may be one of them. */
  readonly windowsUnversioned: readonly string[];
  /** Builds of which a record says more than can be read: none of them is patched by it. Absent in what earlier versions kept. */
  readonly windowsUnclear?: readonly WindowsBuildSpan[];
  /** Builds that a record says are not affected. */
  readonly windowsUnaffected: readonly WindowsBuildSpan[];
  /** Other products that it is about, which are not looked at: "Microsoft Outlook 2016". */
  readonly otherProducts: readonly string[];
  readonly packages: readonly PackageRange[];
  readonly upstream: UpstreamVersions | null;
  readonly features: readonly AdvisoryFeature[];
  readonly reach: AdvisoryReach;
  readonly workarounds: readonly Workaround[];
  /** In order of time. */
  readonly course: readonly CourseEvent[];
  /** null = not in CISA's catalogue. */
  readonly knownExploited: KnownExploited | null;
  /** Updates that fix it, for people: "KB4551762". */
  readonly updates: readonly string[];
}

/** All advisories, and of when they are. */
export interface Catalogue {
  readonly advisories: readonly Advisory[];
  /** ISO 8601 UTC: the newest date in any of its records; holes published later are not in it. */
  readonly asOf: string;
  /** Where records came from beside the ones that Breakwater brings. */
  readonly updates: readonly CatalogueUpdate[];
  /** What is wrong with it, for people: a damaged update that was passed over. Empty = nothing. */
  readonly problems: readonly Words[];
}

export interface CatalogueUpdate {
  /** system = written by an administrator, for everybody; user = by this user, and never trusted by what runs as administrator. */
  readonly scope: 'system' | 'user';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly from: string;
  readonly records: number;
}

/** A feature's state, with what says so. Absent features are not known. */
export type FeatureStates = Readonly<
  Partial<Record<AdvisoryFeature, { readonly on: boolean; readonly because: Message }>>
>;

/** A PC as far as patches go: read here, or described in a file. */
export interface PcForPatch {
  /** null = could not be read; `why` says so. */
  readonly software: PatchFact | null;
  readonly why: Message | null;
  readonly features: FeatureStates;
}

/** Why a verdict is what it is, for programs: whoever decides something by a verdict goes by this, and never by its words. */
export type VerdictCode =
  /** The version is at or above the one that fixes its line. */
  | 'fixed'
  /** No record tells of its line, and upstream's release that it was made from has the fix. */
  | 'fixed-upstream'
  /** Its line never had the hole, or the version is older than the hole, or nothing of it is installed. */
  | 'not-affected'
  /** The version is below the one that fixes its line: an update ends it. */
  | 'below-fix'
  /** Its line has no fix yet. */
  | 'no-fix'
  /** No record tells of its line, and its own number does not show the fix. Treat it as vulnerable. */
  | 'other-line'
  /** What is installed is fixed, and what runs was started before that: a restart of the server ends it. */
  | 'not-running-yet'
  /** What runs is not what is installed: from elsewhere, or in a container. No update of this PC's packages ends it. */
  | 'other-server'
  /** Whether what runs is what is installed could not be told. */
  | 'running-unknown'
  /** What is installed is fixed, or may be, and takes effect with a restart of the PC. */
  | 'restart-due'
  /** Nothing that could tell was read, or records do not tell. */
  | 'unclear';

export interface AdvisoryVerdict {
  readonly id: string;
  readonly title: string;
  readonly state: 'patched' | 'vulnerable' | 'not-affected' | 'unknown';
  readonly code: VerdictCode;
  /** What was compared, and why that is the answer. */
  readonly because: Message;
  /** The version that fixes it on this PC: "10.0.18362.720", "2:4.17.12+dfsg-0+deb12u1"; null = not known or nothing to fix. */
  readonly fixedIn: string | null;
  /** What to install, for people: "samba 2:4.17.12+dfsg-0+deb12u1 or later", "KB4551762"; null = not known or nothing to do. */
  readonly remedy: Words | null;
  readonly knownExploited: boolean;
  /** Why it can't be reached now although it may not be patched (a feature is off); null = nothing is known to be off. */
  readonly doorClosed: Message | null;
  /** What is installed is fixed, but it takes effect with a restart only. */
  readonly restartPending: boolean;
  readonly reach: AdvisoryReach;
  /** The furthest stage that is known; null = none. */
  readonly stage: AttackStage | null;
  /** The record that decided; null = none did. */
  readonly source: RecordSource | null;
}

/** Every advisory against one PC. */
export interface PatchVerdict {
  /** Null where no catalogue could be read: then nothing is judged. */
  readonly catalogue: CatalogueAge | null;
  /** Those that matter for this kind of PC first: vulnerable, unknown, patched; not-affected last. */
  readonly verdicts: readonly AdvisoryVerdict[];
  /** What stands in the way of judging, for people: no catalogue, it is too old, the clock is wrong. */
  readonly problems: readonly Words[];
}

export interface CatalogueAge {
  /** ISO 8601 UTC. */
  readonly asOf: string;
  /** Whole days; null = the clock is earlier than the catalogue. */
  readonly days: number | null;
  /** Holes published since are not in it: nothing is said of those. */
  readonly tooOld: boolean;
  readonly advisories: number;
  /** How many updates of it are there and can't be used: what they say of a hole is not known. */
  readonly passedOver: number;
}
