// Where the window was, kept from one start to the next; a file that is missing or makes no sense is a fresh beginning.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Of the window when it is not maximised, in device-independent pixels; null = wherever the desktop puts it. */
  readonly bounds: Bounds | null;
  readonly maximised: boolean;
  /** Whether people were told that the closed window lives on in the notification area. */
  readonly toldAboutTray: boolean;
}

export const smallest = { width: 640, height: 480 } as const;
export const usual = { width: 1000, height: 760 } as const;
const fresh: WindowState = { bounds: null, maximised: false, toldAboutTray: false };

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const schema: v.GenericSchema<unknown, WindowState> = v.object({
  bounds: v.nullable(v.object({ x: pixels, y: pixels, width: pixels, height: pixels })),
  maximised: v.boolean(),
  toldAboutTray: v.boolean(),
});

export function readWindowState(path: string): WindowState {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : fresh;
  } catch {
    return fresh;
  }
}

/** Replaces the file in one step. Throws where it can't be written. */
export function writeWindowState(path: string, state: WindowState): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state)}\n`);
  renameSync(draft, path);
}

/**
 * The bounds as they fit on one of the screens (work areas, the main one first): where no piece of the title bar that could be
 * grabbed would be seen, in the middle of the main screen.
 */
export function fitToScreens(bounds: Bounds, screens: readonly Bounds[]): Bounds {
  const fits = screens.map((screen) => ({ screen, fitted: { ...bounds, ...sizeOn(screen, bounds) } }));
  const home = fits.find(({ screen, fitted }) => isGrabbable(fitted, screen));
  if (home) return home.fitted;
  const [main] = fits;
  if (!main) return bounds;
  const { width, height } = main.fitted;
  const x = main.screen.x + Math.max(0, Math.floor((main.screen.width - width) / 2));
  const y = main.screen.y + Math.max(0, Math.floor((main.screen.height - height) / 2));
  return { x, y, width, height };
}

function sizeOn(screen: Bounds, { width, height }: Bounds): { width: number; height: number } {
  return {
    width: Math.max(smallest.width, Math.min(width, screen.width)),
    height: Math.max(smallest.height, Math.min(height, screen.height)),
  };
}

function isGrabbable({ x, y, width }: Bounds, screen: Bounds): boolean {
  const seen = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return seen >= 120 && y >= screen.y && y + 40 <= screen.y + screen.height;
}
