import type { CommandMessages } from '../../model/messages/commands';
import { textsOf } from '../texts';

export const commands = textsOf<CommandMessages>()({
  'command.nothing-changed': 'es wurde nichts geändert.',
  'command.progress.rules': 'die Regeln der Firewall werden gelesen ...',
  'command.collect.not-permitted': 'zum Speichern der Firewall-Regeln sind Administratorrechte nötig: sudo {command}',
  'command.rules-unread': 'die Regeln der Firewall konnten nicht gelesen werden: {why}',
  'command.nothing-written': 'es wurde nichts geschrieben.',
  'command.collect.torn':
    'die Regeln haben sich bei jedem Lesen geändert. Es wurde nichts geschrieben; bitte versuchen Sie es noch einmal.',
  'command.collect.saved': 'Gespeichert in {folder}:',
  'command.collect.nothing-else': 'Sonst ist nichts darin. {who}',
  'command.collect.judge': 'Auf einem anderen PC beurteilen: {inspect}, {review}',
  'command.collect.only-you': 'Nur Ihr Benutzer darf die Dateien lesen.',
  'command.collect.folder-readers':
    'Die Dateien darf lesen, wer den Ordner lesen darf; Pfade und Besitzer in den Regeln können Benutzer nennen.',
  'command.collect.bytecode':
    'nft --debug=netlink list ruleset: Regeln mit Bedingungen, die nft nicht auflistet; leer = keine',
  'command.collect.legacy4': 'iptables-legacy-save; leer = keine alten Tabellen aktiv',
  'command.collect.legacy6': 'ip6tables-legacy-save; leer = keine alten Tabellen aktiv',
  'command.collect.local-policy': 'Regeln und Schalter der Firewall dieses PCs und von MDM (reg export)',
  'command.collect.group-policy': 'Firewall-Einstellungen und -Regeln der Gruppenrichtlinie (reg export)',
  'command.collect.mpssvc': 'wie der Dienst mpssvc gestartet wird (reg query)',
  'command.collect.bfe': 'wie der Dienst BFE gestartet wird (reg query)',
  'command.collect.other-firewalls': 'andere registrierte Firewall-Produkte (reg query)',
  'command.collect.system':
    'Version und Build von Windows, Einstellungen des SMB-Servers und -Clients, Namen und Ordner der Freigaben, ob ein Neustart ansteht',
  'command.collect.host':
    'Schnittstellen mit Adressen und der Adresstabelle des Kernels; jeder TCP-Port, an dem gewartet wird, bei denen der Dateifreigabe mit Programm; Routen und Bridges; wann gespeichert wurde',
  'command.progress.permission': 'Warten auf die Erlaubnis (Strg+C bricht ab) ...',
  'command.progress.changing': 'die Firewall wird geändert ...',
  'command.progress.reading-again': 'die Regeln werden noch einmal gelesen ...',
  'command.dry-run': 'Probelauf: Es wurde nichts geändert.',
  'command.progress.looking': 'dieser PC wird geprüft ...',
  'command.progress.judging-saved': 'das Gespeicherte wird beurteilt ...',
  'command.passed-by': 'nicht Teil dessen, was beurteilt werden kann, und übergangen: {names}',
  'command.probe.unknown-name': 'Der Name {host} ist hier nicht bekannt, daher wurde niemand gefragt.',
  'command.probe.own-shield':
    'Der Schutzschild dieses PCs hält ihn selbst von SMB im Internet ab, daher sagt das nichts über den anderen PC.',
  'command.probe.accepted': '{address} nimmt Verbindungen zu TCP {port} an.',
  'command.probe.refused': '{address} lehnt von hier Verbindungen zu TCP {port} ab.',
  'command.probe.silent':
    '{address} hat auf TCP {port} 5 Sekunden lang nicht geantwortet: von hier blockiert, oder dort ist kein PC.',
  'command.probe.unreachable': 'Von hier führt kein Weg zu {address}, daher sagt es nichts.',
  'command.probe.forbidden': 'Regeln auf diesem PC verhindern, dass {address} gefragt wird.',
  'command.probe.unknown': 'Ob {address} andere einlässt, ist nicht bekannt.',
  'command.review.not-permitted': 'zum Lesen der Firewall-Regeln sind Administratorrechte nötig: sudo {command}',
  'command.review.not-permitted-simulated':
    'zum Lesen der Firewall-Regeln sind Administratorrechte nötig; auf einem echten PC als Administrator ausführen.',
  'command.progress.judging-rules': 'die gespeicherten Regeln werden beurteilt ...',
  'command.not-registry': 'nicht Teil einer Registrierung, und übergangen: {names}',
  'command.progress.records': 'Einträge aus {from} werden übernommen ...',
  'command.host-unused': '--host {path}: nicht verwendet, da hier ohne Bedeutung: {names}.',
  'command.guide.leave':
    'Sie können bei jeder Frage mit Strg+C oder der Antwort "q" abbrechen. Ohne ein Ja wird nichts geändert.',
  'command.guide.details': 'Alle Einzelheiten: {command}',
  'command.guide.up-already': 'Der Schutzschild ist schon an.',
  'command.guide.ask-shield': 'Die Dateifreigabe jetzt blockieren?',
  'command.guide.left': 'Abgebrochen. Es wurde nichts geändert.',
  'command.guide.install':
    'Installieren Sie jetzt die Updates für das System dieses PCs, und starten Sie neu, wenn sie es verlangen.',
  'command.guide.not-known': 'Nicht bekannt: {id}. {because}',
  'command.guide.all-fixed':
    'Alle {count} bekannten Sicherheitslücken sind geschlossen oder betreffen diesen PC nicht.',
  'command.guide.ask-patched':
    'Ist das nötige Update installiert, sodass die Dateifreigabe wieder freigegeben werden kann?',
  'command.guide.ask-lift': 'Die Dateifreigabe wieder freigeben?',
  'command.guide.stays': 'Der Schutzschild bleibt bis dahin an.',
  'command.guide.then-lift': 'Sobald das Update installiert ist: {command}',
  'command.not-written': 'die Antwort konnte nicht geschrieben werden: {why}',
  'command.failed': 'es hat nicht funktioniert: {why}',
  'command.change-not-known': 'ob etwas geändert wurde, ist nicht bekannt: Prüfen Sie mit "breakwater status".',
  'command.stopped': 'Abgebrochen. Es wurde nichts geändert.',
  'command.stopped.after-change': 'Abgebrochen. Die Änderung davor bleibt bestehen; "breakwater status" zeigt sie.',
  'command.stopping':
    'Wird abgebrochen: Auf die Erlaubnis wird nicht mehr gewartet. Eine begonnene Änderung wird noch abgeschlossen.',
  'command.left-early': 'Beendet, bevor das Ergebnis bekannt war. "breakwater status" zeigt, was jetzt gilt.',
  'command.yes-or-no': '{question} [ja/nein]',
  'command.question': '{question}',
  'command.guide.steps': 'Vier Schritte: Prüfen, Abschirmen, Aktualisieren, Wieder öffnen.',
  'command.guide.check': 'Schritt 1 von 4: Prüfen',
  'command.guide.shield': 'Schritt 2 von 4: Abschirmen',
  'command.guide.patch': 'Schritt 3 von 4: Aktualisieren',
  'command.guide.lift': 'Schritt 4 von 4: Wieder öffnen',
  'command.guide.not-patched': 'Nicht geschlossen: {id}, {title}',
  'command.guide.not-patched-install': 'Nicht geschlossen: {id}, {title}. Installieren: {remedy}',
});
