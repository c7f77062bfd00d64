// What is read from real answers, and that no bytes whatever upset the readers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFiletime } from '../../../main/smb/filetime';
import { requestContexts } from '../../../main/smb/negotiate-contexts';
import { readNtlmChallenge } from '../../../main/smb/ntlm';
import { readSessionSetupAnswer, sessionSetupRequest } from '../../../main/smb/session-setup';
import { readSmb1Answer, smb1Request } from '../../../main/smb/smb1-negotiate';
import { allDialects, readSmb2NegotiateAnswer, smb2NegotiateRequest } from '../../../main/smb/smb2-negotiate';
import { realAnswer, withBytes } from './real-answers';

const chosenAll = realAnswer('all-chosen-3.1.1');
const challenge = realAnswer('challenge');
const readAll = (bytes: Buffer) => readSmb2NegotiateAnswer(bytes, allDialects);

describe('SMB1 negotiate', () => {
  test('the question is the one of MS-CIFS, with "NT LM 0.12" alone', () => {
    expect(smb1Request().toString('hex')).toBe(
      'ff534d4272000000001853c8000000000000000000000000000001000000000000' + '0c00' + '024e54204c4d20302e313200',
    );
  });

  test('a server with SMB1 says so, and how it signs', () => {
    const accepted = realAnswer('smb1-accepted');
    expect(readSmb1Answer(accepted)).toEqual({ kind: 'ok', value: { kind: 'accepted', signing: 'off' } });
    expect(readSmb1Answer(withBytes(accepted, 35, [0x07]))).toMatchObject({ value: { signing: 'offered' } });
    expect(readSmb1Answer(withBytes(accepted, 35, [0x0f]))).toMatchObject({ value: { signing: 'required' } });
  });

  test('a server without SMB1 refuses', () => {
    expect(readSmb1Answer(realAnswer('smb1-refused'))).toEqual({ kind: 'ok', value: { kind: 'refused' } });
    const notSupported = withBytes(realAnswer('smb1-refused'), 5, [0xbb, 0, 0, 0xc0]);
    expect(readSmb1Answer(notSupported)).toEqual({ kind: 'ok', value: { kind: 'refused' } });
  });

  test.each([
    ['another error', 5, [0x05, 0x02, 0, 0xc0]],
    ['a dialect that was not offered', 33, [1, 0]],
    ['another command', 4, [0x73]],
    ['a question instead of an answer', 9, [0x18]],
    ['no words at all', 32, [0]],
    ['more words than there are bytes', 32, [0xff]],
    ['SMB2 instead', 0, [0xfe]],
  ])('%s is neither yes nor no', (_, at, bytes) => {
    expect(readSmb1Answer(withBytes(realAnswer('smb1-accepted'), at, bytes))).toMatchObject({ kind: 'bad' });
  });
});

