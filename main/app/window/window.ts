// The one window: made as the policy demands, put where it was, and kept or let go when it is closed.
import { BrowserWindow, dialog, nativeTheme, type Session, screen } from 'electron';
import { message } from '../../model/message';
import type { Say } from '../../text/render';
import { createIcon } from '../icon';
import { pageAddress } from './page';
import { fitToScreens, readWindowState, smallest, usual, writeWindowState } from './window-state';

export interface WindowOptions {
  readonly title: string;
  readonly session: Session;
  /** Absolute path of the bridge's script. */
  readonly preload: string;
  /** Absolute path of the file that keeps where the window was. */
  readonly stateFile: string;
  readonly hasDevTools: boolean;
  readonly say: Say;
  /** Whether closing only hides the window. */
  readonly staysInTray: () => boolean;
  readonly quit: () => void;
}

/** Makes the window; it is there at once, in the page's colour, and the page follows. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const { title, session, preload, stateFile } = options;
  let state = readWindowState(stateFile);
  const screens = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...usual,
    ...(state.bounds && fitToScreens(state.bounds, screens)),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#ffffff',
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: options.hasDevTools,
    },
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  if (state.maximised) window.maximize();
  // Drawing it takes longer than the page can wait.
  window.webContents.once('did-finish-load', () => window.setIcon(createIcon(32)));

  const save = (): void => {
    clearTimeout(saving);
    state = { ...state, bounds: window.getNormalBounds(), maximised: window.isMaximized() };
    try {
      writeWindowState(stateFile, state);
    } catch (error) {
      console.error(`Where the window is could not be saved: ${(error as Error).message}`);
    }
  };
  let saving: NodeJS.Timeout | undefined;
  const saveSoon = (): void => {
    clearTimeout(saving);
    saving = setTimeout(save, 500);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);

  window.on('close', (event) => {
    save();
    if (!options.staysInTray()) return;
    event.preventDefault();
    window.hide();
    if (state.toldAboutTray) return;
    state = { ...state, toldAboutTray: true };
    save();
    void tellAboutTray(title, options.say, options.quit);
  });
  reviveWhenGone(window, options.say, options.quit);
  window.loadURL(pageAddress).catch((error: Error) => {
    if (window.isDestroyed()) return;
    dialog.showErrorBox(title, `The window's page could not be loaded: ${error.message}`);
    options.quit();
  });
  return window;
}

/** Brings the window to the front, from wherever it is. */
export function bringUp(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

async function tellAboutTray(title: string, say: Say, quit: () => void): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title,
    message: say(message('app.stays')),
    detail: say(message('app.stays.detail')),
    buttons: [say(message('app.ok')), say(message('app.quit-breakwater'))],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) quit();
}

function reviveWhenGone(window: BrowserWindow, say: Say, quit: () => void): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: say(message('app.window-failed')),
        detail: say(message('app.window-failed.detail', { reason })),
        buttons: [say(message('app.load-again')), say(message('app.quit-breakwater'))],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => (response === 1 ? quit() : window.reload()));
  });
}
