// The 64-byte head of every SMB2 message ([MS-SMB2] 2.2.1.2).
import { message } from '../model/message';
import { bad, ok, type Parsed } from './parsed';

export type Command = 'negotiate' | 'session setup';

export const headerLength = 64;

/** A request's header and body. `messageId` counts the requests of one connection from 0. */
export function smb2Request(command: Command, messageId: number, body: Buffer): Buffer {
  const head = Buffer.alloc(headerLength);
  magic.copy(head);
  head.writeUInt16LE(headerLength, 4);
  head.writeUInt16LE(commands[command], 12);
  // One credit is asked for: each request here waits for the answer to the one before.
  head.writeUInt16LE(1, 14);
  head.writeUInt32LE(messageId, 24);
  return Buffer.concat([head, body]);
}

/** Reads the head of an answer to just that request, and gives its NT status ([MS-ERREF] 2.3). Any bytes give a value or a reason. */
export function readSmb2Status(bytes: Buffer, command: Command, messageId: number): Parsed<number> {
  if (bytes.length < headerLength || !bytes.subarray(0, 4).equals(magic)) return bad(message('smb.not-smb2'));
  if (bytes.readUInt16LE(4) !== headerLength) return bad(message('smb.wrong-header-size'));
  const isAnswer = (bytes.readUInt32LE(16) & fromServer) !== 0;
  const isOurs =
    bytes.readUInt16LE(12) === commands[command] && bytes.readBigUInt64LE(24) === BigInt(messageId) && isAnswer;
  return isOurs ? ok(bytes.readUInt32LE(8)) : bad(message('smb.not-of-question'));
}

const magic = Buffer.from('\xfeSMB', 'latin1');
const commands: Readonly<Record<Command, number>> = { negotiate: 0, 'session setup': 1 };
const fromServer = 1;
