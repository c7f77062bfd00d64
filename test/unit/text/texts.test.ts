// All texts of all languages, stored: a sentence that changes shows as a difference.
import { describe, expect, it } from 'vitest';
import { german } from '../../../main/text/de';
import { english } from '../../../main/text/en';
import type { Language } from '../../../main/text/render';
import type { AllTexts, Text } from '../../../main/text/texts';

const listed = (texts: Readonly<Record<string, Text>>): string =>
  Object.entries(texts)
    .map(([code, text]) =>
      typeof text === 'string' ? `${code}\n    ${text}` : `${code}\n    one: ${text.one}\n    other: ${text.other}`,
    )
    .join('\n');

const places = (text: Text): readonly string[] =>
  [...JSON.stringify(text).matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '').sort();

function textsByCode(texts: AllTexts): Readonly<Record<string, Text>> {
  const entries = Object.values(texts).flatMap((room) => Object.entries<Text>(room));
  // A code of two rooms would be said in the words of the first.
  expect(new Set(entries.map(([code]) => code)).size).toBe(entries.length);
  return Object.fromEntries(entries);
}

describe.each<Language>([english, german])('the texts in $grammar.tag', ({ grammar: { tag }, texts }) => {
  it('are those that were last looked through', async () => {
    await expect(`${listed(textsByCode(texts))}\n`).toMatchFileSnapshot(`stored/${tag}.txt`);
  });

  it('tell all that the English ones tell', () => {
    for (const [code, text] of Object.entries(textsByCode(texts))) {
      const { [code]: first } = textsByCode(english.texts);
      expect([code, new Set(places(text))]).toEqual([code, new Set(places(first ?? ''))]);
    }
  });
});
