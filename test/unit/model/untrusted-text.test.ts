// Text of strangers is shown as what it is.
import { describe, expect, it, test } from 'vitest';
import { isSeen, shownDeep, shownJson, shownLines, shownText, strangerText } from '../../../main/model/untrusted-text';

/** Every code point that Unicode calls a control, a format, a line end, private, half or ignorable. */
const unseen = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) =>
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(String.fromCodePoint(code)),
);

describe('a text', () => {
  it.each([
    ['a\u001b[2J', 'a\\u{1b}[2J'],
    ['a\u009bm', 'a\\u{9b}m'],
    ['gpj.\u202eexe', 'gpj.\\u{202e}exe'],
    ['a\u200bb\u200db\ufeff', 'a\\u{200b}b\\u{200d}b\\u{feff}'],
    ['\u{e0041}\u{e007f}', '\\u{e0041}\\u{e007f}'],
    ['a\ud800b', 'a\\u{d800}b'],
    ['a\nb\tc', 'a\\u{a}b\\u{9}c'],
    ['Größe 大小 café 🙂', 'Größe 大小 café 🙂'],
  ])('%j is shown as %j', (text, shown) => {
    expect(shownText(text)).toBe(shown);
    // What was shown already stays as it is.
    expect(shownText(shown)).toBe(shown);
    expect(isSeen(text)).toBe(text === shown);
  });

  it('of no character hides anything, wherever it is shown', () => {
    for (const code of unseen) {
      const text = `a${String.fromCodePoint(code)}b`;
      expect(shownText(text)).toBe(`a\\u{${code.toString(16)}}b`);
      expect(JSON.parse(shownJson({ text })).text).toBe(text);
    }
    const all = unseen.map((code) => String.fromCodePoint(code)).join('');
    expect(isSeen(shownJson({ all }).replaceAll('\n', ''))).toBe(true);
    expect(isSeen(shownLines(all).replaceAll(/[\n\t]/g, ''))).toBe(true);
  });

  it('is cut before it is shown', () => {
    expect(strangerText('ab\u202ecd', 3)).toBe('ab\\u{202e}');
    expect(strangerText('a🙂', 2)).toBe('a\\u{d83d}');
  });
});

test('in a value of many, each is shown; what needs no change is the same', () => {
  const plain = { a: ['b\n\tc', 1, null, undefined, true], d: { e: 'f' } };
  expect(shownDeep(plain)).toBe(plain);
  const odd = { ...plain, 'g\u202e': ['h\u001b', { i: 'j\u200b' }] };
  expect(shownDeep(odd)).toEqual({ ...plain, 'g\\u{202e}': ['h\\u{1b}', { i: 'j\\u{200b}' }] });
  expect(shownDeep(odd).a).toBe(plain.a);
});
