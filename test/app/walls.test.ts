// What the window's page can't do, tried from inside the page of the real app.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Doorway } from '../../preload/contract';
import { checked, type Ground, type OpenedWindow, openWindow, prepareGround } from './window';

let ground: Ground;
let window: OpenedWindow;
let server: Server;
let outside: string;
const visits: string[] = [];
beforeAll(async () => {
  ground = await prepareGround();
  server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.end('outside');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  window = await openWindow(ground);
  await checked(window.page);
});
afterAll(async () => {
  await window?.app.close();
  server?.close();
  await ground?.clear();
});

/** A call through the doorway as a page that has gone wrong would make it; the error's text, or null where it was answered. */
const forge = (...call: readonly unknown[]): Promise<string | null> =>
  window.page.evaluate(async (args) => {
    const { breakwater } = globalThis as unknown as { breakwater: Doorway };
    return (breakwater.call as (...all: unknown[]) => Promise<unknown>)(...args).then(
      () => null,
      (error: Error) => error.message,
    );
  }, call);

test('the page has no Node and no Electron, only the two functions of the doorway', async () => {
  const seen = await window.page.evaluate(() => {
    const all = globalThis as unknown as Record<string, unknown>;
    return {
      foreign: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in all),
      doorway: Object.keys(all.breakwater as object).sort(),
    };
  });
  expect(seen).toEqual({ foreign: [], doorway: ['call', 'on'] });
});

test('the page stays where it is', async () => {
  const { page } = window;
  const there = page.url();
  await page.evaluate(() => Object.assign(globalThis, { mark: 'still here' }));
  for (const to of [
    `${outside}/away`,
    'file:///etc/passwd',
    'data:text/html,away',
    'breakwater://else/',
    'renderer.js',
  ])
    await page.evaluate((url) => location.assign(url), to);
  await page.waitForTimeout(500);
  expect(page.url()).toBe(there);
  expect(await page.evaluate(() => (globalThis as unknown as { mark: string }).mark)).toBe('still here');
});

test('from the empty page, to which Chromium lets every page go, it comes back by itself', async () => {
  const { page } = window;
  const there = page.url();
  const visited: string[] = [];
  page.on('framenavigated', (frame) => visited.push(frame.url()));
  await page.evaluate(() => {
    setTimeout(() => location.assign('about:blank'));
  });
  await expect.poll(() => visited).toEqual(['about:blank', there]);
  await checked(page);
});

test('the page opens no window', async () => {
  const opened = await window.page.evaluate(
    (urls) => urls.map((url) => globalThis.open(url) === null),
    [`${outside}/window`, 'breakwater://app/index.html', 'about:blank'],
  );
  expect(opened).toEqual([true, true, true]);
  expect(await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the page fetches nothing from anywhere, by no way', async () => {
  const failed = await window.page.evaluate(async (url) => {
    const load = (element: HTMLElement, attribute: string): Promise<boolean> =>
      new Promise((resolve) => {
        element.addEventListener('load', () => resolve(false));
        element.addEventListener('error', () => resolve(true));
        element.setAttribute(attribute, `${url}/${element.tagName}`);
        document.head.append(element);
      });
    const refused = (call: () => Promise<unknown>): Promise<boolean> =>
      call().then(
        () => false,
        () => true,
      );
    return {
      fetch: await refused(() => fetch(`${url}/fetch`)),
      https: await refused(() => fetch('https://example.org/')),
      ownFile: await refused(() => fetch('breakwater://app/renderer.js')),
      image: await load(document.createElement('img'), 'src'),
      script: await load(document.createElement('script'), 'src'),
      socket: await new Promise((resolve) => {
        const socket = new WebSocket(url.replace('http', 'ws'));
        socket.onopen = () => resolve(false);
        socket.onerror = () => resolve(true);
      }).catch(() => true),
    };
  }, outside);
  expect(failed).toEqual({ fetch: true, https: true, ownFile: true, image: true, script: true, socket: true });
});

test('even a page without a content policy would get nothing from outside', async () => {
  const said = await window.app.evaluate(
    ({ session }, url) =>
      session
        .fromPartition('breakwater')
        .fetch(`${url}/session`)
        .then(
          () => 'answered',
          (error: Error) => error.message,
        ),
    outside,
  );
  expect(said).toMatch(/ERR_BLOCKED_BY_CLIENT/);
});

test('nothing of all this reached the outside', () => {
  expect(visits).toEqual([]);
});

test('a script in the page and code in a string do not run', async () => {
  // Playwright's own evaluation is exempt from the policy, so a timer's string and an element stand for them.
  const ran = await window.page.evaluate(async () => {
    const all = globalThis as unknown as { ran?: string };
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = "element"';
    document.head.append(script);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'globalThis.ran = "handler"');
    image.src = 'data:image/png;base64,AAAA';
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 200));
    image.remove();
    script.remove();
    return all.ran ?? null;
  });
  expect(ran).toBeNull();
});

