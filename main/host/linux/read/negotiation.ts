// Asks each SMB server that waits on this PC what it speaks, all of them at once.
import type { SmbAnswer } from '../../../model/smb';
import type { OwnerOf } from './owners';
import type { Endpoint, Socket } from './sockets';
import type { ThisPc } from './tools';

/** More servers than this on one PC is no PC; each costs a server seven connections. */
const mostTargets = 8;

export type Target = Endpoint;

/** Of a server that waits at every IPv4 address: always among `targetsOf`. */
export const usualTarget: Target = { address: '127.0.0.1', port: 445 };

/**
 * One target for each server on TCP 445 (139 where nobody waits on 445). Sockets of one process are one server; where owners may
 * not be seen, sockets of one user are.
 */
export function targetsOf(
  sockets: readonly Socket[],
  ownerOf: OwnerOf,
  addresses: ThisPc['addresses'],
): readonly Target[] {
  const byServer = new Map<string, Target>();
  for (const socket of bestFirst(sockets)) {
    const owner = ownerOf(socket);
    const server = owner ? `${owner.name} ${owner.pid}` : `uid ${socket.uid}`;
    if (!byServer.has(server)) byServer.set(server, targetFor(socket, addresses));
  }
  return [...byServer.values()].slice(0, mostTargets);
}

/** Asks targets, each once. */
export class Negotiation {
  readonly #answers = new Map<string, Promise<SmbAnswer>>();

  constructor(private readonly ask: (target: Target) => Promise<SmbAnswer>) {}

  of(target: Target): Promise<SmbAnswer> {
    const key = shownTarget(target);
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = this.ask(target);
      // Whoever waits for it sees the rejection; nobody may be waiting yet.
      answer.catch(() => undefined);
      this.#answers.set(key, answer);
    }
    return answer;
  }
}

export const shownTarget = (target: Target): string =>
  target.address.includes(':') ? `[${target.address}]:${target.port}` : `${target.address}:${target.port}`;

/** Addresses that can be asked without fail come first: every address, loopback, then IPv4 before IPv6. */
function bestFirst(sockets: readonly Socket[]): readonly Socket[] {
  const waiting = sockets.filter((socket) => socket.protocol === 'tcp' && socket.state === 'waiting');
  const on445 = waiting.filter((socket) => socket.local.port === 445);
  const servers = on445.length > 0 ? on445 : waiting.filter((socket) => socket.local.port === 139);
  return [...servers].sort((a, b) => rank(a.local.address) - rank(b.local.address));
}

function rank(address: string): number {
  const order = [
    address === '0.0.0.0',
    address === '::',
    address.startsWith('127.'),
    address === '::1',
    !address.includes(':'),
  ];
  const place = order.indexOf(true);
  if (place >= 0) return place;
  return isLinkLocal(address) ? order.length + 1 : order.length;
}

function targetFor(socket: Socket, addresses: ThisPc['addresses']): Target {
  const { address, port } = socket.local;
  if (address === '0.0.0.0') return { address: '127.0.0.1', port };
  if (address === '::') return { address: '::1', port };
  if (!isLinkLocal(address)) return { address, port };
  // A link-local address says nothing without its link.
  const link = Object.entries(addresses()).find(([, all]) => all?.some((one) => one.address === address))?.[0];
  return { address: link === undefined ? address : `${address}%${link}`, port };
}

const isLinkLocal = (address: string): boolean => /^fe[89ab][0-9a-f]:/.test(address);
