// A stopwatch on the PC of a test bed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bed, installed } from '../live/bed/bed';
import { ordinaryUser } from '../live/bed/ordinary-user';
import { converse } from './conversation';

export interface Run {
  readonly argv: readonly string[];
  /** User and group to run as; absent = root. */
  readonly uid?: number;
  readonly env: Readonly<Record<string, string>>;
}

export interface Timed {
  /** Wall time from before the program was started until after its end was seen. */
  readonly ms: number;
  /** null where a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Command {
  readonly argv: readonly string[];
  readonly user?: 'ordinary';
  /** Whether the program has done what it is measured for. */
  readonly isDone: (run: Timed) => boolean;
}

export interface Stopwatch {
  /** Milliseconds that the command took. Rejects where it did not do its work: that would measure something else. */
  time(command: Command): Promise<number>;
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** `folder` holds stopwatch.js. It ends with the bed. */
export async function stopwatchIn(bed: Bed, folder: string): Promise<Stopwatch> {
  const place = '/run/bed/stopwatch.js';
  const program = await readFile(join(folder, 'stopwatch.js'));
  const put = await bed.run(['/bin/sh', '-c', `cat > ${place}`], { input: program });
  if (put.code !== 0) throw new Error(`The stopwatch could not be put into the bed. ${put.stderr}`);
  const watch = converse<Run, Timed>('The stopwatch', bed.start([installed.node, place]));
  return {
    async time({ argv, user, isDone }) {
      const run = await watch.ask({
        argv,
        ...(user === undefined ? {} : { uid: ordinaryUser.uid }),
        env: { PATH: path, LANG: 'C.UTF-8', HOME: user === undefined ? '/root' : ordinaryUser.home },
      });
      if (isDone(run)) return run.ms;
      const said = `${run.stderr}${run.stdout}`.trim().slice(-1000);
      throw new Error(`${argv.join(' ')}: did not do its work (exit ${run.code}). ${said}`);
    },
  };
}
