// Which processes run, and which of them holds a socket, from /proc/PID (proc(5)).
import type { SystemFiles } from './files';

interface RunningProcess {
  readonly pid: number;
  /** At most 15 characters, as the kernel keeps it. */
  readonly name: string;
}

export interface Processes {
  /** By pid. */
  readonly list: readonly RunningProcess[];
  /** false = other users' processes are hidden (mount option hidepid): one that is not seen may still run. */
  readonly complete: boolean;
}

/** Throws `Unreadable`. */
export function readProcesses(files: SystemFiles): Processes {
  const list: RunningProcess[] = [];
  for (const entry of files.list('/proc')) {
    if (!/^[1-9]\d*$/.test(entry)) continue;
    // null: it ended meanwhile.
    const name = files.glance(`/proc/${entry}/comm`);
    if (name !== null) list.push({ pid: Number(entry), name: name.replace(/\n$/, '') });
  }
  list.sort((a, b) => a.pid - b.pid);
  return { list, complete: list[0]?.pid === 1 };
}

/** Whether a process has the network of this one; true where that may not be seen. */
export function sharesOurNetwork(files: SystemFiles, pid: number): boolean {
  const [theirs, ours] = [files.link(`/proc/${pid}/ns/net`), files.link('/proc/self/ns/net')];
  return theirs === null || ours === null || theirs === ours;
}

/** The command line's words; null when it can't be read. */
export function commandLine(files: SystemFiles, pid: number): readonly string[] | null {
  try {
    return files.read(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);
  } catch {
    return null;
  }
}

/** The process that started it; null when it can't be told. The name in the line may itself contain brackets and spaces. */
export function parentOf(files: SystemFiles, pid: number): number | null {
  const stat = files.glance(`/proc/${pid}/stat`) ?? '';
  const parent = /^ \S (\d+) /.exec(stat.slice(stat.lastIndexOf(')') + 1));
  return parent ? Number(parent[1]) : null;
}

export interface Holders {
  /** The first process found to hold each inode. */
  readonly found: ReadonlyMap<number, RunningProcess>;
  /** Whether every process was looked at: what is not in `found` is held by none. */
  readonly complete: boolean;
}

/** Names that usually hold the sockets asked for: looking there first saves looking everywhere. */
const usualHolders =
  /^(smbd|nmbd|samba|winbindd|ksmbd\.mountd|caddy|nginx|chrome|chromium|firefox|haproxy|systemd-resolve)/;

/**
 * Looks for the holders of these socket inodes. An ordinary user may look only at their own processes (ptrace access mode),
 * so only those are tried.
 */
export function findHolders(
  files: SystemFiles,
  processes: Processes,
  inodes: ReadonlySet<number>,
  uid: number,
): Holders {
  const found = new Map<number, RunningProcess>();
  const usual = processes.list.filter((process) => usualHolders.test(process.name));
  const others = processes.list.filter((process) => !usualHolders.test(process.name));
  let complete = processes.complete;
  for (const process of [...usual, ...others]) {
    if (found.size === inodes.size) return { found, complete };
    if (uid !== 0 && files.ownerOf(`/proc/${process.pid}`) !== uid) {
      complete = false;
      continue;
    }
    complete = lookInto(files, process, inodes, found) && complete;
  }
  return { found, complete };
}

/** false = may not be looked at. */
function lookInto(
  files: SystemFiles,
  process: RunningProcess,
  inodes: ReadonlySet<number>,
  found: Map<number, RunningProcess>,
): boolean {
  const folder = `/proc/${process.pid}/fd`;
  let descriptors: readonly string[];
  try {
    descriptors = files.list(folder);
  } catch {
    // One that ended meanwhile holds nothing.
    return !files.exists(`/proc/${process.pid}`);
  }
  for (const descriptor of descriptors) {
    const inode = Number(/^socket:\[(\d+)\]$/.exec(files.link(`${folder}/${descriptor}`) ?? '')?.[1] ?? 0);
    if (inodes.has(inode) && !found.has(inode)) found.set(inode, process);
  }
  return true;
}
