// A machine in a bed that can be restarted: Debian's own systemd as process 1, a network that comes up, packages of its own.
import type { ChildProcess } from 'node:child_process';
import { type Bed, installed } from './bed';
import type { Probe } from './connects';
import { type Finished, finished, type RunOptions } from './finished';

/** A connect to the machine's door from the bed's PC, its neighbour. */
export const atTheDoor = [
  { space: 'pc', source: '10.88.0.1', destination: '10.88.0.2', port: 445 },
  { space: 'pc', source: 'fd88::1', destination: 'fd88::2', port: 445 },
] as const satisfies readonly Probe[];

export interface Machine {
  /** Runs a program on the machine: absolute path or a name in root's PATH. `user` = its number; absent = root. */
  run(argv: readonly string[], options?: RunOptions & { readonly user?: number }): Promise<Finished>;
  /** Starts a program on it, for tests that talk to it. */
  start(argv: readonly string[], options?: { readonly user?: number }): ChildProcess;
  /** The same as `run`; rejects where it ends with another code than 0, and gives what it printed. */
  must(argv: readonly string[], options?: RunOptions): Promise<string>;
  breakwater(args: readonly string[], options?: RunOptions & { readonly user?: number }): Promise<Finished>;
  /** Starts it again, after a shutdown in order or as if the power had failed. Resolves when every unit has started. */
  restart(how: 'in order' | 'power cut'): Promise<void>;
  /** Ends it as if the power had failed. */
  end(): Promise<void>;
  /** Starts it after `end`. Resolves when every unit has started. */
  boot(): Promise<void>;
}

/** Boots a machine in a bed; one at a time. */
export async function bootMachine(bed: Bed): Promise<Machine> {
  const script = '/run/bed/program/machine.sh';
  let holder: ChildProcess | null = null;
  let pid = '';

  const boot = async (): Promise<void> => {
    let complaints = '';
    const child = bed.start(['/bin/bash', script]);
    child.stderr?.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk).slice(-4000);
    });
    child.stdout?.resume();
    holder = child;
    const told = await bed.run([
      '/bin/bash',
      '-c',
      'for i in $(seq 500); do if [ -s /run/machine/pid ]; then cat /run/machine/pid; exit; fi; sleep 0.02; done; exit 1',
    ]);
    if (told.code !== 0) throw new Error(`The machine did not start: ${complaints}`);
    pid = told.stdout.trim();
    const patience = Date.now() + 30_000;
    for (;;) {
      const { stdout } = await run(['systemctl', 'is-system-running']);
      if (stdout.trim() === 'running') return;
      if (Date.now() > patience || child.exitCode !== null) {
        const failed = await run(['systemctl', 'list-units', '--failed', '--no-legend', '--plain']);
        const jobs = await run(['systemctl', 'list-jobs', '--no-legend']);
        throw new Error(`The machine is ${stdout.trim()}: ${failed.stdout}${jobs.stdout}${complaints}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const gone = async (): Promise<void> => {
    const child = holder;
    if (child && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
    holder = null;
  };
  const start: Machine['start'] = (argv, { user } = {}) => {
    const inside = [
      'nsenter',
      `--target=${pid}`,
      '--mount',
      '--net',
      '--pid',
      '--uts',
      '--ipc',
      '--cgroup',
      '--root',
      '--wd',
    ];
    const as = user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'];
    return bed.start([...inside, '--', ...as, ...argv]);
  };
  const run: Machine['run'] = (argv, options = {}) => finished(start(argv, options), argv, options);
  const end = async (): Promise<void> => {
    await bed.run(['kill', '-KILL', pid]);
    await gone();
  };
  await boot();
  return {
    run,
    start,
    async must(argv, options) {
      const ended = await run(argv, options);
      if (ended.code !== 0) throw new Error(`${argv.join(' ')}: exit ${ended.code}. ${ended.stdout}${ended.stderr}`);
      return ended.stdout;
    },
    breakwater: (args, options) => run([installed.node, installed.cli, ...args], options),
    async restart(how) {
      if (how === 'power cut') await end();
      else {
        await run(['systemctl', '--no-block', 'reboot']);
        await gone();
      }
      await boot();
    },
    end,
    boot,
  };
}
