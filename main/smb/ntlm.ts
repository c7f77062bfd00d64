// NTLM's first two messages: ours is empty of secrets, the server's names the PC ([MS-NLMP] 2.2.1.1, 2.2.1.2).
import { message } from '../model/message';
import type { NtlmIdentity } from '../model/smb';
import { strangerText } from '../model/untrusted-text';
import { readFiletime } from './filetime';
import { bad, cut, ok, type Parsed } from './parsed';

/** Type 1: no user, no domain, no workstation. */
export function ntlmNegotiate(): Buffer {
  const message = Buffer.alloc(40);
  signature.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(0xe2088297, 12);
  // The version a client states is for debugging only (2.2.2.10): Windows 10, NTLM revision 15.
  Buffer.from([10, 0, 0, 0, 0, 0, 0, 15]).copy(message, 32);
  return message;
}

/** Reads the type 2 message somewhere inside `token` (SPNEGO wraps it). Any bytes give a value or a reason. */
export function readNtlmChallenge(token: Buffer): Parsed<NtlmIdentity> {
  const start = token.indexOf(signature);
  if (start < 0) return bad(message('smb.no-ntlm'));
  const challenge = token.subarray(start);
  if (challenge.length < 48 || challenge.readUInt32LE(8) !== 2) return bad(message('smb.ntlm-no-challenge'));
  const pairs = cut(challenge, challenge.readUInt32LE(44), challenge.readUInt16LE(40));
  if (pairs === null) return bad(message('smb.ntlm-cut-short'));
  const values = readPairs(pairs);
  if (values === null) return bad(message('smb.ntlm-malformed'));
  const time = values.get(7);
  return ok({
    computer: name(values.get(1)),
    domain: name(values.get(2)),
    dnsComputer: name(values.get(3)),
    dnsDomain: name(values.get(4)),
    forest: name(values.get(5)),
    version: version(challenge),
    time: time?.length === 8 ? readFiletime(time, 0) : null,
  });
}

const signature = Buffer.from('NTLMSSP\0', 'latin1');
const hasVersion = 0x02000000;
/** DNS names have at most 255 characters. */
const longestName = 255;

/** The target's attributes by id, up to the end mark (2.2.2.1). */
function readPairs(bytes: Buffer): ReadonlyMap<number, Buffer> | null {
  const values = new Map<number, Buffer>();
  let at = 0;
  for (;;) {
    const head = cut(bytes, at, 4);
    if (head === null) return null;
    const id = head.readUInt16LE(0);
    if (id === 0) return values;
    const value = cut(bytes, at + 4, head.readUInt16LE(2));
    if (value === null) return null;
    values.set(id, value);
    at += 4 + value.length;
  }
}

function name(value: Buffer | undefined): string | null {
  if (value === undefined || value.length === 0) return null;
  return strangerText(value.toString('utf16le'), longestName);
}

function version(challenge: Buffer): string | null {
  const field = cut(challenge, 48, 8);
  if (field === null || (challenge.readUInt32LE(20) & hasVersion) === 0) return null;
  return `${field.readUInt8(0)}.${field.readUInt8(1)}.${field.readUInt16LE(2)}`;
}
