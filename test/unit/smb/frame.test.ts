// How messages are packed on TCP and put together again from any pieces.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { message } from '../../../main/model/message';
import { MessageError } from '../../../main/model/message-error';
import { createFrameReader, type Frame, longestMessage, pack, packSessionRequest } from '../../../main/smb/frame';
import { inEnglish } from '../in-english';

function readAll(stream: Buffer, cuts: readonly number[]): Frame[] {
  const read = createFrameReader();
  const edges = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  const frames: Frame[] = [];
  for (let index = 1; index < edges.length; index += 1) {
    const result = read(stream.subarray(edges[index - 1]!, edges[index]!));
    if (result.kind === 'bad') throw new MessageError(result.why);
    frames.push(...result.value);
  }
  return frames;
}

describe('frames', () => {
  test('messages come out whole however the stream is cut', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
    const cuts = fc.array(fc.nat(), { maxLength: 30 });
    fc.assert(
      fc.property(messages, cuts, (contents, places) => {
        const stream = Buffer.concat(contents.map((content) => pack(Buffer.from(content))));
        const frames = readAll(stream, places);
        expect(frames).toEqual(contents.map((content) => ({ kind: 'message', bytes: Buffer.from(content) })));
      }),
    );
  });

  test('any bytes in any pieces give frames or a reason', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), (pieces) => {
        const read = createFrameReader();
        for (const piece of pieces) {
          const result = read(Buffer.from(piece));
          if (result.kind === 'bad') {
            expect(inEnglish(result.why)).not.toBe('');
            return;
          }
        }
      }),
    );
  });

  test('single bytes of the longest message cost no more than their number', () => {
    const stream = pack(Buffer.alloc(longestMessage, 7));
    const read = createFrameReader();
    const frames = [...stream].flatMap((byte) => {
      const result = read(Buffer.from([byte]));
      return result.kind === 'ok' ? result.value : [];
    });
    expect(frames).toHaveLength(1);
  });

  test('a longer message than any answer has is turned down at its head', () => {
    expect(createFrameReader()(Buffer.from([0, 0xff, 0xff, 0xff]))).toMatchObject({ kind: 'bad' });
    expect(createFrameReader()(Buffer.from([0, 1, 0, 1]))).toMatchObject({ kind: 'bad' });
    expect(createFrameReader()(Buffer.from([0, 1, 0, 0]))).toEqual({ kind: 'ok', value: [] });
  });

  test('another protocol is told by its first bytes', () => {
    expect(createFrameReader()(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toMatchObject({
      kind: 'bad',
      why: message('smb.not-smb'),
    });
  });

  test('NetBIOS answers are told apart, keep-alives left out', () => {
    const stream = Buffer.from([0x85, 0, 0, 0, 0x82, 0, 0, 0, 0x83, 0, 0, 1, 0x82, 0x83, 0, 0, 0]);
    expect(readAll(stream, [])).toEqual([
      { kind: 'session-accepted' },
      { kind: 'session-refused', code: 0x82 },
      { kind: 'session-refused', code: null },
    ]);
  });

  test('the session request names "*SMBSERVER" in first-level encoding (RFC 1001 14.1)', () => {
    const request = packSessionRequest();
    expect([...request.subarray(0, 5)]).toEqual([0x81, 0, 0, 68, 32]);
    expect(request.toString('latin1', 5, 37)).toBe('CKFDENECFDEFFCFGEFFCCACACACACACA');
    expect(request).toHaveLength(72);
  });
});
