// Puts questions on the terminal and takes one line each.
import { createInterface } from 'node:readline';
import { shownText } from '../model/untrusted-text';

/** null = the person has left: end of input, or Ctrl-C, which also calls `onInterrupt`. */
export function askOnTerminal(question: string, onInterrupt: () => void): Promise<string | null> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    let answer: string | null = null;
    lines.on('SIGINT', () => {
      lines.close();
      onInterrupt();
    });
    lines.on('close', () => {
      // What comes next must not stand behind the question.
      if (answer === null) process.stdout.write('\n');
      resolve(answer);
    });
    lines.question(shownText(question), (text) => {
      answer = text;
      lines.close();
    });
  });
}
