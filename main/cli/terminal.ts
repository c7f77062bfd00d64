// What goes out: documents and pages to stdout, messages and progress to stderr.
import type { Words } from '../model/message';
import { shownJson, shownText } from '../model/untrusted-text';
import { english } from '../text/en';
import { type Say, sayIn } from '../text/render';
import { writtenOut } from '../text/written';
import { createPage, type Page } from './pages/layout';

/** As much of a stream as is used here; `process.stdout` and `process.stderr` are such. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface Terminal {
  /** Lays a page in the terminal's width and colour, and prints it. */
  show(lay: (page: Page) => void): void;
  print(text: string): void;
  /** What these words are in the language in use, fit to be shown. */
  words(words: Words): string;
  /** One document in English, whatever the language, and nothing else, ever. */
  printJson(document: object): void;
  /** One line to stderr. */
  tell(message: Words): void;
  /**
   * Says on stderr what is going on: at once where that is a terminal (and wipes it out at the end), else only after a second.
   * Returns what ends it.
   */
  progress(message: Words): () => void;
}

export interface Outputs {
  readonly say: Say;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What was said could not be written: a full disk, say. */
  readonly onLost: (why: string) => void;
}

/** `simulated`: the name of the simulated PC that every message carries, or null. */
export function createTerminal(
  { say, stdout, stderr, environment, onLost }: Outputs,
  simulated: string | null,
): Terminal {
  const out = sender(stdout, onLost);
  const err = sender(stderr, onLost);
  const style = {
    say,
    width: Math.min(Math.max(stdout.columns || 80, 40), 80),
    colour: stdout.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb',
  };
  const prefix = simulated === null ? 'breakwater: ' : `breakwater (SIMULATED PC ${shownText(simulated)}): `;
  const shown = (words: Words): string => shownText(typeof words === 'string' ? words : say(words));
  return {
    show(lay) {
      const page = createPage(style);
      lay(page);
      out(page.toString());
    },
    print: out,
    words: shown,
    printJson: (document) => out(`${shownJson(writtenOut(document, sayIn(english)))}\n`),
    tell: (message) => err(`${prefix}${shown(message)}\n`),
    progress(message) {
      const line = `${prefix}${shown(message)}`;
      if (stderr.isTTY === true) {
        err(`\r\u001b[K${line}`);
        return () => err('\r\u001b[K');
      }
      const timer = setTimeout(() => err(`${line}\n`), 1000);
      return () => clearTimeout(timer);
    },
  };
}

/** A reader who has left (EPIPE) is no reason to stop in the middle of a change: what else is said goes nowhere. */
function sender(stream: Output, onLost: (why: string) => void): (text: string) => void {
  let state: 'new' | 'open' | 'lost' = 'new';
  // Listened to with the first word: a stream that is never used is never made.
  const open = (): void => {
    state = 'open';
    stream.on('error', (error) => {
      state = 'lost';
      if (error.code !== 'EPIPE') onLost(error.message);
    });
  };
  return (text) => {
    if (state === 'new') open();
    if (state === 'open') stream.write(text);
  };
}
