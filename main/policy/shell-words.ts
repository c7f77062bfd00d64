// Words of others in a command that people copy: quoted for the POSIX shell it is for (XCU 2.2). Pure.
import { isSeen } from '../model/stranger-text';

/**
 * One word for sh; null where it can't be shown as it is, so that copying it would give another one. Nothing within '...' has a meaning
 * to the shell but its end.
 */
export function shellWord(word: string): string | null {
  if (!isSeen(word)) return null;
  return /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Several, with spaces between; null where one of them can't be. */
export function shellWords(words: readonly string[]): string | null {
  const quoted = words.map(shellWord);
  return quoted.includes(null) ? null : quoted.join(' ');
}
