// The first step of a log-on, which makes the server name itself; the second is never taken ([MS-SMB2] 2.2.5, 2.2.6).
import { message } from '../model/message';
import type { NtlmIdentity } from '../model/smb';
import { ntlmNegotiate, readNtlmChallenge } from './ntlm';
import { bad, cut, ok, type Parsed } from './parsed';
import { headerLength, readSmb2Status, smb2Request } from './smb2-header';

/** declined = the server answered, but tells strangers nothing. */
export type SessionAnswer = { readonly kind: 'named'; readonly identity: NtlmIdentity } | { readonly kind: 'declined' };

/** Comes after the negotiate on the same connection. */
export function sessionSetupRequest(): Buffer {
  const token = spnego(ntlmNegotiate());
  const body = Buffer.alloc(24);
  body.writeUInt16LE(25, 0);
  body.writeUInt8(1, 3);
  body.writeUInt16LE(headerLength + body.length, 12);
  body.writeUInt16LE(token.length, 14);
  return smb2Request('session setup', 1, Buffer.concat([body, token]));
}

/** Any bytes give a value or a reason. */
export function readSessionSetupAnswer(bytes: Buffer): Parsed<SessionAnswer> {
  const status = readSmb2Status(bytes, 'session setup', 1);
  if (status.kind === 'bad') return status;
  if (status.value !== moreProcessingRequired) return ok({ kind: 'declined' });
  const body = cut(bytes, headerLength, 8);
  if (body === null) return bad(message('smb.cut-short'));
  const token = cut(bytes, body.readUInt16LE(4), body.readUInt16LE(6));
  if (token === null) return bad(message('smb.cut-short'));
  const identity = readNtlmChallenge(token);
  return identity.kind === 'bad' ? identity : ok({ kind: 'named', identity: identity.value });
}

const moreProcessingRequired = 0xc0000016;

/** The token in SPNEGO's first message, with NTLM as the only mechanism (RFC 4178 4.2.1); DER, all lengths under 128. */
function spnego(token: Buffer): Buffer {
  const mechanisms = der(0xa0, der(0x30, oid('2b06010401823702020a')));
  const init = der(0xa0, der(0x30, Buffer.concat([mechanisms, der(0xa2, der(0x04, token))])));
  return der(0x60, Buffer.concat([oid('2b0601050502'), init]));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}
