import type { HelpMessages } from '../../model/messages/help';
import { textsOf } from '../texts';

export const help = textsOf<HelpMessages>()({
  'help.option.help': 'this text',
  'help.option.version': "Breakwater's version",
  'help.option.lang': "the language: en or de (default: BREAKWATER_LANG, else the system's); JSON is English always",
  'help.option.simulate': 'a simulated PC instead of this one, marked in every output',
  'help.option.json': 'one JSON document on stdout and nothing else',
  'help.option.only': 'only these parts, with commas: smb,firewall,patch,shield',
  'help.option.until': 'patched (default), a date such as 2026-12-31, or a duration such as 12h, 7d or 2w',
  'help.option.at-end':
    'at the date of --until on a PC that is not known to be patched: open all the same, or stay shut and warn (default extend)',
  'help.option.allow': 'who may still connect, e.g. 192.168.1.20 or 10.0.0.0/24; repeatable',
  'help.option.outbound': 'also keep this PC from SMB servers on the Internet',
  'help.option.reason': "an advisory's id, e.g. CVE-2020-0796, kept with the shield",
  'help.option.workaround':
    'Windows: also switch off server-off (the Server service), smb1-off or compression-off, until the shield is lifted; repeatable',
  'help.option.dry-run': 'show the plan and change nothing',
  'help.option.port': 'TCP port (default 445)',
  'help.option.proto': 'protocol (default tcp)',
  'help.option.from': 'a saved firewall policy, as "collect" or the PC\'s own tools write it',
  'help.option.complete': 'with --from: your word that what was not saved is not there; the answer names it',
  'help.option.out': 'what to write: a new or an empty folder, of self-test a new file',
  'help.option.yes': 'ask nothing, and go on wherever a yes would be needed',
  'help.option.interface': 'only this network interface',
  'help.option.profile': 'Windows: the active profile (domain, private or public)',
  'help.option.host': 'a PC described in a JSON file, instead of this one',
  'help.option.subnet': "Windows: the PC's local subnets; repeatable",
  'help.inspect': 'read this PC and judge it: who can reach its file sharing (SMB)',
  'help.inspect.note-1':
    'Changes nothing. Works without administrator rights; what needs them is named under "Not seen".',
  'help.inspect.note-2':
    '--from judges another PC anywhere, by a folder that "collect" wrote there, or by what "reg export" and "reg query KEY /s" saved of a Windows PC. What was not saved is not known, unless --complete says that it is not there.',
  'help.inspect.note-3':
    'Exit: 0 the door is closed; 1 it is open, or there is a finding of high severity; 2 what was saved is unreadable; 6 it could not be told, or something is named under "Not known".',
  'help.inspect.note-4':
    'With --only, the parts asked for decide; patch is 1 where this PC is vulnerable to a known hole, 6 where it can not be told of one.',
  'help.shield': 'shut the door with temporary rules, and prove it',
  'help.shield.note-1':
    'Shows the plan, acts without asking again, reads the rules back, and undoes everything if the proof fails.',
  'help.shield.note-2': 'Only rules with our mark are ever changed. "breakwater lift" takes them away again.',
  'help.shield.note-3':
    "Where rules of this PC have no effect (Windows' firewall off, or group policy lets none count), --workaround server-off shuts the door by ending file sharing; lift brings back what ran before.",
  'help.shield.note-4':
    'Where systemd runs the PC and only administrators can write to this copy, a keeper looks after the shield: it puts the rules back after a wipe or a restart, and lifts it once the PC is patched for --reason, or at its date as --at-end says.',
  'help.shield.note-5':
    'Exit: 0 up and proven; 2 makes no sense; 3 needs administrator rights; 4 failed, all is as before; 5 failed, something is left (says what clears it); 6 could not be told.',
  'help.status': 'the shield: up or not, since, until, proof, what it waits for, blocked attempts',
  'help.status.note-1': 'Changes nothing.',
  'help.status.note-2':
    'Exit: 0 up, its rules were read just now, or by its keeper minutes ago at most; 1 not up (none, damaged, expired, or a table with our name that is not ours); 6 on record but not read, cut off, or not known.',
  'help.lift': 'take our shield down, and prove that all else is as before',
  'help.lift.note-1': 'Takes away rules with our mark only, and the keeper. Harmless when there is no shield.',
  'help.lift.note-2':
    'Exit: 0 down; 3 needs administrator rights; 4 failed, the shield is as before; 5 failed, something is left (says what clears it); 6 could not be told.',
  'help.review': "who may connect in, by all of the firewall's rules",
  'help.review.note-1':
    "Changes nothing. Says from which addresses a new connection may be accepted, on which interface, and because of which rule. A rule that can't be judged counts as letting through, and is named.",
  'help.review.note-2':
    'Live it needs administrator rights. --from judges a policy of another PC anywhere: a folder with ruleset.json ("nft -j list ruleset"), and as far as they are there ruleset.nft, iptables-save.txt, ip6tables-save.txt, iptables-legacy.txt, ip6tables-legacy.txt, ipset.txt and host.json; or ruleset.json alone. What is missing costs exactness, never safety; where nothing tells of the old iptables (neither its two files nor "legacyTables": [] in host.json), nothing is closed, but unknown.',
  'help.review.note-3':
    'Of Windows, --from judges what "reg export" writes or "reg query KEY /s" prints, one file or a folder of several (with host.json, if it is there): HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy and, where it is there, HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall. Each profile is judged, unless --profile names the one in use. A policy is closed only where all that could open it was saved, or is known not to be there; else the answer is unknown (6), names what is missing, and the command that saves it. --complete is your word that it is not there.',
  'help.review.note-4':
    'Exit: 0 closed; 1 open to everybody or to some; 2 the saved policy is unreadable; 3 needs administrator rights; 6 it could not be told.',
  'help.collect': 'save this PC\'s firewall policy for "review --from" and "inspect --from" elsewhere',
  'help.collect.note-1':
    "Changes nothing on this PC but the folder it writes: the rules as the firewall's own tools print them, the PC's addresses and who waits at the ports of file sharing; of Windows also its version and the settings of its SMB server. It lists what it wrote. Needs administrator rights.",
  'help.collect.note-2':
    'Exit: 0 saved; 2 the folder can not be used; 3 needs administrator rights; 4 failed, and nothing was written; 6 saved, but for parts that could not be read (it names them).',
  'help.probe': "what another PC's file sharing answers, seen from here",
  'help.probe.note-1':
    'Sends a few SMB greetings without a password and changes nothing. HOST is a name or an address. Probe this PC from another one: from itself it proves nothing.',
  'help.probe.note-2':
    'Exit: 0 it answered and nothing bad was found, or the door is shut from here (refused, or silent for 5 seconds; silence does not tell whether a PC is there at all); 1 a finding of high severity; 6 it could not be told (unknown name, no way there, rules of this PC in between, or something that takes the connection and does not answer).',
  'help.advisories': 'the known holes, and this or a described PC against them',
  'help.advisories.show': 'an id, e.g. CVE-2020-0796',
  'help.advisories.update': 'a file, a folder or an https address',
  'help.advisories.note-1':
    'list: every hole in the catalogue. show ID: one of them, with its records, workarounds and course. check: whether this PC (or the one described in --host FILE) is patched against each.',
  'help.advisories.note-2':
    'update FROM takes in records in the formats CVE JSON 5, OSV and KEV, from a file, a folder of .json files (a share, say) or an https address. Older records never replace newer ones; a bad one is refused by name and the rest kept. As administrator it is for everybody on this PC; else for you alone, and what runs as administrator does not use it. A record that names an earlier fix than the one here is held back by name, until the same command is given with --yes.',
  'help.advisories.note-3':
    'FILE is {{"os": "windows", "build": "10.0.19045.3086", "installationType": "Client", "arch": "x64", "smb1": false} or {{"os": "linux", "distro": "debian", "release": "12", "packages": {{"samba": "2:4.17.12+dfsg-0+deb12u1"}}. More that may be told: edition, hotpatch, preview, restartPending, updates (KB numbers), smbServer, compression, kernel; a package that is not installed: null. It may also be the saved output of "ver" and "systeminfo", in any language.',
  'help.advisories.note-4':
    'Exit: check: 0 patched or not affected; 1 vulnerable to at least one; 6 it could not be told of one that is reached through the door, or the catalogue is too old to trust. The others: 0 done; 2 no such advisory, or nothing usable was given; 4 not taken in, and nothing was changed; 6 some records were held back, the catalogue is too old, or part of it can not be used.',
  'help.guide': 'the four steps in the terminal: Check, Shield, Patch, Lift',
  'help.guide.note-1': 'Asks before it changes anything, and can be left at any time. Needs a terminal.',
  'help.guide.note-2':
    'Exit: 0 the door is closed at the end, or open again on a PC that is patched; 1 it is open; 6 it could not be told; 2 to 5 as "shield" and "lift" end.',
  'help.self-test':
    'ten minutes with you at a real PC: what Breakwater does there, held against what you see, and written down',
  'help.self-test.note-1':
    'Looks, asks what you see, shuts the door after a yes, has you try it from another PC, and opens it again; whatever happens, it takes its own shield down. Needs a terminal, or --yes. The list is in docs/self-test.md.',
  'help.self-test.note-2':
    'Writes a JSON file after each step (breakwater-self-test-TIME.json here, unless --out names one): what it saw and what you answered, with versions and times.',
  'help.self-test.note-3':
    'Exit: 0 all as expected, as far as it was tried; 1 something was not; 2 makes no sense, or a shield is up already; 3 needs administrator rights; 4 stopped or failed, and this PC is as it was; 5 something is left (says what clears it); 6 it could not be told.',
  'help.purpose': 'Keeps one PC safe between "a hole in SMB is known" and "this PC is patched".',
  'help.heading.commands': 'Commands',
  'help.heading.options': 'Options',
  'help.heading.simulated': 'Simulated PCs',
  'help.heading.exit-codes': 'Exit codes',
  'help.exit.0': 'done, and closed or up as asked',
  'help.exit.1': 'done, and the answer is bad news: open, vulnerable, shield not up',
  'help.exit.2': 'wrong usage or unreadable input',
  'help.exit.3': 'not permitted: needs administrator rights',
  'help.exit.4': 'failed or stopped, and everything is as it was before',
  'help.exit.5': 'failed, and something is left: says what, and what clears it',
  'help.exit.6': 'done, but it could not be told, and why',
  'help.more': '"breakwater COMMAND --help" tells more about each.',
  'help.sentence': '{what:capital}.',
});
