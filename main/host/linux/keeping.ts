// The keeper's schedule on Linux: systemd units that are there only while a shield is up.
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { KeeperSchedule } from '../../model/kept';
import { helperFiles } from '../elevation/helper-files';
import type { Keeping } from '../host';
import { writableByOthers } from '../posix/administrators-only';
import { fitsUnit, keeperUnits, restoring, rhythm, type Unit, unitFolder, watch } from './keeper-units';
import { nodeCommand } from './node-command';
import { runLinuxProgram } from './run-linux-program';
import { stateFolder } from './state-folder';

const systemctl = '/usr/bin/systemctl';
const unitsFor = (helper: string): readonly Unit[] => keeperUnits([...nodeCommand(), helper], stateFolder);

export const linuxKeeping: Keeping = {
  rhythm,
  find,
  describeStart: (helper) => [
    ...unitsFor(helper).map(({ name, text }) => ({
      what: `Write the unit ${name}`,
      command: `tee ${join(unitFolder, name)}`,
      input: text,
    })),
    { what: 'Let systemd run the keeper', command: `systemctl enable --now ${scheduled.join(' ')}`, input: null },
  ],
  describeStop: (helper) => [
    {
      what: 'Let systemd run the keeper no longer',
      command: `systemctl disable --now ${scheduled.join(' ')}`,
      input: null,
    },
    {
      what: "Take the keeper's units away",
      command: `rm -f ${unitsFor(helper)
        .map(({ name }) => join(unitFolder, name))
        .join(' ')}`,
      input: null,
    },
  ],
};

/** What is enabled and started; their names do not depend on where the program lies. */
const scheduled = keeperUnits([], stateFolder).flatMap(({ name, wantedBy }) => (wantedBy === null ? [] : [name]));
const allNames = keeperUnits([], stateFolder).map(({ name }) => name);
const wantFolders = keeperUnits([], stateFolder).flatMap(({ wantedBy }) =>
  wantedBy === null ? [] : [`${wantedBy}.wants`],
);
const draftOf = (path: string): string => `${path}.breakwater`;
/** What earlier versions heard of a wipe by. */
const earlierWipedFile = '/run/breakwater-wiped';
const looking = 'breakwater-keeper.service';
const running = scheduled.filter((name) => name !== restoring);

export const clearKeeperCommand = `sudo systemctl disable --now ${scheduled.join(' ')}; sudo systemctl stop ${looking}; sudo rm -f ${allNames
  .map((name) => join(unitFolder, name))
  .join(' ')}`;

async function find(helper: string): Promise<KeeperSchedule> {
  const why = obstacle(helper);
  if (why !== null) return { state: 'impossible', why };
  const units = unitsFor(helper);
  const states = units.map(stateOf);
  if (states.every((state) => state === 'absent')) return { state: 'absent' };
  const odd = units.filter((_, index) => states[index] !== 'whole').map(({ name }) => name);
  if (odd.length === 0) return { state: 'whole' };
  return { state: 'broken', why: `${odd.join(', ')}: missing, changed or switched off` };
}

/** Why no keeper can stand here; null = one can. */
function obstacle(helper: string): string | null {
  if (!isBooted()) return 'systemd does not run this PC';
  for (const path of [...nodeCommand(), ...helperFiles(helper)].filter((part) => part.startsWith('/'))) {
    if (!fitsUnit(path))
      return `Breakwater lies in a folder whose name systemd can't be told (${JSON.stringify(path)})`;
    const item = writableByOthers(path);
    if (item !== null)
      return `this copy of Breakwater lies where not only administrators can write (${item}), so nothing of it may run as administrator by itself; install it for all users`;
  }
  return null;
}

/** sd_booted(3): whether systemd is what started this PC. */
const isBooted = (): boolean => existsSync('/run/systemd/system');

