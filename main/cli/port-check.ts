// Does a TCP port take a connection from here? Told apart: taken, refused, silence, no way there.
import { createConnection } from 'node:net';

export type PortAnswer =
  | 'accepted'
  | 'refused'
  /** Nothing came back in time. */
  | 'silent'
  /** No route, or the network says that nobody has the address. */
  | 'unreachable'
  /** Rules or rights on this PC stand in between. */
  | 'forbidden';

/** Never rejects. `timeoutMs` covers the kernel's first repetitions of the question, sent after 1 and 3 s (tcp(7)). */
export function checkPort(
  address: string,
  port: number,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<PortAnswer> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port, timeout: timeoutMs });
    const end = (answer: PortAnswer): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(answer);
    };
    const onAbort = (): void => end('silent');
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => end('accepted'));
    socket.once('timeout', () => end('silent'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => end(answers[code ?? ''] ?? 'unreachable'));
  });
}

const answers: Readonly<Record<string, PortAnswer>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused',
  ETIMEDOUT: 'silent',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
};
