// The probe against servers that behave well, badly, and not at all.

import { createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pack } from '../../../main/smb/frame';
import { probe } from '../../../main/smb/probe';
import { inEnglish } from '../in-english';
import { allFive, answerLikeSamba, sambaAnswer, withServer } from './fake-server';
import { realAnswer, withBytes } from './real-answers';

const address = '127.0.0.1';
const allUnknown = {
  smb1: 'unknown',
  dialects: { '2.0.2': 'unknown', '2.1': 'unknown', '3.0': 'unknown', '3.0.2': 'unknown', '3.1.1': 'unknown' },
  chosen: null,
  signing: 'unknown',
  compression: null,
};
const allAccepted = {
  '2.0.2': 'accepted',
  '2.1': 'accepted',
  '3.0': 'accepted',
  '3.0.2': 'accepted',
  '3.1.1': 'accepted',
};

describe('a server that answers', () => {
  test('is asked six questions on six connections, and nothing is left open', async () => {
    await withServer(answerLikeSamba, async (server) => {
      const answer = await probe({ address, port: server.port });
      expect(answer).toMatchObject({
        address,
        port: server.port,
        smb1: 'refused',
        dialects: allAccepted,
        chosen: '3.1.1',
        signing: 'offered',
        encryption: 'AES-128-GCM',
        compression: [],
        ntlm: { computer: 'GTPC' },
        problems: [],
      });
      expect([...server.questions].sort()).toEqual(['0202', '0210', '0300', '0302', allFive, 'session', 'smb1'].sort());
      await expect.poll(() => server.open()).toBe(0);
    });
  });

  test('byte by byte is understood all the same', async () => {
    const drip = (question: string, socket: Socket): void => {
      socket.setNoDelay(true);
      const bytes = pack(sambaAnswer(question));
      const next = (at: number): void => {
        if (at >= bytes.length || socket.destroyed) return;
        socket.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
      };
      next(0);
    };
    await withServer(drip, async (server) => {
      expect(await probe({ address, port: server.port })).toMatchObject({ dialects: allAccepted, problems: [] });
    });
  });

  test('with SMB 2.1 as its highest refuses what is above by its choice', async () => {
    const upTo21 = (question: string, socket: Socket): void => {
      if (question === allFive) socket.write(pack(realAnswer('alone-2.1')));
      else socket.write(pack(question.startsWith('03') ? realAnswer('alone-2.1-declined') : sambaAnswer(question)));
    };
    await withServer(upTo21, async (server) => {
      const answer = await probe({ address, port: server.port });
      expect(answer).toMatchObject({
        chosen: '2.1',
        dialects: { '2.0.2': 'accepted', '2.1': 'accepted', '3.0': 'refused', '3.0.2': 'refused', '3.1.1': 'refused' },
        encryption: null,
        problems: [],
      });
      expect(server.questions).not.toContain('0311');
    });
  });

  test('SMB1 only, and hangs up on SMB2, refuses SMB2', async () => {
    const smb1Only = (question: string, socket: Socket): void => {
      if (question === 'smb1') socket.write(pack(realAnswer('smb1-accepted')));
      else socket.destroy();
    };
    await withServer(smb1Only, async (server) => {
      expect(await probe({ address, port: server.port })).toMatchObject({
        smb1: 'accepted',
        dialects: { '2.0.2': 'refused', '2.1': 'refused', '3.0': 'refused', '3.0.2': 'refused', '3.1.1': 'refused' },
        chosen: null,
        signing: 'off',
        problems: [],
      });
    });
  });

  test('that hangs up on SMB1 each time (Windows) refuses SMB1', async () => {
    const windows = (question: string, socket: Socket): void => {
      if (question === 'smb1') socket.destroy();
      else answerLikeSamba(question, socket);
    };
    await withServer(windows, async (server) => {
      expect(await probe({ address, port: server.port })).toMatchObject({ smb1: 'refused', problems: [] });
      expect(server.questions.filter((question) => question === 'smb1')).toHaveLength(2);
    });
  });

  test('that hangs up on SMB1 once and takes it the next time has SMB1', async () => {
    let asked = 0;
    const hiccup = (question: string, socket: Socket): void => {
      if (question !== 'smb1') answerLikeSamba(question, socket);
      else if (asked++ === 0) socket.destroy();
      else socket.write(pack(realAnswer('smb1-accepted')));
    };
    await withServer(hiccup, async (server) => {
      expect(await probe({ address, port: server.port })).toMatchObject({ smb1: 'accepted' });
    });
  });

  test.each([
    [1, 'accepted'],
    [2, 'refused'],
  ])('that hangs up on SMB 2.1 alone %d times has it %s', async (times, expected) => {
    let asked = 0;
    const moody = (question: string, socket: Socket): void => {
      if (question === '0210' && asked++ < times) socket.destroy();
      else answerLikeSamba(question, socket);
    };
    await withServer(moody, async (server) => {
      const answer = await probe({ address, port: server.port });
      expect(answer).toMatchObject({ dialects: { ...allAccepted, '2.1': expected }, problems: [] });
      expect(server.questions.filter((question) => question === '0210')).toHaveLength(2);
    });
  });

  test('that is silent about SMB1 leaves SMB1 unknown', async () => {
    const silent = (question: string, socket: Socket): void => {
      if (question !== 'smb1') answerLikeSamba(question, socket);
    };
    await withServer(silent, async (server) => {
      const answer = await probe({ address, port: server.port }, { timeoutMs: 150 });
      expect(answer).toMatchObject({ smb1: 'unknown', dialects: allAccepted });
      expect(answer.problems.map(inEnglish)).toEqual([
        `No usable answer of 127.0.0.1:${server.port} about SMB1: nothing came back within 0.15 s.`,
      ]);
    });
  });

  test('that chooses among all but then falls silent about its name is still understood', async () => {
    const shy = (question: string, socket: Socket): void => {
      if (question !== 'session') answerLikeSamba(question, socket);
    };
    await withServer(shy, async (server) => {
      const answer = await probe({ address, port: server.port }, { timeoutMs: 150 });
      expect(answer).toMatchObject({ chosen: '3.1.1', dialects: allAccepted, ntlm: null });
      expect(answer.problems.map(inEnglish)).toEqual([expect.stringContaining('about its name')]);
    });
  });

  test('whose choice among all is unusable is asked for 3.1.1 alone', async () => {
    const garbledChoice = (question: string, socket: Socket): void => {
      const answer = sambaAnswer(question);
      socket.write(pack(question === allFive ? withBytes(answer, 24, [9]) : answer));
    };
    await withServer(garbledChoice, async (server) => {
      const answer = await probe({ address, port: server.port });
      expect(answer).toMatchObject({ chosen: null, dialects: allAccepted, encryption: 'AES-128-GCM' });
      expect(answer.problems.map(inEnglish)).toEqual([expect.stringContaining('about its choice among all dialects')]);
      expect(server.questions).toContain('0311');
    });
  });
});

