// Documents: English under the keys that they have, codes and parameters beside it.
import { describe, expect, it } from 'vitest';
import { message, verbatim } from '../../../main/model/message';
import { writtenOut } from '../../../main/text/written';
import { inEnglish } from '../in-english';

describe('a document', () => {
  it('has the English text of each message, and its code and parameters beside it', () => {
    const why = message('smb.too-long', { bytes: 9 });
    const text = 'a message of 9 bytes was announced, far more than such an answer has';
    expect(writtenOut({ a: [{ why, all: [why, verbatim('x')] }] }, inEnglish)).toEqual({
      a: [{ why: text, all: [text, 'x'], messages: { why, all: [why, verbatim('x')] } }],
    });
  });

  it('without messages stays as it is', () => {
    const given = {
      a: null,
      b: [1, 'x', { code: 'fixed' }],
      c: { code: 'x', params: {}, more: 1 },
      d: [],
      e: undefined,
    };
    expect(writtenOut(given, inEnglish)).toEqual(given);
  });
});
