// Makes a ruleset on which review and kernel disagree as small as it gets: leaves parts out as long as they still disagree.
import type { Subject } from './subject';

const mostTries = 800;

/** Greedy: the first smaller one that still fails is taken, until none does. Bounded by the number of tries. */
export async function shrink(subject: Subject, stillFails: (subject: Subject) => Promise<boolean>): Promise<Subject> {
  let smallest = subject;
  const tried = new Set([subject.text]);
  for (;;) {
    const next = await firstThatFails(smallest, tried, stillFails);
    if (next === null) return smallest;
    smallest = next;
  }
}

async function firstThatFails(
  subject: Subject,
  tried: Set<string>,
  stillFails: (subject: Subject) => Promise<boolean>,
): Promise<Subject | null> {
  for (const candidate of subject.smaller()) {
    if (tried.has(candidate.text)) continue;
    if (tried.size > mostTries) return null;
    tried.add(candidate.text);
    if (await stillFails(candidate)) return candidate;
  }
  return null;
}
