import { expect, test, vi } from 'vitest';
import { drawIcon } from '../../../main/app/icon';
import { trayLine } from '../../../main/app/tray';
import type { ShieldState } from '../../../main/model/verdicts';
import { inEnglish } from '../in-english';

vi.mock('electron', () => ({}));

const line = (state: ShieldState, provedAt: string | null = null): string | null => {
  const told = trayLine({ state, shield: null, because: [], provedAt, counted: null, kept: null, end: null });
  return told && inEnglish(told);
};

test('there is nothing to show where no shield of ours is on record', () => {
  expect(line('none')).toBeNull();
  expect(line('foreign')).toBeNull();
});

test('a shield that is up says when that was last proven', () => {
  expect(line('up', '2026-03-05T12:00:00.000Z')).toMatch(/^The shield is up \(proven 5 Mar 2026, \d\d:\d\d\)$/);
});

test('a shield that holds no longer is never called up', () => {
  for (const state of ['damaged', 'expired', 'interrupted', 'unknown'] as const) {
    expect(line(state, '2026-03-05T12:00:00.000Z')).toContain('please open Breakwater');
    expect(line(state)).not.toMatch(/is up$|is up \(/);
  }
});

test('the icon has a clear ground, a blue rim and white waves at any size', () => {
  for (const side of [16, 22, 44, 128]) {
    const pixels = drawIcon(side);
    expect(pixels).toHaveLength(side * side * 4);
    const pixel = (column: number, row: number) => [...pixels.slice((row * side + column) * 4).slice(0, 4)];
    expect(pixel(0, side - 1)).toEqual([0, 0, 0, 0]);
    expect(pixel(side / 2, Math.floor(side * 0.8))).toEqual([0xb0, 0x5e, 0x0f, 0xff]);
    expect(pixels.some((_, at) => at % 4 === 2 && (pixels[at] ?? 0) > 0xf0)).toBe(true);
  }
});
