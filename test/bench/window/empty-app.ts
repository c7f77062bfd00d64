// The window to measure against: the same runtime and window options as Breakwater's, and a page with nothing in it.
import { app, BrowserWindow } from 'electron';

/** The page notes its first frame itself; there is no text whose painting could be timed. */
const page =
  '<!doctype html><title>Empty</title><script>requestAnimationFrame(() => { window.painted = performance.timeOrigin + performance.now() })</script>';

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 1000,
    height: 760,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  await window.loadURL(`data:text/html,${encodeURIComponent(page)}`);
  const noted =
    'new Promise((resolve) => { const look = () => window.painted ? resolve(window.painted) : setTimeout(look, 5); look() })';
  const firstPaint: unknown = await window.webContents.executeJavaScript(noted);
  process.stdout.write(`${JSON.stringify({ firstPaint })}\n`);
});
