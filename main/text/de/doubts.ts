import type { DoubtMessages } from '../../model/messages/doubts';
import { textsOf } from '../texts';

export const doubts = textsOf<DoubtMessages>()({
  'doubt.door': 'Ob andere die Dateifreigabe dieses PCs erreichen.',
  'doubt.fact': '{fact}: {why}',
  'doubt.server-settings': 'Wie der Dateiserver eingestellt ist: {what}',
  'doubt.smb-answer': 'Was {endpoint} spricht, ist nicht vollständig bekannt.',
  'doubt.smb-answer.problems': '{problems}',
  'doubt.probe-door': 'Ob {host} Verbindungen zu TCP {port} annimmt.',
  'doubt.addresses-left-out': 'Was {count} weitere Adressen von {host} antworten: Sie wurden nicht geprüft.',
  'doubt.address': 'Was {address} antwortet: Die Adresse konnte nicht geprüft werden.',
  'doubt.nobody-asked': 'Was unter {address} antwortet: Dort war niemand zu fragen.',
  'doubt.shield.recorded': 'Ob die Regeln des verzeichneten Schutzschilds jetzt gelten.',
  'doubt.shield.interrupted': 'Ob die unterbrochene Änderung wirksam wurde.',
  'doubt.shield.unknown': 'Ob ein Schutzschild an ist.',
  'doubt.advisory': 'Ob {id} geschlossen ist: {because}',
  'doubt.catalogue-missing': 'Die bekannten Sicherheitslücken: Es gibt keine Liste davon.',
  'doubt.catalogue-age':
    'Wie alt die Liste der Sicherheitslücken ist: Der neueste Eintrag ist vom {day}, nach der Uhr dieses PCs.',
  'doubt.catalogue-age.no-day':
    'Wie alt die Liste der Sicherheitslücken ist: Der neueste Eintrag trägt kein bekanntes Datum, nach der Uhr dieses PCs.',
  'doubt.catalogue-too-old':
    'Seit {day} veröffentlichte Sicherheitslücken: Die Liste ist zu alt. Aktualisieren Sie sie mit "breakwater advisories update".',
  'doubt.catalogue-incomplete': 'Was eine vorhandene, aber nicht verwendbare Aktualisierung der Liste enthält.',
  'doubt.reach': 'Wer sich nach den Regeln der Firewall verbinden kann.',
  'doubt.key-not-saved': 'Was in {key} steht: Der Schlüssel konnte nicht gelesen werden und ist nicht gespeichert.',
  'doubt.not-saved': '{fact} (für host.json): {why}',

  'fact.system': 'Das Betriebssystem',
  'fact.network': 'Die Adressen dieses PCs',
  'fact.listeners': 'Welche Programme auf Verbindungen warten',
  'fact.sessions': 'Offene Sitzungen',
  'fact.smb': 'Was SMB antwortet',
  'fact.servers': 'Die Einstellungen des SMB-Servers',
  'fact.managers': 'Andere Firewall-Programme',
  'fact.ruleset': 'Die Regeln der Firewall',
  'fact.patch': 'Woran sich der Patchstand zeigt',
  'fact.journal': 'Das Protokoll der Schutzschilde',
  'fact.keeper': 'Der letzte Lauf des Hintergrundschutzes',
});
