// Entry: the desktop app. One instance, one window over one engine, an icon while a shield is up.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app, type BrowserWindow, dialog, Notification, session, shell } from 'electron';
import { devDependencies } from '../../package.json';
import { openAsk, openEngine } from '../engine/open';
import { message } from '../model/message';
import { shownText } from '../model/untrusted-text';
import { languageFor, languages } from '../text/languages';
import { type Say, sayIn } from '../text/render';
import { type Conversation, converse } from './ipc/answers';
import { openDoorway, sendTo } from './ipc/ipc';
import { keeperWord, keepOnce } from './keeper-run';
import { createKeeperNews } from './notifications';
import { parseStartOptions, type StartOptions } from './start-options';
import { createShieldTray } from './tray';
import { watchSoftware } from './watch-software';
import { reportFirstPaint } from './window/first-paint';
import { setMenu } from './window/menu';
import { announceScheme, readPage, servePage } from './window/page';
import { holdPolicy, keepQuiet } from './window/page-policy';
import { bringUp, createWindow } from './window/window';
import { judgeElsewhere } from './worker/client';
import type { JudgeData } from './worker/main';

/** How often an icon's line is made true again, and how long quitting waits for a change that has begun. */
const refresh = 60_000;
const patience = 15_000;

type ClosableEngine = ReturnType<typeof judgeElsewhere>;

const word = keeperWord(process.argv);
announceScheme();
keepQuiet(app);
holdPolicy(app);
// Chromium has no sandbox for root; everybody else has one, whatever the command line says.
if (!(app.commandLine.hasSwitch('no-sandbox') && process.getuid?.() === 0)) app.enableSandbox();
if (word === null) void begin();
else
  keepOnce(__dirname, word).then(
    (code) => app.exit(code),
    (error: unknown) => {
      console.error(error);
      app.exit(4);
    },
  );

async function begin(): Promise<void> {
  let options: StartOptions;
  let engine: ClosableEngine;
  try {
    options = parseStartOptions(process.argv);
    engine = await openAppEngine(options.simulate);
  } catch (error) {
    dialog.showErrorBox("Breakwater can't be started", (error as Error).message);
    app.exit(2);
    return;
  }
  // A simulated PC is an app of its own: it neither shares state with the real one nor stands in its way.
  if (engine.simulated !== null) app.setPath('userData', join(app.getPath('userData'), 'simulated', engine.simulated));
  if (!app.requestSingleInstanceLock()) {
    console.error('Breakwater is open already: its window comes to the front.');
    app.exit(0);
    return;
  }
  const page = readPage(join(__dirname, 'renderer'), engine.simulated);
  await app.whenReady();
  const language = process.env.BREAKWATER_LANG || app.getLocale();
  open(engine, options, page, sayIn(await languages[languageFor(language)]()));
}

/** Reading and judging happen in a thread of their own, and begin to load while Chromium is still starting. */
async function openAppEngine(simulate: string | null): Promise<ClosableEngine> {
  const data: JudgeData = { simulate, helper: join(__dirname, 'helper.js') };
  const [engine, ask] = await Promise.all([openEngine(data), openAsk(data)]);
  const program = join(__dirname, 'judge.js');
  return judgeElsewhere(engine, ask, () => new Worker(program, { workerData: data }));
}

function open(engine: ClosableEngine, options: StartOptions, page: ReadonlyMap<string, Buffer>, say: Say): void {
  const hasDevTools = !app.isPackaged;
  const title = engine.simulated === null ? 'Breakwater' : `SIMULATED PC (${engine.simulated}) - Breakwater`;
  const quit = (): void => app.quit();
  const ownSession = session.fromPartition('breakwater'); // in memory: nothing of the page is written to disk
  servePage(ownSession.protocol, page);
  setMenu(hasDevTools);

  let isQuitting = false;
  const tray = createShieldTray({ say, title, open: () => bringUp(window), quit });
  const window: BrowserWindow = createWindow({
    title,
    session: ownSession,
    preload: join(__dirname, 'preload.js'),
    stateFile: join(app.getPath('userData'), 'window.json'),
    hasDevTools,
    say,
    staysInTray: () => !isQuitting && tray.isShown(),
    quit,
  });
  const send = sendTo(window.webContents);
  const conversation = converse(engine, {
    about: {
      version: app.getVersion(),
      simulated: engine.simulated,
      runtimeNote: noteAbout(process.versions.electron),
    },
    send,
    openExternal: (url) => shell.openExternal(url),
    chooseRecords: () => chooseRecords(window, say),
    // Windows' own name for the page of its settings.
    openUpdates: () => shell.openExternal('ms-settings:windowsupdate'),
    onShield: (shield) => tray.show(shield),
    clock: () => performance.now(),
  });
  openDoorway(window.webContents, conversation.answers);
  watchSoftware([...engine.softwarePlaces, ...engine.cataloguePlaces], () => send('pc:software-changed', null));
  const news = createKeeperNews(join(app.getPath('userData'), 'keeper-news.json'), ({ title: head, body }) => {
    const notification = new Notification({
      title: say(engine.simulated === null ? head : message('app.news.simulated', { title: head })),
      body: shownText(say(body)),
    });
    notification.on('click', () => bringUp(window));
    notification.show();
  });
  const hearKeeper = (): void =>
    void engine.status().then(({ shield }) => {
      send('shield:seen', shield);
      if (tray.isShown()) tray.show(shield);
      news.take(shield);
    }, console.error);
  watchSoftware([engine.keeperPlace], hearKeeper);
  // Nothing of this may hold up the first paint.
  window.webContents.once('did-finish-load', hearKeeper);
  if (options.reportPaint) reportFirstPaint(window);

  setInterval(() => {
    if (tray.isShown()) hearKeeper();
  }, refresh);
  app.on('second-instance', () => bringUp(window));
  app.on('activate', () => bringUp(window));
  app.on('window-all-closed', quit);
  app.on('before-quit', (event) => {
    if (isQuitting) return;
    isQuitting = true;
    event.preventDefault();
    void settleThen(conversation, engine, quit);
  });
}

async function chooseRecords(window: BrowserWindow, say: Say): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: say(message('app.records.title')),
    buttonLabel: say(message('app.records.take-in')),
    properties: ['openFile'],
    filters: [{ name: say(message('app.records.kinds')), extensions: ['json'] }],
  });
  return filePaths[0] ?? null;
}

/** A change that has begun is finished first, so that quitting never leaves half of one; but quitting is always possible. */
async function settleThen(conversation: Conversation, engine: ClosableEngine, quit: () => void): Promise<void> {
  const waited = new Promise((resolve) => setTimeout(resolve, patience));
  await Promise.race([conversation.finish().then(() => engine.close()), waited]);
  quit();
}

/** Null on the Electron that this version is made for, or a newer one. */
function noteAbout(running: string): string | null {
  const made = devDependencies.electron;
  if (Number.parseInt(running, 10) >= Number.parseInt(made, 10)) return null;
  return `This window runs on an older Electron (${running} instead of ${made}), without today's security fixes: for trying out only.`;
}
