// Pages for people: 80 columns, harmless text, colour only where it is wanted.

import { describe, expect, test } from 'vitest';
import { createPage, wrap } from '../../../../main/cli/pages/layout';
import { inEnglish } from '../../in-english';

const plain = { say: inEnglish, width: 40, colour: false };

describe('a page', () => {
  test('wraps at its width and hangs bullets under their text', () => {
    const page = createPage(plain);
    page.bullet('one two three four five six seven eight nine');
    expect(page.toString()).toBe('  - one two three four five six seven\n    eight nine\n');
  });

  test('never cuts a word, however long', () => {
    const address = 'x'.repeat(60);
    expect(wrap(`a ${address} b`, 40, 0, 0)).toEqual(['a', address, 'b']);
  });

  test('lines the columns of a table up and wraps the last', () => {
    const page = createPage(plain);
    page.table([
      ['a', 'short'],
      ['bbb', 'a text that is too long for the rest of this line'],
    ]);
    expect(page.toString()).toBe('  a    short\n  bbb  a text that is too long for the\n       rest of this line\n');
  });

  test('says nothing where nothing was said', () => {
    expect(createPage(plain).toString()).toBe('');
  });

  test('names from outside can neither steer the terminal nor turn the writing around', () => {
    const page = createPage({ say: inEnglish, width: 80, colour: true });
    page.table([['evil\u001b]0;x\u0007', 'y']]);
    page.say('\u001b[31m');
    page.verbatim('a\rb\tc');
    const own = ['\u001b[2m', '\u001b[0m', '\n'];
    const rest = own.reduce((text, code) => text.replaceAll(code, ''), page.toString());
    expect([...rest].filter((character) => character < ' ')).toEqual([]);
  });

  test('is coloured only where colour is on, and says the same without', () => {
    const say = (colour: boolean): string => {
      const page = createPage({ say: inEnglish, width: 80, colour });
      page.say('OPEN', { tone: 'bad' });
      return page.toString();
    };
    expect(say(false)).toBe('OPEN\n');
    expect(say(true)).toBe('\u001b[1;31mOPEN\u001b[0m\n');
  });
});
