// The tray, notifications, dialogs and menu of the app.
import type { Message } from '../message';
import type { None } from './none';

export interface AppMessages {
  readonly 'app.quit': None;
  readonly 'app.open': None;
  readonly 'app.ok': None;
  readonly 'app.quit-breakwater': None;
  readonly 'app.tray.up': None;
  readonly 'app.tray.kept': None;
  readonly 'app.tray.recorded': None;
  readonly 'app.tray.damaged': None;
  readonly 'app.tray.expired': None;
  readonly 'app.tray.interrupted': None;
  readonly 'app.tray.unknown': None;
  readonly 'app.tray.proven': { readonly line: Message; readonly at: string };
  readonly 'app.news.down': None;
  readonly 'app.news.put-back': None;
  readonly 'app.news.put-back.why': None;
  readonly 'app.news.warning': None;
  readonly 'app.news.simulated': { readonly title: Message };
  readonly 'app.records.title': None;
  readonly 'app.records.take-in': None;
  readonly 'app.records.kinds': None;
  readonly 'app.stays': None;
  readonly 'app.stays.detail': None;
  readonly 'app.window-failed': None;
  readonly 'app.window-failed.detail': { readonly reason: string };
  readonly 'app.load-again': None;
}
