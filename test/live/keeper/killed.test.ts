// The keeper under Debian's real systemd, killed at every moment: nothing half done stays.
import { describe, expect, it } from 'vitest';
import { installed } from '../bed/bed';
import {
  bootBeforeAll,
  door,
  dying,
  gone,
  holdTheKeeper,
  journal,
  json,
  open,
  pc,
  shut,
  told,
  traces,
} from './shielded-pc';

bootBeforeAll();

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
      // It would be the first to put them back.
      await pc().must(['systemctl', 'stop', 'breakwater-watch.service']);
      await holdTheKeeper();
      await pc().must(['nft', 'flush', 'ruleset']);
      expect((await dying('keep', moment)).stdout).toBe('');
      await pc().must(['systemctl', 'start', 'breakwater-keeper.service']);
      expect(await door()).toEqual(shut);
      expect((await told()).state).toBe('kept');
    },
  );

  it('at any time: the next runs leave nothing', async () => {
    for (let wait = 60; wait <= 480; wait += 60) {
      await pc().run(['/usr/bin/timeout', '-s', 'KILL', String(wait / 1000), installed.node, installed.cli, 'shield']);
      const { state } = JSON.parse((await pc().breakwater(['status', '--json'])).stdout);
      expect(['none', 'up']).toContain(state);
      expect(state === 'up').toBe((await traces()).length > 0);
      await json(['lift']);
      expect(await traces()).toEqual([]);
    }
  });
});
