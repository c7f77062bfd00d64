// The real app in a real window, on a home folder of its own, for one test file at a time.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { words } from '../../renderer/words';
import { findRuntime } from '../../scripts/electron-runtime.mjs';
import { ensureBuilt } from '../../scripts/ensure-built.mjs';
import { openScreen, type TestScreen } from './screen';

export const project = resolve(import.meta.dirname, '../..');
const artefacts = join(project, 'test-artefacts');

/** What all windows of one test file stand on. */
export interface Ground {
  readonly screen: TestScreen;
  readonly runtime: string;
  /** Home, settings and state of the app: a fresh folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  clear(): Promise<void>;
}

export async function prepareGround(): Promise<Ground> {
  await ensureBuilt();
  const runtime = await findRuntime();
  const screen = await openScreen();
  const home = mkdtempSync(join(tmpdir(), 'breakwater-app-'));
  return {
    screen,
    runtime,
    home,
    env: {
      PATH: process.env.PATH ?? '',
      LANG: 'C.UTF-8',
      HOME: home,
      TMPDIR: home,
      DISPLAY: screen.display,
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', // no desktop is asked for anything
    },
    async clear() {
      await screen.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export interface OpenedWindow {
  /** All that it printed so far. */
  printed(): string;
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Faults that the page reported since it was opened: exceptions, console errors, refused loads. */
  readonly faults: readonly string[];
}

export interface OpenOptions {
  /** A simulated PC's name, or null for the real one. */
  readonly simulate?: string | null;
  readonly args?: readonly string[];
  /** Instead of the ground's own runtime and the project's folder. */
  readonly program?: string;
  readonly folder?: string;
  /** Chromium's sandbox on, which it never is for root. */
  readonly hasSandbox?: boolean;
}

const asRoot = process.getuid?.() === 0;

function startArguments({
  simulate = 'windows-public-wifi',
  args = [],
  folder = project,
  hasSandbox = !asRoot,
}: OpenOptions = {}): string[] {
  const named = simulate === null ? [] : ['--simulate', simulate];
  return [...(hasSandbox ? [] : ['--no-sandbox']), '--disable-gpu', folder, ...named, ...args];
}

/** Starts the app and waits for its window. The caller closes `app`. */
export async function openWindow(ground: Ground, options: OpenOptions = {}): Promise<OpenedWindow> {
  const starter = makeStarter(options.folder ?? project);
  const app = await electron
    .launch({
      executablePath: options.program ?? ground.runtime,
      args: startArguments({ ...options, folder: starter }),
      env: { ...ground.env },
      chromiumSandbox: options.hasSandbox ?? !asRoot, // else Playwright switches it off
      timeout: 60_000,
    })
    .finally(() => rmSync(starter, { recursive: true }));
  let printed = '';
  app.process().stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  return { app, page, faults, printed: () => printed };
}

/**
 * A folder that starts the app of another folder, but holds it back until Playwright says go: it may wait for ever for a window
 * that appears while it connects.
 */
function makeStarter(folder: string): string {
  const starter = mkdtempSync(join(tmpdir(), 'breakwater-starter-'));
  chmodSync(starter, 0o755);
  const names = { name: 'breakwater', productName: 'Breakwater', version: '0.0.0', main: 'starter.js' };
  writeFileSync(join(starter, 'package.json'), JSON.stringify(names));
  const text = `const { app } = require('electron');
const ready = app.whenReady();
const told = new Promise((resolve) => Object.assign(globalThis, { __playwright_run: resolve }));
app.whenReady = () => told.then(() => ready);
require(${JSON.stringify(join(folder, 'out/app.js'))});
`;
  writeFileSync(join(starter, 'starter.js'), text);
  return starter;
}

/** Starts the app a further time, without a hand on it; its exit code and output. */
export async function startAgain(
  ground: Ground,
  options: OpenOptions = {},
): Promise<{ code: number | null; said: string }> {
  const child = spawn(ground.runtime, startArguments(options), { env: ground.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  return { code, said };
}

/** Waits until the check that every window begins with has come to its end. */
export async function checked(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.check.again }).waitFor();
}

/** Waits until the page itself says this (what is read out to screen readers is beside it). */
export async function says(page: Page, sentence: string): Promise<void> {
  await page.getByRole('main').getByText(sentence).first().waitFor();
}

/** Goes through step 2 until the shield is up and proven. */
export async function raiseShield(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^2\. / }).click();
  await page.getByRole('button', { name: words.form.show }).click();
  await page.getByRole('button', { name: words.plan.carryOut.shield }).click();
  await page.getByRole('heading', { name: words.outcome.up }).waitFor();
  await page.getByRole('button', { name: words.ok, exact: true }).click();
}

/** Goes through step 4 until the shield is down. */
export async function lowerShield(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^4\. / }).click();
  await page.getByRole('button', { name: words.form.show }).click();
  await page.getByRole('checkbox', { name: words.lift.confirm }).check();
  await page.getByRole('button', { name: words.plan.carryOut.lift }).click();
  await page.getByRole('heading', { name: words.outcome.down }).waitFor();
  await page.getByRole('button', { name: words.ok, exact: true }).click();
}

/** Keeps a picture of the window in test-artefacts/ and gives the serious faults of accessibility that axe finds, in words. */
export async function look(page: Page, name: string): Promise<readonly string[]> {
  const path = join(artefacts, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
  return seriousFaults(page, name);
}

/** The serious faults of accessibility that axe finds, in words. */
export async function seriousFaults(page: Page, name: string): Promise<readonly string[]> {
  await page.evaluate(endFades);
  // Electron can't open the second page that axe uses otherwise.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  await page.evaluate(() => document.adoptedStyleSheets.pop());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/**
 * A button that has just come free fades in, with colours in between that axe would judge. Asking for less motion shortens only
 * the fades to come; one under way ends where nothing is left to fade (CSS Transitions 1, section 3).
 */
function endFades(): void {
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important }');
  document.adoptedStyleSheets.push(still);
}