describe('SMB2 negotiate', () => {
  test('all five dialects are offered with contexts at a multiple of 8', () => {
    const request = smb2NegotiateRequest(allDialects, (length) => Buffer.alloc(length, 9));
    expect(request.toString('hex', 64 + 36, 64 + 46)).toBe('02021002000302031103');
    expect(request.readUInt32LE(64 + 28)).toBe(112);
    expect(request.readUInt16LE(64 + 32)).toBe(4);
    expect(request.readUInt16LE(112)).toBe(1);
  });

  test('2.0.2 alone carries no client GUID, and nothing after the dialect', () => {
    const request = smb2NegotiateRequest(['2.0.2'], (length) => Buffer.alloc(length, 9));
    expect(request).toHaveLength(64 + 38);
    expect(request.subarray(64 + 12, 64 + 36).every((byte) => byte === 0)).toBe(true);
  });

  test('the terms of SMB 3.1.1 are read', () => {
    expect(readAll(chosenAll)).toEqual({
      kind: 'ok',
      value: {
        kind: 'chosen',
        dialect: '3.1.1',
        signing: 'offered',
        encryption: 'AES-128-GCM',
        signingAlgorithm: 'AES-GMAC',
        compression: [],
        capabilities: ['DFS', 'leasing', 'large MTU', 'multichannel'],
        serverGuid: '63707467-0000-0000-0000-000000000000',
        systemTime: expect.stringMatching(/^20\d\d-/),
        startTime: null,
        maxTransactSize: 8_388_608,
      },
    });
  });

  test.each([
    ['alone-2.0.2', { dialect: '2.0.2', encryption: null, signingAlgorithm: 'HMAC-SHA256', maxTransactSize: 65_536 }],
    ['alone-2.1', { dialect: '2.1', encryption: null, signingAlgorithm: 'HMAC-SHA256' }],
    ['alone-3.0', { dialect: '3.0', encryption: 'AES-128-CCM', signingAlgorithm: 'AES-CMAC' }],
    ['alone-3.0.2', { dialect: '3.0.2', encryption: 'AES-128-CCM', signingAlgorithm: 'AES-CMAC' }],
    ['alone-3.0.2-no-encryption', { dialect: '3.0.2', encryption: null }],
    ['alone-3.1.1', { dialect: '3.1.1', encryption: 'AES-128-GCM' }],
    ['all-no-encryption', { dialect: '3.1.1', encryption: null }],
    ['all-signing-required', { dialect: '3.1.1', signing: 'required' }],
    ['alone-2.1-declined', { kind: 'declined' }],
  ])('%s', (name, expected) => {
    expect(readAll(realAnswer(name))).toMatchObject({ kind: 'ok', value: expected });
  });

  test('compression is read with its algorithms', () => {
    // Type 3, 14 bytes: 3 algorithms, padding, flags 1 (chained), LZNT1, Pattern_V1 and one of the future.
    const context = Buffer.from([3, 0, 14, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 4, 0, 9, 0]);
    expect(readAll(withContexts(context))).toMatchObject({
      value: { compression: ['LZNT1', 'Pattern_V1', 'unknown (9)'] },
    });
  });

  test('no compression in common is none', () => {
    expect(readAll(withContexts(Buffer.from([3, 0, 10, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])))).toMatchObject({
      value: { compression: [] },
    });
  });

  test('our own offer reads back as contexts', () => {
    const { bytes, count } = requestContexts((length) => Buffer.alloc(length));
    expect(readAll(withContexts(bytes, count))).toMatchObject({
      value: {
        encryption: 'AES-256-GCM',
        signingAlgorithm: 'AES-GMAC',
        compression: ['LZNT1', 'LZ77', 'LZ77+Huffman', 'Pattern_V1', 'LZ4'],
      },
    });
  });

  test('a dialect that was not offered is no answer', () => {
    expect(readSmb2NegotiateAnswer(chosenAll, ['2.1'])).toMatchObject({ kind: 'bad' });
  });

  test.each([
    ['to another request of the connection', 24, [1]],
    ['to another command', 12, [1]],
    ['with an error', 8, [0x0d, 0, 0, 0xc0]],
    ['that is a question', 16, [0]],
    ['with contexts beyond its end', 64 + 60, [0xff, 0xff, 0xff, 0xff]],
    ['with contexts before its beginning', 64 + 60, [0xf8, 0xff, 0xff, 0x7f]],
    ['with more contexts than it has', 64 + 6, [0xff, 0xff]],
  ])('an answer %s is none', (_, at, bytes) => {
    expect(readAll(withBytes(chosenAll, at, bytes))).toMatchObject({ kind: 'bad' });
  });

  function withContexts(contexts: Buffer, count = 1): Buffer {
    const whole = Buffer.concat([chosenAll, Buffer.alloc(-chosenAll.length & 7), contexts]);
    whole.writeUInt32LE(whole.length - contexts.length, 64 + 60);
    whole.writeUInt16LE(count, 64 + 6);
    return whole;
  }
});

