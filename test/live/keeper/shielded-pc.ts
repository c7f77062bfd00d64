// A PC that Debian's real systemd runs (process 1 of namespaces), for the tests of a file: what is done on it, and what is seen.
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Bed, installed, raiseBed } from '../bed/bed';
import type { Hit } from '../bed/connects';
import type { Finished } from '../bed/finished';
import { atTheDoor, bootMachine, type Machine } from '../bed/machine';
import { aShield } from '../bed/requests';

/** Longer than a look takes to come by the clock alone. */
export const soon = { timeout: 60_000, interval: 100 };
export const shut: readonly Hit[] = ['refused', 'refused'];
export const open: readonly Hit[] = ['open', 'open'];

let bed: Bed;
let machine: Machine;
let program: string;

/** Boots it before a file's tests; lifts what is up after each of them, and holds that nothing of ours is left then. */
export function bootBeforeAll(): void {
  beforeAll(async () => {
    const built = await build({
      entryPoints: ['test/live/cut-off/dying-helper.ts'],
      bundle: true,
      platform: 'node',
      write: false,
      logLevel: 'warning',
    });
    program = built.outputFiles[0]?.text ?? '';
    bed = await raiseBed({ smbd: false });
    machine = await bootMachine(bed);
  });
  afterEach(async () => {
    await json(['lift']);
    await gone();
    await machine.must(['nft', 'flush', 'ruleset']);
    await machine.must(['rm', '-rf', '/var/lib/breakwater']);
  });
  afterAll(async () => {
    // Orderly, so that the kernel's groups of its processes go, too.
    await machine?.end();
    await bed?.down();
  });
}

export const theBed = (): Bed => bed;
export const pc = (): Machine => machine;

/** What a neighbour meets at TCP 445, over IPv4 and IPv6. */
export const door = (): Promise<Hit[]> => bed.connects(atTheDoor, 0.3);
export const untilShut = (): Promise<void> => expect.poll(door, soon).toEqual(shut);
export const untilOpen = (): Promise<void> => expect.poll(door, soon).toEqual(open);

/** Runs a command with --json as root and gives its one document; rejects on another exit code than expected. */
export async function json(args: readonly string[], expectedCode = 0) {
  const { code, stdout, stderr } = await machine.breakwater([...args, '--json']);
  expect(code, `${args.join(' ')}: ${stdout.slice(0, 3000)}${stderr.slice(0, 2000)}`).toBe(expectedCode);
  return JSON.parse(stdout);
}

/** What an ordinary user is told. */
export async function told() {
  return JSON.parse((await machine.breakwater(['status', '--json'], { user: 65_534 })).stdout);
}

/** The keeper's note as everybody may read it; null = there is none yet. */
export async function kept() {
  const { code, stdout } = await machine.run(['cat', '/var/lib/breakwater/status.json'], { user: 65_534 });
  return code === 0 ? JSON.parse(stdout) : null;
}

/** The keeper notes why it lifted after all else is gone. */
export const endedBecause = (why: string): Promise<void> =>
  expect.poll(async () => (await kept())?.ended?.why, soon).toContain(why);

export async function journal(): Promise<{ readonly step: string; readonly why?: string }[]> {
  const lines = (await machine.must(['cat', '/var/lib/breakwater/journal.jsonl'])).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Every trace of the keeper: unit files, links to them, and what systemd knows. */
export async function traces(): Promise<string[]> {
  const files = await machine.must(['find', '/etc/systemd/system', '/run', '-name', 'breakwater*']);
  const units = await machine.must(['systemctl', 'list-units', '--all', '--plain', '--no-legend', 'breakwater*']);
  return [...files.trim().split('\n'), ...units.trim().split('\n')].filter((line) => line !== '');
}
export const gone = (): Promise<void> => expect.poll(traces, soon).toEqual([]);

/** All that is not ours: other units' files and states, every file below /etc with its date, and every rule. */
export async function others(): Promise<string> {
  const texts = [
    await machine.must(['systemctl', 'list-unit-files', '--no-legend', '--plain']),
    await machine.must(['systemctl', 'list-units', '--no-legend', '--plain', '--type=service,timer,path']),
    await machine.must(['find', '/etc', '-not', '-type', 'd', '-printf', '%P %y %l %T@\n']),
    await machine.must(['find', '/etc/systemd', '-type', 'd', '-not', '-name', '*.wants', '-printf', '%P\n']),
  ];
  const rules = await machine.must(['nft', '-s', 'list', 'ruleset']);
  // A keeper that is just looking widens the columns of all units.
  return texts.map((text) => text.replaceAll(/^.*breakwater.*\n/gm, '').replaceAll(/ +/g, ' ')).join('') + rules;
}

/** Runs an act that is killed (SIGKILL, by itself) at a named moment. */
export const dying = (act: 'shield' | 'lift' | 'keep', moment: string): Promise<Finished> =>
  machine.run([installed.node, '-', act, JSON.stringify(aShield()), moment], { input: program });

/** Lets no look come by itself, neither by the clock nor by what it hears; the watch still notices a wipe. */
export async function holdTheKeeper(): Promise<void> {
  await machine.must(['systemctl', 'stop', 'breakwater-keeper.path', 'breakwater-keeper.timer']);
  await machine.must(['systemctl', 'stop', 'breakwater-keeper.service', 'breakwater-restore.service']);
}

/** The keeper looks once more, from now on: a start while it looks only joins that look, which may have read the state before. */
export async function look(): Promise<void> {
  const start = ['systemctl', 'start', 'breakwater-keeper.service'];
  await machine.must(start);
  // 5 = its unit is gone (systemctl(1)): the first look ended the shield.
  expect([0, 5]).toContain((await machine.run(start)).code);
}
