// Asks the helper to act with administrator rights: directly where this process has them, else through sudo-prompt.
import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import type { Answer, Request } from '../../model/request';
import { strangerText } from '../../model/untrusted-text';
import type { Elevation } from '../host';
import { ElevationFailed, patience } from './elevation-failed';
import { findAnswer } from './helper-answer';
import { helperFiles } from './helper-files';

let asking = false;

/** Hands one request to the helper (its script's absolute path) and gives its answer, one line for `readAnswer`. Rejects with `ElevationFailed`. */
export async function askHelper(
  elevation: Elevation,
  helper: string,
  request: Request,
  signal?: AbortSignal,
): Promise<string> {
  const token = Buffer.from(JSON.stringify(request), 'utf8').toString('base64url');
  if (elevation.isAdministrator()) return askDirectly(helper, token);
  if (asking)
    throw new ElevationFailed('busy', 'Breakwater is asking for permission already.', 'Answer that question first.');
  asking = true;
  try {
    const command = [...elevation.node, helper];
    for (const path of [...elevation.node, ...helperFiles(helper)].filter((part) => isAbsolute(part)))
      mustBeAdministrators(elevation, path);
    return await askThroughPrompt(elevation, commandLine(elevation, [...command, token]), signal);
  } finally {
    asking = false;
  }
}

/** The same helper in this process: nothing to gain from another one with the same rights. */
async function askDirectly(helper: string, token: string): Promise<string> {
  const { perform } = createRequire(helper)(helper) as {
    perform(token: string, helper: string): Promise<{ answer: Answer }>;
  };
  return JSON.stringify((await perform(token, helper)).answer);
}

/**
 * One constant template; every part from an alphabet that no shell on the way gives a meaning: sudo-prompt runs it through the
 * user's shell and then the administrator's, and escapes only double quotes.
 */
function commandLine({ plain, byHand }: Elevation, parts: readonly string[]): string {
  const odd = parts.find((part) => !plain.test(part));
  if (odd !== undefined)
    throw new ElevationFailed(
      'impossible',
      `Breakwater will not pass this on with administrator rights: ${JSON.stringify(odd)} has characters that a shell could take for its own.`,
      `Install Breakwater in a folder with a plain name, or: ${byHand}`,
    );
  return parts.map((part) => `"${part}"`).join(' ');
}

/** Nothing runs as administrator that somebody else could have written: the file and every folder above it. */
function mustBeAdministrators({ writableByOthers, byHand }: Elevation, path: string): void {
  const item = writableByOthers(path);
  if (item !== null)
    throw new ElevationFailed(
      'impossible',
      `Breakwater lies where not only administrators can write (${item}), so it must not be run with their rights.`,
      `Install it for all users, or: ${byHand}`,
    );
}

async function askThroughPrompt(elevation: Elevation, command: string, signal?: AbortSignal): Promise<string> {
  const { exec } = await import('sudo-prompt');
  elevation.prepare();
  return new Promise((resolve, reject) => {
    const give = (reason: ElevationFailed['reason'], what: string, todo: string): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      reject(new ElevationFailed(reason, what, todo));
    };
    const nothingDone = 'Nothing was changed. Try again when an administrator can answer.';
    const onAbort = (): void => {
      elevation.endPrompts();
      give('cancelled', 'You stopped waiting for permission.', 'Nothing was changed.');
    };
    const timer = setTimeout(() => {
      elevation.endPrompts();
      give('timed-out', `Nobody answered the question for permission within ${patience / 1000} seconds.`, nothingDone);
    }, patience);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    exec(
      command,
      { name: 'Breakwater', ...(elevation.env === null ? {} : { env: elevation.env }) },
      (error, stdout, stderr) => {
        const answer = findAnswer(String(stdout ?? ''));
        if (answer !== null) {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          return resolve(answer);
        }
        const said =
          String(stderr ?? '')
            .trim()
            .split('\n')[0] ?? '';
        const ended = { code: codeOf(error), says: strangerText(said, 200) };
        void elevation.refused(ended).then((refusal) => {
          if (refusal !== null) return give(refusal.reason, refusal.what, refusal.todo);
          give(
            'unknown',
            `No answer came back from the part that runs as administrator${ended.says ? ` (${ended.says})` : ''}.`,
            "Look at the shield's state before doing anything else.",
          );
        });
      },
    );
  });
}

/** Of an error of `child_process.exec`, as sudo-prompt passes it on; what was never run has none. */
function codeOf(error: Error | null | undefined): number | null {
  const code: unknown = error && 'code' in error ? error.code : null;
  return typeof code === 'number' ? code : null;
}
