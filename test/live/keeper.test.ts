// The keeper under Debian's real systemd (process 1 of namespaces): wiped rules come back, restarts leave no gap, its end is kept.
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keeperUnits } from '../../main/host/linux/keeper-units';
import { type Bed, installed, raiseBed } from './bed/bed';
import { buildPackage } from './bed/debian-package';
import { atTheDoor, bootMachine, type Machine } from './bed/machine';
import { aShield } from './bed/requests';

let bed: Bed;
let pc: Machine;
let program: string;
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
  pc = await bootMachine(bed);
});
afterAll(() => bed?.down());

const ours = ['keeper.path', 'keeper.service', 'keeper.timer', 'restore.service', 'watch.service'];
const shut = ['refused', 'refused'];
const open = ['open', 'open'];
const door = () => bed.connects(atTheDoor, 0.3);
/** Longer than a look takes to come by the clock alone. */
const soon = { timeout: 60_000, interval: 100 };
const untilShut = () => expect.poll(door, soon).toEqual(shut);
const untilOpen = () => expect.poll(door, soon).toEqual(open);

async function json(args: readonly string[], expectedCode = 0) {
  const { code, stdout, stderr } = await pc.breakwater([...args, '--json']);
  expect(code, `${args.join(' ')}: ${stdout.slice(0, 3000)}${stderr.slice(0, 2000)}`).toBe(expectedCode);
  return JSON.parse(stdout);
}
/** What an ordinary user is told. */
async function told() {
  return JSON.parse((await pc.breakwater(['status', '--json'], { user: 65_534 })).stdout);
}
const kept = async () => JSON.parse(await pc.must(['cat', '/var/lib/breakwater/status.json']));
const journal = async (): Promise<{ step: string; why?: string }[]> =>
  (await pc.must(['cat', '/var/lib/breakwater/journal.jsonl']))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
/** Every trace of the keeper: unit files, links to them, what systemd knows, and the file that wipes are heard by. */
async function traces(): Promise<string[]> {
  const files = await pc.must(['find', '/etc/systemd/system', '/run', '-name', 'breakwater*']);
  const units = await pc.must(['systemctl', 'list-units', '--all', '--plain', '--no-legend', 'breakwater*']);
  return [...files.trim().split('\n'), ...units.trim().split('\n')].filter((line) => line !== '');
}
/** All that is not ours: other units' files and states, and every rule. */
async function others(): Promise<string> {
  const files = await pc.must(['systemctl', 'list-unit-files', '--no-legend', '--plain']);
  const states = await pc.must(['systemctl', 'list-units', '--no-legend', '--plain', '--type=service,timer,path']);
  const rules = await pc.must(['nft', '-s', 'list', 'ruleset']);
  const etc = await pc.must([
    'find',
    '/etc',
    '-newer',
    '/var/lib/dpkg/status',
    '-not',
    '-type',
    'd',
    '-printf',
    '%P %y %l\n',
  ]);
  return [files, states, etc].map((text) => text.replaceAll(/^.*breakwater.*\n/gm, '')).join('') + rules;
}
/** Runs an act that is killed (SIGKILL, by itself) at a named moment. */
const dying = (act: string, moment: string) =>
  pc.run([installed.node, '-', act, JSON.stringify(aShield()), moment], { input: program });
const gone = async (): Promise<void> => {
  await expect.poll(traces, soon).toEqual([]);
};

afterEach(async () => {
  await json(['lift']);
  await gone();
  await pc.must(['nft', 'flush', 'ruleset']);
  await pc.must(['rm', '-rf', '/var/lib/breakwater']);
});

