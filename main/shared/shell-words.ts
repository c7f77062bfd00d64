// Words of others in a command that people copy: quoted for the shell it is for. Pure.
import { isSeen } from '../model/untrusted-text';

/**
 * One word for sh (POSIX, XCU 2.2); null where it can't be shown as it is, so that copying it would give another one. Nothing within '...' has a meaning
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

/**
 * One word for cmd and PowerShell alike; null where there is none: % and ! begin variables of the one, $ and ` of the other, which takes
 * four more characters as quotes, and a backslash before the last quote would take it with it.
 */
export function windowsWord(word: string): string | null {
  if (!isSeen(word) || !/^[^"%!^&|<>$`\u201c-\u201f]{1,400}$/.test(word) || word.endsWith('\\')) return null;
  return `"${word}"`;
}
