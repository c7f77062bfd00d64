// The window of an ordinary user beside a real keeper, under Debian's real systemd: what it did is seen without being asked for.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '../../../renderer/words';
import { buildPackage } from '../../live/bed/debian-package';
import { atTheDoor } from '../../live/bed/machine';
import { openOnMachine, type WindowOnMachine } from './window-in-bed';

const reason = 'CVE-2023-3961';
let window: WindowOnMachine;
let update: string;

beforeAll(async () => {
  window = await openOnMachine(async (machine) => {
    const samba = (version: string) => buildPackage(machine, { name: 'samba', version, program: '/usr/sbin/smbd' });
    update = await samba('2:4.17.12+dfsg-0+deb12u1');
    await machine.must(['dpkg', '--install', await samba('2:4.17.9+dfsg-0+deb12u3')]);
    const { code, stdout, stderr } = await machine.breakwater(['shield', '--reason', reason]);
    expect(code, `${stdout}${stderr}`).toBe(0);
  });
});
afterAll(() => window?.close());

/** Longer than a look takes to come by the clock alone. */
const soon = { timeout: 60_000, interval: 100 };
const door = () => window.bed.connects(atTheDoor, 0.3);
const says = (sentence: string) => window.tell('says', sentence);
const picture = (name: string): Promise<void> => window.picture(`real/keeper-${name}`);

test('the shield step says that a keeper looks after the shield, and what ends it', async () => {
  await window.tell('step', 'shield');
  await says(words.shield.title.kept);
  await says(words.keeper.title);
  await says(words.keeper.ends(`The patch for ${reason}.`));
  await picture('1-looks');
});

test('who knocks is told once the keeper has looked', async () => {
  expect(await door()).toEqual(['refused', 'refused']);
  await window.machine.must(['systemctl', 'start', 'breakwater-keeper.service']);
  await says(words.keeper.hours);
  await says('10.88.0.1');
  await picture('2-knocks');
});

test('rules that something takes away are put back, and the window says so', async () => {
  await window.machine.must(['nft', 'flush', 'ruleset']);
  await says('It put the rules back once');
  expect(await door()).toEqual(['refused', 'refused']);
  await picture('3-put-back');
});

test('the patch step says what is missing, and that the keeper waits for it', async () => {
  await window.tell('step', 'patch');
  await says(reason);
  await says(words.patch.keeperWaits(`The patch for ${reason}.`));
  await picture('4-patch-missing');
});

test('once dpkg has installed the update the keeper opens the door, and the window tells of it', async () => {
  await window.tell('step', 'lift');
  await says(words.shield.title.kept);
  await window.machine.must(['dpkg', '--install', update]);
  await expect.poll(door, soon).toEqual(['open', 'open']);
  await says(words.shield.title.none);
  await says('The keeper took the last shield down');
  await says(`This PC is patched for ${reason}`);
  await picture('5-lifted');
});

test('the page reported no fault, and axe finds none that is serious', async () => {
  expect(await window.tell('faults')).toEqual([]);
});