describe('a shield on a PC that systemd runs', () => {
  it('has its keeper shown before anything is changed', async () => {
    const { plan } = await json(['shield', '--dry-run', '--reason', 'CVE-2017-7494']);
    const shown = plan.changes.map(({ command }: { command: string }) => command).join('\n');
    for (const name of ours) expect(shown).toContain(`/etc/systemd/system/breakwater-${name}`);
    expect(JSON.stringify(plan.effects)).toContain('A keeper looks after it (every 30 seconds,');
    expect(plan.warnings).toEqual([]);
    expect(await traces()).toEqual([]);
    const lift = (await json(['lift', '--dry-run'])).plan;
    expect(lift.changes).toEqual([]);
  });

  it('gets exactly the units that were shown, which systemd finds nothing wrong with, and leaves none', async () => {
    const folders = () => pc.must(['find', '/etc/systemd', '-type', 'd']);
    const [before, foldersBefore] = [await others(), await folders()];
    const { plan } = await json(['shield', '--dry-run']);
    await json(['shield']);
    for (const { command, input } of plan.changes)
      if (command.startsWith('tee ')) expect(await pc.must(['cat', command.slice(4)])).toBe(input);
    const verified = await pc.run([
      'systemd-analyze',
      'verify',
      ...ours.map((name) => `/etc/systemd/system/breakwater-${name}`),
    ]);
    expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await others()).replace(/^table inet breakwater \{[\s\S]*?^\}\n/m, '')).toBe(before);
    for (const name of ['keeper.path', 'keeper.timer', 'watch.service', 'restore.service'])
      expect((await pc.must(['systemctl', 'is-enabled', `breakwater-${name}`])).trim()).toBe('enabled');
    const { plan: lifting } = await json(['lift', '--dry-run']);
    expect(lifting.changes.map(({ command }: { command: string }) => command).join('\n')).toContain(
      'systemctl disable',
    );
    expect((await json(['lift'])).outcome).toMatchObject({ kind: 'done', unchanged: false });
    expect(await traces()).toEqual([]);
    expect(await others()).toBe(before);
    expect(await folders()).toBe(foldersBefore);
  });

  it('runs its program from a folder of any name', async () => {
    const folder = '/var/tmp/odd $HOME 100%n "quoted" \\ it\'s';
    await pc.must(['mkdir', folder]);
    const say = '#!/bin/sh\nprintf "%s|" "$0" "$@" > /run/said\n';
    await pc.must(['tee', `${folder}/node`], { input: say });
    await pc.must(['touch', `${folder}/helper.js`]);
    await pc.must(['chmod', '755', `${folder}/node`]);
    const [service] = keeperUnits([`${folder}/node`, `${folder}/helper.js`], '/var/lib/breakwater').filter(
      ({ name }) => name === 'breakwater-keeper.service',
    );
    await pc.must(['tee', '/run/systemd/system/odd.service'], { input: service?.text ?? '' });
    await pc.must(['systemctl', 'daemon-reload']);
    await pc.must(['systemctl', 'start', 'odd.service']);
    expect(await pc.must(['cat', '/run/said'])).toBe(`${folder}/node|${folder}/helper.js|keep|`);
    await pc.must(['rm', '-r', folder, '/run/systemd/system/odd.service']);
    await pc.must(['systemctl', 'daemon-reload']);
  });

  it('is known to be up by everybody, from its keeper', async () => {
    await json(['shield', '--reason', 'CVE-2017-7494']);
    expect(await door()).toEqual(shut);
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    await expect.poll(async () => (await told()).kept?.hours.length, soon).toBe(1);
    const { code, stdout } = await pc.breakwater(['status'], { user: 65_534 });
    expect(code).toBe(0);
    expect(stdout).toMatch(/The shield is UP: seen whole at .* by its keeper/);
    expect(stdout).toMatch(
      /First packets turned away, by hour:\n +\d{4}-\d\d-\d\d \d\d:00 UTC +.*10\.88\.0\.1 \(\d+\)/,
    );
    expect((await pc.run(['test', '-w', '/var/lib/breakwater/status.json'], { user: 65_534 })).code).toBe(1);
    // The door itself is not called shut by anybody who may not look.
    expect((await json(['inspect'], 0)).verdicts.door.state).toBe('closed');
    const inspected = JSON.parse((await pc.breakwater(['inspect', '--json'], { user: 65_534 })).stdout);
    expect(inspected.verdicts.door.state).not.toBe('closed');
  });

  it('whose schedule can not be set up does not go up', async () => {
    await pc.must(['mount', '-o', 'remount,bind,ro', '/etc/systemd/system']);
    const { outcome } = await json(['shield'], 4);
    expect(outcome).toMatchObject({ kind: 'failed-undone', title: 'The shield was not put up' });
    expect(await door()).toEqual(open);
    expect(await pc.must(['nft', 'list', 'ruleset'])).toBe('');
    await pc.must(['mount', '-o', 'remount,bind,rw', '/etc/systemd/system']);
    expect(await traces()).toEqual([]);
  });
});

