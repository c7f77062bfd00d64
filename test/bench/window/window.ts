// The app's window beside one with an empty page, on the same runtime: time to the first paint, and memory.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readRecords } from '../../../main/patch/records/read';
import { manyRecords } from '../advisories';
import { alternate } from '../alternate';
import type { Surroundings } from '../bench';
import type { Comparison } from '../comparison';
import { openRoom, roomFolder, roomHome, type Start } from './room';

const scene = 'windows-public-wifi';
const rounds = { warmUp: 2, counted: 15 } as const;

export async function compareWindow({ project, folder, tell }: Surroundings): Promise<readonly Comparison[]> {
  const runtime = await findRuntime(project);
  await layApps(project, folder);
  await layRecords(project, folder);
  const room = openRoom(folder, project);
  try {
    tell('window: time to first paint and memory, beside an empty page (two minutes) ...');
    const shown = ['--report-paint', '--simulate', scene];
    const { ours, many, empty } = await alternate(
      {
        ours: () => room.ask(start(runtime, 'breakwater', shown)),
        many: () => room.ask(start(runtime, 'breakwater', shown, { XDG_STATE_HOME: join(roomFolder, manyState) })),
        empty: () => room.ask(start(runtime, 'empty', [])),
      },
      rounds,
    );
    const window = (title: string, unit: 'ms' | 'MB', field: 'paintMs' | 'memoryMb'): Comparison => ({
      title,
      unit,
      ours: { what: 'the app', values: ours.map((started) => started[field]) },
      theirs: { what: 'a window with an empty page', values: empty.map((started) => started[field]) },
      limit: 1.5,
    });
    const records: Comparison = {
      title: 'window, first paint',
      unit: 'ms',
      ours: { what: 'with 10,000 records taken in', values: many.map(({ paintMs }) => paintMs) },
      theirs: { what: 'with the records that come with it', values: ours.map(({ paintMs }) => paintMs) },
      limit: 1.1,
    };
    return [window('window, first paint', 'ms', 'paintMs'), window('window, memory', 'MB', 'memoryMb'), records];
  } finally {
    room.end();
  }
}

/** The stand-in's or the pinned Electron's program, as `npm start` finds it. */
async function findRuntime(project: string): Promise<string> {
  const finder = pathToFileURL(join(project, 'scripts/electron-runtime.mjs')).href;
  const { findRuntime: find } = (await import(finder)) as { findRuntime(): Promise<string> };
  return find();
}

/** Copies, so that a build meanwhile does not change what is measured. */
async function layApps(project: string, folder: string): Promise<void> {
  const ours = join(folder, 'breakwater');
  await mkdir(ours);
  await cp(join(project, 'out'), join(ours, 'out'), { recursive: true });
  await cp(join(project, 'package.json'), join(ours, 'package.json'));
  const empty = { name: 'empty', productName: 'Empty', version: '1.0.0', main: 'main.js' };
  await writeFile(join(folder, 'empty', 'package.json'), JSON.stringify(empty));
}

const manyState = 'many-state';

/** An update of the simulated PC's catalogue, as `advisories update` writes it. */
async function layRecords(project: string, folder: string): Promise<void> {
  const text = JSON.stringify(manyRecords(join(project, 'main/patch/catalogue')));
  const { records } = readRecords(text, 'bench');
  const stored = { schema: 'breakwater/records@2', made: new Date().toISOString(), from: 'bench', records };
  const place = join(folder, manyState, 'breakwater', `simulated-${scene}`);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'advisories.json'), JSON.stringify(stored));
}

/** Runs as root, for whom Chromium has no sandbox; both apps alike. */
function start(runtime: string, app: string, args: readonly string[], env: Start['env'] = {}): Start {
  return {
    argv: [runtime, '--no-sandbox', '--disable-gpu', join(roomFolder, app), ...args],
    env: {
      PATH: '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      DISPLAY: ':1',
      HOME: roomHome,
      XDG_RUNTIME_DIR: '/run/user/0',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
      ...env,
    },
  };
}
