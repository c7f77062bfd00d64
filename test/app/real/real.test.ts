// The whole job through the real window, on a real kernel: an ordinary user checks, shields, and lifts, with polkit asking.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '../../../renderer/words';
import { findRuntime } from '../../../scripts/electron-runtime.mjs';
import { ensureBuilt } from '../../../scripts/ensure-built.mjs';
import { type Bed, installed, raiseBed } from '../../live/bed/bed';
import { openOnes } from '../../live/bed/connects';
import { project } from '../window';

let bed: Bed;
let tell: (step: string) => Promise<unknown>;
beforeAll(async () => {
  await ensureBuilt();
  bed = await raiseBed({ electron: dirname(await findRuntime()) });
  const built = await build({
    entryPoints: [join(project, 'test/app/real/driver.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['playwright-core', '@axe-core/playwright'],
    write: false,
    logLevel: 'warning',
  });
  await bed.run(['/bin/sh', '-c', 'cat > /opt/driver/driver.mjs'], { input: built.outputFiles[0]?.text ?? '' });
  await bed.polkit({ answer: 'yes' });
  const driver = bed.start([installed.node, '/opt/driver/driver.mjs'], { user: 'ordinary' });
  let complaints = '';
  driver.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4000);
  });
  if (!driver.stdout || !driver.stdin) throw new Error('the driver has no input and output');
  const lines = createInterface({ input: driver.stdout })[Symbol.asyncIterator]();
  tell = async (step) => {
    driver.stdin?.write(`${step}\n`);
    const { value: line, done } = await lines.next();
    if (done) throw new Error(`The driver ended: ${complaints}`);
    const answer = JSON.parse(line) as { value?: unknown; error?: string };
    if (answer.error !== undefined) throw new Error(`${step}: ${answer.error}`);
    return answer.value;
  };
});
afterAll(async () => {
  await tell?.('close').catch(() => undefined);
  await bed?.down();
});

const outside = (names: readonly string[]): string[] => names.filter((name) => !name.startsWith('loopback'));
const picture = async (name: string): Promise<void> => {
  const path = join(project, 'test-artefacts/real', `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(String(await tell('picture')), 'base64'));
};
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

test('the page reported no fault, and axe finds none that is serious', async () => {
  expect(await tell('faults')).toEqual([]);
});
