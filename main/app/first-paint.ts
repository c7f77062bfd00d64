// Says on stdout when the window first showed something: for measuring how long a start takes.
import type { BrowserWindow } from 'electron';

/** Resolves two frames after a heading is there: the first was drawn by then. */
const painted = `new Promise((resolve) => {
  const look = () =>
    requestAnimationFrame(() => (document.querySelector('h1') ? requestAnimationFrame(() => resolve()) : look()));
  look();
})`;

/** Prints one line, `{"firstPaint": <ms since this process was created>}`. */
export function reportFirstPaint(window: BrowserWindow): void {
  window.once('ready-to-show', async () => {
    await window.webContents.executeJavaScript(painted);
    const created = process.getCreationTime();
    process.stdout.write(
      `${JSON.stringify({ firstPaint: created === null ? null : Math.round(Date.now() - created) })}\n`,
    );
  });
}
