// The other end of a conversation: answers each line of JSON on standard input with one on standard output, in their order.
import { createInterface } from 'node:readline';
import type { Reply } from './conversation';

/** Answers until standard input closes. What `answer` rejects with is told as a problem. */
export async function answerLines<Q, A>(answer: (question: Q) => A | Promise<A>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await Promise.resolve(JSON.parse(line) as Q)
      .then(answer)
      .then<Reply<A>, Reply<A>>(
        (value) => ({ answer: value }),
        (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }),
      );
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}
