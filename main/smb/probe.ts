// Asks an SMB server, without credentials, what it speaks and on what terms: negotiate messages and one NTLM type 1, no more.
import { type Message, message } from '../model/message';
import type { Smb2Dialect, SmbAnswer } from '../model/smb';
import { type AllAnswer, buildAnswer, heardSmb, openDialects, type Replies, type Reply } from './answer';
import { type Exchange, startExchange, type Take, type Target } from './exchange';
import type { Parsed } from './parsed';
import { readSessionSetupAnswer, type SessionAnswer, sessionSetupRequest } from './session-setup';
import { readSmb1Answer, type Smb1Answer, smb1Request } from './smb1-negotiate';
import { allDialects, readSmb2NegotiateAnswer, type Smb2Answer, smb2NegotiateRequest } from './smb2-negotiate';

export interface ProbeOptions {
  /** For everything together, in milliseconds; default 2,000. What has not been answered by then is unknown. */
  readonly timeoutMs?: number;
  /** Ends it early: the rest is unknown. */
  readonly signal?: AbortSignal;
}

/**
 * Asks the server at `target`. Never rejects: whatever goes wrong leaves `unknown` in the answer and a message in its `problems`.
 *
 * A connection can negotiate once, so each question has its own, all at the same time. The highest dialect needs none: among all
 * five the server chooses it. Only where a connection was ended without an answer is the question put once more, so that a
 * passing hiccup does not count as a refusal.
 */
export async function probe(target: Target, options: ProbeOptions = {}): Promise<SmbAnswer> {
  const asker = createAsker(target, options);
  try {
    // The longest first and the shortest last: a server that starts a process for each connection takes them in turn.
    const all = asker.askAll();
    const lower = lowerDialects.map((dialect) => asker.askAlone(dialect));
    const smb1 = asker.askSmb1();
    const first: Replies = {
      all: await all,
      smb1: await smb1,
      alone: new Map(await Promise.all(lower)),
    };
    return buildAnswer(target, heardSmb(first) ? await askAgain(asker, first) : first);
  } finally {
    asker.close();
  }
}

const defaultTimeout = 2_000;
const netbiosPort = 139;
const lowerDialects = allDialects.filter((dialect) => dialect !== '3.1.1');

async function askAgain(asker: Asker, first: Replies): Promise<Replies> {
  const all = first.all.kind === 'closed' ? asker.askAll() : first.all;
  const smb1 = first.smb1.kind === 'closed' ? asker.askSmb1() : first.smb1;
  const alone = openDialects(first).map((dialect) => asker.askAlone(dialect));
  return { all: await all, smb1: await smb1, alone: new Map([...first.alone, ...(await Promise.all(alone))]) };
}

interface Asker {
  askAll(): Promise<Reply<AllAnswer>>;
  askAlone(dialect: Smb2Dialect): Promise<readonly [Smb2Dialect, Reply<Smb2Answer>]>;
  askSmb1(): Promise<Reply<Smb1Answer>>;
  close(): void;
}

/** One deadline and one end for all connections. */
function createAsker(target: Target, options: ProbeOptions): Asker {
  const exchanges: Exchange[] = [];
  let over: Message | null = null;
  const giveUp = (why: Message): void => {
    over ??= why;
    for (const exchange of exchanges) exchange.giveUp(why);
  };
  const stop = (): void => giveUp(message('smb.stopped'));
  const timeout = options.timeoutMs ?? defaultTimeout;
  const timer = setTimeout(() => giveUp(message('smb.timeout', { seconds: timeout / 1000 })), timeout);
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();

  const talk = async (question: Buffer, take: Take): Promise<Reply<null>> => {
    if (over !== null) return { kind: 'failed', why: over };
    const exchange = startExchange(target, target.port === netbiosPort, question, take);
    exchanges.push(exchange);
    const ending = await exchange.ending;
    return ending.kind === 'finished' ? { kind: 'answered', value: null } : ending;
  };
  const askOnce = async <T>(question: Buffer, read: (answer: Buffer) => Parsed<T>): Promise<Reply<T>> => {
    let reply: Reply<T> | null = null;
    const ending = await talk(question, (answer) => {
      reply = toReply(read(answer));
      return null;
    });
    return reply ?? unanswered(ending);
  };

  return {
    askSmb1: () => askOnce(smb1Request(), readSmb1Answer),
    askAlone: async (dialect) => [
      dialect,
      await askOnce(smb2NegotiateRequest([dialect], randomBytes), (answer) =>
        readSmb2NegotiateAnswer(answer, [dialect]),
      ),
    ],
    askAll: async () => {
      let first: Reply<Smb2Answer> | null = null;
      let second: Reply<SessionAnswer> | null = null;
      const ending = await talk(smb2NegotiateRequest(allDialects, randomBytes), (answer) => {
        if (first === null) {
          first = toReply(readSmb2NegotiateAnswer(answer, allDialects));
          return first.kind === 'answered' && first.value.kind === 'chosen' ? sessionSetupRequest() : null;
        }
        second = toReply(readSessionSetupAnswer(answer));
        return null;
      });
      return allReply(first, second, ending);
    },
    // Not earlier: a server's process that ends takes time from those that still have to answer (measured with smbd, 2 to 3 ms of 13).
    close: () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      for (const exchange of exchanges) exchange.close();
    },
  };
}

function allReply(
  first: Reply<Smb2Answer> | null,
  second: Reply<SessionAnswer> | null,
  ending: Reply<null>,
): Reply<AllAnswer> {
  if (first === null) return unanswered(ending);
  if (first.kind !== 'answered') return first;
  const session = first.value.kind === 'chosen' ? (second ?? unanswered(ending)) : null;
  return { kind: 'answered', value: { negotiated: first.value, session } };
}

function unanswered(ending: Reply<null>): Reply<never> {
  return ending.kind === 'answered' ? { kind: 'closed' } : ending;
}

function toReply<T>(parsed: Parsed<T>): Reply<T> {
  if (parsed.kind === 'ok') return { kind: 'answered', value: parsed.value };
  return { kind: 'failed', why: message('smb.unusable', { why: parsed.why }) };
}

/** Loading the cryptographic source would cost more time than all else here; these bytes only have to differ. */
function randomBytes(length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(Math.random() * 256)));
}