describe('a server that does not', () => {
  test('listen leaves all unknown and says so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    const bound = server.address();
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const answer = await probe({ address, port });
    expect(answer).toMatchObject(allUnknown);
    expect(answer.problems.map(inEnglish)).toEqual([
      `No usable answer of 127.0.0.1:${port} about SMB1, SMB 2.0.2, SMB 2.1, SMB 3.0, SMB 3.0.2, SMB 3.1.1 and its choice among all dialects: the connection was refused.`,
    ]);
  });

  test('answer is given up at the time limit', async () => {
    await withServer(
      () => undefined,
      async (server) => {
        const answer = await probe({ address, port: server.port }, { timeoutMs: 120 });
        expect(answer).toMatchObject(allUnknown);
        expect(answer.problems.map(inEnglish)).toEqual([expect.stringContaining('nothing came back within 0.12 s')]);
        await expect.poll(() => server.open()).toBe(0);
      },
    );
  });

  test('answer is left at once when the probe is stopped', async () => {
    await withServer(
      () => undefined,
      async (server) => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 30);
        const answer = await probe({ address, port: server.port }, { timeoutMs: 60_000, signal: controller.signal });
        expect(answer).toMatchObject(allUnknown);
        expect(answer.problems.map(inEnglish)).toEqual([expect.stringContaining('the probe was stopped')]);
      },
    );
  });

  test('get asked at all when the probe was stopped before', async () => {
    await withServer(answerLikeSamba, async (server) => {
      const answer = await probe({ address, port: server.port }, { signal: AbortSignal.abort() });
      expect(answer).toMatchObject(allUnknown);
      expect(server.questions).toEqual([]);
    });
  });

  test.each([
    ['closes before any question', (socket: Socket) => void socket.end()],
    ['resets at once', (socket: Socket) => void socket.resetAndDestroy()],
    ['speaks another protocol', (socket: Socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    ['claims a huge message', (socket: Socket) => void socket.write(Buffer.from([0, 255, 255, 255]))],
    ['sends an empty message', (socket: Socket) => void socket.write(Buffer.alloc(4))],
  ])('%s: unknown, not refused', async (_, onConnect) => {
    const use = async (server: { readonly port: number }): Promise<void> => {
      const answer = await probe({ address, port: server.port }, { timeoutMs: 300 });
      expect(answer).toMatchObject(allUnknown);
      expect(answer.problems.length).toBeGreaterThan(0);
    };
    await withServer(() => undefined, use, onConnect);
  });

  test('speak SMB is not asked a second time', async () => {
    await withServer(
      (_, socket) => socket.destroy(),
      async (server) => {
        expect(await probe({ address, port: server.port })).toMatchObject(allUnknown);
        expect(server.questions).toHaveLength(6);
      },
    );
  });

  test('answers for another request of the connection count as no answer', async () => {
    const other = (question: string, socket: Socket): void => {
      socket.write(pack(question === 'smb1' ? sambaAnswer('0202') : withBytes(sambaAnswer(question), 24, [5])));
    };
    await withServer(other, async (server) => {
      expect(await probe({ address, port: server.port })).toMatchObject(allUnknown);
    });
  });

  test('stop sending costs no more than the answer', async () => {
    const flood = (question: string, socket: Socket): void => {
      const block = Buffer.alloc(65_536, 0x41);
      socket.write(pack(sambaAnswer(question)));
      const more = (): void => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', more);
      more();
    };
    await withServer(flood, async (server) => {
      const answer = await probe({ address, port: server.port }, { timeoutMs: 1000 });
      expect(answer.dialects['2.0.2']).not.toBe('refused');
    });
  });

  test('random bytes never make it reject or claim anything', async () => {
    let reply: Buffer = Buffer.alloc(0);
    await withServer(
      (_, socket) => void socket.write(reply),
      async (server) => {
        const property = fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), fc.boolean(), async (bytes, framed) => {
          reply = framed ? pack(Buffer.from(bytes)) : Buffer.from(bytes);
          const answer = await probe({ address, port: server.port }, { timeoutMs: 40 });
          expect(answer).toMatchObject(allUnknown);
        });
        await fc.assert(property, { numRuns: 25 });
      },
    );
  });
});

test.each([
  ['', 445],
  ['127.0.0.1', 70_000],
  ['127.0.0.1', -1],
  ['not a name', 445],
  ['fe80::1%nowhere', 445],
  ['fe80::1%', 445],
])('an address or port that makes no sense (%j, %d) is told, not thrown', async (odd, port) => {
  const answer = await probe({ address: odd, port }, { timeoutMs: 3000 });
  expect(answer).toMatchObject(allUnknown);
  expect(answer.problems).toHaveLength(1);
});
