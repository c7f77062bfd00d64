// The commands and options there are, and what each is for: the one table that parsing and help are made from.

export const commandNames = [
  'inspect',
  'shield',
  'status',
  'lift',
  'review',
  'collect',
  'probe',
  'advisories',
  'guide',
  'self-test',
] as const;
export type CommandName = (typeof commandNames)[number];

/** Named in the plan of Breakwater; not in this version. */
export const plannedCommands: readonly string[] = ['report'];

export interface OptionUse {
  readonly type: 'flag' | 'value' | 'values';
  /** How help writes the value. */
  readonly shown: string;
  readonly what: string;
}

export const options = {
  help: { type: 'flag', shown: '', what: 'this text' },
  version: { type: 'flag', shown: '', what: "Breakwater's version" },
  simulate: { type: 'value', shown: 'NAME', what: 'a simulated PC instead of this one, marked in every output' },
  json: { type: 'flag', shown: '', what: 'one JSON document on stdout and nothing else' },
  only: { type: 'value', shown: 'LIST', what: 'only these parts, with commas: smb,firewall,patch,shield' },
  until: {
    type: 'value',
    shown: 'WHEN',
    what: 'patched (default), a date such as 2026-12-31, or a duration such as 12h, 7d or 2w',
  },
  'at-end': {
    type: 'value',
    shown: 'lift|extend',
    what: 'at the date of --until on a PC that is not known to be patched: open all the same, or stay shut and warn (default extend)',
  },
  allow: { type: 'values', shown: 'CIDR', what: 'who may still connect, e.g. 192.168.1.20 or 10.0.0.0/24; repeatable' },
  outbound: { type: 'flag', shown: '', what: 'also keep this PC from SMB servers on the Internet' },
  reason: { type: 'value', shown: 'ID', what: "an advisory's id, e.g. CVE-2020-0796, kept with the shield" },
  workaround: {
    type: 'values',
    shown: 'NAME',
    what: 'Windows: also switch off server-off (the Server service), smb1-off or compression-off, until the shield is lifted; repeatable',
  },
  'dry-run': { type: 'flag', shown: '', what: 'show the plan and change nothing' },
  port: { type: 'value', shown: 'NUMBER', what: 'TCP port (default 445)' },
  proto: { type: 'value', shown: 'tcp|udp', what: 'protocol (default tcp)' },
  from: {
    type: 'value',
    shown: 'FILE|DIR',
    what: 'a saved firewall policy, as "collect" or the PC\'s own tools write it',
  },
  complete: {
    type: 'flag',
    shown: '',
    what: 'with --from: your word that what was not saved is not there; the answer names it',
  },
  out: { type: 'value', shown: 'PATH', what: 'what to write: a new or an empty folder, of self-test a new file' },
  yes: { type: 'flag', shown: '', what: 'ask nothing, and go on wherever a yes would be needed' },
  interface: { type: 'value', shown: 'NAME', what: 'only this network interface' },
  profile: { type: 'value', shown: 'NAME', what: 'Windows: the active profile (domain, private or public)' },
  host: { type: 'value', shown: 'FILE', what: 'a PC described in a JSON file, instead of this one' },
  subnet: { type: 'values', shown: 'CIDR', what: "Windows: the PC's local subnets; repeatable" },
} as const satisfies Record<string, OptionUse>;
export type OptionName = keyof typeof options;

export interface Command {
  readonly what: string;
  /** Name of the one word it takes beside its options, or null. */
  readonly operand: string | null;
  /** Words of which some take one more: which, and what is to be named there. */
  readonly actions?: Readonly<Record<string, string | null>>;
  readonly options: readonly OptionName[];
  /** Sentences under the options: what is changed, and what the exit code means here. */
  readonly notes: readonly string[];
}

/** Taken by every command. */
export const commonOptions: readonly OptionName[] = ['simulate', 'help'];