describe('rules that something wiped', () => {
  it.each([
    ['all of them flushed', ['nft', 'flush', 'ruleset']],
    ['the table deleted', ['nft', 'delete', 'table', 'inet', 'breakwater']],
    ['nftables.service restarted', ['systemctl', 'restart', 'nftables.service']],
    ['nftables.service reloaded', ['systemctl', 'reload', 'nftables.service']],
    ['nftables.service stopped', ['systemctl', 'stop', 'nftables.service']],
  ])('are back at once: %s', async (_, wipe) => {
    await pc.must(['systemctl', 'start', 'nftables.service']);
    await json(['shield']);
    await door();
    await expect.poll(async () => (await kept().catch(() => null))?.counted?.blocked, soon).toBeGreaterThan(0);
    const { blocked } = (await kept()).counted;
    await pc.must(wipe);
    await untilShut();
    await expect.poll(async () => (await kept()).restores, soon).toBeGreaterThan(0);
    expect(await json(['status'])).toMatchObject({ state: 'up', counted: { attempts: expect.anything() } });
    // What had been counted before the wipe is not lost.
    expect((await kept()).counted.blocked).toBeGreaterThanOrEqual(blocked);
    expect((await journal()).map(({ step }) => step)).toContain('restored');
    await json(['lift']);
    await pc.must(['systemctl', 'stop', 'nftables.service']);
  });

  it('in a way that the kernel tells nobody of, while the keeper sleeps, are back within half a minute', async () => {
    await json(['shield']);
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    // The first looks are over: the next one comes by the clock.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    await pc.must(['nft', 'flush', 'table', 'inet', 'breakwater']);
    expect(await door()).toEqual(open);
    await untilShut();
  });

  it('are back after ufw and firewalld did what they do', async () => {
    await json(['shield']);
    for (const argv of [
      ['ufw', '--force', 'enable'],
      ['ufw', 'reload'],
      ['ufw', '--force', 'reset'],
      ['ufw', '--force', 'disable'],
    ]) {
      expect((await pc.run(argv)).code).toBe(0);
      await untilShut();
    }
  });

  it('and a unit that somebody deleted are both mended', async () => {
    await json(['shield']);
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    await pc.must(['rm', '/etc/systemd/system/breakwater-watch.service']);
    await pc.must(['nft', 'flush', 'ruleset']);
    await untilShut();
    await expect
      .poll(async () => (await pc.run(['test', '-f', '/etc/systemd/system/breakwater-watch.service'])).code, soon)
      .toBe(0);
  });
});

describe('a restart', () => {
  it.each(['in order', 'power cut'] as const)('(%s) never opens the door', async (how) => {
    await pc.must(['systemctl', 'enable', 'nftables.service']);
    await json(['shield']);
    expect(await door()).toEqual(shut);
    const hammering = await bed.hammer(atTheDoor);
    await pc.restart(how);
    await untilShutWhile();
    const met = await hammering.rest();
    expect(Object.keys(met)).not.toContain('open');
    expect(met.refused).toBeGreaterThan(100);
    expect(await json(['status'])).toMatchObject({ state: 'up' });
    const entered = async (unit: string) =>
      Number((await pc.must(['systemctl', 'show', '--value', '-p', 'ActiveEnterTimestampMonotonic', unit])).trim());
    expect(await entered('breakwater-restore.service')).toBeGreaterThan(await entered('nftables.service'));
    expect(await entered('breakwater-restore.service')).toBeLessThan(await entered('network-pre.target'));
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    await pc.must(['systemctl', 'disable', '--now', 'nftables.service']);

    /** Under hammering, which has the one connection to the prober. */
    async function untilShutWhile(): Promise<void> {
      await expect.poll(async () => (await json(['status'])).state, soon).toBe('up');
    }
  });

  it('does not renew a lease', async () => {
    await json(['shield', '--until', '1h', '--at-end', 'lift']);
    const left = async () => {
      const listed = await pc.must(['nft', 'list', 'set', 'inet', 'breakwater', 'leased_tcp']);
      const [, minutes = '0', seconds = '0'] = /445 timeout \S+ expires (?:(\d+)m)?(?:(\d+)s)?/.exec(listed) ?? [];
      return Number(minutes) * 60 + Number(seconds);
    };
    const before = await left();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await pc.restart('power cut');
    expect(await door()).toEqual(shut);
    const after = await left();
    expect(after).toBeGreaterThan(3500);
    expect(after).toBeLessThanOrEqual(before - 3);
  });

  it('after the date puts nothing back, and the keeper clears what is left', async () => {
    await json(['shield', '--until', '2s', '--at-end', 'lift']);
    await pc.end();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await pc.boot();
    await untilOpen();
    await gone();
    expect((await kept()).ended?.why).toContain('Its date has come');
  });
});

