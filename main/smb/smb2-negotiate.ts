// Offers SMB2 dialects, and reads which one the server takes and on what terms ([MS-SMB2] 2.2.3, 2.2.4).
import { message } from '../model/message';
import type { Smb2Dialect } from '../model/smb';
import { readFiletime } from './filetime';
import { readContexts, requestContexts } from './negotiate-contexts';
import { bad, cut, ok, type Parsed } from './parsed';
import { headerLength, readSmb2Status, smb2Request } from './smb2-header';

/** Lowest first, as they are sent. */
export const allDialects: readonly Smb2Dialect[] = ['2.0.2', '2.1', '3.0', '3.0.2', '3.1.1'];

export interface Negotiated {
  readonly kind: 'chosen';
  readonly dialect: Smb2Dialect;
  readonly signing: 'required' | 'offered' | 'off';
  readonly encryption: string | null;
  readonly signingAlgorithm: string;
  readonly compression: readonly string[];
  readonly capabilities: readonly string[];
  readonly serverGuid: string;
  readonly systemTime: string | null;
  readonly startTime: string | null;
  readonly maxTransactSize: number;
}

/** declined = the server supports none of the dialects that were offered. */
export type Smb2Answer = Negotiated | { readonly kind: 'declined' };

/** `random` gives that many bytes; they keep connections apart and protect nothing, as none is ever used further. */
export function smb2NegotiateRequest(dialects: readonly Smb2Dialect[], random: (length: number) => Buffer): Buffer {
  const body = Buffer.alloc(36 + 2 * dialects.length);
  body.writeUInt16LE(36, 0);
  body.writeUInt16LE(dialects.length, 2);
  body.writeUInt16LE(signingEnabled, 4);
  body.writeUInt32LE(0x7f, 8);
  // Two connections with one client GUID would be taken for channels of one session (3.3.5.4); 2.0.2 has none.
  if (dialects.some((dialect) => dialect !== '2.0.2')) random(16).copy(body, 12);
  dialects.forEach((dialect, index) => {
    body.writeUInt16LE(numbers[dialect], 36 + 2 * index);
  });
  if (!dialects.includes('3.1.1')) return smb2Request('negotiate', 0, body);
  const { count, bytes } = requestContexts(random);
  const padding = -(headerLength + body.length) & 7;
  body.writeUInt32LE(headerLength + body.length + padding, 28);
  body.writeUInt16LE(count, 32);
  return smb2Request('negotiate', 0, Buffer.concat([body, Buffer.alloc(padding), bytes]));
}

/** Any bytes give a value or a reason; a dialect that was not `offered` is a reason. */
export function readSmb2NegotiateAnswer(bytes: Buffer, offered: readonly Smb2Dialect[]): Parsed<Smb2Answer> {
  const status = readSmb2Status(bytes, 'negotiate', 0);
  if (status.kind === 'bad') return status;
  if (status.value === notSupported) return ok({ kind: 'declined' });
  if (status.value !== 0) return bad(message('smb.error-reported', { status: `0x${status.value.toString(16)}` }));
  const body = cut(bytes, headerLength, 64);
  if (body === null) return bad(message('smb.cut-short'));
  if (body.readUInt16LE(0) !== 65) return bad(message('smb.wrong-body-size'));
  const number = body.readUInt16LE(4);
  const dialect = offered.find((one) => numbers[one] === number);
  if (dialect === undefined) return bad(message('smb.dialect-not-offered'));
  const capabilities = body.readUInt32LE(24);
  const terms =
    dialect === '3.1.1'
      ? readContexts(bytes, body.readUInt32LE(60), body.readUInt16LE(6))
      : ok(olderTerms(dialect, capabilities));
  if (terms.kind === 'bad') return terms;
  const mode = body.readUInt16LE(2);
  return ok({
    kind: 'chosen',
    dialect,
    signing: (mode & signingRequired) !== 0 ? 'required' : (mode & signingEnabled) !== 0 ? 'offered' : 'off',
    ...terms.value,
    capabilities: capabilityNames.filter(([bit]) => (capabilities & bit) !== 0).map(([, name]) => name),
    serverGuid: guidText(body.subarray(8, 24)),
    systemTime: readFiletime(body, 40),
    startTime: readFiletime(body, 48),
    maxTransactSize: body.readUInt32LE(28),
  });
}

const numbers: Readonly<Record<Smb2Dialect, number>> = {
  '2.0.2': 0x0202,
  '2.1': 0x0210,
  '3.0': 0x0300,
  '3.0.2': 0x0302,
  '3.1.1': 0x0311,
};
const signingEnabled = 1;
const signingRequired = 2;
const notSupported = 0xc00000bb;
const canEncrypt = 0x40;

const capabilityNames: readonly (readonly [number, string])[] = [
  [0x01, 'DFS'],
  [0x02, 'leasing'],
  [0x04, 'large MTU'],
  [0x08, 'multichannel'],
  [0x10, 'persistent handles'],
  [0x20, 'directory leasing'],
  [canEncrypt, 'encryption'],
  [0x80, 'notifications'],
];

/** Before 3.1.1 the dialect alone says which algorithms there are (3.1.4.1, 3.1.4.3). */
function olderTerms(dialect: Smb2Dialect, capabilities: number) {
  const isSmb3 = dialect.startsWith('3');
  return {
    encryption: isSmb3 && (capabilities & canEncrypt) !== 0 ? 'AES-128-CCM' : null,
    signingAlgorithm: isSmb3 ? 'AES-CMAC' : 'HMAC-SHA256',
    compression: [],
  };
}

/** The first three groups are little-endian numbers ([MS-DTYP] 2.3.4.2). */
function guidText(bytes: Buffer): string {
  const swapped = Buffer.from(bytes);
  swapped.subarray(0, 4).reverse();
  swapped.subarray(4, 6).reverse();
  swapped.subarray(6, 8).reverse();
  const hex = swapped.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
