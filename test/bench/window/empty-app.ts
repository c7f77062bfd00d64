// The window to measure against: the same runtime and window options as Breakwater's, and a page with nothing in it.
import { app, BrowserWindow } from 'electron';

const painted = 'new Promise((resolve) => requestAnimationFrame(() => resolve()))';

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 1000,
    height: 760,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  await window.loadURL('data:text/html,<!doctype html><title>Empty</title>');
  await window.webContents.executeJavaScript(painted);
  process.stdout.write(`${JSON.stringify({ firstPaint: null })}\n`);
});
