// One connection, with and without a NetBIOS session before the first message.

import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { verbatim } from '../../../main/model/message';
import { type Ending, startExchange } from '../../../main/smb/exchange';
import { pack, packSessionRequest } from '../../../main/smb/frame';

const question = Buffer.from('question');
const accepted = Buffer.from([0x82, 0, 0, 0]);
const refused = Buffer.from([0x83, 0, 0, 1, 0x82]);
const isSessionRequest = (piece: Buffer): boolean => piece.equals(packSessionRequest());
const answerDirectly = (piece: Buffer, socket: Socket): void => {
  if (piece.equals(pack(question))) socket.write(pack(Buffer.from('answer')));
};

/** How it ended, the answers taken, and the number of connections. */
async function exchange(
  onPiece: (piece: Buffer, socket: Socket) => void,
): Promise<{ readonly ending: Ending; readonly answers: readonly string[]; readonly connections: number }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (piece) => onPiece(piece, socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  const answers: string[] = [];
  const started = startExchange({ address: '127.0.0.1', port }, true, question, (answer) => {
    answers.push(answer.toString());
    return null;
  });
  const timer = setTimeout(() => started.giveUp(verbatim('too slow')), 5000);
  const ending = await started.ending;
  clearTimeout(timer);
  started.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  return { ending, answers, connections: sockets.length };
}

test('the question waits until the session is granted', async () => {
  const result = await exchange((piece, socket) => {
    if (isSessionRequest(piece)) socket.write(accepted);
    else answerDirectly(piece, socket);
  });
  expect(result).toEqual({ ending: { kind: 'finished' }, answers: ['answer'], connections: 1 });
});

test('a server that refuses the session is asked without one', async () => {
  const result = await exchange((piece, socket) => {
    if (isSessionRequest(piece)) socket.write(refused);
    else answerDirectly(piece, socket);
  });
  expect(result).toEqual({ ending: { kind: 'finished' }, answers: ['answer'], connections: 2 });
});

test('a server that hangs up on the session request is asked without one', async () => {
  const result = await exchange((piece, socket) => {
    if (isSessionRequest(piece)) socket.destroy();
    else answerDirectly(piece, socket);
  });
  expect(result).toEqual({ ending: { kind: 'finished' }, answers: ['answer'], connections: 2 });
});

test('a server that hangs up on both is asked no third time', async () => {
  const result = await exchange((_, socket) => void socket.destroy());
  expect(result).toEqual({ ending: { kind: 'closed' }, answers: [], connections: 2 });
});

test.each([
  ['an answer before the session is granted', pack(Buffer.from('early'))],
  ['being sent elsewhere', Buffer.from([0x84, 0, 0, 6, 127, 0, 0, 1, 1, 189])],
])('%s is not taken', async (_, bytes) => {
  const result = await exchange((__, socket) => void socket.write(bytes));
  expect(result).toMatchObject({ ending: { kind: 'failed' }, answers: [], connections: 1 });
});
