// The icon in the notification area: there while a shield is on record, with one line that says how it stands.
import { Menu, Tray } from 'electron';
import { type Message, message } from '../model/message';
import type { ShieldVerdict } from '../model/verdicts';
import type { Say } from '../text/render';
import { createIcon } from './icon';

export interface ShieldTray {
  /** Shows, changes or removes the icon to fit the shield. */
  show(shield: ShieldVerdict): void;
  isShown(): boolean;
  /** Null while no icon is shown. */
  line(): string | null;
}

export interface TrayActions {
  readonly say: Say;
  /** What the icon is for: the window's title. */
  readonly title: string;
  readonly open: () => void;
  readonly quit: () => void;
}

export function createShieldTray({ say, title, open, quit }: TrayActions): ShieldTray {
  let tray: Tray | null = null;
  let said: string | null = null;
  const remove = (): void => {
    tray?.destroy();
    tray = null;
    said = null;
  };
  return {
    show(shield) {
      // Not knowing is no reason to appear, and none to vanish.
      if (shield.state === 'unknown' && tray === null) return;
      const told = trayLine(shield);
      if (told === null) return remove();
      const line = say(told);
      if (tray === null) {
        tray = new Tray(createIcon(22));
        tray.on('click', open);
      }
      if (line === said) return;
      said = line;
      tray.setToolTip(`${title}: ${line}`);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: say(message('app.open')), click: open },
          { label: line, enabled: false },
          { type: 'separator' },
          { label: say(message('app.quit')), click: quit },
        ]),
      );
    },
    isShown: () => tray !== null,
    line: () => said,
  };
}

/** Null = nothing to show an icon for. */
export function trayLine({ state, provedAt }: ShieldVerdict): Message | null {
  if (state === 'none' || state === 'foreign') return null;
  const line = message(`app.tray.${state}`);
  const isProven = provedAt !== null && (state === 'up' || state === 'kept' || state === 'recorded');
  return isProven ? message('app.tray.proven', { line, at: provedAt }) : line;
}
