// Asks for SMB1 alone, and reads what the server says to that ([MS-CIFS] 2.2.3.1, 2.2.4.52; [MS-SMB] 2.2.4.5.2).
import { message } from '../model/message';
import { bad, ok, type Parsed } from './parsed';

export type Smb1Answer =
  | { readonly kind: 'accepted'; readonly signing: 'required' | 'offered' | 'off' | 'unknown' }
  | { readonly kind: 'refused' };

/** Offers "NT LM 0.12" only: offering an SMB2 dialect too would make an SMB2 server answer in SMB2 and hide SMB1. */
export function smb1Request(): Buffer {
  const dialect = Buffer.from('\x02NT LM 0.12\0', 'latin1');
  const head = Buffer.alloc(35);
  magic.copy(head);
  head.writeUInt8(negotiate, 4);
  head.writeUInt8(0x18, 9);
  // Long names, extended security, NT status codes, Unicode: what a client of the last SMB1 years sends.
  head.writeUInt16LE(0xc853, 10);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(dialect.length, 33);
  return Buffer.concat([head, dialect]);
}

/** Any bytes give a value or a reason. */
export function readSmb1Answer(bytes: Buffer): Parsed<Smb1Answer> {
  if (bytes.length < 33 || !bytes.subarray(0, 4).equals(magic)) return bad(message('smb.not-smb1'));
  if (bytes.readUInt8(4) !== negotiate || (bytes.readUInt8(9) & fromServer) === 0) {
    return bad(message('smb.not-of-question'));
  }
  const status = bytes.readUInt32LE(5);
  if (status === notSupported || status === notImplemented) return ok({ kind: 'refused' });
  if (status !== 0) return bad(message('smb.error-reported', { status: `0x${status.toString(16)}` }));
  const wordCount = bytes.readUInt8(32);
  if (wordCount === 0 || bytes.length < 33 + 2 * wordCount) return bad(message('smb.cut-short'));
  const index = bytes.readUInt16LE(33);
  if (index === 0xffff) return ok({ kind: 'refused' });
  if (index !== 0) return bad(message('smb.dialect-not-offered'));
  if (wordCount !== 17) return ok({ kind: 'accepted', signing: 'unknown' });
  const security = bytes.readUInt8(35);
  const signing = (security & 8) !== 0 ? 'required' : (security & 4) !== 0 ? 'offered' : 'off';
  return ok({ kind: 'accepted', signing });
}

const magic = Buffer.from('\xffSMB', 'latin1');
const negotiate = 0x72;
const fromServer = 0x80;
const notSupported = 0xc00000bb;
const notImplemented = 0xc0000002;
