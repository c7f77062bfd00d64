// The app's end of the doorway: every call is checked for who sends it and what it carries, then answered.
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import * as v from 'valibot';
import type { CallName, Calls, EventName, Events } from '../../../preload/contract';
import { shownDeep, shownLines } from '../../model/untrusted-text';
import { isOurs } from '../window/page';
import { argumentSchemas } from './argument-schemas';

export type Answers = { readonly [C in CallName]: (...args: Calls[C][0]) => Promise<Calls[C][1]> };
export type Send = <E extends EventName>(name: E, payload: Events[E]) => void;

/**
 * Answers the calls of this one window; other pages have no channel at all. A call that is refused, and an answer that fails,
 * reach the page as an Error with a message for people.
 */
export function openDoorway(contents: WebContents, answers: Answers): void {
  for (const name of Object.keys(answers) as CallName[])
    contents.ipc.handle(name, async (event, ...args: unknown[]) => {
      if (!isFromOurPage(event)) throw new Error("This call doesn't come from Breakwater's own page.");
      return answerCall(name, answers, args);
    });
}

/** A window that is closed or crashed just misses the message. Others' words in it are fit to be shown. */
export function sendTo(contents: WebContents): Send {
  return (name, payload) => {
    if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(name, shownDeep(payload));
  };
}

/**
 * Checks what the call carries, and answers it. Rejects with an Error with a message for people. What the answer holds of others' words
 * is fit to be shown.
 */
export async function answerCall<C extends CallName>(
  name: C,
  answers: Answers,
  args: readonly unknown[],
): Promise<Calls[C][1]> {
  const parsed = v.safeParse(argumentSchemas[name], args, { abortEarly: true });
  if (!parsed.success) throw new Error(`The call "${name}" can't be understood: ${whatIsWrong(parsed.issues[0])}.`);
  try {
    return shownDeep(await answers[name](...parsed.output));
  } catch (error) {
    throw new Error(shownLines(error instanceof Error ? error.message : String(error)));
  }
}

/** The window's channels are its own already; left to check: its outermost frame, and what is loaded there. */
function isFromOurPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);
}

/** Where and what kind of fault, without repeating what was sent. */
function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue);
  return `${where === null ? 'its arguments' : `argument ${where}`} should be ${(issue.expected ?? 'valid').slice(0, 100)}`;
}