describe('the end', () => {
  it('at a date is kept by the keeper where that is agreed: lifted, and nothing is left', async () => {
    await json(['shield', '--until', '3s', '--at-end', 'lift']);
    expect(await door()).toEqual(shut);
    await untilOpen();
    await gone();
    expect(await pc.must(['nft', 'list', 'ruleset'])).toBe('');
    expect(await told()).toMatchObject({
      state: 'none',
      kept: { ended: { why: expect.stringContaining('as agreed') } },
    });
    expect((await journal()).at(-1)).toMatchObject({ step: 'lowered' });
    expect((await pc.breakwater(['status'], { user: 65_534 })).stdout).toContain('lifted by its keeper at');
  });

  it('at a date is not one by default: the door stays shut on a PC that is not known to be patched, and everybody is told', async () => {
    await json(['shield', '--until', '2s']);
    await expect
      .poll(async () => (await told()).kept?.warnings ?? [], soon)
      .toEqual([expect.stringContaining('has passed')]);
    expect(await door()).toEqual(shut);
    expect(await told()).toMatchObject({
      state: 'kept',
      because: expect.arrayContaining([expect.stringContaining('has passed')]),
    });
    expect((await json(['status'])).state).toBe('up');
    expect(await pc.must(['journalctl', '--no-pager', '-b', '-t', 'breakwater', '-p', '5'])).toContain('has passed');
  });

  it('does not come while the clock is wrong', async () => {
    await json(['shield', '--until', '1h', '--at-end', 'lift']);
    // As if the clock had been set back after the shield went up.
    const ahead = new Date(Date.now() + 1_800_000).toISOString();
    await pc.must(['systemctl', 'stop', 'breakwater-keeper.timer', 'breakwater-keeper.path']);
    await pc.must(['sed', '-i', `s/"since":"[^"]*"/"since":"${ahead}"/g`, '/var/lib/breakwater/journal.jsonl']);
    await pc.must(['nft', 'flush', 'ruleset']);
    await pc.must(['systemctl', 'start', 'breakwater-keeper.service']);
    await untilShut();
    expect((await kept()).warnings).toEqual([expect.stringContaining('before the shield was put up')]);
  });
});

