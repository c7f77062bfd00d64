import type { HelpMessages } from '../../model/messages/help';
import { textsOf } from '../texts';

export const help = textsOf<HelpMessages>()({
  'help.option.help': 'dieser Text',
  'help.option.version': 'die Version von Breakwater',
  'help.option.lang':
    'die Sprache: en oder de (Vorgabe: BREAKWATER_LANG, sonst die des Systems); JSON ist immer englisch',
  'help.option.simulate': 'ein simulierter PC statt dieses, in jeder Ausgabe gekennzeichnet',
  'help.option.json': 'ein JSON-Dokument auf stdout und sonst nichts',
  'help.option.only': 'nur diese Teile, mit Kommas: smb,firewall,patch,shield',
  'help.option.until': 'patched (Vorgabe), ein Datum wie 2026-12-31 oder eine Dauer wie 12h, 7d oder 2w',
  'help.option.at-end':
    'zum Zeitpunkt von --until, wenn der PC nicht nachweislich aktualisiert ist: trotzdem freigeben, oder blockiert lassen und warnen (Vorgabe extend)',
  'help.option.allow': 'wer sich weiter verbinden darf, z. B. 192.168.1.20 oder 10.0.0.0/24; mehrfach möglich',
  'help.option.outbound': 'diesen PC auch von SMB-Servern im Internet abhalten',
  'help.option.reason':
    'die Kennung einer Sicherheitslücke, z. B. CVE-2020-0796; wird mit dem Schutzschild gespeichert',
  'help.option.workaround':
    'Windows: bis zum Ausschalten des Schutzschilds auch server-off (den Dienst Server), smb1-off oder compression-off ausschalten; mehrfach möglich',
  'help.option.dry-run': 'den Plan zeigen und nichts ändern',
  'help.option.port': 'TCP-Port (Vorgabe 445)',
  'help.option.proto': 'Protokoll (Vorgabe tcp)',
  'help.option.from': 'eine gespeicherte Firewall-Richtlinie, wie "collect" oder die Werkzeuge des PCs sie schreiben',
  'help.option.complete':
    'mit --from: Ihr Wort, dass nicht vorhanden ist, was nicht gespeichert wurde; die Antwort nennt es',
  'help.option.out': 'was geschrieben wird: ein neuer oder leerer Ordner, bei self-test eine neue Datei',
  'help.option.yes': 'nichts fragen und überall weitermachen, wo ein Ja nötig wäre',
  'help.option.interface': 'nur diese Netzwerkschnittstelle',
  'help.option.profile': 'Windows: das aktive Profil (domain, private oder public)',
  'help.option.host': 'ein in einer JSON-Datei beschriebener PC statt dieses',
  'help.option.subnet': 'Windows: die lokalen Subnetze des PCs; mehrfach möglich',
  'help.inspect': 'diesen PC prüfen: Wer erreicht seine Dateifreigabe (SMB)?',
  'help.inspect.note-1':
    'Ändert nichts. Funktioniert ohne Administratorrechte; was sie braucht, steht unter „Nicht gesehen“.',
  'help.inspect.note-2':
    '--from beurteilt einen anderen PC, überall: anhand eines Ordners, den "collect" dort geschrieben hat, oder dessen, was "reg export" und "reg query KEY /s" von einem Windows-PC gespeichert haben. Was nicht gespeichert wurde, ist nicht bekannt, es sei denn, --complete sagt, dass es nicht vorhanden ist.',
  'help.inspect.note-3':
    'Exit: 0 geschlossen; 1 offen, oder es gibt einen schweren Befund; 2 das Gespeicherte ist nicht lesbar; 6 nicht bekannt, oder unter „Nicht bekannt“ steht etwas.',
  'help.inspect.note-4':
    'Mit --only entscheiden die gewünschten Teile; patch ist 1, wenn dieser PC eine bekannte Sicherheitslücke hat, 6, wenn es bei einer nicht bekannt ist.',
  'help.shield': 'mit vorübergehenden Regeln blockieren, und es nachweisen',
  'help.shield.note-1':
    'Zeigt den Plan, handelt ohne weitere Frage, liest die Regeln zurück und nimmt alles zurück, wenn der Nachweis misslingt.',
  'help.shield.note-2': 'Nur Regeln mit unserer Kennung werden je geändert. "breakwater lift" entfernt sie wieder.',
  'help.shield.note-3':
    'Wo Regeln dieses PCs keine Wirkung haben (die Firewall von Windows ist aus, oder die Gruppenrichtlinie lässt keine gelten), blockiert --workaround server-off durch Beenden der Dateifreigabe; lift startet wieder, was vorher lief.',
  'help.shield.note-4':
    'Wo systemd den PC betreibt und nur Administratoren in diese Kopie schreiben können, kümmert sich der Hintergrundschutz um den Schutzschild: Er stellt die Regeln nach dem Löschen oder einem Neustart wieder her und schaltet ihn aus, sobald der PC gegen --reason aktualisiert ist, oder zum Zeitpunkt, wie --at-end es sagt.',
  'help.shield.note-5':
    'Exit: 0 an und nachgewiesen; 2 ergibt keinen Sinn; 3 braucht Administratorrechte; 4 fehlgeschlagen, alles wie vorher; 5 fehlgeschlagen, etwas ist übrig (mit dem Befehl, der es entfernt); 6 nicht bekannt.',
  'help.status':
    'der Schutzschild: an oder nicht, seit wann, bis wann, Nachweis, worauf er wartet, blockierte Versuche',
  'help.status.note-1': 'Ändert nichts.',
  'help.status.note-2':
    'Exit: 0 an, seine Regeln wurden eben oder vor höchstens einigen Minuten vom Hintergrundschutz gelesen; 1 nicht an (keiner, beschädigt, abgelaufen, oder eine fremde Tabelle mit unserem Namen); 6 verzeichnet, aber nicht gelesen, unterbrochen, oder nicht bekannt.',
  'help.lift': 'unseren Schutzschild ausschalten, und nachweisen, dass sonst alles wie vorher ist',
  'help.lift.note-1':
    'Entfernt nur Regeln mit unserer Kennung, und den Hintergrundschutz. Unschädlich, wenn kein Schutzschild an ist.',
  'help.lift.note-2':
    'Exit: 0 aus; 3 braucht Administratorrechte; 4 fehlgeschlagen, der Schutzschild ist wie vorher; 5 fehlgeschlagen, etwas ist übrig (mit dem Befehl, der es entfernt); 6 nicht bekannt.',
  'help.review': 'wer sich verbinden kann, nach allen Regeln der Firewall',
  'help.review.note-1':
    'Ändert nichts. Sagt, von welchen Adressen eine neue Verbindung angenommen werden kann, an welcher Schnittstelle und wegen welcher Regel. Eine Regel, die sich nicht beurteilen lässt, gilt als durchlässig und wird genannt.',
  'help.review.note-2':
    'Live braucht es Administratorrechte. --from beurteilt die Richtlinie eines anderen PCs, überall: einen Ordner mit ruleset.json ("nft -j list ruleset") und, soweit vorhanden, ruleset.nft, iptables-save.txt, ip6tables-save.txt, iptables-legacy.txt, ip6tables-legacy.txt, ipset.txt und host.json; oder ruleset.json allein. Was fehlt, kostet Genauigkeit, nie Sicherheit; wo nichts über das alte iptables Auskunft gibt (weder seine zwei Dateien noch "legacyTables": [] in host.json), ist nichts geschlossen, sondern nicht bekannt.',
  'help.review.note-3':
    'Von Windows beurteilt --from, was "reg export" schreibt oder "reg query KEY /s" ausgibt, eine Datei oder einen Ordner mit mehreren (mit host.json, falls vorhanden): HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy und, falls vorhanden, HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall. Jedes Profil wird beurteilt, es sei denn, --profile nennt das aktive. Eine Richtlinie ist nur geschlossen, wenn alles gespeichert wurde, was sie öffnen könnte, oder bekannt ist, dass es nicht vorhanden ist; sonst ist die Antwort nicht bekannt (6) und nennt, was fehlt, und den Befehl, der es speichert. --complete ist Ihr Wort, dass es nicht vorhanden ist.',
  'help.review.note-4':
    'Exit: 0 geschlossen; 1 für alle oder einige offen; 2 die gespeicherte Richtlinie ist nicht lesbar; 3 braucht Administratorrechte; 6 nicht bekannt.',
  'help.collect': 'die Firewall-Richtlinie dieses PCs für "review --from" und "inspect --from" anderswo speichern',
  'help.collect.note-1':
    'Ändert an diesem PC nichts als den Ordner, den es schreibt: die Regeln, wie die Werkzeuge der Firewall sie ausgeben, die Adressen des PCs und wer an den Ports der Dateifreigabe wartet; von Windows auch die Version und die Einstellungen des SMB-Servers. Es listet auf, was es geschrieben hat. Braucht Administratorrechte.',
  'help.collect.note-2':
    'Exit: 0 gespeichert; 2 der Ordner ist nicht verwendbar; 3 braucht Administratorrechte; 4 fehlgeschlagen, und nichts wurde geschrieben; 6 gespeichert, bis auf Teile, die nicht gelesen werden konnten (es nennt sie).',
  'help.probe': 'was die Dateifreigabe eines anderen PCs antwortet, von hier gesehen',
  'help.probe.note-1':
    'Sendet einige SMB-Begrüßungen ohne Kennwort und ändert nichts. HOST ist ein Name oder eine Adresse. Prüfen Sie diesen PC von einem anderen aus: Von ihm selbst aus beweist es nichts.',
  'help.probe.note-2':
    'Exit: 0 er hat geantwortet und nichts Schlechtes wurde gefunden, oder er ist von hier blockiert (abgelehnt, oder 5 Sekunden still; Stille sagt nicht, ob dort überhaupt ein PC ist); 1 ein schwerer Befund; 6 nicht bekannt (unbekannter Name, kein Weg dorthin, Regeln dieses PCs dazwischen, oder etwas, das die Verbindung annimmt und nicht antwortet).',
  'help.advisories': 'die bekannten Sicherheitslücken, und dieser oder ein beschriebener PC im Vergleich',
  'help.advisories.show': 'eine Kennung, z. B. CVE-2020-0796',
  'help.advisories.update': 'eine Datei, einen Ordner oder eine https-Adresse',
  'help.advisories.note-1':
    'list: jede Sicherheitslücke der Liste. show ID: eine davon, mit ihren Einträgen, Notbehelfen und ihrem Verlauf. check: ob dieser PC (oder der in --host FILE beschriebene) gegen jede aktualisiert ist.',
  'help.advisories.note-2':
    'update FROM übernimmt Einträge in den Formaten CVE JSON 5, OSV und KEV, aus einer Datei, einem Ordner mit .json-Dateien (etwa einer Freigabe) oder einer https-Adresse. Ältere Einträge ersetzen nie neuere; ein fehlerhafter wird mit Namen abgelehnt und der Rest übernommen. Als Administrator gilt es für alle auf diesem PC; sonst nur für Sie, und was als Administrator läuft, verwendet es nicht. Ein Eintrag, der eine frühere Korrektur nennt als der hiesige, wird mit Namen zurückgehalten, bis derselbe Befehl mit --yes gegeben wird.',
  'help.advisories.note-3':
    'FILE ist {{"os": "windows", "build": "10.0.19045.3086", "installationType": "Client", "arch": "x64", "smb1": false} oder {{"os": "linux", "distro": "debian", "release": "12", "packages": {{"samba": "2:4.17.12+dfsg-0+deb12u1"}}. Mehr kann angegeben werden: edition, hotpatch, preview, restartPending, updates (KB-Nummern), smbServer, compression, kernel; ein nicht installiertes Paket: null. Es kann auch die gespeicherte Ausgabe von "ver" und "systeminfo" sein, in jeder Sprache.',
  'help.advisories.note-4':
    'Exit: check: 0 aktualisiert oder nicht betroffen; 1 mindestens eine Sicherheitslücke; 6 bei einer, die über TCP 445 erreichbar ist, nicht bekannt, oder die Liste ist zu alt. Die anderen: 0 erledigt; 2 keine solche Sicherheitslücke, oder nichts Verwendbares angegeben; 4 nicht übernommen, und nichts wurde geändert; 6 einige Einträge wurden zurückgehalten, die Liste ist zu alt, oder ein Teil davon ist nicht verwendbar.',
  'help.guide': 'die vier Schritte im Terminal: Prüfen, Abschirmen, Aktualisieren, Wieder öffnen',
  'help.guide.note-1': 'Fragt, bevor etwas geändert wird, und kann jederzeit abgebrochen werden. Braucht ein Terminal.',
  'help.guide.note-2':
    'Exit: 0 am Ende geschlossen, oder wieder freigegeben auf einem aktualisierten PC; 1 offen; 6 nicht bekannt; 2 bis 5, wie "shield" und "lift" enden.',
  'help.self-test':
    'zehn Minuten mit Ihnen an einem echten PC: was Breakwater dort tut, verglichen mit dem, was Sie sehen, und aufgeschrieben',
  'help.self-test.note-1':
    'Prüft, fragt, was Sie sehen, blockiert nach einem Ja die Dateifreigabe, lässt Sie es von einem anderen PC aus versuchen und gibt sie wieder frei; was auch geschieht, den eigenen Schutzschild schaltet er aus. Braucht ein Terminal, oder --yes. Die Liste steht in docs/self-test.md.',
  'help.self-test.note-2':
    'Schreibt nach jedem Schritt eine JSON-Datei (breakwater-self-test-TIME.json hier, es sei denn, --out nennt eine): was er sah und was Sie antworteten, mit Versionen und Zeiten.',
  'help.self-test.note-3':
    'Exit: 0 alles wie erwartet, soweit versucht; 1 etwas war es nicht; 2 ergibt keinen Sinn, oder ein Schutzschild ist schon an; 3 braucht Administratorrechte; 4 abgebrochen oder fehlgeschlagen, und dieser PC ist wie vorher; 5 etwas ist übrig (mit dem Befehl, der es entfernt); 6 nicht bekannt.',
  'help.purpose':
    'Schützt einen PC zwischen „eine Sicherheitslücke in SMB ist bekannt“ und „dieser PC ist aktualisiert“.',
  'help.heading.commands': 'Befehle',
  'help.heading.options': 'Optionen',
  'help.heading.simulated': 'Simulierte PCs',
  'help.heading.exit-codes': 'Exit-Codes',
  'help.exit.0': 'erledigt, und geschlossen oder an wie gewünscht',
  'help.exit.1': 'erledigt, und die Antwort ist schlecht: offen, verwundbar, Schutzschild nicht an',
  'help.exit.2': 'falsche Verwendung oder nicht lesbare Eingabe',
  'help.exit.3': 'nicht erlaubt: braucht Administratorrechte',
  'help.exit.4': 'fehlgeschlagen oder abgebrochen, und alles ist wie vorher',
  'help.exit.5': 'fehlgeschlagen, und etwas ist übrig: sagt, was, und was es entfernt',
  'help.exit.6': 'erledigt, aber nicht bekannt, und warum',
  'help.more': '"breakwater COMMAND --help" sagt mehr zu jedem.',
  'help.sentence': '{what:capital}.',
});
