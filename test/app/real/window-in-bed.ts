// The real window inside a test bed, as the bed's ordinary user, with polkit asking: told step by step what to do.
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { findRuntime } from '../../../scripts/electron-runtime.mjs';
import { ensureBuilt } from '../../../scripts/ensure-built.mjs';
import { type Bed, installed, raiseBed } from '../../live/bed/bed';
import { bootMachine, type Machine } from '../../live/bed/machine';
import { project } from '../window';

export interface WindowInBed {
  readonly bed: Bed;
  /** Carries out one of the driver's steps; rejects with what went wrong in it. */
  tell(step: string, argument?: string): Promise<unknown>;
  /** Keeps a picture of the window in test-artefacts/. */
  picture(name: string): Promise<void>;
  /** Closes the window and ends the bed. */
  close(): Promise<void>;
}

/** `rules`: what nft loads before the window opens. */
export async function openInBed(rules = ''): Promise<WindowInBed> {
  const bed = await bedForWindow();
  try {
    await bed.nft(rules);
    await bed.polkit({ answer: 'yes' });
    return windowOf(bed, bed.start(driver, { user: 'ordinary' }));
  } catch (error) {
    await bed.down();
    throw error;
  }
}

export interface WindowOnMachine extends WindowInBed {
  readonly machine: Machine;
}

/** The window of an ordinary user on a machine that systemd runs. `prepare` is done on it before the window opens. */
export async function openOnMachine(prepare: (machine: Machine) => Promise<void>): Promise<WindowOnMachine> {
  const bed = await bedForWindow();
  let machine: Machine | undefined;
  // In this order, so that the kernel's groups of its processes go, too.
  const end = async (): Promise<void> => {
    await machine?.end();
    await bed.down();
  };
  try {
    machine = await bootMachine(bed);
    await prepare(machine);
    const nobody = 65_534;
    const home = '/tmp/home';
    await machine.must(['install', '-d', '-m', '700', '-o', String(nobody), home]);
    const window = windowOf(bed, machine.start(['env', `HOME=${home}`, ...driver], { user: nobody }));
    return {
      ...window,
      machine,
      async close() {
        await window.tell('close').catch(() => undefined);
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const driver = [installed.node, '/opt/driver/driver.mjs'];

async function bedForWindow(): Promise<Bed> {
  await ensureBuilt();
  const bed = await raiseBed({ electron: dirname(await findRuntime()) });
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
  return bed;
}

function windowOf(bed: Bed, child: ChildProcess): WindowInBed {
  const tell = talkTo(child);
  return {
    bed,
    tell,
    async picture(name) {
      const path = join(project, 'test-artefacts', `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, Buffer.from(String(await tell('picture')), 'base64'));
    },
    async close() {
      await tell('close').catch(() => undefined);
      await bed.down();
    },
  };
}

function talkTo(child: ChildProcess): WindowInBed['tell'] {
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4000);
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the driver has no input and output');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return async (step, argument = '') => {
    stdin.write(`${JSON.stringify([step, argument])}\n`);
    const { value: line, done } = await lines.next();
    if (done) throw new Error(`The driver ended: ${complaints}`);
    const answer = JSON.parse(line) as { value?: unknown; error?: string };
    if (answer.error !== undefined) throw new Error(`${step}: ${answer.error}`);
    return answer.value;
  };
}
