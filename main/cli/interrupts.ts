// What Ctrl-C means: leave at once while only reading; while changing, stop waiting and finish what has begun.
import { type Message, message } from '../model/message';
import { type ExitCode, exit } from './exit-codes';

export interface Interrupts {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** From now on the PC may be changing. Returns what says that it is over, and how it ended. */
  beginChange(): (code: ExitCode) => void;
  /** How the last change ended; "unknown" while one is going on; null = none was begun. */
  changed(): ExitCode | null;
  /** What a Ctrl-C calls. */
  interrupt(): void;
}

export function createInterrupts(tell: (words: Message) => void, leave: (code: ExitCode) => void): Interrupts {
  const controller = new AbortController();
  let isChanging = false;
  let changed: ExitCode | null = null;
  return {
    signal: controller.signal,
    beginChange() {
      isChanging = true;
      changed = exit.unknown;
      return (code) => {
        isChanging = false;
        changed = code;
      };
    },
    changed: () => changed,
    interrupt() {
      const isFirst = !controller.signal.aborted;
      controller.abort();
      if (changed === null) {
        tell(message('command.stopped'));
        leave(exit.undone);
      } else if (!isChanging) {
        tell(message('command.stopped.after-change'));
        leave(changed);
      } else if (isFirst) {
        tell(message('command.stopping'));
      } else {
        tell(message('command.left-early'));
        leave(exit.unknown);
      }
    },
  };
}
