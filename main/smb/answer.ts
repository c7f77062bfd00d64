// Puts the replies of the single connections together to what the server is like. Pure.
import { type Message, message, messageKey, verbatim } from '../model/message';
import type { Acceptance, NtlmIdentity, Smb2Dialect, SmbAnswer } from '../model/smb';
import type { Target } from './exchange';
import type { SessionAnswer } from './session-setup';
import type { Smb1Answer } from './smb1-negotiate';
import { allDialects, type Negotiated, type Smb2Answer } from './smb2-negotiate';

/** What one question brought. closed = the server ended the connection instead of answering; `why` is a clause for people. */
export type Reply<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly why: Message };

/** All five dialects offered at once, then the first step of a log-on. */
export interface AllAnswer {
  readonly negotiated: Smb2Answer;
  /** null = not asked, as no dialect was chosen. */
  readonly session: Reply<SessionAnswer> | null;
}

export interface Replies {
  readonly all: Reply<AllAnswer>;
  readonly smb1: Reply<Smb1Answer>;
  /** Each offered alone; a dialect that needed no question of its own is absent. */
  readonly alone: ReadonlyMap<Smb2Dialect, Reply<Smb2Answer>>;
}

/** Whether anything at all came back that was SMB. */
export function heardSmb(replies: Replies): boolean {
  return [replies.all, replies.smb1, ...replies.alone.values()].some((reply) => reply.kind === 'answered');
}

/** The dialects about which nothing is known yet and a question of their own may tell. */
export function openDialects(replies: Replies): readonly Smb2Dialect[] {
  return allDialects.filter((dialect) => {
    const asked = replies.alone.get(dialect);
    return judgeDialect(dialect, replies) === 'unknown' && (asked === undefined || asked.kind === 'closed');
  });
}

/**
 * `replies` after a second asking where the first was `closed`: a server that speaks SMB and hangs up on a question each
 * time refuses it (Windows does so when SMB1 is off), one that does not speak SMB tells nothing.
 */
export function buildAnswer(target: Target, replies: Replies): SmbAnswer {
  const heard = heardSmb(replies);
  const best = bestNegotiated(replies);
  const session = replies.all.kind === 'answered' ? replies.all.value.session : null;
  const smb1 = replies.smb1.kind === 'answered' ? replies.smb1.value : null;
  const dialect = (one: Smb2Dialect): Acceptance => {
    const acceptance = judgeDialect(one, replies);
    return acceptance === 'unknown' ? hangUpMeans(replies.alone.get(one), heard) : acceptance;
  };
  const dialects: SmbAnswer['dialects'] = {
    '2.0.2': dialect('2.0.2'),
    '2.1': dialect('2.1'),
    '3.0': dialect('3.0'),
    '3.0.2': dialect('3.0.2'),
    '3.1.1': dialect('3.1.1'),
  };
  return {
    address: target.address,
    port: target.port,
    smb1: smb1?.kind ?? hangUpMeans(replies.smb1, heard),
    dialects,
    chosen: chosen(replies),
    signing: best?.signing ?? (smb1?.kind === 'accepted' ? smb1.signing : 'unknown'),
    encryption: best?.encryption ?? null,
    signingAlgorithm: best?.signingAlgorithm ?? null,
    compression: best?.compression ?? null,
    capabilities: best?.capabilities ?? [],
    serverGuid: best?.serverGuid ?? null,
    systemTime: best?.systemTime ?? null,
    startTime: best?.startTime ?? null,
    maxTransactSize: best?.maxTransactSize ?? null,
    ntlm: identity(session),
    problems: problems(target, replies, dialects, heard),
  };
}

function hangUpMeans(reply: Reply<unknown> | undefined, heard: boolean): Acceptance {
  return reply?.kind === 'closed' && heard ? 'refused' : 'unknown';
}

/** What the server's answers say: its own to that dialect first, then its choice among all (the highest it has: [MS-SMB2] 3.3.5.4). */
function judgeDialect(dialect: Smb2Dialect, replies: Replies): Acceptance {
  const alone = replies.alone.get(dialect);
  if (alone?.kind === 'answered') return alone.value.kind === 'chosen' ? 'accepted' : 'refused';
  if (replies.all.kind !== 'answered') return 'unknown';
  const { negotiated } = replies.all.value;
  if (negotiated.kind === 'declined') return 'refused';
  if (negotiated.dialect === dialect) return 'accepted';
  return allDialects.indexOf(dialect) > allDialects.indexOf(negotiated.dialect) ? 'refused' : 'unknown';
}

function chosen(replies: Replies): Smb2Dialect | null {
  if (replies.all.kind !== 'answered' || replies.all.value.negotiated.kind === 'declined') return null;
  return replies.all.value.negotiated.dialect;
}

/** The terms of the highest dialect that was chosen anywhere. */
function bestNegotiated(replies: Replies): Negotiated | null {
  const answers = allDialects.map((dialect) => replies.alone.get(dialect)).reverse();
  const all = replies.all.kind === 'answered' ? replies.all.value.negotiated : null;
  const candidates = [all, ...answers.map((reply) => (reply?.kind === 'answered' ? reply.value : null))];
  return candidates.find((one) => one?.kind === 'chosen') ?? null;
}

function identity(session: Reply<SessionAnswer> | null): NtlmIdentity | null {
  return session?.kind === 'answered' && session.value.kind === 'named' ? session.value.identity : null;
}

/** One message for each reason, naming the questions that it left open. */
function problems(
  target: Target,
  replies: Replies,
  dialects: SmbAnswer['dialects'],
  heard: boolean,
): readonly Message[] {
  const open = new Map<string, { readonly why: Message; readonly about: Message[] }>();
  const note = (question: Message, reply: Reply<unknown> | null | undefined): void => {
    if (reply === null || reply === undefined || reply.kind === 'answered') return;
    const why = reply.kind === 'failed' ? reply.why : message('smb.ended-without-answer');
    const known = open.get(messageKey(why));
    if (known) known.about.push(question);
    else open.set(messageKey(why), { why, about: [question] });
  };
  if (hangUpMeans(replies.smb1, heard) === 'unknown') note(verbatim('SMB1'), replies.smb1);
  for (const dialect of allDialects) {
    if (dialects[dialect] === 'unknown')
      note(message('smb.about-dialect', { dialect }), replies.alone.get(dialect) ?? replies.all);
  }
  const isRefusal = Object.values(dialects).every((acceptance) => acceptance === 'refused');
  if (!isRefusal) note(message('smb.about-choice'), replies.all);
  if (replies.all.kind === 'answered') note(message('smb.about-name'), replies.all.value.session);
  const endpoint = `${target.address.includes(':') ? `[${target.address}]` : target.address}:${target.port}`;
  return [...open.values()].map(({ why, about }) => message('smb.no-usable-answer', { endpoint, about, why }));
}
