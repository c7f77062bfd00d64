// For which shells a command to copy is written on this PC.
import { shellWord, windowsWord } from '../shared/shell-words';

/** A word as the shells of this PC take it; null = it can't be written down for them. */
export const wordForShellHere: (text: string) => string | null = process.platform === 'win32' ? windowsWord : shellWord;