export const commands: Readonly<Record<CommandName, Command>> = {
  inspect: {
    what: 'read this PC and judge it: who can reach its file sharing (SMB)',
    operand: null,
    options: ['only', 'from', 'complete', 'json'],
    notes: [
      'Changes nothing. Works without administrator rights; what needs them is named under "Not seen".',
      '--from judges another PC anywhere, by a folder that "collect" wrote there, or by what "reg export" and "reg query KEY /s" saved of a Windows PC. What was not saved is not known, unless --complete says that it is not there.',
      'Exit: 0 the door is closed; 1 it is open, or there is a finding of high severity; 2 what was saved is unreadable; 6 it could not be told, or something is named under "Not known".',
      'With --only, the parts asked for decide; patch is 1 where this PC is vulnerable to a known hole, 6 where it can not be told of one.',
    ],
  },
  shield: {
    what: 'shut the door with temporary rules, and prove it',
    operand: null,
    options: ['until', 'at-end', 'allow', 'outbound', 'reason', 'workaround', 'dry-run', 'json'],
    notes: [
      'Shows the plan, acts without asking again, reads the rules back, and undoes everything if the proof fails.',
      'Only rules with our mark are ever changed. "breakwater lift" takes them away again.',
      "Where rules of this PC have no effect (Windows' firewall off, or group policy lets none count), --workaround server-off shuts the door by ending file sharing; lift brings back what ran before.",
      'Where systemd runs the PC and only administrators can write to this copy, a keeper looks after the shield: it puts the rules back after a wipe or a restart, and lifts it once the PC is patched for --reason, or at its date as --at-end says.',
      'Exit: 0 up and proven; 2 makes no sense; 3 needs administrator rights; 4 failed, all is as before; 5 failed, something is left (says what clears it); 6 could not be told.',
    ],
  },
  status: {
    what: 'the shield: up or not, since, until, proof, what it waits for, blocked attempts',
    operand: null,
    options: ['json'],
    notes: [
      'Changes nothing.',
      'Exit: 0 up, its rules were read just now, or by its keeper minutes ago at most; 1 not up (none, damaged, expired, or a table with our name that is not ours); 6 on record but not read, cut off, or not known.',
    ],
  },
  lift: {
    what: 'take our shield down, and prove that all else is as before',
    operand: null,
    options: ['dry-run', 'json'],
    notes: [
      'Takes away rules with our mark only, and the keeper. Harmless when there is no shield.',
      'Exit: 0 down; 3 needs administrator rights; 4 failed, the shield is as before; 5 failed, something is left (says what clears it); 6 could not be told.',
    ],
  },
  review: {
    what: "who may connect in, by all of the firewall's rules",
    operand: null,
    options: ['port', 'proto', 'interface', 'profile', 'subnet', 'from', 'complete', 'json'],
    notes: [
      "Changes nothing. Says from which addresses a new connection may be accepted, on which interface, and because of which rule. A rule that can't be judged counts as letting through, and is named.",
      'Live it needs administrator rights. --from judges a policy of another PC anywhere: a folder with ruleset.json ("nft -j list ruleset"), and as far as they are there ruleset.nft, iptables-save.txt, ip6tables-save.txt, iptables-legacy.txt, ip6tables-legacy.txt, ipset.txt and host.json; or ruleset.json alone. What is missing costs exactness, never safety; where nothing tells of the old iptables (neither its two files nor "legacyTables": [] in host.json), nothing is closed, but unknown.',
      'Of Windows, --from judges what "reg export" writes or "reg query KEY /s" prints, one file or a folder of several (with host.json, if it is there): HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy and, where it is there, HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall. Each profile is judged, unless --profile names the one in use. A policy is closed only where all that could open it was saved, or is known not to be there; else the answer is unknown (6), names what is missing, and the command that saves it. --complete is your word that it is not there.',
      'Exit: 0 closed; 1 open to everybody or to some; 2 the saved policy is unreadable; 3 needs administrator rights; 6 it could not be told.',
    ],
  },
  collect: {
    what: 'save this PC\'s firewall policy for "review --from" and "inspect --from" elsewhere',
    operand: null,
    options: ['out'],
    notes: [
      "Changes nothing on this PC but the folder it writes: the rules as the firewall's own tools print them, the PC's addresses and who waits at the ports of file sharing; of Windows also its version and the settings of its SMB server. It lists what it wrote. Needs administrator rights.",
      'Exit: 0 saved; 2 the folder can not be used; 3 needs administrator rights; 4 failed, and nothing was written; 6 saved, but for parts that could not be read (it names them).',
    ],
  },
  probe: {
    what: "what another PC's file sharing answers, seen from here",
    operand: 'HOST',
    options: ['port', 'json'],
    notes: [
      'Sends a few SMB greetings without a password and changes nothing. HOST is a name or an address. Probe this PC from another one: from itself it proves nothing.',
      'Exit: 0 it answered and nothing bad was found, or the door is shut from here (refused, or silent for 5 seconds; silence does not tell whether a PC is there at all); 1 a finding of high severity; 6 it could not be told (unknown name, no way there, rules of this PC in between, or something that takes the connection and does not answer).',
    ],
  },
  advisories: {
    what: 'the known holes, and this or a described PC against them',
    operand: 'list|show ID|update FROM|check',
    actions: {
      list: null,
      show: 'an id, e.g. CVE-2020-0796',
      update: 'a file, a folder or an https address',
      check: null,
    },
    options: ['host', 'json', 'yes'],
    notes: [
      'list: every hole in the catalogue. show ID: one of them, with its records, workarounds and course. check: whether this PC (or the one described in --host FILE) is patched against each.',
      'update FROM takes in records in the formats CVE JSON 5, OSV and KEV, from a file, a folder of .json files (a share, say) or an https address. Older records never replace newer ones; a bad one is refused by name and the rest kept. As administrator it is for everybody on this PC; else for you alone, and what runs as administrator does not use it. A record that names an earlier fix than the one here is held back by name, until the same command is given with --yes.',
      'FILE is {"os": "windows", "build": "10.0.19045.3086", "installationType": "Client", "arch": "x64", "smb1": false} or {"os": "linux", "distro": "debian", "release": "12", "packages": {"samba": "2:4.17.12+dfsg-0+deb12u1"}}. More that may be told: edition, hotpatch, preview, restartPending, updates (KB numbers), smbServer, compression, kernel; a package that is not installed: null. It may also be the saved output of "ver" and "systeminfo", in any language.',
      'Exit: check: 0 patched or not affected; 1 vulnerable to at least one; 6 it could not be told of one that is reached through the door, or the catalogue is too old to trust. The others: 0 done; 2 no such advisory, or nothing usable was given; 4 not taken in, and nothing was changed; 6 some records were held back, the catalogue is too old, or part of it can not be used.',
    ],
  },
  guide: {
    what: 'the four steps in the terminal: Check, Shield, Patch, Lift',
    operand: null,
    options: [],
    notes: [
      'Asks before it changes anything, and can be left at any time. Needs a terminal.',
      'Exit: 0 the door is closed at the end, or open again on a PC that is patched; 1 it is open; 6 it could not be told; 2 to 5 as "shield" and "lift" end.',
    ],
  },
  'self-test': {
    what: 'ten minutes with you at a real PC: what Breakwater does there, held against what you see, and written down',
    operand: null,
    options: ['out', 'yes'],
    notes: [
      'Looks, asks what you see, shuts the door after a yes, has you try it from another PC, and opens it again; whatever happens, it takes its own shield down. Needs a terminal, or --yes. The list is in docs/self-test.md.',
      'Writes a JSON file after each step (breakwater-self-test-TIME.json here, unless --out names one): what it saw and what you answered, with versions and times.',
      'Exit: 0 all as expected, as far as it was tried; 1 something was not; 2 makes no sense, or a shield is up already; 3 needs administrator rights; 4 stopped or failed, and this PC is as it was; 5 something is left (says what clears it); 6 it could not be told.',
    ],
  },
};