describe('until patched', () => {
  const reason = 'CVE-2023-3961';
  const old = '2:4.17.9+dfsg-0+deb12u3';
  const fixed = '2:4.17.12+dfsg-0+deb12u1';
  const samba = (version: string) => buildPackage(pc, { name: 'samba', version, program: '/usr/sbin/smbd' });
  const install = async (deb: string) => pc.must(['dpkg', '--install', deb]);
  let packages: { readonly old: string; readonly fixed: string };
  beforeAll(async () => {
    packages = { old: await samba(old), fixed: await samba(fixed) };
  });
  afterEach(() => pc.run(['dpkg', '--purge', 'samba']));
  const lifted = async (): Promise<void> => {
    await untilOpen();
    await gone();
    expect(await pc.must(['nft', 'list', 'ruleset'])).toBe('');
    const { ended } = await kept();
    expect(ended.why).toContain(`This PC is patched for ${reason}`);
    expect((await journal()).slice(-2)).toMatchObject([
      { step: 'lowering', why: expect.stringContaining('is patched') },
      { step: 'lowered', restAsBefore: true },
    ]);
  };

  it('it stays while the package is the old one, and is lifted by itself when dpkg has installed the update', async () => {
    await install(packages.old);
    await json(['shield', '--reason', reason]);
    await expect.poll(async () => (await kept().catch(() => null))?.patch?.state, soon).toBe('vulnerable');
    expect(await door()).toEqual(shut);
    expect((await kept()).waitsFor).toBe(`The patch for ${reason}.`);
    await install(packages.fixed);
    await lifted();
  });

  it('it is lifted at once where the update was there before', async () => {
    await install(packages.fixed);
    await json(['shield', '--reason', reason]);
    await lifted();
  });

  it('it is lifted at the next start where the update came while nothing of ours ran', async () => {
    await install(packages.old);
    await json(['shield', '--reason', reason]);
    await pc.must(['systemctl', 'stop', 'breakwater-keeper.path', 'breakwater-keeper.timer']);
    await install(packages.fixed);
    await pc.restart('power cut');
    await lifted();
  });

  it('it stays where what is needed is not installed at all, or a package is half installed', async () => {
    await json(['shield', '--reason', reason]);
    await expect.poll(async () => (await kept().catch(() => null))?.patch?.state, soon).toBe('not-affected');
    await install(packages.old);
    await expect.poll(async () => (await kept())?.patch?.state, soon).toBe('vulnerable');
    await pc.must(['dpkg', '--unpack', packages.fixed]);
    await expect.poll(async () => (await kept())?.patch?.state, soon).toBe('unknown');
    expect(await door()).toEqual(shut);
  });

  it('it stays while the server still runs as it was before the update', async () => {
    await install(packages.old);
    await json(['shield', '--reason', reason]);
    await pc.must(['systemd-run', '--unit=old-server', '/usr/sbin/smbd', 'infinity']);
    await install(packages.fixed);
    await expect
      .poll(async () => (await kept().catch(() => null))?.patch?.because.join(' '), soon)
      .toMatch(/installed, but smbd \(process \d+\) still runs as before/);
    expect(await door()).toEqual(shut);
    await pc.must(['systemctl', 'stop', 'old-server.service']);
    await pc.must(['systemctl', 'start', 'breakwater-keeper.service']);
    await lifted();
  });

  it.each(['before takeDown 1', 'after takeDown 1', 'before stopKeeping 1'])(
    'killed while the keeper lifts, %s: its next look ends it',
    async (moment) => {
      await install(packages.old);
      await json(['shield', '--reason', reason]);
      await expect.poll(async () => (await told()).state, soon).toBe('kept');
      await pc.must(['systemctl', 'stop', 'breakwater-keeper.path', 'breakwater-keeper.timer']);
      await pc.must(['systemctl', 'stop', 'breakwater-keeper.service', 'breakwater-restore.service']);
      await install(packages.fixed);
      expect((await dying('keep', moment)).stdout).toBe('');
      await pc.must(['systemctl', 'start', 'breakwater-keeper.service']);
      await lifted();
    },
  );
});

