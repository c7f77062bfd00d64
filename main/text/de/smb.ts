import type { SmbMessages } from '../../model/messages/smb';
import { textsOf } from '../texts';

export const smb = textsOf<SmbMessages>()({
  'smb.no-usable-answer': 'Keine brauchbare Antwort von {endpoint} zu {about:and}: {why}.',
  'smb.about-dialect': 'SMB {dialect}',
  'smb.about-choice': 'seiner Wahl unter allen Dialekten',
  'smb.about-name': 'seinem Namen',

  'smb.no-connection': 'keine Verbindung: {why}',
  'smb.address-nonsense': 'Adresse oder Port ist ungültig',
  'smb.out-of-turn': 'der Server hat sich nicht an das Protokoll gehalten',
  'smb.ended-without-answer': 'der Server hat die Verbindung ohne Antwort beendet',
  'smb.refused': 'die Verbindung wurde abgelehnt',
  'smb.cut': 'die Verbindung wurde getrennt',
  'smb.nobody-answered': 'auf den Verbindungsversuch kam keine Antwort',
  'smb.unreachable': 'die Adresse ist von hier nicht erreichbar',
  'smb.address-unusable': 'die Adresse ist von hier nicht verwendbar',
  'smb.forbidden-here': 'Regeln auf diesem PC verbieten die Verbindung',
  'smb.name-unknown': 'der Name ist nicht bekannt',
  'smb.name-not-looked-up': 'der Name konnte nicht aufgelöst werden',
  'smb.connection-failed': 'die Verbindung ist fehlgeschlagen ({code})',
  'smb.unusable': 'die Antwort ist nicht verwendbar ({why})',
  'smb.error-reported': 'der Server meldete den Fehler {status}',
  'smb.cut-short': 'sie ist abgeschnitten',
  'smb.not-of-question': 'sie gehört nicht zur Anfrage',
  'smb.not-smb1': 'sie ist keine SMB1-Antwort',
  'smb.not-smb2': 'sie ist keine SMB2-Antwort',
  'smb.wrong-header-size': 'ihr Kopf hat die falsche Größe',
  'smb.wrong-body-size': 'ihr Rumpf hat die falsche Größe',
  'smb.dialect-not-offered': 'der gewählte Dialekt war nicht angeboten',
  'smb.terms-cut-short': 'die Liste der Aushandlungsdaten ist abgeschnitten',
  'smb.term-malformed': 'ein Eintrag der Aushandlungsdaten ist fehlerhaft',
  'smb.no-ntlm': 'sie enthält keine NTLM-Nachricht',
  'smb.ntlm-no-challenge': 'ihre NTLM-Nachricht ist keine Challenge',
  'smb.ntlm-cut-short': 'ihre NTLM-Nachricht ist abgeschnitten',
  'smb.ntlm-malformed': 'ihre NTLM-Nachricht ist fehlerhaft',
  'smb.not-smb': 'die Antwort ist kein SMB',
  'smb.too-long': 'angekündigt wurde eine Nachricht von {bytes} Bytes, weit mehr als eine solche Antwort hat',
  'smb.stopped': 'die Prüfung wurde abgebrochen',
  'smb.timeout': 'innerhalb von {seconds} s kam nichts zurück',

  'finding.smb1-accepted.title': 'Dieser PC spricht noch SMB1',
  'finding.smb1-accepted.detail':
    'SMB1 ist die alte Version der Windows-Dateifreigabe. Würmer wie WannaCry verbreiten sich darüber, und gegen Mithören ist es nicht geschützt. {advice}',
  'finding.signing-not-required.title.off': 'Die Dateifreigabe auf diesem PC signiert ihre Nachrichten nicht',
  'finding.signing-not-required.title.offered': 'Die Dateifreigabe auf diesem PC verlangt keine signierten Nachrichten',
  'finding.signing-not-required.detail':
    'Ohne Signierung kann sich jemand im selben Netzwerk in eine Verbindung einklinken oder die Anmeldung einer anderen Person weiterleiten. {advice}',
  'finding.smb3-not-accepted.title': 'Dieser PC spricht höchstens SMB {dialects:and}',
  'finding.smb3-not-accepted.detail':
    'SMB 2 kann Dateien unterwegs nicht verschlüsseln und bemerkt nicht, wenn jemand die Verbindung schwächt. SMB 3 kann beides, seit 2012. Aktualisieren Sie den Dateiserver, oder erlauben Sie SMB 3 in seinen Einstellungen.',
  'finding.encryption-not-offered.title': 'Die Dateifreigabe auf diesem PC verschlüsselt nicht',
  'finding.encryption-not-offered.detail':
    'Dateien, die andere auf diesem PC öffnen, gehen für alle lesbar durch das Netzwerk. {advice}',
  'finding.compression-on.title': 'Die SMB-Komprimierung ist eingeschaltet',
  'finding.compression-on.detail':
    'Der Programmteil mit der Sicherheitslücke CVE-2020-0796 (SMBGhost) ist eingeschaltet. Ob sie geschlossen ist, zeigt die Antwort nicht: Der Patchstand entscheidet. Windows 10 1903 braucht Build 18362.720 oder höher, 1909 braucht 18363.720 oder höher.',
  'finding.ntlm-identity-told.title': 'Dieser PC nennt Fremden seinen Namen',
  'finding.ntlm-identity-told.detail':
    'Wer sich verbinden kann, erfährt noch vor der Anmeldung: {told:commas}. So funktioniert NTLM, und einzeln abschalten lässt es sich nicht. Angreifern hilft es bei der Auswahl. Abhilfe: den Port für Fremde blockieren.',
  'finding.ntlm-identity-told.clock': 'die Uhrzeit',
  'finding.ntlm-identity-told.version': 'Version {version}',
  'finding.smb-questions-open.title': 'Einige Fragen an den Dateiserver blieben offen',
  'finding.smb-questions-open.detail':
    '{problems} Was nicht bekannt ist, gilt weder als sicher noch als unsicher. Prüfen Sie gleich noch einmal.',
  'finding.server-settings-unread.title': 'Einige Einstellungen des Dateiservers konnten nicht gelesen werden',
  'finding.server-settings-unread.detail':
    'Nicht gelesen: {unread:semicolons}. Was dort eingestellt oder freigegeben ist, ist nicht bekannt; kein Befund berücksichtigt es.',
  'finding.guest-share-writable.title': 'Jeder kann ohne Kennwort Dateien ändern',
  'finding.guest-share-writable.detail':
    'Für Gäste freigegeben: {shares:quoted}. Wer diesen PC im Netzwerk erreicht, kann dort alles lesen, ändern und löschen. Entziehen Sie Gästen den Zugriff, wenn er nicht gewollt ist.',
  'finding.guest-share-readable.title': 'Jeder kann ohne Kennwort Dateien lesen',
  'finding.guest-share-readable.detail':
    'Für Gäste freigegeben: {shares:quoted}. Wer diesen PC im Netzwerk erreicht, kann dort alles lesen. Entziehen Sie Gästen den Zugriff, wenn er nicht gewollt ist.',
  'finding.null-sessions.title': 'Fremde können Freigaben und Benutzer dieses PCs abfragen',
  'finding.null-sessions.detail':
    'Verbindungen ohne Anmeldung („Nullsitzungen“) sind erlaubt. Darüber lässt sich auflisten, was freigegeben ist und wer ein Konto hat. Schränken Sie sie ein, wenn nicht alte Geräte sie brauchen.',

  'evidence.answers': 'Antwort {endpoints:and}',
  'evidence.answer-of': 'von {endpoint}',
  'evidence.shares': {
    by: 'count',
    one: 'Freigabe {shares:quoted} in {configuration}',
    other: 'Freigaben {shares:quoted} in {configuration}',
  },
  'evidence.settings': '{settings:commas}',
  'evidence.setting': '{name} = {value} ({from})',

  'advice.samba': '{act}: Schreiben Sie in smb.conf, Abschnitt [global], "{setting}", und starten Sie smbd neu.',
  'advice.ksmbd': '{act}: Schreiben Sie in ksmbd.conf, Abschnitt [global], "{setting}", und starten Sie ksmbd neu.',
  'advice.windows': '{act}: als Administrator Set-SmbServerConfiguration {setting}.',
  'advice.other': '{act}, in den Einstellungen des Dateiservers.',
  'advice.turn-off': 'Ausschalten',
  'advice.turn-on': 'Einschalten',
  'advice.require': 'Vorschreiben',
  'advice.allow': 'Erlauben',
});
