// Runs beside the real window, inside a test bed, as the ordinary user: carries out the steps it is told on its input, a line each.
import { createInterface } from 'node:readline';
import type { Doorway } from '../../../preload/contract';
import { steps } from '../../../renderer/state/window-state';
import { words } from '../../../renderer/words';
import { openScreen } from '../screen';
import { checked, lowerShield, openWindow, raiseShield, says, seriousFaults } from '../window';

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

const acts: Readonly<Record<string, (argument: string) => Promise<unknown>>> = {
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
  /** Goes to a step by its name. */
  async step(name) {
    const step = steps.find((one) => one === name);
    if (!step) throw new Error(`no such step: ${name}`);
    await page.getByRole('button', { name: new RegExp(`^${steps.indexOf(step) + 1}. `) }).click();
    await page.getByRole('heading', { level: 1, name: words.step.title[step] }).waitFor();
  },
  says: (sentence) => says(page, sentence),
  async firewall() {
    await page.getByRole('button', { name: words.firewall, exact: true }).click();
    await page.getByRole('heading', { name: words.firewallPage.why }).waitFor();
    return page.getByRole('main').textContent();
  },
  async search(text) {
    await page.getByRole('searchbox', { name: words.firewallPage.search }).pressSequentially(text, { delay: 20 });
    await page.waitForFunction(
      ([searching]) => !document.querySelector('main output')?.textContent?.includes(searching ?? ''),
      [words.firewallPage.searching],
    );
    return page.locator('main output').first().textContent();
  },
  async clear() {
    await page.getByRole('searchbox', { name: words.firewallPage.search }).fill('');
  },
  async unfold() {
    for (const summary of await page.locator('main summary').all()) await summary.click();
    return page.locator('main *').count();
  },
  async later() {
    await page.getByRole('button', { name: words.list.after }).first().click();
  },
  async scroll() {
    for (let step = 0; step < 20; step++) {
      await page.mouse.move(400, 400);
      await page.mouse.wheel(0, step < 10 ? 600 : -600);
      await page.waitForTimeout(30);
    }
  },
  async details() {
    await page.getByRole('button', { name: words.details, exact: true }).click();
    await page.getByRole('heading', { name: words.page.title }).waitFor();
  },
  /** From now on it is kept how long page and app were held up at most, and how much reached the page at once. */
  async watch() {
    await page.evaluate(watchPauses);
    await window.app.evaluate(watchPauses);
    await page.evaluate(watchMessages);
  },
  /** Since `watch`, or since the last answer. */
  async watched() {
    const app = await window.app.evaluate(takeWatched);
    return { page: await page.evaluate(takeWatched), app };
  },
  /** How large the answers are that the page gets when it asks for everything itself. */
  answers: () => page.evaluate(sizeOfAnswers),
  faults: async () => [...window.faults, ...(await seriousFaults(page, 'the last page'))],
  picture: async () => (await page.screenshot()).toString('base64'),
  async close() {
    await window.app.close();
    await screen.close();
  },
};

interface Watched {
  /** Milliseconds. */
  pause: number;
  /** Characters of JSON. */
  message: number;
}
type Page = typeof globalThis & { watched: Watched; breakwater: Doorway };

/** Runs where it is watched: the longest time between two ticks of one timer. */
function watchPauses(): void {
  const here = globalThis as Page;
  here.watched = { pause: 0, message: 0 };
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    here.watched.pause = Math.max(here.watched.pause, now - last);
    last = now;
  }, 1);
}

/** Runs in the page: the longest of the messages that the app sends by itself. */
function watchMessages(): void {
  const { watched, breakwater } = globalThis as Page;
  for (const name of ['pc:fact', 'pc:verdicts', 'pc:review'] as const)
    breakwater.on(name, (payload) => {
      (globalThis as Page).watched.message = Math.max(watched.message, JSON.stringify(payload).length);
    });
}

function takeWatched(): Watched {
  const here = globalThis as Page;
  const { pause, message } = here.watched;
  here.watched.pause = 0;
  here.watched.message = 0;
  return { pause: Math.round(pause), message };
}

/** Runs in the page. */
async function sizeOfAnswers(): Promise<Readonly<Record<'look' | 'rules' | 'counted', number>>> {
  const { breakwater } = globalThis as Page;
  const looked = await breakwater.call('pc:look');
  if (!('seen' in looked) || !looked.seen.review) throw new Error('there is no review');
  const first = { deciding: 100, unsure: 0, shadowed: 0, listed: 1000 };
  const found = await breakwater.call('firewall:rules', { review: looked.seen.review.number, text: 'tcp', first });
  const counted = Object.values(looked.seen.review.counts).reduce((sum, count) => sum + count, 0);
  return { look: JSON.stringify(looked).length, rules: JSON.stringify(found).length, counted };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, argument] = JSON.parse(line) as [string, string];
  const answer = await (acts[name]?.(argument) ?? Promise.reject(new Error(`no act ${name}`))).then(
    (value) => ({ value: value ?? null }),
    (error: Error) => ({ error: error.message }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  if (name === 'close') break;
}
