// The firewall page in the real window, on simulated PCs, in light and dark: who can reach the door, and why.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '../../renderer/words';
import { checked, type Ground, look, openWindow, prepareGround, says } from './window';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground?.clear());

test('a PC that is open to everybody shows it, and the check leads there', async () => {
  const { app, page, faults } = await openWindow(ground);
  try {
    const seen: string[] = [];
    await checked(page);
    await says(page, words.reach.everybody);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.getByRole('button', { name: /^1\. / }).click();
      await page.getByRole('button', { name: words.reach.why }).click();
      await page.getByRole('heading', { level: 1, name: words.firewall }).waitFor();
      await says(page, words.firewallPage.verdict.open);
      const cells = page.getByRole('row', { name: /Wi-Fi, IPv4/ }).getByRole('cell');
      expect(await cells.first().textContent()).toContain(words.firewallPage.passage.open);
      seen.push(...(await look(page, `firewall/${scheme}-1-open`)));
      await page.getByRole('searchbox', { name: words.firewallPage.search }).fill('no such rule');
      await says(page, words.firewallPage.nothing);
      await page.getByRole('searchbox', { name: words.firewallPage.search }).fill('');
      await page.getByRole('heading', { name: words.firewallPage.why }).scrollIntoViewIfNeeded();
      seen.push(...(await look(page, `firewall/${scheme}-2-rules`)));
    }
    expect([...seen, ...faults]).toEqual([]);
  } finally {
    await app.close();
  }
});

test('rules that only administrators may read are looked at with permission, on the page itself', async () => {
  const { app, page, faults } = await openWindow(ground, { simulate: 'debian-fileserver' });
  try {
    const seen: string[] = [];
    await checked(page);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.getByRole('button', { name: /^1\. / }).click();
      await page.getByRole('button', { name: words.check.again }).click();
      await checked(page);
      await page.getByRole('button', { name: words.firewall, exact: true }).click();
      await says(page, words.firewallPage.notPermitted);
      seen.push(...(await look(page, `firewall/${scheme}-3-not-permitted`)));
      await page.getByRole('button', { name: words.check.look }).click();
      await page.getByRole('heading', { name: words.firewallPage.why }).waitFor();
      seen.push(...(await look(page, `firewall/${scheme}-4-looked`)));
      await page.getByRole('heading', { name: words.firewallPage.why }).scrollIntoViewIfNeeded();
      seen.push(...(await look(page, `firewall/${scheme}-5-looked-rules`)));
    }
    expect([...seen, ...faults]).toEqual([]);
  } finally {
    await app.close();
  }
});
