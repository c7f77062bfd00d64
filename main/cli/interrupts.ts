// What Ctrl-C means: leave at once while only reading; while changing, stop waiting and finish what has begun.
import { type ExitCode, exit } from './exit-codes';

export interface Interrupts {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** From now on the PC may be changing. Returns what says that it is over. */
  beginChange(): () => void;
  /** Whether a change was ever begun. */
  mayHaveChanged(): boolean;
  /** What a Ctrl-C calls. */
  interrupt(): void;
}

export function createInterrupts(tell: (message: string) => void, leave: (code: ExitCode) => void): Interrupts {
  const controller = new AbortController();
  let isChanging = false;
  let hasBegun = false;
  return {
    signal: controller.signal,
    beginChange() {
      isChanging = true;
      hasBegun = true;
      return () => {
        isChanging = false;
      };
    },
    mayHaveChanged: () => hasBegun,
    interrupt() {
      const isFirst = !controller.signal.aborted;
      controller.abort();
      if (!isChanging) {
        tell('Stopped. Nothing was changed.');
        leave(exit.undone);
      } else if (isFirst) {
        tell('Stopping: no longer waiting for permission. A change that has begun is finished first.');
      } else {
        tell('Left before the end was known. "breakwater status" says what is up now.');
        leave(exit.unknown);
      }
    },
  };
}
