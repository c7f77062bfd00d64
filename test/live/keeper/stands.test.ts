// The keeper under Debian's real systemd: what it is made of, wiped rules that come back, restarts that leave no gap.
import { describe, expect, it } from 'vitest';
import { keeperUnits } from '../../../main/host/linux/keeper-units';
import { atTheDoor } from '../bed/machine';
import {
  bootBeforeAll,
  door,
  endedBecause,
  gone,
  holdTheKeeper,
  journal,
  json,
  kept,
  open,
  others,
  pc,
  shut,
  soon,
  theBed,
  told,
  traces,
  untilOpen,
  untilShut,
} from './shielded-pc';

bootBeforeAll();

const ours = ['keeper.path', 'keeper.service', 'keeper.timer', 'restore.service', 'watch.service'];

describe('a shield on a PC that systemd runs', () => {
  it('has its keeper shown before anything is changed', async () => {
    const { plan } = await json(['shield', '--dry-run', '--reason', 'CVE-2017-0144']);
    const shown = plan.changes.map(({ command }: { command: string }) => command).join('\n');
    for (const name of ours) expect(shown).toContain(`/etc/systemd/system/breakwater-${name}`);
    expect(JSON.stringify(plan.effects)).toContain('A keeper looks after it (every 30 seconds,');
    // The machine is process 1 of namespaces: a container, as systemd's interface for these says.
    expect(plan.warnings).toEqual([
      expect.stringContaining('This is a container (breakwater-machine)'),
      expect.stringContaining('not affected by CVE-2017-0144'),
    ]);
    expect(await traces()).toEqual([]);
    const lift = (await json(['lift', '--dry-run'])).plan;
    expect(lift.changes).toEqual([]);
  });

  it('gets exactly the units that were shown, which systemd finds nothing wrong with, and leaves none', async () => {
    const folders = () => pc().must(['find', '/etc/systemd', '-type', 'd']);
    const [before, foldersBefore] = [await others(), await folders()];
    const { plan } = await json(['shield', '--dry-run']);
    await json(['shield']);
    for (const { command, input } of plan.changes)
      if (command.startsWith('tee ')) expect(await pc().must(['cat', command.slice(4)])).toBe(input);
    const verified = await pc().run([
      'systemd-analyze',
      'verify',
      ...ours.map((name) => `/etc/systemd/system/breakwater-${name}`),
    ]);
    expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await others()).replace(/^table inet breakwater \{[\s\S]*?^\}\n/m, '')).toBe(before);
    for (const name of ['keeper.path', 'keeper.timer', 'watch.service', 'restore.service'])
      expect((await pc().must(['systemctl', 'is-enabled', `breakwater-${name}`])).trim()).toBe('enabled');
    const { plan: lifting } = await json(['lift', '--dry-run']);
    expect(lifting.changes.map(({ command }: { command: string }) => command).join('\n')).toContain(
      'systemctl disable',
    );
    expect((await json(['lift'])).outcome).toMatchObject({ kind: 'done', unchanged: false });
    expect(await traces()).toEqual([]);
    expect(await others()).toBe(before);
    expect(await folders()).toBe(foldersBefore);
  });

  it('comes back at its next look where its units were all taken away, and goes with the shield where none came', async () => {
    const takeAway = async () => {
      const places = (await traces()).filter((line) => line.startsWith('/etc/systemd/system/'));
      expect(places.length).toBeGreaterThan(5);
      await pc().must(['rm', ...places]);
    };
    const isRunning = async () =>
      (await pc().run(['systemctl', 'is-active', '--quiet', 'breakwater-watch.service'])).code === 0;
    await json(['shield']);
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    await takeAway();
    await expect
      .poll(async () => (await pc().run(['systemctl', 'is-enabled', 'breakwater-keeper.timer'])).stdout.trim(), soon)
      .toBe('enabled');
    expect(await isRunning()).toBe(true);
    await holdTheKeeper();
    await takeAway();
    expect(await isRunning()).toBe(true);
    await json(['lift']);
    expect(await isRunning()).toBe(false);
    expect(await traces()).toEqual([]);
  });

  it('runs its program from a folder with an odd name', async () => {
    const folder = '/var/tmp/odd folder, (1) ä';
    await pc().must(['mkdir', folder]);
    const say = '#!/bin/sh\nprintf "%s|" "$0" "$@" > /run/said\n';
    await pc().must(['tee', `${folder}/node`], { input: say });
    await pc().must(['touch', `${folder}/helper.js`]);
    await pc().must(['chmod', '755', `${folder}/node`]);
    const [service] = keeperUnits([`${folder}/node`, `${folder}/helper.js`], '/var/lib/breakwater').filter(
      ({ name }) => name === 'breakwater-keeper.service',
    );
    await pc().must(['tee', '/run/systemd/system/odd.service'], { input: service?.text ?? '' });
    await pc().must(['systemctl', 'daemon-reload']);
    await pc().must(['systemctl', 'start', 'odd.service']);
    expect(await pc().must(['cat', '/run/said'])).toBe(`${folder}/node|${folder}/helper.js|keep|`);
    await pc().must(['rm', '-r', folder, '/run/systemd/system/odd.service']);
    await pc().must(['systemctl', 'daemon-reload']);
  });

  it('is known to be up by everybody, from its keeper', async () => {
    await json(['shield', '--reason', 'CVE-2017-7494']);
    expect(await door()).toEqual(shut);
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    await expect.poll(async () => (await told()).kept?.hours.length, soon).toBe(1);
    const { code, stdout } = await pc().breakwater(['status'], { user: 65_534 });
    expect(code).toBe(0);
    expect(stdout).toMatch(/The shield is UP: seen whole at .* by its keeper/);
    expect(stdout).toMatch(
      /First packets turned away, by hour:\n +\d{4}-\d\d-\d\d \d\d:00 UTC +.*10\.88\.0\.1 \(\d+\)/,
    );
    expect((await pc().run(['test', '-w', '/var/lib/breakwater/status.json'], { user: 65_534 })).code).toBe(1);
    // The door itself is not called shut by anybody who may not look.
    // Who waits at the door here says nothing; and from some day on the catalogue that comes with it is old.
    const own = JSON.parse((await pc().breakwater(['inspect', '--json'])).stdout);
    const doubts = own.doubts.map(({ code }: { code: string }) => code);
    expect(doubts.filter((code: string) => code !== 'catalogue-too-old')).toEqual(['smb-answer']);
    expect(own.verdicts.door.state).toBe('closed');
    const inspected = await pc().breakwater(['inspect', '--json'], { user: 65_534 });
    expect(inspected.stdout, JSON.stringify(inspected)).toMatch(/^\{/);
    expect(JSON.parse(inspected.stdout).verdicts.door.state).not.toBe('closed');
  });

  it('whose schedule can not be set up does not go up', async () => {
    await pc().must(['mount', '-o', 'remount,bind,ro', '/etc/systemd/system']);
    const { outcome } = await json(['shield'], 4);
    expect(outcome).toMatchObject({ kind: 'failed-undone', title: 'The shield was not put up' });
    expect(await door()).toEqual(open);
    expect(await pc().must(['nft', 'list', 'ruleset'])).toBe('');
    await pc().must(['mount', '-o', 'remount,bind,rw', '/etc/systemd/system']);
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
    await pc().must(['systemctl', 'start', 'nftables.service']);
    await json(['shield']);
    await door();
    await expect.poll(async () => (await kept())?.counted?.blocked, soon).toBeGreaterThan(0);
    const { blocked } = (await kept()).counted;
    await pc().must(wipe);
    await untilShut();
    await expect.poll(async () => (await kept()).restores, soon).toBeGreaterThan(0);
    expect(await json(['status'])).toMatchObject({ state: 'up', counted: { attempts: expect.anything() } });
    // What had been counted before the wipe is not lost.
    expect((await kept()).counted.blocked).toBeGreaterThanOrEqual(blocked);
    expect((await journal()).map(({ step }) => step)).toContain('restored');
    await json(['lift']);
    await pc().must(['systemctl', 'stop', 'nftables.service']);
  });

  it('in a way that the kernel tells nobody of, while the keeper sleeps, are back within half a minute', async () => {
    await json(['shield']);
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    // The first looks are over: the next one comes by the clock.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    await pc().must(['nft', 'flush', 'table', 'inet', 'breakwater']);
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
      expect((await pc().run(argv)).code).toBe(0);
      await untilShut();
    }
  });

  it('and a unit that somebody deleted are both mended', async () => {
    await json(['shield']);
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    await pc().must(['rm', '/etc/systemd/system/breakwater-watch.service']);
    await pc().must(['nft', 'flush', 'ruleset']);
    await untilShut();
    await expect
      .poll(async () => (await pc().run(['test', '-f', '/etc/systemd/system/breakwater-watch.service'])).code, soon)
      .toBe(0);
  });
});

