import type { ShieldStateMessages } from '../../model/messages/shield-state';
import { textsOf } from '../texts';

export const shieldState = textsOf<ShieldStateMessages>()({
  'shield-state.record-unread': 'Das Protokoll der Schutzschilde: {why}',
  'shield-state.gone': 'Ein Schutzschild ist nicht mehr da.',
  'shield-state.switched-off': 'Dadurch noch abgeschaltet: {names:commas}. "lift" schaltet das wieder ein.',
  'shield-state.switched-off-by-failure':
    'Durch eine gescheiterte Änderung noch abgeschaltet: {names:commas}. "lift" schaltet das wieder ein.',
  'shield-state.date-passed':
    'Sein Datum ({until:time}) ist vorbei; er bleibt wie vereinbart an. Schalten Sie ihn aus, oder geben Sie ihm ein neues Datum.',
  'shield-state.no-keeper':
    'Um diesen Schutzschild kümmert sich nichts: {why}. Ein Neustart oder ein Löschen der Regeln entfernt ihn.',
  'shield-state.keeper-broken':
    'Der Hintergrundschutz ist nicht eingerichtet, wie er sein sollte: Schalten Sie den Schutzschild erneut ein, um ihn einzurichten.',
  'shield-state.interrupted.apply':
    'Das Einschalten eines Schutzschilds wurde am {at:time} unterbrochen, bevor das Ergebnis geprüft werden konnte. Breakwater kann es beenden oder rückgängig machen.',
  'shield-state.interrupted.revert':
    'Das Ausschalten des Schutzschilds wurde am {at:time} unterbrochen, bevor das Ergebnis geprüft werden konnte. Breakwater kann es beenden oder rückgängig machen.',
  'shield-state.foreign':
    'Eine Firewall-Tabelle mit unserem Namen trägt nicht unsere Kennung. Breakwater lässt sie unverändert.',
  'shield-state.none': 'Keine unserer Regeln sind in Kraft, und das ist richtig so.',
  'shield-state.expired': 'Der Schutzschild war bis {until:time} an.',
  'shield-state.rules-gone':
    'Der Schutzschild sollte an sein, aber seine Regeln fehlen: Jemand oder etwas hat sie entfernt, oder der PC wurde neu gestartet.',
  'shield-state.not-on-record': 'Regeln des Schutzschilds {id} sind in Kraft, aber im Protokoll steht nichts davon.',
  'shield-state.lift-or-replace': '"lift" entfernt sie; ein neuer Schutzschild ersetzt sie.',
  'shield-state.rules-may-stand': 'Regeln von uns könnten noch in Kraft sein: "lift" entfernt sie.',
  'shield-state.rules-unknown':
    'Im Protokoll steht kein Schutzschild, und ob Regeln von uns in Kraft sind, ist nicht bekannt: {why}',
  'shield-state.none-on-record': 'Im Protokoll steht kein Schutzschild.',
  'shield-state.seen-whole':
    'Am {at:time} vom Hintergrundschutz vollständig gesehen, der als Administrator läuft und immer wieder nachsieht.',
  'shield-state.seen-open':
    'Am {at:time} stellte der Hintergrundschutz fest, dass die Regeln nicht wirken, und konnte sie nicht wiederherstellen.',
  'shield-state.restarted':
    'Der PC wurde neu gestartet, seit der Schutzschild zuletzt geprüft wurde, und seine Regeln überstehen einen Neustart nicht von selbst.',
  'shield-state.recorded': 'Am {at:time} eingeschaltet und geprüft. Seitdem hat niemand nachgesehen: {why}',
});
