// Runs beside the real window, inside a test bed, as the ordinary user: carries out the steps it is told on its input, a line each.
import { createInterface } from 'node:readline';
import { words } from '../../../renderer/words';
import { openScreen } from '../screen';
import { checked, lowerShield, openWindow, raiseShield, seriousFaults } from '../window';

const home = process.env.HOME ?? '/';
const screen = await openScreen();
const env = {
  PATH: process.env.PATH ?? '',
  LANG: 'C.UTF-8',
  HOME: home,
  DISPLAY: screen.display,
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
};
const ground = { screen, runtime: '/opt/electron/electron', home, env, clear: async () => undefined };
const window = await openWindow(ground, { simulate: null, folder: '/opt/breakwater', hasSandbox: true });
const { page } = window;

const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  async check() {
    await page.getByRole('button', { name: /^1\. / }).click();
    await checked(page);
    return page.getByRole('main').textContent();
  },
  async look() {
    await page.getByRole('button', { name: words.check.look }).click();
    await checked(page);
    return page.getByRole('main').textContent();
  },
  shield: () => raiseShield(page),
  async refused() {
    await page.getByRole('button', { name: /^2\. / }).click();
    await page.getByRole('button', { name: words.form.show }).click();
    await page.getByRole('button', { name: words.plan.carryOut.shield }).click();
    await page.getByRole('button', { name: words.ok, exact: true }).waitFor();
    const text = await page.getByRole('main').textContent();
    await page.getByRole('button', { name: words.ok, exact: true }).click();
    return text;
  },
  lift: () => lowerShield(page),
  faults: async () => [...window.faults, ...(await seriousFaults(page, 'the last page'))],
  picture: async () => (await page.screenshot()).toString('base64'),
  async close() {
    await window.app.close();
    await screen.close();
  },
};

for await (const name of createInterface({ input: process.stdin })) {
  const answer = await (steps[name]?.() ?? Promise.reject(new Error(`no step ${name}`))).then(
    (value) => ({ value: value ?? null }),
    (error: Error) => ({ error: error.message }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  if (name === 'close') break;
}
