// What SMB 3.1.1 settles beside the dialect: encryption, compression, signing ([MS-SMB2] 2.2.3.1, 2.2.4.1).
import { message } from '../model/message';
import { bad, cut, ok, type Parsed } from './parsed';

export interface Terms {
  /** The one cipher that the server chose; null = none. */
  readonly encryption: string | null;
  readonly signingAlgorithm: string;
  /** Algorithms shared with us; empty = compression is off. */
  readonly compression: readonly string[];
}

/** Our offer: everything there is, strongest first, so that the choice is the server's. `bytes` must begin at a multiple of 8. */
export function requestContexts(random: (length: number) => Buffer): {
  readonly count: number;
  readonly bytes: Buffer;
} {
  const contexts = [
    context(type.preauthIntegrity, Buffer.concat([words([1, saltLength, sha512]), random(saltLength)])),
    context(type.encryption, words([4, 4, 3, 2, 1])),
    context(type.compression, words([5, 0, chained, 0, 1, 2, 3, 4, 5])),
    context(type.signing, words([3, 2, 1, 0])),
  ];
  const padded = contexts.map((one, index) => (index === contexts.length - 1 ? one : padTo8(one)));
  return { count: contexts.length, bytes: Buffer.concat(padded) };
}

/** Reads the `count` contexts that begin at `offset` of the whole answer. Any bytes and numbers give a value or a reason. */
export function readContexts(bytes: Buffer, offset: number, count: number): Parsed<Terms> {
  let terms: Terms = { encryption: null, signingAlgorithm: 'AES-CMAC', compression: [] };
  let at = offset;
  for (let left = count; left > 0; left -= 1) {
    const head = cut(bytes, at, 8);
    const data = head && cut(bytes, at + 8, head.readUInt16LE(2));
    if (head === null || data === null) return bad(message('smb.terms-cut-short'));
    const read = readContext(terms, head.readUInt16LE(0), data);
    if (read === null) return bad(message('smb.term-malformed'));
    terms = read;
    at = (at + 8 + data.length + 7) & ~7;
  }
  return ok(terms);
}

const type = { preauthIntegrity: 1, encryption: 2, compression: 3, signing: 8 } as const;
const saltLength = 32;
const sha512 = 1;
const chained = 1;

const ciphers: readonly string[] = ['none', 'AES-128-CCM', 'AES-128-GCM', 'AES-256-CCM', 'AES-256-GCM'];
const compressions: readonly string[] = ['none', 'LZNT1', 'LZ77', 'LZ77+Huffman', 'Pattern_V1', 'LZ4'];
const signings: readonly string[] = ['HMAC-SHA256', 'AES-CMAC', 'AES-GMAC'];

/** The terms with this context taken in; unchanged for those that say nothing of interest; null when malformed. */
function readContext(terms: Terms, kind: number, data: Buffer): Terms | null {
  if (kind === type.encryption) {
    const id = readNumbers(data, 2)?.[0];
    if (id === undefined) return null;
    return { ...terms, encryption: id === 0 ? null : nameOf(ciphers, id) };
  }
  if (kind === type.signing) {
    const id = readNumbers(data, 2)?.[0];
    return id === undefined ? null : { ...terms, signingAlgorithm: nameOf(signings, id) };
  }
  if (kind === type.compression) {
    const ids = readNumbers(data, 8);
    if (ids === null) return null;
    // 0 stands for "no algorithm in common" (2.2.3.1.3).
    return { ...terms, compression: ids.filter((id) => id !== 0).map((id) => nameOf(compressions, id)) };
  }
  return terms;
}

/** The u16 numbers at `offset`, as many as the u16 at 0 says. */
function readNumbers(data: Buffer, offset: number): readonly number[] | null {
  if (data.length < 2) return null;
  const count = data.readUInt16LE(0);
  const list = cut(data, offset, 2 * count);
  return list && Array.from({ length: count }, (_, index) => list.readUInt16LE(2 * index));
}

function nameOf(names: readonly string[], id: number): string {
  return names[id] ?? `unknown (${id})`;
}

function context(kind: number, data: Buffer): Buffer {
  return Buffer.concat([words([kind, data.length, 0, 0]), data]);
}

function padTo8(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
}

/** Little-endian u16 numbers. */
function words(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * numbers.length);
  numbers.forEach((number, index) => {
    bytes.writeUInt16LE(number, 2 * index);
  });
  return bytes;
}
