// Runs a system program by absolute path, without a shell, within limits of time and output.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A PC with 200,000 rules prints about 80 MB. */
const mostOutput = 512 * 1024 * 1024;

export type Ran =
  /** `code` null = ended by `signal`. `complaint`: the first 4,000 characters of its standard error. */
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly stdout: string;
      readonly complaint: string;
      /** It printed more than can be read, and was ended for that. */
      readonly tooMuch: boolean;
    }
  /** There is no such file. */
  | { readonly kind: 'not-there' }
  | { readonly kind: 'not-run'; readonly why: string };

export interface RunOptions {
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; 30,000 when absent. */
  readonly within?: number;
}

/** What a platform gives each program that it runs, and how it reads what that prints. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  decode(output: Buffer): string;
}

/** Milliseconds after which nothing more is expected of a program that was ended: it can't be, or what it started keeps its output open. */
const lastWord = 5_000;

/** Runs `path ARGS`, `input` on its standard input; ended with SIGKILL after `within`. Never rejects, and never waits much longer. */
export function runProgram(
  path: string,
  args: readonly string[],
  { env, cwd, decode }: Surroundings,
  options: RunOptions = {},
): Promise<Ran> {
  const { within = 30_000, signal } = options;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (ran: Ran): void => {
      clearTimeout(timer);
      resolve(ran);
    };
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(path, args, { env: { ...env }, cwd, windowsHide: true, ...(signal ? { signal } : {}) });
    } catch (error) {
      // Only some errors of a start are told by the event; the others, as a virus scanner's refusal on Windows, are thrown.
      end({ kind: 'not-run', why: (error as Error).message });
      return;
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') return end({ kind: 'not-run', why: error.message });
      // The same code comes where the file is there and its loader, its interpreter or the folder to run in is not (execve(2)).
      end(
        existsSync(path)
          ? { kind: 'not-run', why: 'what it needs to be started (its loader or interpreter) is missing' }
          : { kind: 'not-there' },
      );
    });
    // Not started: the event tells why, and there may be no streams.
    if (child.pid === undefined) return;
    timer = setTimeout(() => {
      child.kill('SIGKILL');
      timer = setTimeout(() => {
        for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
        child.unref();
        end({
          kind: 'not-run',
          why: `it did not end within ${within / 1000} seconds, and not when it was stopped either`,
        });
      }, lastWord);
    }, within);
    const out: Buffer[] = [];
    let size = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) child.kill('SIGKILL');
      else out.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(0, 4000);
    });
    // A child that ends early closes its input; its exit code tells the rest.
    child.stdin.on('error', () => undefined);
    child.on('close', (code, signal) => {
      const tooMuch = size > mostOutput;
      const stdout = code === 0 ? decode(Buffer.concat(out)) : '';
      end({ kind: 'ended', code, signal, stdout, complaint, tooMuch });
    });
    child.stdin.end(options.input ?? '');
  });
}
