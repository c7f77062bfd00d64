// How a shield ends under Debian's real systemd: at its date, by a patch that dpkg installs, with the package itself.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../bed/debian-package';
import { sambaUpdate } from './samba-updates';
import {
  bootBeforeAll,
  door,
  dying,
  endedBecause,
  gone,
  holdTheKeeper,
  journal,
  json,
  kept,
  look,
  open,
  others,
  pc,
  shut,
  soon,
  told,
  traces,
  untilOpen,
  untilShut,
} from './shielded-pc';

bootBeforeAll();

describe('the end', () => {
  it('at a date is kept by the keeper where that is agreed: lifted, and nothing is left', async () => {
    await json(['shield', '--until', '4s', '--at-end', 'lift']);
    expect(await door()).toEqual(shut);
    await untilOpen();
    await gone();
    await endedBecause('as agreed');
    expect(await pc().must(['nft', 'list', 'ruleset'])).toBe('');
    expect(await told()).toMatchObject({
      state: 'none',
      kept: { ended: { why: expect.stringContaining('as agreed') } },
    });
    expect((await journal()).at(-1)).toMatchObject({ step: 'lowered' });
    expect((await pc().breakwater(['status'], { user: 65_534 })).stdout).toContain('lifted by its keeper at');
  });

  it('at a date is not one by default: the door stays shut on a PC that is not known to be patched, and everybody is told', async () => {
    await json(['shield', '--until', '4s']);
    await expect
      .poll(async () => (await told()).kept?.warnings ?? [], soon)
      .toEqual([expect.objectContaining({ text: expect.stringContaining('has passed') })]);
    expect(await door()).toEqual(shut);
    expect(await told()).toMatchObject({
      state: 'kept',
      because: expect.arrayContaining([expect.stringContaining('has passed')]),
    });
    expect((await json(['status'])).state).toBe('up');
    await expect
      .poll(() => pc().must(['journalctl', '--no-pager', '-b', '-t', 'breakwater', '-p', '5']), soon)
      .toContain('has passed');
  });

  it('does not come while the clock is wrong', async () => {
    await json(['shield', '--until', '1h', '--at-end', 'lift']);
    // As if the clock had been set back after the shield went up.
    const ahead = new Date(Date.now() + 1_800_000).toISOString();
    await holdTheKeeper();
    await pc().must(['sed', '-i', `s/"since":"[^"]*"/"since":"${ahead}"/g`, '/var/lib/breakwater/journal.jsonl']);
    await pc().must(['nft', 'flush', 'ruleset']);
    await pc().must(['systemctl', 'start', 'breakwater-keeper.service']);
    await untilShut();
    await expect
      .poll(async () => (await kept()).warnings, soon)
      .toEqual([expect.objectContaining({ text: expect.stringContaining('before the shield was put up') })]);
  });
});

