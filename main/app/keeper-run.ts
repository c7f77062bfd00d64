// The app's program as what the task scheduler runs: one look of the keeper, and no window. A task can't say that Electron is to be Node.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { keeperFlag } from '../host/windows/keeper-task';
import type { Answer } from '../model/request';

/** What the helper is to be told; null = the app was started as an app. */
export function keeperWord(argv: readonly string[]): string | null {
  const at = argv.indexOf(keeperFlag);
  return at < 0 ? null : (argv[at + 1] ?? '');
}

/** The exit code. `folder`: where the app's programs lie, the helper among them. */
export async function keepOnce(folder: string, word: string): Promise<number> {
  const helper = join(folder, 'helper.js');
  // The helper is a program of its own, and is no part of the app's.
  const { perform } = createRequire(helper)(helper) as {
    perform(token: string, helper: string): Promise<{ readonly answer: Answer; readonly exitCode: number }>;
  };
  const { answer, exitCode } = await perform(word, helper);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  return exitCode;
}
