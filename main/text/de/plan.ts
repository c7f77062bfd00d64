import type { PlanMessages } from '../../model/messages/plan';
import { textsOf } from '../texts';

export const plan = textsOf<PlanMessages>()({
  'plan.up-already': 'Dieser Schutzschild ist schon an: Es muss nichts geändert werden.',
  'plan.none-up': 'Es ist kein Schutzschild an: Es muss nichts geändert werden.',
  'plan.lift.as-before':
    'Die Dateifreigabe ist wie vor dem Schutzschild: Wieder entscheiden Ihre anderen Firewall-Regeln, wer zugreifen darf.',
  'plan.lift.only-ours': 'Nur Regeln mit unserer Kennung werden entfernt; jede andere Regel bleibt, wie sie ist.',
  'plan.lift.exposed':
    'Wenn dieser PC nicht aktualisiert wurde, kann er wieder angegriffen werden, sobald der Schutzschild aus ist.',
  'plan.shield.nobody-connects':
    'Niemand sonst kann eine Verbindung zu freigegebenen Dateien und Druckern dieses PCs öffnen (TCP 445 und 139, UDP 137 und 138), weder über IPv4 noch über IPv6.',
  'plan.shield.no-exceptions': 'Es gibt keine Ausnahmen.',
  'plan.shield.exceptions': 'Diese können sich weiter verbinden, wo Ihre anderen Regeln es erlauben: {allowed:commas}.',
  'plan.shield.nothing-serves':
    'Niemand kann freigegebene Dateien und Drucker dieses PCs nutzen, da nichts sie mehr bereitstellt. Firewall-Regeln hätten hier keine Wirkung; daher gibt es keine, und auch keine Ausnahmen.',
  'plan.shield.own-files':
    'Programme auf diesem PC erreichen seine eigenen Dateien wie vorher. Verkehr, der nur durchläuft (Container, virtuelle Maschinen), bleibt unberührt.',
  'plan.shield.outbound':
    'Dieser PC kann keine SMB-Verbindungen ins Internet öffnen; Dateiserver in lokalen Netzwerken bleiben erreichbar.',
  'plan.shield.uses-others': 'Dieser PC kann Freigaben anderer PCs wie vorher nutzen.',
  'plan.shield.keeper':
    'Der Hintergrundschutz kümmert sich darum ({schedule}): Er stellt die Regeln wieder her, wenn etwas sie gelöscht hat oder der PC neu gestartet wurde.',
  'plan.shield.take-away': 'Sie können ihn jederzeit mit "lift" ausschalten; alles andere bleibt, wie es ist.',
  'plan.sessions.cut':
    'Jetzt offene Verbindungen werden getrennt, wenn sie keine Ausnahmen sind: {who}. Bitten Sie darum, vorher zu speichern.',
  'plan.sessions.stay':
    'Jetzt offene Verbindungen bleiben bis zu ihrem Ende offen: {who}. Zum Beenden starten Sie den Dienst Server oder den PC neu.',
  'plan.sessions.not-known': 'Ob jemand gerade Freigaben dieses PCs nutzt, ist nicht bekannt.',
  'plan.sessions.go-on': 'Alle, die gerade Freigaben dieses PCs nutzen, können weitermachen.',
  'plan.sessions.none': 'Soweit zu sehen ist, nutzt gerade niemand Freigaben dieses PCs.',
  'plan.end.at': 'Er endet von selbst am {at:time}, oder wenn Sie ihn ausschalten.',
  'plan.end.at-or-patched':
    'Er endet von selbst am {at:time} oder sobald dieser PC gegen {reason} aktualisiert ist, je nachdem, was zuerst eintritt, oder wenn Sie ihn ausschalten.',
  'plan.end.warned': 'Ab {at:time} warnt Breakwater; der Schutzschild bleibt an, bis Sie ihn ausschalten.',
  'plan.end.patched-or-warned':
    'Er schaltet sich von selbst aus, sobald dieser PC gegen {reason} aktualisiert ist. Ist das am {at:time} nicht der Fall, warnt Breakwater, und der Schutzschild bleibt bis dahin an, oder bis Sie ihn ausschalten.',
  'plan.end.by-hand': 'Er bleibt, bis Sie ihn ausschalten.',
  'plan.end.patched':
    'Er schaltet sich von selbst aus, sobald dieser PC gegen {reason} aktualisiert ist, oder wenn Sie ihn ausschalten.',
  'plan.warning.damaged': 'Ein Schutzschild, der an sein sollte, ist beschädigt; hiermit wird er neu eingeschaltet.',
  'plan.warning.no-keeper': 'Auf diesem PC kann sich nichts um den Schutzschild kümmern: {why}.',
  'plan.warning.no-keeper-nor-restart':
    'Auf diesem PC kann sich nichts um den Schutzschild kümmern: {why}. Er übersteht keinen Neustart: Schalten Sie ihn danach wieder ein.',
  'plan.warning.nftables-service':
    'Ein Neustart oder Neuladen von nftables.service löscht alle Regeln, auch den Schutzschild. Schalten Sie ihn danach wieder ein.',
  'plan.warning.nothing-lifts': 'Nichts schaltet ihn aus, wenn das Update installiert ist: Tun Sie das selbst.',
  'plan.warning.no-reason':
    'Es ist keine Sicherheitslücke als Grund angegeben, daher erkennt Breakwater nicht, wann das Update installiert ist: Der Schutzschild bleibt, bis Sie ihn ausschalten.',
  'plan.warning.not-in-catalogue-stays':
    'Die Liste der Sicherheitslücken enthält {reason} nicht, daher erkennt Breakwater nicht, wann das Update installiert ist: Der Schutzschild bleibt, bis Sie ihn ausschalten. Für eine Ticketnummer ist das richtig so; eine Sicherheitslücke kommt mit "breakwater advisories update".',
  'plan.warning.not-in-catalogue':
    'Die Liste der Sicherheitslücken enthält {reason} nicht, daher erkennt Breakwater nicht, wann das Update installiert ist. Für eine Ticketnummer ist das richtig so; eine Sicherheitslücke kommt mit "breakwater advisories update".',
  'plan.warning.patched':
    'Dieser PC ist gegen {reason} schon aktualisiert: Der Hintergrundschutz schaltet den Schutzschild beim ersten Lauf aus. {because}',
  'plan.warning.not-affected':
    'Dieser PC ist von {reason} nicht betroffen, daher gibt es kein Update, das den Schutzschild beenden würde. {because}',
  'plan.warning.unknown':
    'Ob dieser PC gegen {reason} aktualisiert ist, ist jetzt nicht bekannt; solange das so ist, beendet kein Update den Schutzschild. {because}',
});
