// A conversation with a program in a namespace: one line of JSON there, one back.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Conversation<Q, A> {
  /** One question at a time. Rejects with the program's own words where it says that it could not, or when it ends. */
  ask(question: Q): Promise<A>;
  end(): void;
}

/** What a program answers: the answer, or why there is none. */
export type Reply<A> = { readonly answer: A } | { readonly problem: string };

/** `name` is what messages call the program. */
export function converse<Q, A>(name: string, program: ChildProcess): Conversation<Q, A> {
  const { stdin, stdout, stderr } = program;
  if (!stdin || !stdout || !stderr) throw new Error(`${name} needs pipes for questions and answers.`);
  let complaints = '';
  stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk}`.slice(-4000);
  });
  let hear: ((line: string | null) => void) | null = null;
  let ended = false;
  createInterface({ input: stdout })
    .on('line', (line) => hear?.(line))
    .on('close', () => {
      ended = true;
      hear?.(null);
    });
  stdin.on('error', () => {}); // it has ended, which the closed output tells
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const gone = (): void => reject(new Error(`${name} ended. ${complaints}`.trim()));
        if (ended) return gone();
        hear = (line) => {
          hear = null;
          if (line === null) return gone();
          const reply = JSON.parse(line) as Reply<A>;
          if ('problem' in reply) reject(new Error(`${name}: ${reply.problem}`));
          else resolve(reply.answer);
        };
        stdin.write(`${JSON.stringify(question)}\n`);
      }),
    end: () => stdin.end(),
  };
}
