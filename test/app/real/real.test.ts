// The whole job through the real window, on a real kernel: an ordinary user checks, shields, and lifts, with polkit asking.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '../../../renderer/words';
import type { Bed } from '../../live/bed/bed';
import { openOnes } from '../../live/bed/connects';
import { openInBed, type WindowInBed } from './window-in-bed';

let window: WindowInBed;
let bed: Bed;
let tell: WindowInBed['tell'];
beforeAll(async () => {
  window = await openInBed();
  ({ bed, tell } = window);
});
afterAll(() => window?.close());

const outside = (names: readonly string[]): string[] => names.filter((name) => !name.startsWith('loopback'));
const picture = (name: string): Promise<void> => window.picture(`real/${name}`);
const others =
  'table inet office { chain in { type filter hook input priority 0; policy accept; tcp dport 22 accept; }; }';

test("the check tells an ordinary user what it can't know, and never that the door is closed", async () => {
  await bed.nft(others);
  const text = String(await tell('check'));
  expect(text).toContain(words.check.unknown);
  expect(text).not.toContain(words.check.closed);
  expect(text).toContain('10.77.1.10');
  await picture('1-check');
});

test('with permission to look it says more', async () => {
  expect(String(await tell('look'))).not.toContain('only an administrator may read');
  await picture('2-looked');
});

test('somebody who is denied permission is told that nothing was changed', async () => {
  await bed.polkit({ answer: 'no' });
  const before = await bed.ruleset();
  expect(String(await tell('refused'))).toContain('Permission was not given');
  expect(await bed.ruleset()).toBe(before);
  await bed.polkit({ answer: 'yes' });
});

test('the shield shuts the door to everybody outside, in both families, and to nobody inside', async () => {
  expect(openOnes(await bed.connect())).toHaveLength(26);
  await tell('shield');
  await picture('3-shield-up');
  const open = openOnes(await bed.connect());
  expect(outside(open)).toEqual([]);
  expect(open.length).toBeGreaterThan(0);
});

test('lifting it leaves everything as it was', async () => {
  await tell('lift');
  await picture('4-lifted');
  expect(openOnes(await bed.connect())).toHaveLength(26);
  expect(await bed.ruleset()).toContain('table inet office');
  expect(await bed.ruleset()).not.toContain('breakwater');
  const { stdout } = await bed.breakwater(['status', '--json']);
  expect(JSON.parse(stdout).state).toBe('none');
});

test('an update that is installed meanwhile is noticed by itself, and so is a restart that becomes due', async () => {
  const status = '/var/lib/dpkg/status';
  const install = async (version: string): Promise<void> => {
    const change = `/^Package: samba$/,/^$/ s/^Version: .*/Version: ${version}/`;
    const { code, stderr } = await bed.run([
      '/bin/sh',
      '-c',
      `sed '${change}' ${status} > ${status}-new && mv ${status}-new ${status}`,
    ]);
    expect([code, stderr]).toEqual([0, '']);
  };
  await tell('step', 'patch');
  await install('2:4.17.2+dfsg-1');
  await tell('says', words.patch.toInstall);
  await tell('says', 'CVE-2023-3961');
  await picture('5-patch-missing');
  await bed.run(['/bin/sh', '-c', 'echo samba > /run/reboot-required.pkgs; touch /run/reboot-required']);
  await tell('says', words.patch.restartTitle);
  await picture('6-restart-due');
});

test('the page reported no fault, and axe finds none that is serious', async () => {
  expect(await tell('faults')).toEqual([]);
});
