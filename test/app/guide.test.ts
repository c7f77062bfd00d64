// The guided flow in the real window, on a simulated PC, in light and dark.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words } from '../../renderer/words';
import { checked, type Ground, look, type OpenedWindow, openWindow, prepareGround, says } from './window';

let ground: Ground;
let window: OpenedWindow;
beforeAll(async () => {
  ground = await prepareGround();
  window = await openWindow(ground);
});
afterAll(async () => {
  await window?.app.close();
  await ground?.clear();
});

test('the window says in its title and in a banner that the PC is a simulated one', async () => {
  await window.page.getByText(words.simulated('windows-public-wifi')).waitFor();
  const title = await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  expect(title).toBe('SIMULATED PC (windows-public-wifi) - Breakwater');
});

test('it begins with the check, and says that the door is open', async () => {
  const { page } = window;
  await page.getByRole('heading', { level: 1, name: words.step.title.check }).waitFor();
  await checked(page);
  await says(page, words.check.open);
});

describe.each(['light', 'dark'] as const)('in %s colours', (scheme) => {
  test('from the check over a shield to lifting it, every page can be used by everybody', async () => {
    const { page } = window;
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const heading = (name: string) => page.getByRole('heading', { name, exact: true });
    const faults: string[] = [];
    const seen = async (name: string): Promise<void> => {
      faults.push(...(await look(page, `guide/${scheme}-${name}`)));
    };
    await page.emulateMedia({ colorScheme: scheme });

    await button(/^1\. /).click();
    await button(words.check.again).click();
    await says(page, words.check.open);
    await checked(page);
    await seen('1-check-open');

    await button(words.step.next(words.step.name.shield)).click();
    await heading(words.step.title.shield).waitFor();
    await seen('2-shield-form');
    await button(words.form.show).click();
    await heading(words.plan.title.shield).waitFor();
    await page.getByText(words.plan.exact(1).slice(0, 17)).click();
    await seen('3-shield-plan');
    await button(words.plan.carryOut.shield).click();
    await heading(words.outcome.up).waitFor();
    await seen('4-shield-up');

    await button(words.step.next(words.step.name.patch)).click();
    await heading(words.step.title.patch).waitFor();
    await seen('5-patch');
    await button(/^1\. /).click();
    await checked(page);
    await says(page, words.check.closed);
    await seen('6-check-closed');
    await button(words.details).click();
    await heading(words.page.title).waitFor();
    await seen('7-details');

    await button(/^4\. /).click();
    await heading(words.step.title.lift).waitFor();
    await seen('8-lift');
    await button(words.form.show).click();
    await heading(words.plan.title.lift).waitFor();
    await seen('9-lift-plan');
    await button(words.plan.carryOut.lift).click();
    await page.getByText(words.lift.confirmFirst).waitFor();
    await page.getByRole('checkbox', { name: words.lift.confirm }).check();
    await button(words.plan.carryOut.lift).click();
    await heading(words.outcome.down).waitFor();
    await seen('10-lifted');
    await page.getByRole('button', { name: words.ok, exact: true }).click();
    await button(/^1\. /).click();
    await checked(page);
    await says(page, words.check.open);

    expect(faults).toEqual([]);
  });
});

test('an exception that is no address is refused before anything is planned', async () => {
  const { page } = window;
  await page.getByRole('button', { name: /^2\. / }).click();
  await page.getByRole('button', { name: words.form.add }).click();
  await page.getByRole('textbox', { name: words.form.address(1) }).fill('fileserver');
  await page.getByRole('button', { name: words.form.show }).click();
  await page.getByText(words.form.bad.name('fileserver')).waitFor();
  expect(await page.getByRole('button', { name: words.plan.carryOut.shield }).count()).toBe(0);
  await page.getByRole('button', { name: words.form.remove(1) }).click();
});

test('nothing on any page went against the policy or failed', () => {
  expect(window.faults).toEqual([]);
});
