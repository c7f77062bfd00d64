// The patch step and the advisories page in the real window, on simulated PCs, in light and dark.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words } from '../../renderer/words';
import { checked, type Ground, look, openWindow, prepareGround, project, says } from './window';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground?.clear());

describe.each([
  ['windows-public-wifi', 'CVE-2020-0796', words.patch.openUpdatesSimulated],
  ['debian-fileserver', 'CVE-2023-34966', 'sudo apt update && sudo apt full-upgrade'],
])('%s', (simulate, id, how) => {
  test('tells what is missing, what to install and how, and why, for everybody to read', async () => {
    const { app, page, faults } = await openWindow(ground, { simulate });
    try {
      const seen: string[] = [];
      await checked(page);
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.getByRole('button', { name: /^3\. / }).click();
        await says(page, words.patch.answer.missing);
        await says(page, words.patch.toInstall);
        await says(page, how);
        seen.push(...(await look(page, `advisories/${simulate}-${scheme}-1-patch`)));
        await page.getByRole('button', { name: words.patch.again }).click();
        await says(page, words.patch.answer.missing);

        await page.getByRole('button', { name: words.patch.why }).click();
        await page.getByRole('heading', { level: 1, name: words.advisories }).waitFor();
        await page.getByRole('list', { name: words.advisory.overview }).waitFor();
        seen.push(...(await look(page, `advisories/${simulate}-${scheme}-2-page`)));
        await page.getByRole('searchbox', { name: words.advisory.search }).fill(`${id} vulnerable`);
        await page.getByRole('list', { name: words.advisory.courseOf(id) }).waitFor();
        await page.getByText(words.advisory.more).first().click();
        await page.getByRole('list', { name: words.advisory.courseOf(id) }).scrollIntoViewIfNeeded();
        seen.push(...(await look(page, `advisories/${simulate}-${scheme}-3-one`)));
        await page.getByRole('searchbox', { name: words.advisory.search }).fill('no such hole');
        await says(page, words.advisory.nothing);
      }
      expect([...seen, ...faults]).toEqual([]);
    } finally {
      await app.close();
    }
  });
});

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

test('newer records from a file that somebody chooses are taken in; what is none is refused by name', async () => {
  const { app, page, faults } = await openWindow(ground);
  const choose = (text: string): Promise<void> => {
    const file = join(ground.home, 'records.json');
    writeFileSync(file, text);
    return app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
    }, file);
  };
  try {
    await checked(page);
    await page.getByRole('button', { name: words.advisories, exact: true }).click();
    const published = readFileSync(join(project, 'main/patch/catalogue/cve/CVE-2020-0796.json'), 'utf8');
    await choose(published.replace(/"dateUpdated": *"[^"]*"/, `"dateUpdated": "${daysAgo(1)}"`));
    await page.getByRole('button', { name: words.advisory.update }).click();
    await says(page, words.advisory.taken(0, 1, 0));
    await page.getByText(/^Newer records were taken in from .*records\.json/).waitFor();
    await choose('{"not": "a record"}');
    await page.getByRole('button', { name: words.advisory.update }).click();
    await page.getByText(/^Nothing was changed: .*records\.json/).waitFor();
    expect(faults).toEqual([]);
  } finally {
    await app.close();
  }
});

test('an update that the command line takes in is seen by a window that is open', async () => {
  const { app, page, faults } = await openWindow(ground);
  try {
    await checked(page);
    await page.getByRole('button', { name: words.advisories, exact: true }).click();
    await page.getByRole('list', { name: words.advisory.overview }).waitFor();
    const published = readFileSync(join(project, 'main/patch/catalogue/cve/CVE-2020-0796.json'), 'utf8');
    const file = join(ground.home, 'from-the-terminal.json');
    writeFileSync(file, published.replace(/"dateUpdated": *"[^"]*"/, `"dateUpdated": "${daysAgo(0)}"`));
    const args = ['--simulate', 'windows-public-wifi', 'advisories', 'update', file];
    const { status, stderr } = spawnSync(process.execPath, [join(project, 'out/cli.js'), ...args], {
      env: ground.env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    await page.getByText(/^Newer records were taken in from .*from-the-terminal\.json/).waitFor();
    expect(faults).toEqual([]);
  } finally {
    await app.close();
  }
});

test('by keyboard alone: to the page, into the search, and to the sources of what is found', async () => {
  const { app, page } = await openWindow(ground);
  try {
    await checked(page);
    const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.tagName);
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        if (String(await focused()).startsWith(name)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`"${name}" can't be reached with the Tab key.`);
    };
    await tabTo(words.advisories);
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe(words.advisories);
    await tabTo('INPUT');
    await page.keyboard.type('cve-2020-0796');
    await page.getByRole('list', { name: words.advisory.courseOf('CVE-2020-0796') }).waitFor();
    await tabTo(words.advisory.more);
    await page.keyboard.press('Enter');
    await tabTo(words.readMore);
  } finally {
    await app.close();
  }
});
