import type { UsageMessages } from '../../model/messages/usage';
import { textsOf } from '../texts';

export const usage = textsOf<UsageMessages>()({
  'usage.unknown-command': 'es gibt keinen Befehl {word}. Es gibt: {names}.',
  'usage.collect.out': 'collect braucht einen Ordner zum Schreiben: breakwater collect --out ORDNER',
  'usage.collect.simulated':
    'ein simulierter PC hat keine Regeln zum Speichern: Führen Sie collect auf einem echten aus.',
  'usage.out.no-folder': '--out {path}: Der Ordner {folder} existiert nicht.',
  'usage.out.is-file': '--out {path} ist eine Datei: Nennen Sie einen neuen oder leeren Ordner.',
  'usage.out.unusable': '--out {path} ist nicht verwendbar: {why}.',
  'usage.out.not-empty': '--out {path} ist nicht leer: Nennen Sie einen neuen oder leeren Ordner.',
  'usage.from-and-simulate.pc':
    '--from beurteilt einen gespeicherten PC und --simulate einen simulierten: Geben Sie eines von beiden an.',
  'usage.subnet-live': '--subnet beschreibt eine gespeicherte Windows-Richtlinie: Dieser PC kennt seine Subnetze.',
  'usage.from-and-simulate.policy':
    '--from beurteilt eine gespeicherte Richtlinie und --simulate einen simulierten PC: Geben Sie eines von beiden an.',
  'usage.from.not-judged': '--from {path} lässt sich nicht beurteilen: {why}.',
  'usage.subnet-on-linux': '--subnet ist für Windows-Richtlinien; dies ist eine von Linux.',
  'usage.profile-on-linux': '--profile ist für Windows-Richtlinien; dies ist eine von Linux.',
  'usage.profile-not-in-use': '--profile {profile} ist auf diesem PC nicht in Gebrauch; es gibt {names}.',
  'usage.no-interface': 'es gibt keine Netzwerkschnittstelle {name}; es gibt {names}.',
  'usage.host-for-check': '--host ist für "advisories check".',
  'usage.yes-for-update': '--yes ist für "advisories update".',
  'usage.no-advisory': 'die Liste enthält keine Sicherheitslücke {id}; "breakwater advisories list" nennt alle.',
  'usage.host-and-simulate':
    '--host beschreibt einen PC und --simulate nennt einen simulierten: Geben Sie eines von beiden an.',
  'usage.host.not-a-file': 'das ist keine Datei',
  'usage.host.too-large': 'sie ist größer als {megabytes} MB',
  'usage.host.unreadable': '--host {path} kann nicht gelesen werden: {why}.',
  'usage.host.no-pc': '--host {path} beschreibt keinen PC: {why}.',
  'usage.self-test.no-terminal':
    'self-test stellt Fragen und braucht ein Terminal. Mit --yes fragt er nichts, blockiert kurz die Dateifreigabe und gibt sie wieder frei.',
  'usage.out.exists': '--out {path} gibt es schon: Nennen Sie eine neue Datei.',
  'usage.self-test.shield':
    'ein Schutzschild ist an, verzeichnet oder nicht bekannt: self-test schaltet seinen eigenen ein. Siehe "breakwater status"; schalten Sie ihn zuerst aus.',
  'usage.guide.no-terminal':
    'guide stellt Fragen und braucht ein Terminal; ohne eines nehmen Sie inspect, shield und lift.',
  'usage.from.too-many':
    '--from {path} enthält mehr als {count} Dateien: Nennen Sie die mit der gespeicherten Richtlinie.',
  'usage.from.no-text': '--from {path} ist keine Textdatei.',
  'usage.from.no-file': '--from {path} ist keine Datei.',
  'usage.from.too-large': '--from: {path} ist zu groß; Breakwater liest insgesamt höchstens {megabytes} MB.',
  'usage.from.link':
    '--from {path} ist ein Link, und in einem Ordner wird keinem gefolgt: Legen Sie die Datei selbst hinein.',
  'usage.from.unreadable': '--from {path} kann nicht gelesen werden: {why}.',
  'usage.name-a-command': 'nennen Sie einen Befehl: {names}. "breakwater --help" sagt, was jeder tut.',
  'usage.needs-one-of': '{command} braucht eines von: {names}.',
  'usage.takes-no': '{command} nimmt {word} nicht. Siehe "breakwater {command} --help".',
  'usage.takes-no-value': '--{name} nimmt keinen Wert: Schreiben Sie nur --{name}.',
  'usage.given-twice': '--{name} ist zweimal angegeben: Geben Sie es einmal an.',
  'usage.not-built': '{word} gibt es in dieser Version noch nicht. Es gibt: {names}.',
  'usage.no-such-option': '{command} hat keine Option --{name}; es nimmt {options}.',
  'usage.only': '--only nimmt {parts} (mit Kommas); {word} gehört nicht dazu.',
  'usage.port': '--port nimmt eine ganze Zahl von 1 bis 65535, nicht {text}.',
  'usage.no-host': '{text} ist kein Hostname und keine Adresse, etwa fileserver oder 192.168.1.10.',
  'usage.complete': '--complete betrifft, was von einem PC gespeichert wurde: Geben Sie dazu --from DATEI|ORDNER an.',
  'usage.needs-operand': '{command} braucht {operand}: breakwater {command} 192.168.1.10',
  'usage.no-action.near': '{command} kennt {word} nicht; meinten Sie {near}?',
  'usage.no-action': '{command} kennt {word} nicht: es kennt {names}.',
  'usage.action-needs': '{command} {action} braucht {what}.',
  'usage.needs-value': '--{name} braucht einen Wert: --{name} {shown}.',
  'usage.unknown-command.near': 'es gibt keinen Befehl {word}; meinten Sie {near}?',
  'usage.unknown-option.near': 'es gibt keine Option {word}; meinten Sie --{near}?',
  'usage.unknown-option': 'es gibt keine Option {word}. Siehe "breakwater --help".',
  'usage.takes': '--{name} nimmt {values:either}, nicht {text}.',
  'usage.subnet': '--subnet {why}.',
  'usage.unknown-simulation.near': 'es gibt keinen simulierten PC {name}; meinten Sie {near}?',
  'usage.unknown-simulation': 'es gibt keinen simulierten PC {name}. Es gibt: {names}.',
  'usage.exception': 'Ausnahme {why}.',
  'usage.exceptions.all':
    'Die Ausnahmen umfassen jede Adresse, der Schutzschild würde also niemanden abhalten: Nennen Sie weniger.',
  'usage.exceptions.too-many':
    'Mehr als {most} Ausnahmen je Familie sind zu viele: Nennen Sie stattdessen ganze Netzwerke.',
  'usage.reason':
    'Der Grund ist die Kennung einer Sicherheitslücke wie CVE-2020-0796: Buchstaben, Ziffern, Punkte, Bindestriche und Unterstriche, höchstens 64.',
  'usage.at-end':
    'Was am Ende geschieht, lässt sich nur für einen Zeitpunkt wählen: Nennen Sie einen, etwa 7d oder 2026-12-31.',
  'usage.until':
    'Das Ende {text} ist nichts davon: "patched", ein Datum wie 2026-12-31, eine Dauer wie 12h, 7d oder 2w.',
  'usage.until.past': 'Das Ende {text} liegt in der Vergangenheit: Wählen Sie ein späteres.',
  'usage.until.too-far':
    'Das Ende {text} liegt mehr als ein Jahr entfernt: Ein Schutzschild ist für die Zeit bis zum Update.',
  'usage.from.bad': '--from {path}: {why}.',
  'usage.from.is': '--from {path} ist {kind}. {needs:capital}.',
  'usage.from.not-enough': '--from {path} ist {kind} und reicht allein nicht. {needs:capital}.',
});