test('every permission is refused', async () => {
  const answers = await window.page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    ),
    place: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      ),
    ),
  }));
  expect(answers).toEqual({ notifications: 'denied', camera: 'denied', place: 'denied' });
});

test('a call that is not in the contract does not exist', async () => {
  expect(await forge('shell:run', 'id')).toMatch(/no such call/);
  expect(await forge('__proto__')).toMatch(/no such call/);
  expect(await forge('toString')).toMatch(/no such call/);
});

test('a call with arguments that it does not have is refused with what is wrong', async () => {
  const wish = { allow: [], outbound: false, until: 'patched', atEnd: null, workarounds: [], reason: null };
  expect(await forge('app:about', 1)).toMatch(/can't be understood/);
  expect(await forge('shield:plan')).toMatch(/can't be understood/);
  expect(await forge('shield:plan', { ...wish, outbound: 'yes' })).toMatch(/argument 0\.outbound should be boolean/);
  expect(await forge('shield:plan', { ...wish, more: 1 })).toMatch(/can't be understood/);
  expect(await forge('shield:plan', wish, wish)).toMatch(/can't be understood/);
  expect(await forge('shield:carry-out', { kind: 'shield', shield: null })).toMatch(/can't be understood/);
});

test('arguments of ten million letters, or a hundred thousand addresses, are refused', async () => {
  const big = await window.page.evaluate(async () => {
    const { breakwater } = globalThis as unknown as { breakwater: Doorway };
    const wish = { allow: [], outbound: false, until: 'patched', atEnd: null, workarounds: [], reason: null };
    const said = (call: Promise<unknown>): Promise<string> =>
      call.then(() => 'answered').catch((error) => error.message);
    return [
      await said(breakwater.call('shield:plan', { ...wish, reason: 'A'.repeat(10_000_000) })),
      await said(breakwater.call('shield:plan', { ...wish, allow: Array(100_000).fill('192.0.2.1') })),
      await said(breakwater.call('shield:carry-out', 'f'.repeat(10_000_000))),
      await said(breakwater.call('app:open-reference', `https://${'a'.repeat(10_000_000)}/`)),
    ];
  });
  for (const said of big) expect(said).toMatch(/can't be understood/);
  expect(await forge('app:about')).toBeNull();
});

test('a plan that was not shown is not carried out', async () => {
  const outcome = await window.page.evaluate(() =>
    (globalThis as unknown as { breakwater: Doorway }).breakwater.call('shield:carry-out', 'ab'.repeat(16)),
  );
  expect(outcome).toMatchObject({ kind: 'refused' });
});

test('only an address that a finding names is opened in the browser', async () => {
  await window.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => {
      opened.push(url);
    };
  });
  expect(await forge('app:open-reference', 'https://example.org/')).toMatch(/not among the references/);
  expect(await forge('app:open-reference', 'file:///etc/passwd')).toMatch(/can't be understood/);
  await window.page
    .getByRole('button', { name: /^Read more/ })
    .first()
    .click();
  const opened = () => window.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual([expect.stringMatching(/^https:\/\//)]);
});

test('a page of another window has no doorway and no calls', async () => {
  const seen = await window.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const stranger = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
    await stranger.loadURL('data:text/html,stranger').catch(() => undefined);
    const has = await stranger.webContents.executeJavaScript('"breakwater" in globalThis');
    stranger.destroy();
    return { has, common: ipcMain.eventNames() };
  });
  expect(seen).toEqual({ has: false, common: ['error'] });
});
