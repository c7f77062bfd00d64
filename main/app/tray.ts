// The icon in the notification area: there while a shield is on record, with one line that says how it stands.
import { Menu, Tray } from 'electron';
import type { ShieldState, ShieldVerdict } from '../model/verdicts';
import { createIcon } from './icon';

export interface ShieldTray {
  /** Shows, changes or removes the icon to fit the shield. */
  show(shield: ShieldVerdict): void;
  isShown(): boolean;
  /** Null while no icon is shown. */
  line(): string | null;
}

export interface TrayActions {
  /** What the icon is for: the window's title. */
  readonly title: string;
  readonly open: () => void;
  readonly quit: () => void;
}

export function createShieldTray({ title, open, quit }: TrayActions): ShieldTray {
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
      const line = trayLine(shield);
      if (line === null) return remove();
      if (tray === null) {
        tray = new Tray(createIcon(22));
        tray.on('click', open);
      }
      if (line === said) return;
      said = line;
      tray.setToolTip(`${title}: ${line}`);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Open Breakwater', click: open },
          { label: line, enabled: false },
          { type: 'separator' },
          { label: 'Quit', click: quit },
        ]),
      );
    },
    isShown: () => tray !== null,
    line: () => said,
  };
}

const lines: Readonly<Record<ShieldState, string | null>> = {
  none: null,
  foreign: null,
  up: 'The shield is up',
  kept: 'The shield is up: its keeper has just looked',
  recorded: 'A shield was put up; nobody has looked since',
  damaged: 'The shield is broken: please open Breakwater',
  expired: "The shield's time is over: please open Breakwater",
  interrupted: 'A change was cut off: please open Breakwater',
  unknown: "Can't tell whether the shield is up: please open Breakwater",
};

/** Null = nothing to show an icon for. */
export function trayLine({ state, provedAt }: ShieldVerdict): string | null {
  const line = lines[state];
  if (line === null || provedAt === null || !['up', 'kept', 'recorded'].includes(state)) return line;
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(provedAt));
  return `${line} (proven ${when})`;
}
