// Sockets that wait for SMB, and the connections that use it.
import type { Listener, Session } from '../../../model/facts';
import type { OwnerOf } from './owners';
import { type Endpoint, type Socket, tcpServerPorts } from './sockets';

/** In the order of the kernel's tables; sockets that differ in nothing said here (one for each interface, as ksmbd has) are one. */
export function listenersOf(sockets: readonly Socket[], ownerOf: OwnerOf): readonly Listener[] {
  const listeners = new Map<string, Listener>();
  for (const socket of sockets) {
    if (socket.state !== 'waiting') continue;
    const { protocol, family, local } = socket;
    const owner = ownerOf(socket);
    const key = `${protocol} ${shown(local)} ${owner?.name} ${owner?.pid}`;
    if (!listeners.has(key)) listeners.set(key, { protocol, family, address: local.address, port: local.port, owner });
  }
  return [...listeners.values()];
}

/** Connections to other PCs; those of this PC with itself are left out. */
export function sessionsOf(sockets: readonly Socket[], ownerOf: OwnerOf): readonly Session[] {
  const served = new Set(sockets.filter((socket) => socket.state === 'waiting').map((socket) => socket.local.port));
  const connections = sockets.filter((socket) => socket.state === 'established');
  const seen = new Set(connections.map((socket) => `${shown(socket.local)} ${shown(socket.remote)}`));
  const sessions: Session[] = [];
  for (const socket of connections) {
    const { family, local, remote } = socket;
    const toItself =
      isLoopback(local.address) || local.address === remote.address || seen.has(`${shown(remote)} ${shown(local)}`);
    if (toItself) continue;
    // A program may have picked 445 for its own end by chance: only where someone waits there it is a server's.
    if (tcpServerPorts.has(local.port) && served.has(local.port))
      sessions.push({ direction: 'in', family, local, remote, owner: ownerOf(socket) });
    else if (tcpServerPorts.has(remote.port))
      sessions.push({ direction: 'out', family, local, remote, owner: ownerOf(socket) });
  }
  return sessions;
}

const shown = (end: Endpoint): string => `${end.address} ${end.port}`;
const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';