describe('session setup', () => {
  test('the token is NTLM type 1 and nothing more', () => {
    const request = sessionSetupRequest();
    const at = request.indexOf('NTLMSSP\0', 0, 'latin1');
    expect(request.readUInt32LE(at + 8)).toBe(1);
    expect(request.subarray(at + 16, at + 32).every((byte) => byte === 0)).toBe(true);
    expect(request.readUInt16LE(64 + 14)).toBe(request.length - 88);
    expect(request.readBigUInt64LE(24)).toBe(1n);
  });

  test('the server names itself', () => {
    expect(readSessionSetupAnswer(challenge)).toMatchObject({
      kind: 'ok',
      value: { kind: 'named', identity: { computer: 'GTPC', domain: 'GTPC', dnsDomain: null, version: '6.1.0' } },
    });
  });

  test('a server that turns the log-on down tells nothing', () => {
    const denied = withBytes(challenge, 8, [0x22, 0, 0, 0xc0]);
    expect(readSessionSetupAnswer(denied)).toEqual({ kind: 'ok', value: { kind: 'declined' } });
  });

  test('a security buffer beyond the end is cut short, not read', () => {
    expect(readSessionSetupAnswer(withBytes(challenge, 64 + 4, [0xff, 0xff]))).toMatchObject({ kind: 'bad' });
    expect(readSessionSetupAnswer(withBytes(challenge, 64 + 6, [0xff, 0xff]))).toMatchObject({ kind: 'bad' });
  });

  test('names that could steer a terminal are made harmless', () => {
    const value = Buffer.from('A\u001b[2J\u202eB\ud800', 'utf16le');
    const identity = readNtlmChallenge(challengeWith(1, value));
    expect(identity).toMatchObject({ value: { computer: 'A\\u{1b}[2J\\u{202e}B\\u{d800}' } });
  });

  test('a Windows build is the version, without one there is none', () => {
    expect(readNtlmChallenge(challengeWith(7, Buffer.alloc(8)))).toMatchObject({
      value: { version: '10.0.19045', time: null },
    });
    const without = withBytes(challengeWith(7, Buffer.alloc(8)), 20, [0, 0, 0, 0]);
    expect(readNtlmChallenge(without)).toMatchObject({ value: { version: null } });
  });

  test('attributes without an end mark are malformed', () => {
    const whole = challengeWith(1, Buffer.from('A\0'));
    whole.writeUInt16LE(6, 40);
    expect(readNtlmChallenge(whole)).toMatchObject({ kind: 'bad' });
  });

  /** [MS-NLMP] 2.2.1.2, as Windows 10 22H2 lays it out. */
  function challengeWith(id: number, value: Buffer): Buffer {
    const message = Buffer.alloc(56);
    message.write('NTLMSSP\0', 'latin1');
    message.writeUInt32LE(2, 8);
    message.writeUInt32LE(0xe28a8215, 20);
    message.writeUInt16LE(value.length + 8, 40);
    message.writeUInt32LE(56, 44);
    message[48] = 10;
    message.writeUInt16LE(19045, 50);
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([message, head, value, Buffer.alloc(4)]);
  }
});

describe('Windows time', () => {
  test.each([
    [0n, null],
    [116_444_736_000_000_000n, '1970-01-01T00:00:00.000Z'],
    [1n, '1601-01-01T00:00:00.000Z'],
    [0xffff_ffff_ffff_ffffn, null],
    [2_650_467_743_999_999_999n, '9999-12-31T23:59:59.999Z'],
    [2_650_467_744_000_000_000n, null],
  ])('%s is %s', (steps, text) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(steps);
    expect(readFiletime(bytes, 0)).toBe(text);
  });
});

describe('hostile bytes', () => {
  const readers = [
    ['SMB1 negotiate', readSmb1Answer, ['smb1-accepted', 'smb1-refused']],
    ['SMB2 negotiate', readAll, ['all-chosen-3.1.1', 'alone-2.0.2', 'alone-3.0', 'alone-2.1-declined']],
    ['session setup', readSessionSetupAnswer, ['challenge']],
    ['NTLM challenge', readNtlmChallenge, ['challenge']],
  ] as const;

  test.each(readers)('%s: random bytes give a value or a reason', (_, read) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['ok', 'bad']).toContain(read(Buffer.from(bytes)).kind);
      }),
      { numRuns: 500 },
    );
  });

  test.each(readers)('%s: real answers with changed bytes give a value or a reason', (_, read, names) => {
    const change = fc.record({ at: fc.nat(400), byte: fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xfe, 0xff) });
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(change, { minLength: 1, maxLength: 8 }), (name, changes) => {
        const bytes = realAnswer(name);
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        expect(['ok', 'bad']).toContain(read(bytes).kind);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(readers)(
    '%s: each pair of bytes as the largest offset or length gives a value or a reason',
    (_, read, names) => {
      for (const name of names) {
        const whole = realAnswer(name);
        for (let at = 0; at < whole.length - 1; at += 1) {
          expect(['ok', 'bad']).toContain(read(withBytes(whole, at, [0xff, 0xff])).kind);
          expect(['ok', 'bad']).toContain(read(withBytes(whole, at, [0xff, 0x7f])).kind);
        }
      }
    },
  );

  test('an answer cut short anywhere never says more than the whole one', () => {
    for (const [, read, names] of readers) {
      for (const name of names) {
        const whole = realAnswer(name);
        for (let length = 0; length < whole.length; length += 1) {
          const result = read(whole.subarray(0, length));
          if (result.kind === 'ok') expect(result).toEqual(read(whole));
        }
      }
    }
  });
});
