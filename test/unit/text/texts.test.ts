// All texts of all languages, stored: a sentence that changes shows as a difference.
import { describe, expect, it } from 'vitest';
import { english } from '../../../main/text/en';
import type { Text } from '../../../main/text/texts';

const listed = (texts: Readonly<Record<string, Text>>): string =>
  Object.entries(texts)
    .map(([code, text]) =>
      typeof text === 'string' ? `${code}\n    ${text}` : `${code}\n    one: ${text.one}\n    other: ${text.other}`,
    )
    .join('\n');

describe('the texts', () => {
  it('are those that were last looked through', async () => {
    await expect(`${listed(english.texts)}\n`).toMatchFileSnapshot('stored/en.txt');
  });
});
