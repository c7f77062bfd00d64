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

/** More processes than these are not looked at: any user may start some ten thousand. */
const mostProcesses = 65_536;

/** Throws `Unreadable`. */
export function readProcesses(files: SystemFiles): Processes {
  const list: RunningProcess[] = [];
  const { names, whole } = files.list('/proc', mostProcesses);
  for (const entry of names) {
    if (!/^[1-9]\d*$/.test(entry)) continue;
    // null: it ended meanwhile.
    const name = files.glance(`/proc/${entry}/comm`);
    if (name !== null) list.push({ pid: Number(entry), name: name.replace(/\n$/, '') });
  }
  list.sort((a, b) => a.pid - b.pid);
  return { list, complete: whole && list[0]?.pid === 1 };
}

/**
 * The user who started a process: its real user (proc(5), /proc/pid/status), which a setuid program does not change, nor a server that
 * acts for a client. Null when it can't be told.
 */
export function userOf(files: SystemFiles, pid: number): number | null {
  // Among the first lines; the name before it has 15 characters, and its line ends are escaped.
  const real = /^Uid:\t(\d+)\t/m.exec(files.glance(`/proc/${pid}/status`) ?? '')?.[1];
  return real === undefined ? null : Number(real);
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

/** A variable of the environment that it was started with (proc(5), /proc/pid/environ); null = it has none, or may not be seen. */
export function variableOf(files: SystemFiles, pid: number, name: string): string | null {
  try {
    const entry = files
      .read(`/proc/${pid}/environ`)
      .split('\0')
      .find((one) => one.startsWith(`${name}=`));
    return entry?.slice(name.length + 1) ?? null;
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

/** How long holders are looked for, and how many descriptors of one process are: any user may open a million of them. */
interface HolderLimits {
  readonly milliseconds: number;
  readonly descriptors: number;
}
const usualLimits: HolderLimits = { milliseconds: 1500, descriptors: 20_000 };

/**
 * Looks for the holders of these sockets (inode and the user who opened it). Administrators' processes come first, then those of the
 * sockets' own users: nobody else keeps their holders from being found in time. An ordinary user may look only at their own processes
 * (ptrace access mode), so only those are tried.
 */
export async function findHolders(
  files: SystemFiles,
  processes: Processes,
  sockets: ReadonlyMap<number, number>,
  uid: number,
  limits: HolderLimits = usualLimits,
): Promise<Holders> {
  const found = new Map<number, RunningProcess>();
  const end = Date.now() + limits.milliseconds;
  let complete = processes.complete;
  let turn = Date.now();
  for (const { process, owner } of inOrder(files, processes, new Set(sockets.values()))) {
    if (found.size === sockets.size) return { found, complete };
    if (Date.now() > end) return { found, complete: false };
    if (uid !== 0 && owner !== uid) {
      complete = false;
      continue;
    }
    complete = lookInto(files, process, sockets, found, limits.descriptors) && complete;
    if (Date.now() - turn > longestTurn) {
      await new Promise((resolve) => setImmediate(resolve));
      turn = Date.now();
    }
  }
  return { found, complete };
}

/** Owners of all processes are asked for only where those that usually hold such sockets do not hold them. */
function* inOrder(
  files: SystemFiles,
  { list }: Processes,
  users: ReadonlySet<number>,
): Generator<{ readonly process: RunningProcess; readonly owner: number | null }> {
  const ownerOf = (process: RunningProcess): number | null => files.ownerOf(`/proc/${process.pid}`);
  const usual = list
    .filter(({ name }) => usualHolders.test(name))
    .map((process) => ({ process, owner: ownerOf(process) }));
  yield* usual.filter(({ owner }) => owner === 0);
  const others = list
    .filter(({ name }) => !usualHolders.test(name))
    .map((process) => ({ process, owner: ownerOf(process) }));
  const rest = [...usual.filter(({ owner }) => owner !== 0), ...others];
  const ranks: readonly ((owner: number | null) => boolean)[] = [
    (owner) => owner === 0,
    (owner) => owner !== 0 && owner !== null && users.has(owner),
    (owner) => owner === null || (owner !== 0 && !users.has(owner)),
  ];
  for (const isOf of ranks) yield* rest.filter(({ owner }) => isOf(owner));
}

/** Milliseconds in which nothing else is heard: neither an answer nor Ctrl-C. */
const longestTurn = 20;

/** false = not all of it was, or may be, looked at. */
function lookInto(
  files: SystemFiles,
  process: RunningProcess,
  sockets: ReadonlyMap<number, number>,
  found: Map<number, RunningProcess>,
  most: number,
): boolean {
  const folder = `/proc/${process.pid}/fd`;
  let seen = 0;
  try {
    files.each(folder, (descriptor) => {
      if (++seen > most) return false;
      const inode = Number(/^socket:\[(\d+)\]$/.exec(files.link(`${folder}/${descriptor}`) ?? '')?.[1] ?? 0);
      if (sockets.has(inode) && !found.has(inode)) found.set(inode, process);
      return found.size < sockets.size;
    });
  } catch {
    // One that ended meanwhile holds nothing.
    return !files.exists(`/proc/${process.pid}`);
  }
  return seen <= most;
}
