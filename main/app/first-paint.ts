// Says on stdout when the window first showed something: for measuring how long a start takes.
import type { BrowserWindow } from 'electron';

/** Resolves two frames after a heading is there: the first was drawn by then. */
const painted = `new Promise((resolve) => {
  const look = () =>
    requestAnimationFrame(() => (document.querySelector('h1') ? requestAnimationFrame(() => resolve()) : look()));
  look();
})`;

/**
 * Prints one line, `{"firstPaint": <ms since 1970>}`: who started the app knows when that was (the kernel tells a process's age
 * only to the second).
 */
export function reportFirstPaint(window: BrowserWindow): void {
  window.once('ready-to-show', async () => {
    await window.webContents.executeJavaScript(painted);
    process.stdout.write(`${JSON.stringify({ firstPaint: Date.now() })}\n`);
  });
}
