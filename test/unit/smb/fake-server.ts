// A server on the loopback that behaves as a test wants, and what it was asked.
import { createServer, type Socket } from 'node:net';
import { createFrameReader, pack } from '../../../main/smb/frame';
import { realAnswer } from './real-answers';

/** What one connection asks: "smb1", "session", or the dialects offered as hexadecimal ("0210", "0202 0210 ..."). */
export type Question = string;

export const allFive = '0202 0210 0300 0302 0311';

export interface FakeServer {
  readonly port: number;
  /** In the order they came. */
  readonly questions: readonly Question[];
  /** Connections that are still open. */
  open(): number;
}

/** Runs `use` against a server that answers each question with `answer`, and ends it whatever happens. */
export async function withServer(
  answer: (question: Question, socket: Socket) => void,
  use: (server: FakeServer) => Promise<void>,
  onConnect: (socket: Socket) => void = () => undefined,
): Promise<void> {
  const sockets = new Set<Socket>();
  const questions: Question[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    onConnect(socket);
    const read = createFrameReader();
    socket.on('data', (piece) => {
      const frames = read(piece);
      if (frames.kind === 'bad') throw new Error(`the probe sent something odd: ${frames.why.code}`);
      for (const frame of frames.value) {
        if (frame.kind !== 'message') throw new Error('the probe sent something odd');
        const question = questionOf(frame.bytes);
        questions.push(question);
        answer(question, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    await use({ port: address.port, questions, open: () => sockets.size });
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Answers as smbd does by default: all of SMB2, no SMB1. */
export function answerLikeSamba(question: Question, socket: Socket): void {
  socket.write(pack(sambaAnswer(question)));
}

export function sambaAnswer(question: Question): Buffer {
  if (question === 'smb1') return realAnswer('smb1-refused');
  if (question === 'session') return realAnswer('challenge');
  const names: Readonly<Record<string, string>> = {
    [allFive]: 'all-chosen-3.1.1',
    '0202': 'alone-2.0.2',
    '0210': 'alone-2.1',
    '0300': 'alone-3.0',
    '0302': 'alone-3.0.2',
    '0311': 'alone-3.1.1',
  };
  return realAnswer(names[question] ?? question);
}

function questionOf(message: Buffer): Question {
  if (message[0] === 0xff) return 'smb1';
  if (message.readUInt16LE(12) === 1) return 'session';
  const count = message.readUInt16LE(64 + 2);
  const dialects = Array.from({ length: count }, (_, index) => message.readUInt16LE(64 + 36 + 2 * index));
  return dialects.map((dialect) => dialect.toString(16).padStart(4, '0')).join(' ');
}