describe('a restart', () => {
  it.each(['in order', 'power cut'] as const)('(%s) never opens the door', async (how) => {
    await pc().must(['systemctl', 'enable', 'nftables.service']);
    await json(['shield']);
    expect(await door()).toEqual(shut);
    const hammering = await theBed().hammer(atTheDoor);
    await pc().restart(how);
    await untilShutWhile();
    const met = await hammering.rest();
    expect(Object.keys(met)).not.toContain('open');
    expect(met.refused).toBeGreaterThan(100);
    expect(await json(['status'])).toMatchObject({ state: 'up' });
    const entered = async (unit: string) =>
      Number((await pc().must(['systemctl', 'show', '--value', '-p', 'ActiveEnterTimestampMonotonic', unit])).trim());
    expect(await entered('breakwater-restore.service')).toBeGreaterThan(await entered('nftables.service'));
    expect(await entered('breakwater-restore.service')).toBeLessThan(await entered('network-pre.target'));
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    await pc().must(['systemctl', 'disable', '--now', 'nftables.service']);

    /** Under hammering, which has the one connection to the prober. */
    async function untilShutWhile(): Promise<void> {
      await expect.poll(async () => (await json(['status'])).state, soon).toBe('up');
    }
  });

  it('does not renew a lease', async () => {
    await json(['shield', '--until', '1h', '--at-end', 'lift']);
    const left = async () => {
      const listed = await pc().must(['nft', 'list', 'set', 'inet', 'breakwater', 'leased_tcp']);
      const [, minutes = '0', seconds = '0'] = /445 timeout \S+ expires (?:(\d+)m)?(?:(\d+)s)?/.exec(listed) ?? [];
      return Number(minutes) * 60 + Number(seconds);
    };
    const before = await left();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await pc().restart('power cut');
    expect(await door()).toEqual(shut);
    const after = await left();
    expect(after).toBeGreaterThan(3500);
    expect(after).toBeLessThanOrEqual(before - 3);
  });

  it('after the date puts nothing back, and the keeper clears what is left', async () => {
    const { until } = (await json(['shield', '--until', '6s', '--at-end', 'lift'])).outcome.shield.shield;
    await pc().end();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(until) - Date.now())));
    await pc().boot();
    await untilOpen();
    await gone();
    await endedBecause('Its date has come');
  });
});

describe('on a PC that systemd does not run', () => {
  it('the shield works, and says plainly that nothing looks after it', async () => {
    const say = async (args: readonly string[]) => JSON.parse((await theBed().breakwater([...args, '--json'])).stdout);
    const { plan } = await say(['shield', '--dry-run']);
    expect(plan.warnings).toContainEqual(
      expect.stringContaining('Nothing can look after the shield on this PC: systemd does not run this PC.'),
    );
    expect(plan.changes).toHaveLength(1);
    expect((await say(['shield'])).outcome.shield).toMatchObject({
      state: 'up',
      because: expect.arrayContaining([expect.stringContaining('Nothing looks after this shield: systemd')]),
    });
    expect((await theBed().run(['find', '/etc/systemd/system', '-name', 'breakwater*'])).stdout).toBe('');
    expect((await say(['lift'])).outcome.kind).toBe('done');
  });
});
