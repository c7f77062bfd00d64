// How SMB messages are packed on TCP: direct (port 445, [MS-SMB2] 2.1) and NetBIOS session service (port 139, RFC 1002 4.3).
import { type Message, message } from '../model/message';
import { bad, ok, type Parsed } from './parsed';

export type Frame =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'session-accepted' }
  /** RFC 1002 4.3.4, or null where the code is missing. */
  | { readonly kind: 'session-refused'; readonly code: number | null };

/** Longest message that is taken, in bytes: a negotiate or challenge answer has some hundreds. */
export const longestMessage = 65_536;

/** A message with its 4-byte head: zero, then its length in 3 bytes, big-endian. */
export function pack(message: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(message.length);
  return Buffer.concat([head, message]);
}

/** The NetBIOS session request that comes before the first message on port 139; "*SMBSERVER" names any server. */
export function packSessionRequest(): Buffer {
  const names = Buffer.concat([encodeName('*SMBSERVER', 0x20), encodeName('BREAKWATER', 0x00)]);
  return Buffer.concat([Buffer.from([0x81, 0, 0, names.length]), names]);
}

/**
 * Puts frames together from the pieces TCP delivers. Returns a function that takes the next piece and gives the frames
 * that it completes; keep-alives are left out. After a `bad` it must not be called again: where the next frame begins is lost.
 */
export function createFrameReader(): (piece: Buffer) => Parsed<readonly Frame[]> {
  let kind: number | null = null;
  let filling = Buffer.alloc(headLength);
  let filled = 0;
  return (piece) => {
    const frames: Frame[] = [];
    let rest = piece;
    for (;;) {
      const taken = rest.copy(filling, filled);
      rest = rest.subarray(taken);
      filled += taken;
      if (filled < filling.length) return ok(frames);
      if (kind === null) {
        kind = filling.readUInt8(0);
        const length = filling.readUIntBE(1, 3);
        const problem = checkHead(kind, length);
        if (problem !== null) return bad(problem);
        filling = Buffer.alloc(length);
      } else {
        const frame = readFrame(kind, filling);
        if (frame !== null) frames.push(frame);
        kind = null;
        filling = Buffer.alloc(headLength);
      }
      filled = 0;
    }
  };
}

const headLength = 4;
const type = { message: 0x00, accepted: 0x82, refused: 0x83, keepAlive: 0x85 } as const;

function checkHead(kind: number, length: number): Message | null {
  if (!Object.values<number>(type).includes(kind)) return message('smb.not-smb');
  if (length > longestMessage) return message('smb.too-long', { bytes: length });
  return null;
}

function readFrame(kind: number, body: Buffer): Frame | null {
  if (kind === type.message) return { kind: 'message', bytes: body };
  if (kind === type.accepted) return { kind: 'session-accepted' };
  if (kind === type.refused) return { kind: 'session-refused', code: body[0] ?? null };
  return null;
}

/** First-level encoding (RFC 1001 14.1): each half byte of the 16-byte name becomes a letter from A to P. */
function encodeName(name: string, suffix: number): Buffer {
  const plain = Buffer.alloc(16, ' ');
  plain.write(name, 'latin1');
  plain[15] = suffix;
  const letters = [...plain].flatMap((byte) => [0x41 + (byte >> 4), 0x41 + (byte & 15)]);
  return Buffer.from([letters.length, ...letters, 0]);
}
