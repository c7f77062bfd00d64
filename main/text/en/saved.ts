import type { SavedMessages } from '../../model/messages/saved';
import { textsOf } from '../texts';

export const saved = textsOf<SavedMessages>()({
  'saved.foreign': "--from {path} is {what}, which can't be judged: {why}. {how}",
  'saved.foreign.netsh': 'a listing of "netsh advfirewall"',
  'saved.foreign.netsh.why': 'it is translated text that leaves conditions of rules out',
  'saved.foreign.hive': 'a registry hive, as "netsh advfirewall export" (.wfw) and "reg save" write it',
  'saved.foreign.hive.why': 'only Windows can read it',
  'saved.foreign.zip': 'a ZIP archive',
  'saved.foreign.zip.why': 'archives are not read',
  'saved.foreign.rule-table': 'a table of Get-NetFirewallRule',
  'saved.foreign.rule-table.why': 'ports, addresses and programs of the rules are not in it',
  'saved.foreign.systeminfo': 'what "systeminfo" prints',
  'saved.foreign.systeminfo.why':
    'it says nothing of the firewall ("breakwater advisories check --host FILE" judges it for patches)',
  'saved.foreign.event-log': 'an event log',
  'saved.foreign.event-log.why': 'it has events and no rules',
  'saved.foreign.web-page': 'a web page, as "gpresult /h" writes it',
  'saved.foreign.web-page.why': 'it is a report that leaves conditions of rules out',
  'saved.foreign.ufw': 'what "ufw status" prints',
  'saved.foreign.ufw.why': 'it has only the rules of ufw, and of these a summary',
  'saved.foreign.iptables-list': 'what "iptables -L" prints',
  'saved.foreign.iptables-list.why': 'it leaves interfaces and other conditions of rules out',
  'saved.foreign.firewalld': 'what "firewall-cmd" prints',
  'saved.foreign.firewalld.why': 'it has only the settings of firewalld, and not the rules that are in force',
  'saved.how.windows':
    'On that PC, as administrator: reg export "{local}" local.reg and, where it is there, reg export "{group}" group.reg; or "breakwater collect --out DIR".',
  'saved.how.linux': 'On that PC, as root: nft -j list ruleset > ruleset.json; or "breakwater collect --out DIR".',
  'saved.how.unpack': 'Unpack it, and name the folder.',
  'saved.pol.cut-short': '--from {path} is a registry.pol that is cut short: copy it once more.',
  'saved.pol.malformed': '--from {path} is a registry.pol that is damaged: copy it once more.',
  'saved.pol.version': '--from {path} is a registry.pol of a version that Breakwater does not know.',
  'saved.pol.no-firewall': '--from {path} is a registry.pol that sets nothing of Windows Firewall.',
  'saved.missing.taken': 'it was not saved; by --complete it counts as not there',
  'saved.missing.one-moment':
    'they changed while they were listed, so only what nft alone tells of one moment counts; read them again: {save}',
  'saved.missing.in-use':
    'it is in use and could not be read: it can let others in, and keep out who gets in by the rest. On that PC: {save}',
  'saved.missing.left-out': 'what it leaves out can let others in. Save it on that PC: {save}',
  'saved.missing.not-saved': 'it was not saved, and it can let others in. Save it on that PC: {save}',
});
