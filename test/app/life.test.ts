// The life of the window: one instance, where it was, the icon while a shield is up, quitting, bad arguments.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  checked,
  type Ground,
  lowerShield,
  type OpenedWindow,
  openWindow,
  prepareGround,
  raiseShield,
  startAgain,
} from './window';

let ground: Ground;
let window: OpenedWindow | null = null;
beforeAll(async () => {
  ground = await prepareGround();
});
afterEach(async () => {
  await window?.app.close();
  window = null;
});
afterAll(() => ground?.clear());

const stateFile = (): string => join(ground.home, '.config/Breakwater/simulated/windows-public-wifi/window.json');

async function open(): Promise<OpenedWindow> {
  window = await openWindow(ground);
  await checked(window.page);
  return window;
}

const bounds = ({ app }: OpenedWindow) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

const isVisible = ({ app }: OpenedWindow) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

test('a second start brings up the window that is there, and ends', async () => {
  const opened = await open();
  await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible(opened)).toBe(false);
  const { code } = await startAgain(ground);
  expect(code).toBe(0);
  await expect.poll(() => isVisible(opened)).toBe(true);
  expect(await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the window comes back where it was and as large as it was', async () => {
  const first = await open();
  const wanted = { x: 60, y: 40, width: 900, height: 640 };
  await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), wanted);
  await expect.poll(() => bounds(first)).toEqual(wanted);
  await first.app.close();
  expect(await bounds(await open())).toEqual(wanted);
});

test.each([
  ['is not JSON', '{"bounds": '],
  ['lacks what is needed', '{"maximised": true}'],
  [
    'names places far outside',
    '{"bounds":{"x":1e99,"y":0,"width":1,"height":1},"maximised":false,"toldAboutTray":true}',
  ],
])('a state file that %s is left aside for a fresh beginning', async (_what, text) => {
  mkdirSync(join(stateFile(), '..'), { recursive: true });
  writeFileSync(stateFile(), text);
  expect(await bounds(await open())).toMatchObject({ width: 1000, height: 760 });
});

test('a window that was on a screen that is gone comes back onto this one', async () => {
  const bounds_ = { x: 9000, y: 9000, width: 800, height: 600 };
  writeFileSync(stateFile(), JSON.stringify({ bounds: bounds_, maximised: false, toldAboutTray: true }));
  const now = await bounds(await open());
  expect(now).toMatchObject({ width: 800, height: 600 });
  expect(now?.x).toBeLessThan(1280);
  expect(now?.y).toBeLessThan(1000);
});

test('with a shield up, closing keeps the app in the notification area and says so once; after lifting it ends the app', async () => {
  writeFileSync(stateFile(), '');
  const opened = await open();
  const { app, page } = opened;
  await app.evaluate(({ dialog }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    dialog.showMessageBox = (async (options: Electron.MessageBoxOptions) => {
      told.push(options.message);
      return { response: 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  });
  const told = () => app.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

  await raiseShield(page);
  for (let time = 0; time < 2; time++) {
    await close();
    expect(await isVisible(opened)).toBe(false);
    await startAgain(ground);
    await expect.poll(() => isVisible(opened)).toBe(true);
  }
  expect(await told()).toEqual([expect.stringContaining('stays in the notification area')]);
  expect(JSON.parse(readFileSync(stateFile(), 'utf8'))).toMatchObject({ toldAboutTray: true });

  await lowerShield(page);
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await close().catch(() => undefined);
  expect(await ended).toBe(0);
  window = null;
});

test('with a shield up, quitting is possible, and the next start still knows the shield', async () => {
  const first = await open();
  await raiseShield(first.page);
  await first.app.close();
  const second = await open();
  await lowerShield(second.page);
});

test('a simulated PC that does not exist is refused with the names there are', async () => {
  const { code, said } = await startAgain(ground, { simulate: 'windows-95' });
  expect(code).toBe(2);
  expect(said).toContain('windows-95');
  expect(said).toContain('windows-public-wifi');
});

test('a start can report when the window was first painted', async () => {
  window = await openWindow(ground, { args: ['--report-paint'] });
  const { printed } = window;
  await expect.poll(() => /^\{"firstPaint":(\d+)\}$/m.exec(printed())?.[1], { timeout: 15_000 }).toBeDefined();
});

test('what the keeper did meanwhile is said by the desktop, once', async () => {
  const opened = await open();
  await opened.app.evaluate(({ Notification }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    Notification.prototype.show = function (this: Electron.Notification) {
      shown.push(`${this.title}: ${this.body}`);
    };
  });
  const shown = () => opened.app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  const folder = join(ground.home, '.local/state/breakwater/simulated-windows-public-wifi');
  const shield = {
    ...{ id: '0123abcd', since: '2020-03-12T12:00:00.000Z', until: null, atEnd: 'extend' },
    ...{ allow: { ipv4: [], ipv6: [] }, outbound: false, rules: true, workarounds: [], reason: 'CVE-2020-0796' },
  };
  const ended = (at: string) => ({
    ...{ schema: 'breakwater/kept@1', at, sureAt: null, boot: null, state: 'none', shield: null, wholeAt: null },
    ...{ restoredAt: null, restores: 0, counted: null, hours: [], patch: null, waitsFor: null, warnings: [] },
    ended: { at, shield, why: 'This PC is patched for CVE-2020-0796.' },
  });
  const tell = (at: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'status.json'), JSON.stringify(ended(at)));
  };
  tell('2020-03-12T18:00:00.000Z');
  await expect
    .poll(shown, { timeout: 10_000 })
    .toEqual(['The shield is down (simulated): This PC is patched for CVE-2020-0796.']);
  tell('2020-03-12T18:00:00.000Z');
  tell('2020-03-12T19:00:00.000Z');
  await expect.poll(async () => (await shown()).length, { timeout: 10_000 }).toBe(2);
});

test('started as what the task scheduler runs, it is the helper, and opens no window', async () => {
  const { code, said } = await startAgain(ground, { simulate: null, args: ['--keeper', 'no-word-of-ours'] });
  expect([code, said]).toEqual([2, expect.stringContaining('"act":"refused"')]);
});
