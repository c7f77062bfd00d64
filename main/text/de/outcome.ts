import type { OutcomeMessages } from '../../model/messages/outcome';
import { textsOf } from '../texts';

export const outcome = textsOf<OutcomeMessages>()({
  'outcome.firewall-changed': 'Die Firewall hat sich geändert',
  'outcome.firewall-changed.what':
    'Der Schutzschild wurde ohne Firewall-Regeln geplant, weil sie keine Wirkung hatten; jetzt haben sie eine.',
  'outcome.firewall-changed.todo': 'Es wurde nichts geändert. Planen Sie ihn neu.',
  'outcome.no-exceptions': 'Ohne Firewall-Regeln gibt es keine Ausnahmen',
  'outcome.no-exceptions.what':
    '{obstacles} Ist der Serverdienst aus, kann niemand zugelassen werden, und nichts hält diesen PC von Servern anderswo ab.',
  'outcome.no-exceptions.todo': 'Es wurde nichts geändert. Lassen Sie Ausnahmen und ausgehende Verbindungen weg.',
  'outcome.no-effect': 'Ein Schutzschild hätte hier keine Wirkung',
  'outcome.no-effect.what': '{obstacles}',
  'outcome.no-effect.instead': 'Es wurde nichts geändert. {instead}',
  'outcome.no-workaround': 'Diese Abhilfe gibt es hier nicht',
  'outcome.no-workaround.none': 'Dieser PC hat {workaround} nicht; auf seiner Plattform gibt es keine Abhilfen.',
  'outcome.no-workaround.others': 'Dieser PC hat {workaround} nicht; er hat {others:commas}.',
  'outcome.no-workaround.todo': 'Es wurde nichts geändert. Lassen Sie sie weg.',
  'outcome.time-over': 'Die Zeit ist abgelaufen',
  'outcome.time-over.what': 'Der Schutzschild sollte am {until} enden; das ist vorbei.',
  'outcome.time-over.todo': 'Wählen Sie eine spätere Zeit.',
  'outcome.up-already': 'Dieser Schutzschild war schon an; es wurde nichts geändert.',
  'outcome.not-up': 'Der Schutzschild wurde nicht eingeschaltet',
  'outcome.now-unread': 'Der jetzige Zustand konnte nicht gelesen werden: {why}',
  'outcome.mend-cause': 'Es wurde nichts geändert. Beheben Sie die Ursache und versuchen Sie es dann erneut.',
  'outcome.not-put-up': 'Der Schutzschild konnte nicht eingeschaltet werden: {why}',
  'outcome.not-proven': 'beim erneuten Lesen der Regeln war der Zugriff nicht blockiert. {why}',
  'outcome.lines': '{lines}',
  'outcome.undoing-failed': '{why} Auch das Rückgängigmachen ist gescheitert: {failure}',
  'outcome.not-up.record-open': 'Der Schutzschild wurde nicht eingeschaltet, und sein Protokoll ist offen',
  'outcome.before-is-up.not-written':
    '{why} Der vorherige Schutzschild ist an. Das konnte nicht protokolliert werden: {failure}',
  'outcome.before-is-open.not-written':
    '{why} Der Zugriff ist wie vorher und nicht von Breakwater blockiert. Das konnte nicht protokolliert werden: {failure}',
  'outcome.make-room':
    'Schaffen Sie Platz auf dem Datenträger, oder reparieren Sie ihn. Der nächste Lauf hält die Änderung für unterbrochen und beendet sie oder macht sie rückgängig.',
  'outcome.before-as-it-was': 'Der vorherige Schutzschild ist unverändert an.',
  'outcome.before-as-it-was.noted':
    'Der vorherige Schutzschild ist unverändert an. Der Zeitplan seines Hintergrundschutzes ist nicht vollständig und konnte nicht repariert werden: {failure}',
  'outcome.as-before':
    'Alles ist wie vorher: Der Zugriff wird nicht von Breakwater blockiert. Beheben Sie die Ursache und versuchen Sie es dann erneut.',
  'outcome.schedule-stays': 'Der Zeitplan des Hintergrundschutzes konnte nicht entfernt werden: {why}',
  'outcome.none-was-up': 'Es war kein Schutzschild an; es wurde nichts geändert.',
  'outcome.gone-already': 'Die Regeln des Schutzschilds waren schon weg; sein Protokoll ist jetzt abgeschlossen.',
  'outcome.not-taken-down': 'Der Schutzschild konnte nicht ausgeschaltet werden: {why}',
  'outcome.only-schedule-stays': 'Die Regeln sind entfernt, aber der Zeitplan des Hintergrundschutzes nicht: {why}',
  'outcome.rest-as-it-was': 'Unsere Regeln sind entfernt; jede andere Regel ist, wie sie war.',
  'outcome.down': 'Der Schutzschild ist aus',
  'outcome.down.what':
    'Unsere Regeln sind entfernt. Andere Regeln änderten sich im selben Augenblick oder waren nicht lesbar, daher kann Breakwater nicht zeigen, dass alles andere wie vorher ist.',
  'outcome.down.todo': 'Wenn Sie die Firewall nicht gerade selbst geändert haben, sehen Sie sie sich an.',
  'outcome.down.record-open': 'Der Schutzschild ist aus, aber sein Protokoll ist offen',
  'outcome.down.not-written':
    'Unsere Regeln und der Zeitplan des Hintergrundschutzes sind entfernt; über den Zugriff entscheiden Ihre anderen Regeln. Das konnte nicht protokolliert werden: {why}',
  'outcome.down.lift-again':
    'Schaffen Sie Platz auf dem Datenträger, oder reparieren Sie ihn, und führen Sie dann noch einmal "lift" aus: Das schließt das Protokoll ab.',
  'outcome.still-up': 'Der Schutzschild ist noch an',
  'outcome.still-up.todo': 'Er ist vollständig wie vorher. Bitte versuchen Sie es erneut.',
  'outcome.busy': 'Beschäftigt',
  'outcome.not-begun': 'Breakwater konnte nicht beginnen',
  'outcome.set-aside':
    'Legen Sie die Datei als Administrator beiseite, wenn sie nicht gebraucht wird, und versuchen Sie es dann erneut.',
  'outcome.try-again': 'Es wurde nichts geändert. Bitte versuchen Sie es erneut.',
  'outcome.broke-off': 'Es brach mittendrin ab',
  'outcome.broke-off.todo':
    'Wie weit es kam, steht im Protokoll: Der nächste Lauf beendet es oder macht es rückgängig. Sehen Sie mit "breakwater status" nach, und versuchen Sie es erneut.',
  'outcome.nothing-unfinished': 'Es war nichts unvollendet.',
  'outcome.rules-still-there': 'unsere Regeln sind nach dem Entfernen noch da.',
  'outcome.no-workarounds-here': 'das Protokoll nennt Abhilfen, und auf dieser Plattform gibt es keine.',
  'outcome.left': 'Etwas ist zurückgeblieben',
  'outcome.left.todo':
    'Regeln von uns könnten noch in Kraft sein. Versuchen Sie es erneut, oder entfernen Sie sie als Administrator mit diesem Befehl.',
  'outcome.not-whole': 'Der Schutzschild ist möglicherweise nicht vollständig',
  'outcome.not-whole.todo':
    'Der vorherige Schutzschild steht noch im Protokoll; wo ein Hintergrundschutz läuft, stellt er ihn weiter wieder her. Bis er vollständig ist, kann der Zugriff offen sein: Versuchen Sie es erneut, und sehen Sie mit "breakwater status" nach. Wollen Sie keinen, schalten Sie ihn aus, oder entfernen Sie seine Regeln als Administrator mit diesem Befehl.',
  'outcome.name-taken': 'Jemand anderes benutzt unseren Namen',
  'outcome.name-taken.what':
    'Die Firewall hat eine Tabelle "inet breakwater", die nicht unsere Kennung trägt; wir ändern sie nicht.',
  'outcome.name-taken.todo':
    'Benennen Sie diese Tabelle um, oder entfernen Sie sie, und versuchen Sie es dann erneut. Es wurde nichts geändert.',
  'outcome.was-cut-off': 'Das Einschalten des Schutzschilds war unterbrochen worden.',
  'outcome.was-cut-off.not-finished':
    'Das Einschalten des Schutzschilds war unterbrochen worden. Es konnte nicht beendet werden: {why}',
  'outcome.finished':
    'Das Einschalten eines Schutzschilds war unterbrochen worden; er ist vollständig und jetzt geprüft.',
  'outcome.undone': 'Das Einschalten eines Schutzschilds war unterbrochen worden; es ist jetzt rückgängig gemacht.',
  'outcome.nothing-planned': 'Nichts geplant',
  'outcome.nothing-planned.what': 'Der Plan nennt keinen Schutzschild.',
  'outcome.nothing-planned.todo': 'Planen Sie erneut.',
  'outcome.not-confirmed': 'Es konnte nicht bestätigt werden',
  'outcome.not-confirmed.what':
    'Der Teil, der als Administrator läuft, meldet, dass es getan ist, aber sein Protokoll sagt das nicht.',
  'outcome.not-confirmed.todo':
    'Sehen Sie sich den Zustand des Schutzschilds mit Berechtigung an, bevor Sie sich darauf verlassen.',
  'outcome.refused': 'Die Anfrage wurde abgelehnt',
  'outcome.not-asked': 'Nicht das Verlangte',
  'outcome.not-asked.what': 'Das Hilfsprogramm hat nur nachgesehen.',
  'outcome.went-wrong': 'Etwas ist schiefgegangen',
  'outcome.look-first': 'Sehen Sie sich den Zustand des Schutzschilds an, bevor Sie etwas anderes tun.',
  'outcome.no-answer': 'Es kam keine Antwort zurück',
  'outcome.permission.denied': 'Die Berechtigung wurde nicht erteilt',
  'outcome.permission.no-agent': 'Niemand kann gefragt werden',
  'outcome.permission.cancelled': 'Abgebrochen',
  'outcome.permission.timed-out': 'Niemand hat geantwortet',
  'outcome.permission.impossible': 'Diese Kopie kann nicht nach Berechtigung fragen',
  'outcome.permission.busy': 'Beschäftigt',
});
