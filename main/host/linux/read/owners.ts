// Names the program behind each socket, as far as this user may see it.
import type { Owner } from '../../../model/facts';
import type { SystemFiles } from './files';
import { findHolders, type Processes } from './processes';
import type { Socket } from './sockets';

/** null = not permitted to see, or nobody was found. */
export type OwnerOf = (socket: Socket) => Owner | null;

/**
 * A socket belongs to the user who opened it, so an ordinary user's own sockets are the only ones worth looking for.
 * `processes` is only asked for when something is to be looked for.
 */
export function nameOwners(
  files: SystemFiles,
  sockets: readonly Socket[],
  processes: () => Processes,
  uid: number,
): OwnerOf {
  const inodes = new Set(
    sockets.filter((socket) => socket.inode !== 0 && (uid === 0 || socket.uid === uid)).map((socket) => socket.inode),
  );
  if (inodes.size === 0) return (socket) => (isKernels(socket) ? kernelServer : null);
  const running = processes();
  const { found, complete } = findHolders(files, running, inodes, uid);
  const threads = running.list.map((process) => process.name);
  const serverRuns = threads.some((name) => /^ksmbd[-/:]/.test(name));
  const clientRuns = threads.includes('cifsd');
  return (socket) => {
    if (isKernels(socket)) return kernelServer;
    const holder = found.get(socket.inode);
    if (holder) return { name: holder.name, pid: holder.pid };
    // The kernel's own sockets have inodes that no process holds.
    if (!complete || !inodes.has(socket.inode) || socket.protocol !== 'tcp') return null;
    const serving = socket.state === 'waiting' || socket.local.port < socket.remote.port;
    if (serving) return serverRuns ? kernelServer : null;
    return clientRuns ? { name: 'the kernel (cifs)', pid: null } : null;
  };
}

const kernelServer: Owner = { name: 'the kernel (ksmbd)', pid: null };

/** An established connection without an inode is merely one that no program has accepted yet. */
const isKernels = (socket: Socket): boolean => socket.inode === 0 && socket.state === 'waiting';
