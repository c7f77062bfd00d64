// A screen to open windows on: the one that is there, or an invisible one (Xvfb) of our own.
import { spawn } from 'node:child_process';

export interface TestScreen {
  /** For the environment of what shall appear on it. */
  readonly display: string;
  close(): Promise<void>;
}

/** Rejects when Xvfb does not come up within 20 s. */
export async function openScreen(): Promise<TestScreen> {
  const { DISPLAY } = process.env;
  if (DISPLAY) return { display: DISPLAY, close: async () => undefined };
  // -displayfd: Xvfb looks for a free number itself. -ac: one test runs as another user.
  const args = ['-displayfd', '3', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp', '-ac'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const number = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      server.kill();
      reject(new Error('Xvfb was not up within 20 s.'));
    }, 20_000);
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`Xvfb could not be started: ${why}`));
    };
    server.once('error', ({ message }) => fail(message));
    server.once('exit', (code) => fail(`exit code ${code}`));
    server.stdio[3]?.once('data', (chunk: Buffer) => {
      clearTimeout(timer);
      resolve(chunk.toString().trim());
    });
  });
  return {
    display: `:${number}`,
    async close() {
      server.kill();
      await ended;
    },
  };
}
