// What an ordinary user's processes, a full disk or one that takes nothing can do to a shield under Debian's real systemd: its rules are
// wiped meanwhile, and are back all the same.
import { describe, expect, it } from 'vitest';
import { installed } from '../bed/bed';
import { bootBeforeAll, door, json, kept, open, pc, shut, soon, told, untilShut } from './shielded-pc';

bootBeforeAll();

const user = 65_534;
/** Longer than two looks. */
const patient = { timeout: 150_000, interval: 500 };

/** Runs as an ordinary user until `end`, under the name of a file server. */
async function calledSmbd(words: readonly string[], work = ''): Promise<{ end(): void }> {
  const program = `import ctypes, os, sys, time
ctypes.CDLL(None).prctl(15, b"smbd", 0, 0, 0)
${work}
print("ready", flush=True)
time.sleep(1000)`;
  const child = pc().start(['/usr/bin/python3', '-c', program, ...words], { user });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return { end: () => void child.kill('SIGKILL') };
}
async function wipe(): Promise<void> {
  await pc().must(['nft', 'flush', 'ruleset']);
}
/** Its own look, from beginning to end, after this moment. */
async function untilLookedAgain(): Promise<void> {
  const before = (await kept())?.at ?? '';
  await expect.poll(async () => ((await kept())?.at ?? '') > before, patient).toBe(true);
}
const journald = () => pc().must(['journalctl', '--no-pager', '-b', '-t', 'breakwater', '-p', '4']);

it.each([
  ['changes the record', 'echo x >> /var/lib/breakwater/journal.jsonl'],
  ['takes the record away', 'rm -f /var/lib/breakwater/journal.jsonl'],
  ['changes the note', 'echo {} > /var/lib/breakwater/status.json'],
  ['makes a lock of its own', 'ln -s /dev/null /var/lib/breakwater/lock'],
  ['changes a unit', 'echo >> /etc/systemd/system/breakwater-watch.service'],
  ['stops the units', 'systemctl --no-ask-password stop breakwater-watch.service breakwater-keeper.timer'],
  ['ends what watches', 'kill -KILL $(systemctl show --value -p MainPID breakwater-watch.service)'],
  ['sets the clock', 'date -s 2040-01-01'],
  ['flushes the rules', '/usr/sbin/nft flush ruleset'],
  ['runs the helper', `${installed.node} ${installed.helper} keep`],
])('an ordinary user who %s is refused, and nothing changes', async (_, attempt) => {
  await json(['shield']);
  await expect.poll(async () => (await told()).state, soon).toBe('kept');
  const rules = () => pc().must(['nft', '-s', 'list', 'ruleset']);
  const before = await rules();
  expect((await pc().run(['/bin/sh', '-c', attempt], { user })).code).not.toBe(0);
  expect(await rules()).toBe(before);
  expect(await door()).toEqual(shut);
  expect((await told()).state).toBe('kept');
});

it('an ordinary user who is root of a namespace flushes the rules of that one alone', async () => {
  await json(['shield']);
  await pc().run(['unshare', '--user', '--map-root-user', '--net', '/usr/sbin/nft', 'flush', 'ruleset'], { user });
  expect(await pc().must(['nft', 'list', 'tables'])).toBe('table inet breakwater\n');
  expect(await door()).toEqual(shut);
});

describe('rules that are wiped are back, and what is said of them is true,', () => {
  it.each([
    ['a pipe that nobody writes to', 'mkfifo /tmp/c'],
    ['a device without end', 'ln -s /dev/zero /tmp/c'],
    ['a file of 100 GB', 'truncate -s 100G /tmp/c'],
  ])('while a process calls itself smbd and names %s', async (_, make) => {
    expect((await pc().run(['/bin/sh', '-c', `rm -f /tmp/c; ${make}`], { user })).code).toBe(0);
    const hostile = await calledSmbd(['-s', '/tmp/c', '--configfile=/tmp/c']);
    await json(['shield', '--reason', 'CVE-2023-3961']);
    await expect.poll(async () => (await kept())?.patch, soon).not.toBeNull();
    await wipe();
    await untilShut();
    await untilLookedAgain();
    expect((await told()).state).toBe('kept');
    hostile.end();
  });

  it('while a process holds very many descriptors', async () => {
    const work = `import resource
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
for _ in range(min(most - 10, 200000)): os.dup(0)`;
    const hostile = await calledSmbd([], work);
    await json(['shield', '--reason', 'CVE-2023-3961']);
    await expect.poll(async () => (await kept())?.patch, soon).not.toBeNull();
    await wipe();
    await untilShut();
    await untilLookedAgain();
    expect((await told()).state).toBe('kept');
    hostile.end();
  });

  it.each([
    [
      'while the disk is full',
      'dd if=/dev/zero of=/var/lib/breakwater/fill bs=1k 2>/dev/null || true',
      'rm /var/lib/breakwater/fill',
    ],
    [
      'while the disk is read-only',
      'mount -o remount,ro /var/lib/breakwater',
      'mount -o remount,rw /var/lib/breakwater',
    ],
  ])(
    '%s',
    async (_, harm, mend) => {
      await pc().must([
        '/bin/sh',
        '-ec',
        'mkdir -p /var/lib/breakwater; mount -t tmpfs -o size=256k,mode=755 tmpfs /var/lib/breakwater',
      ]);
      try {
        await json(['shield']);
        await expect.poll(async () => (await told()).state, soon).toBe('kept');
        await pc().must(['/bin/sh', '-c', harm]);
        await wipe();
        await untilShut();
        // Nobody is told of now by a note of before.
        await expect.poll(async () => (await told()).state, patient).toBe('recorded');
        expect(await door()).toEqual(shut);
        expect((await json(['status'])).state).toBe('up');
        expect(await journald()).toContain('could not be written down');
        await wipe();
        await untilShut();
        await pc().must(['/bin/sh', '-c', mend]);
        await expect.poll(async () => (await told()).state, patient).toBe('kept');
        await json(['lift']);
        expect(await door()).toEqual(open);
      } finally {
        await pc().run(['/bin/sh', '-c', mend]);
        await pc().run(['umount', '/var/lib/breakwater']);
      }
    },
    400_000,
  );

  it('after looks that were ended by SIGTERM at any moment, of which nothing stays', async () => {
    await json(['shield', '--reason', 'CVE-2023-3961']);
    for (let wait = 50; wait <= 1_250; wait += 150) {
      await wipe();
      await pc().run(['systemctl', 'start', '--no-block', 'breakwater-keeper.service']);
      await new Promise((resolve) => setTimeout(resolve, wait));
      await pc().run(['systemctl', 'stop', 'breakwater-keeper.service']);
      expect((await pc().run(['systemctl', 'is-active', '--quiet', 'breakwater-keeper.service'])).code).not.toBe(0);
    }
    await untilShut();
    await expect.poll(async () => (await told()).state, soon).toBe('kept');
    const steps = (await pc().must(['cat', '/var/lib/breakwater/journal.jsonl'])).trim().split('\n');
    for (const line of steps) expect(() => JSON.parse(line)).not.toThrow();
  });
});
