// Names the program behind each socket, as far as this user may see it.
import type { Owner } from '../../../model/facts';
import { programOfTitle } from '../samba-titles';
import type { SystemFiles } from './files';
import { findHolders, type Processes, parentOf } from './processes';
import type { Socket } from './sockets';

/** null = not permitted to see, or nobody was found. */
export type OwnerOf = (socket: Socket) => Owner | null;

/**
 * A socket belongs to the user who opened it, so an ordinary user's own sockets are the only ones worth looking for.
 * `processes` is only asked for when something is to be looked for.
 */
export async function nameOwners(
  files: SystemFiles,
  sockets: readonly Socket[],
  processes: () => Processes,
  uid: number,
): Promise<OwnerOf> {
  const wanted = new Map(
    sockets.flatMap((socket) =>
      socket.inode !== 0 && (uid === 0 || socket.uid === uid) ? [[socket.inode, socket.uid] as const] : [],
    ),
  );
  if (wanted.size === 0) return (socket) => (isKernels(socket) ? kernelServer : null);
  const running = processes();
  const { found, complete } = await findHolders(files, running, wanted, uid);
  // Any program may take such a name; a thread of the kernel is a child of kthreadd (kernel/kthread.c).
  const isThread = (name: RegExp): boolean =>
    running.list.some((process) => name.test(process.name) && parentOf(files, process.pid) === kthreadd);
  const serverRuns = isThread(/^ksmbd[-/:]/);
  const clientRuns = isThread(/^cifsd$/);
  return (socket) => {
    if (isKernels(socket)) return kernelServer;
    const holder = found.get(socket.inode);
    if (holder) return { name: programOfTitle(holder.name), pid: holder.pid };
    // The kernel's own sockets have inodes that no process holds.
    if (!complete || !wanted.has(socket.inode) || socket.protocol !== 'tcp') return null;
    const serving = socket.state === 'waiting' || socket.local.port < socket.remote.port;
    if (serving) return serverRuns ? kernelServer : null;
    return clientRuns ? { name: 'the kernel (cifs)', pid: null } : null;
  };
}

/** The process that starts the kernel's threads. */
const kthreadd = 2;
const kernelServer: Owner = { name: 'the kernel (ksmbd)', pid: null };

/** An established connection without an inode is merely one that no program has accepted yet. */
const isKernels = (socket: Socket): boolean => socket.inode === 0 && socket.state === 'waiting';
