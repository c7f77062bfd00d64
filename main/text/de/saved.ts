import type { SavedMessages } from '../../model/messages/saved';
import { textsOf } from '../texts';

export const saved = textsOf<SavedMessages>()({
  'saved.foreign': '--from {path} ist {what} und lässt sich nicht beurteilen: {why}. {how}',
  'saved.foreign.netsh': 'eine Auflistung von "netsh advfirewall"',
  'saved.foreign.netsh.why': 'sie ist übersetzter Text, in dem Bedingungen von Regeln fehlen',
  'saved.foreign.hive':
    'eine Registrierungsstruktur, wie "netsh advfirewall export" (.wfw) und "reg save" sie schreiben',
  'saved.foreign.hive.why': 'nur Windows kann sie lesen',
  'saved.foreign.zip': 'ein ZIP-Archiv',
  'saved.foreign.zip.why': 'Archive werden nicht gelesen',
  'saved.foreign.rule-table': 'eine Tabelle von Get-NetFirewallRule',
  'saved.foreign.rule-table.why': 'Ports, Adressen und Programme der Regeln fehlen darin',
  'saved.foreign.systeminfo': 'eine Ausgabe von "systeminfo"',
  'saved.foreign.systeminfo.why':
    'sie sagt nichts über die Firewall (für Patches prüft sie "breakwater advisories check --host DATEI")',
  'saved.foreign.event-log': 'ein Ereignisprotokoll',
  'saved.foreign.event-log.why': 'es enthält Ereignisse und keine Regeln',
  'saved.foreign.web-page': 'eine Webseite, wie "gpresult /h" sie schreibt',
  'saved.foreign.web-page.why': 'sie ist ein Bericht, in dem Bedingungen von Regeln fehlen',
  'saved.foreign.ufw': 'eine Ausgabe von "ufw status"',
  'saved.foreign.ufw.why': 'sie enthält nur die Regeln von ufw, und diese zusammengefasst',
  'saved.foreign.iptables-list': 'eine Ausgabe von "iptables -L"',
  'saved.foreign.iptables-list.why': 'darin fehlen Schnittstellen und andere Bedingungen von Regeln',
  'saved.foreign.firewalld': 'eine Ausgabe von "firewall-cmd"',
  'saved.foreign.firewalld.why': 'sie enthält nur die Einstellungen von firewalld, nicht die geltenden Regeln',
  'saved.how.windows':
    'Auf jenem PC, als Administrator: reg export "{local}" local.reg und, falls vorhanden, reg export "{group}" group.reg; oder "breakwater collect --out ORDNER".',
  'saved.how.linux':
    'Auf jenem PC, als root: nft -j list ruleset > ruleset.json; oder "breakwater collect --out ORDNER".',
  'saved.how.unpack': 'Entpacken Sie es, und geben Sie den Ordner an.',
  'saved.pol.cut-short': '--from {path} ist eine abgeschnittene registry.pol: Kopieren Sie sie noch einmal.',
  'saved.pol.malformed': '--from {path} ist eine beschädigte registry.pol: Kopieren Sie sie noch einmal.',
  'saved.pol.version': '--from {path} ist eine registry.pol in einer Version, die Breakwater nicht kennt.',
  'saved.pol.no-firewall': '--from {path} ist eine registry.pol, die für die Windows-Firewall nichts festlegt.',
  'saved.missing.taken': 'es wurde nicht gespeichert; durch --complete gilt es als nicht vorhanden',
  'saved.missing.one-moment':
    'sie änderten sich beim Auflisten, daher zählt nur, was nft allein von einem Augenblick sagt; lesen Sie sie erneut: {save}',
  'saved.missing.in-use':
    'es wird benutzt und konnte nicht gelesen werden: Es kann andere zulassen und abhalten, wen der Rest zulässt. Auf jenem PC: {save}',
  'saved.missing.left-out': 'was darin fehlt, kann andere zulassen. Speichern Sie es auf jenem PC: {save}',
  'saved.missing.not-saved':
    'es wurde nicht gespeichert und kann andere zulassen. Speichern Sie es auf jenem PC: {save}',
});
