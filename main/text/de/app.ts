import type { AppMessages } from '../../model/messages/app';
import { textsOf } from '../texts';

export const app = textsOf<AppMessages>()({
  'app.quit': 'Beenden',
  'app.open': 'Breakwater öffnen',
  'app.ok': 'OK',
  'app.quit-breakwater': 'Breakwater beenden',
  'app.tray.up': 'Der Schutzschild ist an',
  'app.tray.kept': 'Der Schutzschild ist an: Der Hintergrundschutz hat eben nachgesehen',
  'app.tray.recorded': 'Ein Schutzschild wurde eingeschaltet; seither hat niemand nachgesehen',
  'app.tray.damaged': 'Der Schutzschild ist beschädigt: Bitte öffnen Sie Breakwater',
  'app.tray.expired': 'Die Zeit des Schutzschilds ist abgelaufen: Bitte öffnen Sie Breakwater',
  'app.tray.interrupted': 'Eine Änderung wurde unterbrochen: Bitte öffnen Sie Breakwater',
  'app.tray.unknown': 'Ob der Schutzschild an ist, ist nicht bekannt: Bitte öffnen Sie Breakwater',
  'app.tray.proven': '{line} (überprüft {at:local})',
  'app.news.down': 'Der Schutzschild ist aus',
  'app.news.put-back': 'Der Schutzschild wurde wiederhergestellt',
  'app.news.put-back.why': 'Etwas hatte seine Regeln entfernt oder geändert.',
  'app.news.warning': 'Bitte prüfen Sie den Schutzschild',
  'app.news.simulated': '{title} (simuliert)',
  'app.records.title': 'Neuere Einträge für die Liste der Sicherheitslücken',
  'app.records.take-in': 'Übernehmen',
  'app.records.kinds': 'Einträge (CVE, OSV, KEV)',
  'app.stays': 'Breakwater bleibt im Infobereich, solange ein Schutzschild an ist.',
  'app.stays.detail':
    'Zum Öffnen des Fensters klicken Sie auf das Symbol, oder starten Sie Breakwater noch einmal. Der Schutzschild bleibt in jedem Fall an, auch nach dem Beenden.',
  'app.window-failed': 'Dieses Fenster ist abgestürzt.',
  'app.window-failed.detail': 'Ihre Firewall ist davon nicht betroffen: Was an war, ist noch an. ({reason})',
  'app.load-again': 'Fenster neu laden',
});
