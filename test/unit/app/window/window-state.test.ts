import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fitToScreens, readWindowState, writeWindowState } from '../../../../main/app/window/window-state';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakwater-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fresh = { bounds: null, maximised: false, toldAboutTray: false };
const large = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

test('what was written comes back, and no draft is left beside it', () => {
  const state = { bounds: { x: -5, y: 20, width: 900, height: 700 }, maximised: true, toldAboutTray: true };
  const path = join(folder, 'deep/window.json');
  writeWindowState(path, state);
  expect(readWindowState(path)).toEqual(state);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['window.json']);
});

test('whatever stands in the file, reading it gives a state', () => {
  const path = join(folder, 'window.json');
  expect(readWindowState(path)).toEqual(fresh);
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      writeFileSync(path, text);
      expect(readWindowState(path)).toEqual(fresh);
    }),
    { numRuns: 50 },
  );
});

test('a window that can be seen stays where it is, also partly and on the second screen', () => {
  for (const bounds of [
    { x: 100, y: 100, width: 1000, height: 760 },
    { x: -800, y: 10, width: 1000, height: 760 },
    { x: 2000, y: 50, width: 1000, height: 760 },
  ])
    expect(fitToScreens(bounds, [large, second])).toEqual(bounds);
});

test('a window whose screen is gone goes to the middle of the main one', () => {
  expect(fitToScreens({ x: 2000, y: 50, width: 1000, height: 760 }, [large])).toEqual({
    x: 460,
    y: 160,
    width: 1000,
    height: 760,
  });
});

test('wherever it was, its title bar can be grabbed, and it is neither smaller than it may be nor larger than the screen', () => {
  const number = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(fc.record({ x: number, y: number, width: number, height: number }), (bounds) => {
      const { x, y, width, height } = fitToScreens(bounds, [large]);
      expect(width).toBeGreaterThanOrEqual(640);
      expect(height).toBeGreaterThanOrEqual(480);
      expect(width).toBeLessThanOrEqual(1920);
      expect(height).toBeLessThanOrEqual(1080);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(1080 - 40);
      expect(Math.min(x + width, 1920) - Math.max(x, 0)).toBeGreaterThanOrEqual(120);
    }),
  );
});
