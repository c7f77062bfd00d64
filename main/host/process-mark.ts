// What tells a running process from every other one that has, or had, its number in this start of the PC.
// Synchronous: one line of text, and loading the other kind of file access would take longer than reading it.
import { existsSync, readFileSync } from 'node:fs';

/**
 * The time at which it was started, in clock ticks since the PC's start (proc(5), /proc/pid/stat, field 22), which no setting of a clock
 * changes. Null = no such process runs; one that has ended and was not fetched by its parent runs no more. '' = it runs, and this
 * system has no /proc that tells more. Throws where /proc is there and can't be read.
 */
export function processMark(pid: number): string | null {
  // On Windows any user may make a folder \\proc, and numbers in it would be of nobody.
  if (process.platform === 'win32' || !existsSync('/proc/self/stat')) return isAlive(pid) ? '' : null;
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
  // The second field is the program's name in brackets, which may hold any character.
  const [state = '', ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? null : (rest[18] ?? '');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
