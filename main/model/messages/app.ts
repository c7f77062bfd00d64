// The tray, notifications, dialogs and menu of the app.
import type { None } from './none';

export interface AppMessages {
  readonly 'app.quit': None;
}
