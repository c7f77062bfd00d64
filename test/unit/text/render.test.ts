// From messages to words: places, forms, plurals, nested messages, and codes of other versions.
import { describe, expect, it } from 'vitest';
import { type Message, message, messageKey, verbatim } from '../../../main/model/message';
import { MessageError, messageOf } from '../../../main/model/message-error';
import { english } from '../../../main/text/en';
import { sayIn } from '../../../main/text/render';
import type { AllTexts, Text } from '../../../main/text/texts';

/** Says one text of our own. */
function fill(text: Text, params: Message['params']): string {
  const texts: AllTexts = { ...english.texts, verbatim: { verbatim: text } };
  return sayIn({ ...english, texts })({ code: 'verbatim', params });
}

describe('a text', () => {
  it.each<[string, Text, Message['params'], string]>([
    ['a text as it is', 'a {name} b', { name: '{x} "y"' }, 'a {x} "y" b'],
    ['a number without grouping', 'TCP {port}', { port: 49152 }, 'TCP 49152'],
    ['a number for people', '{count:number} rules', { count: 1234567 }, '1,234,567 rules'],
    ['a brace of its own', 'a {{b}', {}, 'a {b}'],
    ['a time', 'at {at:time}', { at: '2026-12-01T12:00:05.000Z' }, 'at 2026-12-01 12:00 UTC'],
    ['a day', 'on {at:date}', { at: '2026-12-01T12:00:05.000Z' }, 'on 2026-12-01'],
    ['one of a list', '{all:and}', { all: ['a'] }, 'a'],
    ['a list', '{all:and}', { all: ['a', 'b', 'c'] }, 'a, b and c'],
    ['a choice', '{all:or}', { all: ['a', 'b'] }, 'a or b'],
    ['quoted ones', '{all:quoted}', { all: ['a', 'b'] }, '"a", "b"'],
    ['clauses', '{all:semicolons}', { all: ['a', 'b'] }, 'a; b'],
    ['sentences', '{all}', { all: ['A.', 'B.'] }, 'A. B.'],
    ['nothing', '[{none}]', { none: null }, '[]'],
    ['one', { by: 'n', one: '{n} rule', other: '{n} rules' }, { n: 1 }, '1 rule'],
    ['none', { by: 'n', one: '{n} rule', other: '{n} rules' }, { n: 0 }, '0 rules'],
  ])('shows %s', (_what, text, params, shown) => {
    expect(fill(text, params)).toBe(shown);
  });

  it('holds other messages, at its beginning with a capital', () => {
    const why = message('smb.refused');
    expect(fill('{why:capital}.', { why })).toBe('The connection was refused.');
    expect(fill('{all:and}', { all: [why, message('smb.cut')] })).toBe(
      'the connection was refused and the connection was cut',
    );
  });

  it('of a code that is not known here is the code and what it is about', () => {
    const foreign = { code: 'constructor', params: { a: 1 } } as unknown as Message;
    expect(sayIn(english)(foreign)).toBe('constructor {"a":1}');
  });
});

describe('a message', () => {
  it('is the same where its code and parameters are', () => {
    const [one, same, other] = [443, 443, 445].map((bytes) => message('smb.too-long', { bytes }));
    expect(messageKey(one!)).toBe(messageKey(same!));
    expect(messageKey(one!)).not.toBe(messageKey(other!));
  });

  it('travels in what is thrown; the words of others stay as they are', () => {
    expect(messageOf(new MessageError(message('smb.refused')))).toEqual(message('smb.refused'));
    expect(messageOf(new Error('EACCES'))).toEqual(verbatim('EACCES'));
    expect(messageOf('x')).toEqual(verbatim('x'));
  });
});
