// A kill at every moment between plan and proof, on a real kernel: the next run finds it, and finishes or undoes it.
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shield } from '../../main/model/shield';
import { type Bed, installed, raiseBed } from './bed/bed';

const shield: Shield = {
  id: '0123abcd',
  since: '2026-11-24T12:00:00.000Z',
  until: null,
  atEnd: 'extend',
  allow: { ipv4: [], ipv6: [] },
  outbound: false,
  rules: true,
  workarounds: [],
  reason: null,
};
const wider: Shield = { ...shield, outbound: true };

let bed: Bed;
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
  bed = await raiseBed();
});
afterAll(() => bed?.down());

const dying = (act: string, wanted: Shield | null, moment: string) =>
  bed.run([installed.node, '-', act, JSON.stringify(wanted), moment], { input: program });
const status = async (user?: 'ordinary') =>
  JSON.parse((await bed.breakwater(['status', '--json'], user ? { user } : {})).stdout);
const fromLan = async () =>
  (await bed.connects([{ space: 'lan', source: '10.77.1.20', destination: '10.77.1.10', port: 445 }]))[0];
const others =
  'table ip other { chain in { type filter hook input priority 0; policy accept; tcp dport 22 accept; }; }';

describe('putting a shield up, killed', () => {
  it.each([
    ['before readShield 1', 'none'],
    ['after readShield 1', 'none'],
    ['before putUp 1', 'undone'],
    ['after putUp 1', 'finished'],
    ['before readShield 2', 'finished'],
    ['after readShield 2', 'finished'],
  ])('%s: anybody is told, and the next run with rights finds it %s', async (moment, fate) => {
    expect((await dying('shield', shield, moment)).stdout).toBe('');
    expect((await status('ordinary')).state).toBe(fate === 'none' ? 'none' : 'interrupted');
    expect((await status()).state).toBe(fate === 'finished' ? 'up' : 'none');
    expect((await bed.breakwater(['lift', '--json'])).code).toBe(0);
    expect(await bed.ruleset()).toBe('');
  });

  it.each(['before putUp 1', 'after putUp 1', 'after readShield 2'])('%s: lifting clears it', async (moment) => {
    await dying('shield', shield, moment);
    expect((await bed.breakwater(['lift', '--json'])).code).toBe(0);
    expect((await status()).state).toBe('none');
    expect(await bed.ruleset()).toBe('');
  });

  it.each(['before putUp 1', 'after putUp 1', 'after readShield 2'])(
    '%s: putting it up again works',
    async (moment) => {
      await dying('shield', shield, moment);
      expect((await bed.breakwater(['shield', '--json'])).code).toBe(0);
      expect((await status()).state).toBe('up');
      expect(await fromLan()).toBe('refused');
      await bed.breakwater(['lift']);
    },
  );

  it.each(['before putUp 1', 'after putUp 1', 'before readShield 2'])(
    '%s over another shield: the door is never open',
    async (moment) => {
      expect((await bed.breakwater(['shield', '--json'])).code).toBe(0);
      await dying('shield', wider, moment);
      expect(await fromLan()).toBe('refused');
      expect((await status()).state).toBe('up');
      expect(await fromLan()).toBe('refused');
      await bed.breakwater(['lift']);
    },
  );
});

describe('taking it down, killed', () => {
  it.each([
    'before readShield 1',
    'before readRest 1',
    'after readRest 1',
    'before takeDown 1',
    'after takeDown 1',
    'before readShield 2',
    'before readRest 2',
    'after readRest 2',
  ])('%s: the next lift ends it, and everything else is as it was', async (moment) => {
    await bed.nft(others);
    const before = await bed.ruleset();
    await bed.breakwater(['shield']);
    await dying('lift', null, moment);
    expect(['up', 'none']).toContain((await status()).state);
    expect((await bed.breakwater(['lift', '--json'])).code).toBe(0);
    expect((await status()).state).toBe('none');
    expect(await bed.ruleset()).toBe(before);
    await bed.nft('flush ruleset');
  });
});

describe('the real command, killed at any time', () => {
  it("leaves nothing that the next run can't finish or undo", async () => {
    for (let wait = 10; wait <= 130; wait += 6) {
      await bed.run(['/usr/bin/timeout', '-s', 'KILL', String(wait / 1000), installed.node, installed.cli, 'shield']);
      const { state } = await status();
      expect(['none', 'up']).toContain(state);
      expect((await bed.breakwater(['lift', '--json'])).code).toBe(0);
      expect(await bed.ruleset()).toBe('');
      expect((await status()).state).toBe('none');
    }
  });
});
