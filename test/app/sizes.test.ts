// Every page of the real window where there is little room, and in the system's high contrast: nothing is cut off sideways.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '../../renderer/words';
import {
  checked,
  type Ground,
  type OpenedWindow,
  openWindow,
  prepareGround,
  project,
  raiseShield,
  seriousFaults,
} from './window';

let ground: Ground;
let window: OpenedWindow;
beforeAll(async () => {
  ground = await prepareGround();
  window = await openWindow(ground, { simulate: 'debian-fileserver' });
  await checked(window.page);
  await raiseShield(window.page);
  await window.page.getByRole('button', { name: words.firewall, exact: true }).click();
  await window.page.getByRole('button', { name: words.check.look }).click();
  await window.page.getByRole('heading', { name: words.firewallPage.why }).waitFor();
});
afterAll(async () => {
  await window?.app.close();
  await ground?.clear();
});

const pages = [
  ['check', /^1\. /],
  ['shield', /^2\. /],
  ['patch', /^3\. /],
  ['lift', /^4\. /],
  ['firewall', new RegExp(`^${words.firewall}$`)],
  ['advisories', new RegExp(`^${words.advisories}$`)],
  ['details', new RegExp(`^${words.details}$`)],
] as const;

async function resize(width: number, height: number, zoom: number): Promise<void> {
  await window.app.evaluate(
    ({ BrowserWindow }, to) => {
      const [it] = BrowserWindow.getAllWindows();
      it?.setContentSize(to.width, to.height);
      it?.webContents.setZoomFactor(to.zoom);
    },
    { width, height, zoom },
  );
  await expect.poll(() => window.page.evaluate(() => Math.round(innerWidth))).toBe(Math.round(width / zoom));
}

/** As it is on the screen, enlarged or not. */
async function picture(name: string): Promise<void> {
  const taken = await window.app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  const path = join(project, 'test-artefacts/sizes', `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(taken, 'base64'));
}

/** What sticks out of the window to the right, but for what scrolls by itself. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        // What scrolls sideways by itself may be wider.
        const scrolls = element.closest('pre, table')?.parentElement;
        const isReachable = scrolls && scrolls.scrollWidth > scrolls.clientWidth;
        // A drawing shows no more of its lines than it has room for.
        if (element.parentElement?.closest('svg')) return false;
        return width > 1 && right > innerWidth + 1 && !isReachable;
      })
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 60)}`),
  );
}

test.each([
  ['900x600', 900, 600, 1, 'light', 'none'],
  ['900x600-dark', 900, 600, 1, 'dark', 'none'],
  ['900x600-contrast', 900, 600, 1, 'light', 'active'],
  ['900x600-contrast-dark', 900, 600, 1, 'dark', 'active'],
  ['640x480', 640, 480, 1, 'light', 'none'],
  ['900x600-twice', 900, 600, 2, 'light', 'none'],
  ['640x480-twice', 640, 480, 2, 'dark', 'none'],
] as const)('%s', async (name, width, height, zoom, colorScheme, forcedColors) => {
  const { page } = window;
  await page.emulateMedia({ colorScheme, forcedColors });
  await resize(width, height, zoom);
  const faults: string[] = [];
  for (const [at, button] of pages) {
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await picture(`${name}-${at}`);
    if (zoom > 1) {
      await page
        .getByRole('main')
        .getByRole('heading', { level: 2 })
        .first()
        .evaluate((it) => it.scrollIntoView());
      await picture(`${name}-${at}-further`);
    }
    // What axe looks at differs with the room and the colours, not with every pair of them.
    if (forcedColors === 'active' || width < 900) faults.push(...(await seriousFaults(page, `${name}-${at}`)));
    faults.push(...(await cutOff(page)).map((what) => `${at}: ${what}`));
  }
  expect(faults).toEqual([]);
});

test('nothing on any page failed', () => {
  expect(window.faults).toEqual([]);
});
