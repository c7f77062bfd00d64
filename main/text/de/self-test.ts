import type { SelfTestMessages } from '../../model/messages/self-test';
import { textsOf } from '../texts';

export const selfTest = textsOf<SelfTestMessages>()({
  'self-test.intro':
    'Ein Selbsttest von etwa zehn Minuten: was Breakwater auf diesem PC sieht und tut, verglichen mit dem, was Sie sehen.',
  'self-test.intro.second-pc':
    'Für die Fragen zum Zugriff wird ein zweiter PC im selben Netzwerk gebraucht. Ohne ein Ja wird nichts geändert, und am Ende ist alles wie vorher. Strg+C bei einer Frage beendet den Test und gibt die Dateifreigabe vorher wieder frei, falls sie blockiert war.',
  'self-test.check.pc': 'Was Breakwater von diesem PC liest, ohne etwas zu ändern',
  'self-test.check.networks': 'Das Profil jedes Netzwerks',
  'self-test.check.firewalls': 'Andere Firewalls',
  'self-test.check.before': 'Der Zugriff vor dem Schutzschild',
  'self-test.check.opened': 'Eine Datei, vor dem Schutzschild geöffnet',
  'self-test.check.plan': 'Was ein Schutzschild ändern würde',
  'self-test.check.shield': 'Der Schutzschild wird eingeschaltet',
  'self-test.check.permission': 'Die Frage nach der Erlaubnis',
  'self-test.check.rules': 'Die Regeln in der Liste von Windows',
  'self-test.check.keeper': 'Der Hintergrundschutz in der Aufgabenplanung',
  'self-test.check.shut': 'Der Zugriff hinter dem Schutzschild',
  'self-test.check.kept': 'Die vorher geöffnete Datei',
  'self-test.check.status': 'Der Zustand des Schutzschilds',
  'self-test.check.lift': 'Der Schutzschild wird ausgeschaltet',
  'self-test.check.after': 'Der Zugriff danach',
  'self-test.question.reach':
    'Versuchen Sie auf einem anderen PC dieses Netzwerks, diesen zu erreichen. Unter Windows, in PowerShell: Test-NetConnection {address} -Port 445 (TcpTestSucceeded: True ist ein Ja). Unter Linux: nc -vz -w 3 {address} 445. Kam eine Verbindung zustande?',
  'self-test.question.reach-not': '{question} (Diesmal sollte das nicht gelingen.)',
  'self-test.question.networks':
    'Einstellungen, Netzwerk und Internet, zeigt für jedes verbundene Netzwerk, ob es privat oder öffentlich ist. Ist es so, wie oben aufgeführt?',
  'self-test.question.firewalls':
    'Gibt es auf diesem PC eine Firewall (etwa als Teil eines Virenschutzes), die oben nicht aufgeführt ist?',
  'self-test.question.opened':
    'Öffnen Sie auf dem anderen PC einen freigegebenen Ordner oder eine Datei dieses PCs, und lassen Sie sie offen. Ist jetzt etwas offen?',
  'self-test.question.shield': 'Die Dateifreigabe jetzt für einige Minuten blockieren?',
  'self-test.question.permission':
    'Falls das System nach einer Erlaubnis gefragt hat: Welches Programm und welchen Herausgeber nannte das Fenster? (eine Zeile, oder nichts)',
  'self-test.question.rules':
    'Öffnen Sie „Windows Defender Firewall mit erweiterter Sicherheit“, Eingehende Regeln. Gibt es zwei Regeln, deren Namen mit "Breakwater-" beginnen, und blockieren beide?',
  'self-test.question.keeper':
    'Öffnen Sie die Aufgabenplanung als Administrator. Gibt es im Ordner "Breakwater" eine Aufgabe "Keeper"?',
  'self-test.question.kept': 'Auf dem anderen PC: Lässt sich der vorher geöffnete Ordner oder die Datei noch lesen?',
  'self-test.fact.read': '{name}: gelesen',
  'self-test.fact.unread': '{name}: {state} ({why})',
  'self-test.system': '{name}, Build {build}, {architecture}',
  'self-test.profile-not-known': '{name}: Profil nicht bekannt',
  'self-test.manager': '{title}: {state}. {because}',
  'self-test.keeper': 'Zeitplan des Hintergrundschutzes: {state}',
  'self-test.keeper.impossible': 'Zeitplan des Hintergrundschutzes: nicht möglich, denn {why}',
  'self-test.same-reach': 'Nach den Regeln können sich dieselben verbinden wie vorher.',
  'self-test.other-reach': 'Nach den Regeln können sich andere verbinden als vorher.',
  'self-test.own-address': '(Adresse dieses PCs)',
  'self-test.yes-no-or-nothing': '{question} [ja/nein, oder nichts, falls nicht versucht]',
  'self-test.not-as-expected': 'Nicht wie erwartet: vermerkt.',
  'self-test.not-written': 'was gesehen wurde, kann nicht mehr gespeichert werden: {why}',
  'self-test.person-left': 'die Person hat abgebrochen',
  'self-test.written': 'was gesehen wurde, steht in {path}',
  'self-test.stopped': 'abgebrochen.',
  'self-test.as-it-was': 'dieser PC ist wie vorher.',
  'self-test.not-planned': 'hier ließ sich kein Schutzschild planen',
  'self-test.not-up': 'der Schutzschild wurde nicht eingeschaltet',
  'self-test.not-lifted': 'der Schutzschild ließ sich nicht ausschalten',
  'self-test.no-permission': 'Keine war nötig.',
  'self-test.taken-down': 'Ausgeschaltet, denn {why}.',
  'self-test.not-taken-down': 'der Schutzschild ließ sich nicht ausschalten: {why}. Als Administrator: breakwater lift',
});
