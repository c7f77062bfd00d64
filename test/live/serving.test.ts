// Whether what is installed is what runs, with a real smbd under Debian's real systemd: seen by root, and by an ordinary user.
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPackage } from './bed/debian-package';
import { bootBeforeAll, pc } from './keeper/shielded-pc';

bootBeforeAll();

const reason = 'CVE-2023-3961';
const fixed = '2:4.17.12+dfsg-0+deb12u1';
const nobody = 65_534;

/** The four faces go by one judge: here the check and the inspection of a command line tell. */
async function verdict(
  user?: number,
): Promise<{ readonly state: string; readonly code: string; readonly because: string }> {
  const { stdout } = await pc().breakwater(['advisories', 'check', '--json'], user === undefined ? {} : { user });
  const { verdicts } = JSON.parse(stdout);
  const own = verdicts.find(({ id }: { id: string }) => id === reason);
  const inspected = JSON.parse(
    (await pc().breakwater(['inspect', '--json'], user === undefined ? {} : { user })).stdout,
  );
  const same = inspected.verdicts.patch.verdicts.find(({ id }: { id: string }) => id === reason);
  expect([same.state, same.code]).toEqual([own.state, own.code]);
  return own;
}
const codes = async () => [(await verdict()).code, (await verdict(nobody)).code];

/** The real smbd of this machine, as a package of the bed has put it in place. */
const real = '/usr/sbin/smbd';
const options = '--foreground --no-process-group --configfile=/etc/samba/smb.conf --port=1445';
const untilServed = () =>
  expect
    .poll(async () => (await pc().run(['ss', '-Hltn', 'sport', '=', ':1445'])).stdout, {
      timeout: 20_000,
      interval: 100,
    })
    .toContain(':1445');

/** As the service by which Debian starts it. */
async function startService(): Promise<void> {
  // Later than the files by more than the second in which the start of the PC is told.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await pc().must(['systemctl', 'start', 'smbd.service']);
  await untilServed();
}

/** As an update does: the new file beside the old one, then in its place, and the list of files written. */
async function putInPlace(): Promise<void> {
  await pc().must([
    'sh',
    '-ec',
    `cp ${real} ${real}.dpkg-new; mv ${real}.dpkg-new ${real}; touch /var/lib/dpkg/info/samba.list`,
  ]);
}

describe('a server that runs', () => {
  beforeAll(async () => {
    await pc().must(['cp', real, '/var/tmp/smbd']);
    await pc().must([
      'dpkg',
      '--install',
      await buildPackage(pc(), { name: 'samba', version: fixed, program: '/usr/sbin/smbd.packaged' }),
    ]);
    await pc().must(['systemctl', 'stop', 'machine-door.service']);
    const unit = `[Service]\nExecStart=${real} ${options}\n`;
    await pc().must(['sh', '-c', 'cat > /etc/systemd/system/smbd.service && systemctl daemon-reload'], { input: unit });
  });

  it('as installed is patched, for everybody', async () => {
    expect(await codes()).toEqual(['fixed', 'fixed']);
    await startService();
    expect(await codes()).toEqual(['fixed', 'fixed']);
  });

  it('from before an update is not running it yet, for everybody', async () => {
    await putInPlace();
    expect(await codes()).toEqual(['not-running-yet', 'not-running-yet']);
    const { because, state } = await verdict();
    expect(state).toBe('vulnerable');
    expect(because).toMatch(/^The patch is installed, but smbd \(process \d+\) still runs as before it: restart/);
  });

  it('and was started again after it is patched, for everybody', async () => {
    await pc().must(['systemctl', 'stop', 'smbd.service']);
    await startService();
    expect(await codes()).toEqual(['fixed', 'fixed']);
  });

  it('from another folder is not what is installed; an ordinary user can not see whose it is', async () => {
    await pc().must(['systemctl', 'stop', 'smbd.service']);
    await pc().must(['install', '-D', '/var/tmp/smbd', '/var/lib/other/smbd']);
    await pc().must(['systemd-run', '--unit=other-server', '--collect', '/var/lib/other/smbd', ...options.split(' ')]);
    await untilServed();
    expect(await codes()).toEqual(['other-server', 'running-unknown']);
    expect((await verdict()).because).toContain('/var/lib/other/smbd) is not what is installed');
    await pc().must(['systemctl', 'stop', 'other-server.service']);
    expect(await codes()).toEqual(['fixed', 'fixed']);
  });

  it('of an ordinary user, who calls a program smbd, steers nothing', async () => {
    await pc().must(['install', '-D', '/bin/sleep', '/var/tmp/eve/smbd']);
    await pc().must(['systemd-run', '--unit=eve', '--uid=65534', '/var/tmp/eve/smbd', 'infinity']);
    await expect.poll(async () => (await pc().run(['pgrep', '-x', 'smbd'])).code, { timeout: 10_000 }).toBe(0);
    expect(await codes()).toEqual(['fixed', 'fixed']);
    await pc().must(['systemctl', 'stop', 'eve.service']);
  });
});