describe('removing the package', () => {
  const version = (number: string) => buildPackage(pc, { name: 'breakwater', version: number, product: true });
  const own = (args: readonly string[]) => pc.run(['/usr/bin/breakwater', ...args]);
  const shieldUp = async (): Promise<void> => {
    await pc.must(['dpkg', '--install', await version('1.0')]);
    expect((await own(['shield'])).code).toBe(0);
    expect(await pc.must(['cat', '/etc/systemd/system/breakwater-keeper.service'])).toContain('/usr/lib/breakwater/');
    expect(await door()).toEqual(shut);
  };

  it('lifts the shield, and nothing is left; an upgrade leaves it up', async () => {
    const before = await others();
    await shieldUp();
    await pc.must(['dpkg', '--install', await version('1.1')]);
    expect(await door()).toEqual(shut);
    await pc.must(['nft', 'flush', 'ruleset']);
    await untilShut();
    await pc.must(['dpkg', '--remove', 'breakwater']);
    expect(await door()).toEqual(open);
    expect(await traces()).toEqual([]);
    for (const path of ['/usr/lib/breakwater', '/var/lib/breakwater', '/usr/bin/breakwater'])
      expect((await pc.run(['test', '-e', path])).code).toBe(1);
    expect(await others()).toBe(before);
    await pc.must(['dpkg', '--purge', 'breakwater']);
  });

  it('stops where the shield can not be lifted, and nothing is lost', async () => {
    await shieldUp();
    await pc.must(['mount', '--bind', '/bin/false', '/usr/sbin/nft']);
    const { code, stderr } = await pc.run(['dpkg', '--remove', 'breakwater']);
    await pc.must(['umount', '/usr/sbin/nft']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('nft ended with code 1');
    expect(await door()).toEqual(shut);
    expect(await pc.must(['dpkg-query', '--status', 'breakwater'])).toContain('Status: deinstall ok installed');
    await pc.must(['dpkg', '--purge', 'breakwater']);
    expect(await door()).toEqual(open);
    expect(await traces()).toEqual([]);
  });
});

describe('killed', () => {
  it.each([
    'after putUp 1',
    'before startKeeping 1',
    'after startKeeping 1',
    'before readShield 2',
    'after readShield 2',
  ])('while a shield goes up, %s: the next run makes it whole or undoes all of it', async (moment) => {
    expect((await dying('shield', moment)).stdout).toBe('');
    expect((await json(['status'])).state).toBe('up');
    expect(await traces()).not.toEqual([]);
    expect(await door()).toEqual(shut);
  });

  it.each(['after takeDown 1', 'before stopKeeping 1', 'after stopKeeping 1', 'after readRest 2'])(
    'while it comes down, %s: what is left of it ends',
    async (moment) => {
      await json(['shield']);
      expect((await dying('lift', moment)).stdout).toBe('');
      expect((await json(['status'], 1)).state).toBe('none');
      expect(await traces()).toEqual([]);
      expect(await door()).toEqual(open);
    },
  );

  it('while it comes down: the keeper ends it by itself', async () => {
    await json(['shield']);
    await dying('lift', 'after takeDown 1');
    await gone();
    expect((await journal()).at(-1)).toMatchObject({ step: 'lowered' });
  });

  it.each(['before putUp 1', 'after putUp 1', 'after readShield 2'])(
    'while the keeper puts rules back, %s: its next look does',
    async (moment) => {
      await json(['shield']);
      await pc.must(['systemctl', 'stop', 'breakwater-keeper.path', 'breakwater-keeper.timer']);
      await pc.must(['systemctl', 'stop', 'breakwater-keeper.service', 'breakwater-restore.service']);
      await pc.must(['nft', 'flush', 'ruleset']);
      expect((await dying('keep', moment)).stdout).toBe('');
      await pc.must(['systemctl', 'start', 'breakwater-keeper.service']);
      expect(await door()).toEqual(shut);
      expect((await told()).state).toBe('kept');
    },
  );

  it('at any time: the next runs leave nothing', async () => {
    for (let wait = 60; wait <= 480; wait += 60) {
      await pc.run(['/usr/bin/timeout', '-s', 'KILL', String(wait / 1000), installed.node, installed.cli, 'shield']);
      const { state } = JSON.parse((await pc.breakwater(['status', '--json'])).stdout);
      expect(['none', 'up']).toContain(state);
      expect(state === 'up').toBe((await traces()).length > 0);
      await json(['lift']);
      expect(await traces()).toEqual([]);
    }
  });
});

describe('on a PC that systemd does not run', () => {
  it('the shield works, and says plainly that nothing looks after it', async () => {
    const say = async (args: readonly string[]) => JSON.parse((await bed.breakwater([...args, '--json'])).stdout);
    const { plan } = await say(['shield', '--dry-run']);
    expect(plan.warnings).toContainEqual(
      expect.stringContaining('Nothing can look after the shield on this PC: systemd does not run this PC.'),
    );
    expect(plan.changes).toHaveLength(1);
    expect((await say(['shield'])).outcome.shield).toMatchObject({
      state: 'up',
      because: expect.arrayContaining([expect.stringContaining('Nothing looks after this shield: systemd')]),
    });
    expect((await bed.run(['find', '/etc/systemd/system', '-name', 'breakwater*'])).stdout).toBe('');
    expect((await say(['lift'])).outcome.kind).toBe('done');
  });
});
