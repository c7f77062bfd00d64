// An nft that can't do its work, in each way that it can fail: nothing is then said to be open, shut, up or gone that is not.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bed, raiseBed } from './bed/bed';
import { everyConnect, named, openOnes } from './bed/connects';

const loopback = everyConnect.map(named).filter((name) => name.startsWith('loopback'));

let bed: Bed;
const must = async (script: string): Promise<string> => {
  const { code, stdout, stderr } = await bed.run(['bash', '-ec', script]);
  if (code !== 0) throw new Error(`${script}: exit ${code}. ${stderr}`);
  return stdout;
};

beforeAll(async () => {
  bed = await raiseBed();
  // The bed's own copy of /usr/sbin, in which nft may be spoiled.
  await must(`cp /usr/sbin/nft /run/bed/nft; mkdir -p /run/bed/sbin/upper /run/bed/sbin/work
    mount -t overlay overlay -o lowerdir=/usr/sbin,upperdir=/run/bed/sbin/upper,workdir=/run/bed/sbin/work /usr/sbin`);
});
const mend = 'rm -f /usr/sbin/nft; cp /run/bed/nft /usr/sbin/nft';
afterEach(async () => {
  await must(`${mend}; nft flush ruleset; rm -rf /var/lib/breakwater`);
});
afterAll(() => bed.down());

const script = (...lines: readonly string[]): string =>
  `rm -f /usr/sbin/nft; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > /usr/sbin/nft; chmod 755 /usr/sbin/nft`;

const ways = [
  // As the loader tells it: exit 127, and "No such file or directory" at the end.
  [
    'lacks a library',
    "rm -f /usr/sbin/nft; sed 's/libnftables\\.so\\.1/libnftablez.so.1/' /run/bed/nft > /usr/sbin/nft; chmod 755 /usr/sbin/nft",
  ],
  ['is missing', 'rm -f /usr/sbin/nft'],
  ['may not be executed', 'chmod 644 /usr/sbin/nft'],
  ['lacks its interpreter', script('#!/no/such/interpreter')],
  ['is killed', script('#!/bin/sh', 'kill -KILL $$')],
  ['says that a file is missing', script('#!/bin/sh', 'echo "Error: No such file or directory" >&2', 'exit 1')],
  [
    'says that it is not permitted',
    script('#!/bin/sh', 'echo "Operation not permitted (you must be root)" >&2', 'exit 1'),
  ],
  ['does nothing and calls it done', script('#!/bin/sh', 'exit 0')],
] as const;

describe.each(ways)('an nft that %s', (_what, spoil) => {
  it('takes no shield down, and nothing says so; mended, all goes on', async () => {
    expect((await bed.breakwater(['shield'])).code).toBe(0);
    // What knocks now is counted already, so that the rules stay the same to the letter.
    expect(openOnes(await bed.connect())).toEqual(loopback);
    const rules = await bed.ruleset();
    await must(spoil);

    const status = await bed.breakwater(['status', '--json']);
    expect(status.code, status.stdout).toBe(6);
    expect(['unknown', 'recorded'], status.stdout).toContain(JSON.parse(status.stdout).state);
    const lift = await bed.breakwater(['lift', '--json']);
    expect([4, 5, 6], lift.stdout).toContain(lift.code);
    const { outcome } = JSON.parse(lift.stdout);
    expect(['failed-undone', 'failed-left', 'unknown'], lift.stdout).toContain(outcome.kind);
    expect(`${outcome.what} ${outcome.todo}`).toMatch(/nft/);
    const inspect = await bed.breakwater(['inspect', '--json']);
    expect([1, 6], inspect.stdout.slice(0, 2000)).toContain(inspect.code);
    expect((await bed.breakwater(['review'])).code).toBe(6);
    expect(openOnes(await bed.connect())).toEqual(loopback);

    await must(mend);
    expect(await bed.ruleset()).toBe(rules);
    expect((await bed.breakwater(['status'])).code).toBe(0);
    expect((await bed.breakwater(['lift'])).code).toBe(0);
    expect(await bed.ruleset()).toBe('');
    expect((await bed.breakwater(['status'])).code).toBe(1);
  });

  it('puts no shield up, and nothing says so', async () => {
    await must(spoil);
    const shield = await bed.breakwater(['shield', '--json']);
    expect([4, 5, 6], shield.stdout).toContain(shield.code);
    const status = await bed.breakwater(['status', '--json']);
    expect([status.code, JSON.parse(status.stdout).state], status.stdout).toEqual([6, 'unknown']);
    await must(mend);
    expect(await bed.ruleset()).toBe('');
    expect((await bed.breakwater(['lift'])).code).toBe(0);
    expect((await bed.breakwater(['status'])).code).toBe(1);
  });
});
