// One TCP connection to an SMB server: asks, takes the answers, and tells how it ended.
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Message, message } from '../model/message';
import { createFrameReader, type Frame, pack, packSessionRequest } from './frame';

export interface Target {
  /** IPv4, IPv6 (with "%zone" where it is link-local), or a name. */
  readonly address: string;
  readonly port: number;
}

export type Ending =
  /** All was asked, and each answer taken. */
  | { readonly kind: 'finished' }
  /** The server ended the connection after a question and before its answer. */
  | { readonly kind: 'closed' }
  /** Anything else; `why` is a clause: "the connection was refused". */
  | { readonly kind: 'failed'; readonly why: Message };

/** Takes an answer; gives the next question, or null when there is none. */
export type Take = (answer: Buffer) => Buffer | null;

export interface Exchange {
  /** Never rejects; settles at the latest when `giveUp` is called. */
  readonly ending: Promise<Ending>;
  /** Ends the exchange with this reason, unless it has ended. */
  giveUp(why: Message): void;
  /** Gives the connection back: it stays open until then. */
  close(): void;
}

/**
 * Connects and asks. With `netbios` (port 139) a session is asked for first (RFC 1002 4.3.2); a server that turns that
 * down or hangs up on it is asked once more without.
 */
export function startExchange(target: Target, netbios: boolean, question: Buffer, take: Take): Exchange {
  let settle: (ending: Ending) => void = () => undefined;
  const ending = new Promise<Ending>((resolve) => {
    settle = resolve;
  });
  let step: 'connecting' | 'session' | 'asked' | 'ended' = 'connecting';
  let socket: Socket | null = null;
  open(netbios);
  return {
    ending,
    giveUp: (why) => end({ kind: 'failed', why: step === 'connecting' ? message('smb.no-connection', { why }) : why }),
    close: () => socket?.destroy(),
  };

  function open(withSession: boolean): void {
    step = 'connecting';
    const line = connectTo(target);
    if (line === null) {
      end({ kind: 'failed', why: message('smb.address-nonsense') });
      return;
    }
    socket = line;
    converse(line, withSession);
  }

  function converse(line: Socket, withSession: boolean): void {
    const read = createFrameReader();
    line.on('connect', () => {
      step = withSession ? 'session' : 'asked';
      line.write(withSession ? packSessionRequest() : pack(question));
    });
    line.on('data', (piece) => {
      if (line !== socket || step === 'ended') return;
      const frames = read(piece);
      if (frames.kind === 'bad') end({ kind: 'failed', why: frames.why });
      else frames.value.forEach(takeFrame);
    });
    line.on('end', hungUp);
    line.on('error', (error: NodeJS.ErrnoException) => {
      if (line !== socket) return;
      if (step === 'connecting') end({ kind: 'failed', why: connectProblem(error) });
      else hungUp();
    });

    function takeFrame(frame: Frame): void {
      if (line !== socket || step === 'ended') return;
      if (frame.kind === 'message' && step === 'asked') {
        const next = take(frame.bytes);
        if (next === null) end({ kind: 'finished' });
        else line.write(pack(next));
      } else if (frame.kind === 'session-accepted' && step === 'session') {
        step = 'asked';
        line.write(pack(question));
      } else if (frame.kind === 'session-refused' && step === 'session') {
        hungUp();
      } else {
        end({ kind: 'failed', why: message('smb.out-of-turn') });
      }
    }

    function hungUp(): void {
      if (line !== socket || step === 'ended') return;
      if (step !== 'session') {
        end({ kind: 'closed' });
        return;
      }
      line.destroy();
      open(false);
    }
  }

  function end(how: Ending): void {
    if (step === 'ended') return;
    step = 'ended';
    // What a server goes on sending stays in the kernel's buffer, which is bounded.
    socket?.pause();
    settle(how);
  }
}

/** null for an address or port that would not lead where it says. */
function connectTo(target: Target): Socket | null {
  // An empty name would mean this PC itself, an unknown zone whatever link the runtime picks.
  if (target.address === '' || !zoneExists(target.address)) return null;
  try {
    return connect({ host: target.address, port: target.port });
  } catch {
    return null;
  }
}

/** Whether the zone of "fe80::1%eth0" (on Windows "fe80::1%12") is a link of this PC; true without a zone. */
function zoneExists(address: string): boolean {
  const zone = address.split('%')[1];
  if (zone === undefined) return true;
  return Object.entries(networkInterfaces()).some(
    ([name, addresses]) =>
      name === zone || addresses?.some((one) => one.family === 'IPv6' && String(one.scopeid) === zone && zone !== '0'),
  );
}

function connectProblem(error: NodeJS.ErrnoException): Message {
  const code = connectProblems[error.code ?? ''];
  return code ? message(code) : message('smb.connection-failed', { code: error.code ?? error.message });
}

const connectProblems: Readonly<Record<string, ConnectProblem>> = {
  ECONNREFUSED: 'smb.refused',
  ECONNRESET: 'smb.cut',
  ETIMEDOUT: 'smb.nobody-answered',
  EHOSTUNREACH: 'smb.unreachable',
  ENETUNREACH: 'smb.unreachable',
  EHOSTDOWN: 'smb.unreachable',
  EADDRNOTAVAIL: 'smb.address-unusable',
  EINVAL: 'smb.address-unusable',
  EACCES: 'smb.forbidden-here',
  EPERM: 'smb.forbidden-here',
  ENOTFOUND: 'smb.name-unknown',
  EAI_AGAIN: 'smb.name-not-looked-up',
};

type ConnectProblem =
  | 'smb.refused'
  | 'smb.cut'
  | 'smb.nobody-answered'
  | 'smb.unreachable'
  | 'smb.address-unusable'
  | 'smb.forbidden-here'
  | 'smb.name-unknown'
  | 'smb.name-not-looked-up';
