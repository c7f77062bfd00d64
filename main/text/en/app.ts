import type { AppMessages } from '../../model/messages/app';
import { textsOf } from '../texts';

export const app = textsOf<AppMessages>()({
  'app.quit': 'Quit',
  'app.open': 'Open Breakwater',
  'app.ok': 'OK',
  'app.quit-breakwater': 'Quit Breakwater',
  'app.tray.up': 'The shield is up',
  'app.tray.kept': 'The shield is up: its keeper has just looked',
  'app.tray.recorded': 'A shield was put up; nobody has looked since',
  'app.tray.damaged': 'The shield is broken: please open Breakwater',
  'app.tray.expired': "The shield's time is over: please open Breakwater",
  'app.tray.interrupted': 'A change was cut off: please open Breakwater',
  'app.tray.unknown': "Can't tell whether the shield is up: please open Breakwater",
  'app.tray.proven': '{line} (proven {at:local})',
  'app.news.down': 'The shield is down',
  'app.news.put-back': 'The shield was put back',
  'app.news.put-back.why': 'Something had removed or changed its rules.',
  'app.news.warning': 'Please mind the shield',
  'app.news.simulated': '{title} (simulated)',
  'app.records.title': 'Newer records for the catalogue',
  'app.records.take-in': 'Take in',
  'app.records.kinds': 'Records (CVE, OSV, KEV)',
  'app.stays': 'Breakwater stays in the notification area while a shield is up.',
  'app.stays.detail':
    'Click its icon, or start Breakwater again, to open the window. The shield stays up either way, also when you quit.',
  'app.window-failed': 'This window has failed.',
  'app.window-failed.detail': 'Your firewall was not touched by this: what was up is still up. ({reason})',
  'app.load-again': 'Load the window again',
});
