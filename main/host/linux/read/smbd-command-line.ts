// What an smbd was started with, from its command line (smbd(8)).
import { posix } from 'node:path';
import { type Message, message } from '../../../model/message';

export interface SmbdStart {
  /** Its configuration file. */
  readonly path: string;
  /** Settings given on the command line, `name=value` each. */
  readonly options: readonly string[];
  /** Where those come from. */
  readonly from: Message;
}

const longWithValue: ReadonlySet<string> = new Set([
  'configfile',
  'option',
  'port',
  'debuglevel',
  'log-basename',
  'profiling-level',
]);
const shortWithValue: Readonly<Record<string, string>> = {
  s: 'configfile',
  p: 'port',
  d: 'debuglevel',
  l: 'log-basename',
  P: 'profiling-level',
  O: 'socket-options',
};

/** `words` include the program's name; an unreadable command line is empty, and means the default file. */
export function startOf(
  words: readonly string[],
  pid: number,
  defaultPath: string,
  workingFolder: () => string | null,
): SmbdStart {
  const given = optionsOf(words.slice(1));
  const path = given.findLast(([name]) => name === 'configfile')?.[1] || defaultPath;
  const options = given.flatMap(([name, value]) =>
    name === 'option' ? [value] : name === 'port' ? [`smb ports=${value}`] : [],
  );
  return {
    path: path.startsWith('/') ? path : posix.join(workingFolder() ?? '/', path),
    options,
    from: message('linux.setting.command-line', { pid }),
  };
}

/** Long options with `=` or the next word, short ones alone, in a bunch (-FSs FILE) or with their value (-sFILE). */
function optionsOf(words: readonly string[]): readonly (readonly [name: string, value: string])[] {
  const options: [string, string][] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') break;
    if (word.startsWith('--')) {
      const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
      if (longWithValue.has(name)) options.push([name, value ?? words[++i] ?? '']);
      continue;
    }
    if (!word.startsWith('-')) continue;
    for (let at = 1; at < word.length; at++) {
      const name = shortWithValue[word[at] ?? ''];
      if (name === undefined) continue;
      options.push([name, word.slice(at + 1) || (words[++i] ?? '')]);
      break;
    }
  }
  return options;
}
