// `npm start`: builds what is needed, finds an Electron to run in, and opens the window; without a screen, the command line.
import { join } from 'node:path';
import { sandboxObstacle } from './chromium-sandbox.mjs';
import { findRuntime } from './electron-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { runChild } from './run-child.mjs';
import { out, root } from './sources.mjs';

const args = process.argv.slice(2);
const { DISPLAY, WAYLAND_DISPLAY } = process.env;
const noScreen = ['There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.'];

try {
  await ensureBuilt();
  process.exitCode =
    process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY ? await inspect(noScreen) : await openWindow();
} catch (problem) {
  console.error(`Breakwater can't be started: ${problem.message}`);
  process.exitCode = 1;
}

function inspect(why) {
  for (const line of why) console.error(line);
  console.error(`Checking in the terminal instead: npm run -s breakwater -- ${['inspect', ...args].join(' ')}\n`);
  return runChild(process.execPath, [join(out, 'cli.js'), 'inspect', ...args]);
}

async function openWindow() {
  const switches = [];
  if (process.getuid?.() === 0) {
    console.error("Chromium can't use its sandbox as root, so the window runs without it (--no-sandbox).");
    console.error('Start Breakwater as an ordinary user to have the sandbox.');
    switches.push('--no-sandbox');
  }
  if (!DISPLAY && WAYLAND_DISPLAY) switches.push('--ozone-platform=wayland');
  const runtime = await findRuntime();
  const obstacle = sandboxObstacle(runtime);
  return obstacle === null ? runChild(runtime, [...switches, root, ...args]) : inspect(obstacle);
}
