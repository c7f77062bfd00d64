// Takes one request as data and answers it.
import { failureInEnglish } from '../engine/in-english';
import { act } from '../engine/shield/act';
import { chooseHost } from '../host/choose';
import type { Answer } from '../model/request';
import { parseRequest } from './request';

export interface Performed {
  readonly answer: Answer;
  /** The command line's exit codes: 0 done, 2 refused request, 3 not administrator, 4 failed and undone, 5 failed and left, 6 can't be told. */
  readonly exitCode: number;
}

/** `token`: base64url of the request's JSON, or the keeper's word; `helper`: absolute path of this program's script. Never rejects. */
export async function perform(token: string, helper: string): Promise<Performed> {
  const request = parseRequest(token, Date.now());
  if (typeof request === 'string') return refused(request, 2);
  try {
    const host = await chooseHost();
    if (host.elevation?.isAdministrator() !== true) return refused('The helper works only as administrator.', 3);
    return result(await act(request, host, helper));
  } catch (error) {
    return refused(failureInEnglish(error), 4);
  }
}

function result(answer: Answer): Performed {
  if (answer.act === 'look' || answer.act === 'judge') return { answer, exitCode: 0 };
  if (answer.act === 'refused') return { answer, exitCode: 4 };
  const codes = { done: 0, refused: 2, 'not-permitted': 3, 'failed-undone': 4, 'failed-left': 5, unknown: 6 } as const;
  return { answer, exitCode: codes[answer.outcome.kind] };
}

function refused(why: string, exitCode: number): Performed {
  return { answer: { schema: 'breakwater/answer@1', act: 'refused', why }, exitCode };
}