describe('until patched', () => {
  const { reason, old, fixed } = sambaUpdate();
  const samba = (version: string) => buildPackage(pc(), { name: 'samba', version, program: '/usr/sbin/smbd' });
  const install = async (deb: string) => pc().must(['dpkg', '--install', deb]);
  let packages: { readonly old: string; readonly fixed: string };
  beforeAll(async () => {
    packages = { old: await samba(old), fixed: await samba(fixed) };
  });
  afterEach(() => pc().run(['dpkg', '--purge', 'samba']));
  const lifted = async (): Promise<void> => {
    await untilOpen();
    await gone();
    expect(await pc().must(['nft', 'list', 'ruleset'])).toBe('');
    await endedBecause(`This PC is patched for ${reason}`);
    expect((await journal()).slice(-2)).toMatchObject([
      { step: 'lowering', why: expect.stringContaining('is patched') },
      { step: 'lowered', restAsBefore: true },
    ]);
  };

  it('it stays while the package is the old one, and is lifted by itself when dpkg has installed the update', async () => {
    await install(packages.old);
    await json(['shield', '--reason', reason]);
    await expect.poll(async () => (await kept())?.patch?.state, soon).toBe('vulnerable');
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
    await pc().must(['systemctl', 'stop', 'breakwater-keeper.path', 'breakwater-keeper.timer']);
    await install(packages.fixed);
    await pc().restart('power cut');
    await lifted();
  });

  it("it stays where another server than the packages' own waits at the door, or a package is half installed", async () => {
    await json(['shield', '--reason', reason]);
    await expect
      .poll(async () => (await kept())?.patch?.because.join(' '), soon)
      .toContain('an SMB server is here that no package of this distribution brought');
    await install(packages.old);
    await expect.poll(async () => (await kept())?.patch?.state, soon).toBe('vulnerable');
    await pc().must(['dpkg', '--unpack', packages.fixed]);
    await expect.poll(async () => (await kept())?.patch?.state, soon).toBe('unknown');
    expect(await door()).toEqual(shut);
  });

  it('it stays while the server still runs as it was before the update', async () => {
    await install(packages.old);
    await json(['shield', '--reason', reason]);
    await pc().must(['systemd-run', '--unit=old-server', '/usr/sbin/smbd', 'infinity']);
    await install(packages.fixed);
    await look();
    await expect
      .poll(async () => (await kept())?.patch?.because.join(' '), soon)
      .toMatch(/installed, but smbd \(process \d+\) still runs as before/);
    expect(await door()).toEqual(shut);
    await pc().must(['systemctl', 'stop', 'old-server.service']);
    await look();
    await lifted();
  });

  it('it stays while a server of another make runs, and until that stayed away for a while; not because of the installed one', async () => {
    await install(packages.old);
    await json(['shield', '--reason', reason]);
    await pc().must(['install', '-D', '/usr/sbin/smbd', '/opt/samba/smbd']);
    await pc().must(['systemd-run', '--unit=other-server', '/opt/samba/smbd', 'infinity']);
    await install(packages.fixed);
    await pc().must(['systemd-run', '--unit=installed-server', '/usr/sbin/smbd', 'infinity']);
    await look();
    await expect
      .poll(async () => (await kept())?.patch?.because.join(' '), soon)
      .toMatch(/but smbd \(process \d+, \/opt\/samba\/smbd\) is not what is installed/);
    expect(await door()).toEqual(shut);
    await pc().restart('power cut');
    await expect
      .poll(async () => (await kept())?.patch?.because.join(' '), soon)
      .toMatch(/\/opt\/samba\/smbd\) was here at .*ten minutes without it are waited for/);
    expect(await door()).toEqual(shut);
    await pc().must(['systemd-run', '--unit=installed-server', '/usr/sbin/smbd', 'infinity']);
    await holdTheKeeper();
    await pc().must([
      'sed',
      '-i',
      's/"goneSince":{"uptime":[0-9]*/"goneSince":{"uptime":-9999/',
      '/var/lib/breakwater/status.json',
    ]);
    await pc().must(['systemctl', 'start', 'breakwater-keeper.service']);
    await lifted();
    await pc().must(['systemctl', 'stop', 'installed-server.service']);
  });

  it.each(['before takeDown 1', 'after takeDown 1', 'before stopKeeping 1'])(
    'killed while the keeper lifts, %s: its next look ends it',
    async (moment) => {
      await install(packages.old);
      await json(['shield', '--reason', reason]);
      await expect.poll(async () => (await told()).state, soon).toBe('kept');
      await holdTheKeeper();
      await install(packages.fixed);
      expect((await dying('keep', moment)).stdout).toBe('');
      await pc().must(['systemctl', 'start', 'breakwater-keeper.service']);
      await lifted();
    },
  );
});

describe('removing the package', () => {
  const version = (number: string) => buildPackage(pc(), { name: 'breakwater', version: number, product: true });
  const own = (args: readonly string[]) => pc().run(['/usr/bin/breakwater', ...args]);
  const shieldUp = async (): Promise<void> => {
    await pc().must(['dpkg', '--install', await version('1.0')]);
    expect((await own(['shield'])).code).toBe(0);
    expect(await pc().must(['cat', '/etc/systemd/system/breakwater-keeper.service'])).toContain('/usr/lib/breakwater/');
    expect(await door()).toEqual(shut);
  };

  it('lifts the shield, and nothing is left; an upgrade leaves it up', async () => {
    const before = await others();
    await shieldUp();
    await pc().must(['dpkg', '--install', await version('1.1')]);
    expect(await door()).toEqual(shut);
    await pc().must(['nft', 'flush', 'ruleset']);
    await untilShut();
    await pc().must(['dpkg', '--remove', 'breakwater']);
    expect(await door()).toEqual(open);
    expect(await traces()).toEqual([]);
    for (const path of ['/usr/lib/breakwater', '/var/lib/breakwater', '/usr/bin/breakwater'])
      expect((await pc().run(['test', '-e', path])).code).toBe(1);
    expect(await others()).toBe(before);
    await pc().must(['dpkg', '--purge', 'breakwater']);
  });

  it('stops where the shield can not be lifted, and nothing is lost', async () => {
    await shieldUp();
    await pc().must(['mount', '--bind', '/bin/false', '/usr/sbin/nft']);
    const { code, stderr } = await pc().run(['dpkg', '--remove', 'breakwater']);
    await pc().must(['umount', '/usr/sbin/nft']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('nft ended with code 1');
    expect(await door()).toEqual(shut);
    expect(await pc().must(['dpkg-query', '--status', 'breakwater'])).toContain('Status: deinstall ok installed');
    await pc().must(['dpkg', '--purge', 'breakwater']);
    expect(await door()).toEqual(open);
    expect(await traces()).toEqual([]);
  });
});
