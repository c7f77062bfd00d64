// The app as an ordinary user, with Chromium's sandbox on: the bridge works inside it, and the page's process is held by it.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  checked,
  type Ground,
  lowerShield,
  type OpenedWindow,
  openWindow,
  prepareGround,
  project,
  raiseShield,
} from './window';

/** Debian's "nobody". */
const user = 65534;

let ground: Ground;
let window: OpenedWindow;
let place: string;
beforeAll(async () => {
  ground = await prepareGround();
  // The project and the runtime may lie where only root can read: shown elsewhere, in a mount namespace that dies with the app.
  place = mkdtempSync(join(tmpdir(), 'breakwater-user-'));
  chmodSync(place, 0o755);
  for (const name of ['app', 'runtime', 'home']) mkdirSync(join(place, name));
  spawnSync('chown', [String(user), join(place, 'home')]);
  const start = `#!/bin/bash
set -e
if [ "$1" != inside ]; then exec unshare --mount --propagation private "$0" inside "$@"; fi
shift
mount --bind '${project}' '${place}/app'
mount --bind '${dirname(ground.runtime)}' '${place}/runtime'
export HOME='${place}/home' TMPDIR='${place}/home'
exec setpriv --reuid ${user} --regid ${user} --clear-groups '${place}/runtime/electron' "$@"
`;
  writeFileSync(join(place, 'start'), start, { mode: 0o755 });
  window = await openWindow(ground, { program: join(place, 'start'), folder: join(place, 'app'), hasSandbox: true });
});
afterAll(async () => {
  await window?.app.close();
  await ground?.clear();
  if (place) rmSync(place, { recursive: true, force: true });
});

const statusOf = (pid: number): string => readFileSync(`/proc/${pid}/status`, 'utf8');

test('the app runs as the user, and the process of its page is held by the sandbox', async () => {
  await checked(window.page);
  const processes = await window.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid, type }) => ({ pid, type })));
  const main = processes.find(({ type }) => type === 'Browser');
  const pages = processes.filter(({ type }) => type === 'Tab');
  expect(statusOf(main?.pid ?? 0)).toMatch(new RegExp(`^Uid:\\t${user}\\t`, 'm'));
  expect(pages).toHaveLength(1);
  // proc(5): 2 = a system call filter is on; two numbers = it lives in a process namespace of its own.
  expect(statusOf(pages[0]?.pid ?? 0)).toMatch(/^Seccomp:\t2$/m);
  expect(statusOf(pages[0]?.pid ?? 0)).toMatch(/^NSpid:\t\d+\t\d+/m);
});

test('the whole flow works inside the sandbox', async () => {
  await raiseShield(window.page);
  await lowerShield(window.page);
  expect(window.faults).toEqual([]);
});
