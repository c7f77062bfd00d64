// Which words answer a question. Apart from what puts it, since that loads the whole of node:readline.

/** A clear yes in any of our languages, or in English. */
export const isYesWord = (answer: string): boolean => /^(?:y|yes|j|ja)$/i.test(answer.trim());

/** A clear no, likewise. */
export const isNoWord = (answer: string): boolean => /^(?:n|no|nein)$/i.test(answer.trim());
