// Waits for a program of the bed to end, with an end to the waiting.
import type { ChildProcess } from 'node:child_process';

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the program is ended and the run rejects; 30,000 when absent. */
  readonly within?: number;
}

export interface Finished {
  /** Exit code; null where a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves when the program has ended and closed its output; rejects (and ends its process group) after `within`. */
export function finished(child: ChildProcess, argv: readonly string[], options: RunOptions): Promise<Finished> {
  const within = options.within ?? 30_000;
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin?.on('error', () => {}); // a program may end without reading
  child.stdin?.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      const said = `${text(stdout)}${text(stderr)}`.slice(-2000);
      reject(new Error(`Not finished within ${within} ms: ${argv.join(' ').slice(0, 300)}\n${said}`));
    }, within);
    child.once('error', (problem) => {
      clearTimeout(timer);
      reject(problem);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: text(stdout), stderr: text(stderr) });
    });
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
