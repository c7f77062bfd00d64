// The helper's answer as it comes back: one line of JSON, which may be many megabytes and is read where it is used.
import type { Answer } from '../../model/request';
import { ElevationFailed } from './elevation-failed';

/** The line among what else may stand on the helper's output; null = none. */
export function findAnswer(stdout: string): string | null {
  return stdout.split('\n').find((line) => line.startsWith('{"schema":"breakwater/answer@1"')) ?? null;
}

/** Throws `ElevationFailed` where the line was cut short. */
export function readAnswer(line: string): Answer {
  try {
    return JSON.parse(line) as Answer;
  } catch {
    throw new ElevationFailed(
      'unknown',
      'The answer of the part that runs as administrator was cut short.',
      "Look at the shield's state before doing anything else.",
    );
  }
}
