// Says on stdout when the window first showed something: for measuring how long a start takes.
import type { BrowserWindow } from 'electron';

/** When the first text was drawn, in ms since 1970 (Paint Timing): the heading of the first step and what is being done. */
const painted = `new Promise((resolve) =>
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (paint) resolve(Math.round(performance.timeOrigin + paint.startTime));
  }).observe({ type: 'paint', buffered: true }),
)`;

/**
 * Prints one line, `{"firstPaint": <ms since 1970>}`: who started the app knows when that was (the kernel tells a process's age
 * only to the second).
 */
export function reportFirstPaint(window: BrowserWindow): void {
  window.webContents.once('dom-ready', async () => {
    const firstPaint: unknown = await window.webContents.executeJavaScript(painted);
    process.stdout.write(`${JSON.stringify({ firstPaint })}\n`);
  });
}