function stateOf({ name, text, wantedBy }: Unit): 'whole' | 'absent' | 'other' {
  const path = join(unitFolder, name);
  const found = orNull(() => readFileSync(path, 'utf8'));
  const link = wantedBy === null ? null : orNull(() => readlinkSync(join(unitFolder, `${wantedBy}.wants`, name)));
  if (found === null && link === null) return 'absent';
  return found === text && (wantedBy === null || link !== null) ? 'whole' : 'other';
}

/** Null for a file that is not there, or is something else than it should be. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Rejects with an Error whose message is for people. */
export async function startKeeping(helper: string): Promise<void> {
  for (const unit of unitsFor(helper)) if (stateOf(unit) !== 'whole') writeUnit(unit);
  await must(['daemon-reload']);
  await must(['enable', ...scheduled]);
  await must(['start', ...running]);
  // It waits for whoever starts it, so that its start is not waited for; it ends as soon as it has done its work.
  await must(['start', '--no-block', restoring]);
  // With several names it is content with one that is active.
  for (const name of running) await must(['is-active', name]);
  const found = await find(helper);
  if (found.state === 'whole') return;
  throw new Error(
    `the keeper's units are not as they were written${found.state === 'broken' ? ` (${found.why})` : ''}.`,
  );
}

/** Never ends the service that the keeper's own look runs in: that one ends by itself. */
export async function stopKeeping(): Promise<void> {
  const units = allNames.map((name) => join(unitFolder, name));
  const folders = wantFolders.map((name) => join(unitFolder, name));
  const links = scheduled.map((name, index) => join(folders[index] ?? '', name));
  const files = [...units, ...units.map(draftOf), ...links];
  // A link whose unit is gone counts, too; and what systemd still runs from files that somebody took away.
  const isThere = files.some((path) => existsSync(path) || orNull(() => readlinkSync(path)) !== null);
  if (!isThere && !(isBooted() && (await systemctlRun(['is-active', '--quiet', ...running])).ended)) return;
  // What can't be stopped is seen below: systemd may not know these units any more.
  if (isBooted()) {
    // The watch first: it would start the others again.
    await systemctlRun(['stop', watch]);
    await systemctlRun(['stop', ...scheduled]);
    if (!isTheKeeper()) await systemctlRun(['stop', looking]);
  }
  for (const path of [...files, earlierWipedFile]) rmSync(path, { force: true });
  // As systemctl(1) disable does; those that others use are not empty.
  for (const folder of folders) orNull(() => rmdirSync(folder));
  if (!isBooted()) return;
  await must(['daemon-reload']);
  await systemctlRun(['reset-failed', 'breakwater-*']);
  for (const name of running)
    if ((await systemctlRun(['is-active', '--quiet', name])).ended)
      throw new Error(`${name} still runs after being stopped.`);
}

/** Whether this process is what the schedule runs (cgroups(7): a service's processes are in a group of its name). */
const isTheKeeper = (): boolean =>
  orNull(() => readFileSync('/proc/self/cgroup', 'utf8'))?.includes(`/${looking}`) ?? false;

/** In one step: a crash leaves the old file or the new one. */
function writeUnit({ name, text }: Unit): void {
  mkdirSync(unitFolder, { recursive: true, mode: 0o755 });
  const path = join(unitFolder, name);
  const file = openSync(draftOf(path), 'w', 0o644);
  try {
    // Whatever the umask: everybody may see what runs as administrator.
    fchmodSync(file, 0o644);
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draftOf(path), path);
}

async function must(args: readonly string[]): Promise<void> {
  const { ended, says } = await systemctlRun(args);
  if (!ended) throw new Error(`systemctl ${args.join(' ')}: ${says}`);
}

async function systemctlRun(args: readonly string[]): Promise<{ readonly ended: boolean; readonly says: string }> {
  const ran = await runLinuxProgram(systemctl, args);
  if (ran.kind === 'not-there') return { ended: false, says: `${systemctl} is not there` };
  if (ran.kind === 'not-run') return { ended: false, says: ran.why };
  const says = ran.complaint.trim().split('\n').slice(0, 3).join(' ') || `it ended with code ${ran.code ?? ran.signal}`;
  return { ended: ran.code === 0, says };
}
