// Files of the system, read below one root. Synchronous: they live in memory, where a read costs less than waiting for one.
// Nothing here waits for anybody: every file is opened without blocking, must be a regular one, and is read up to a bound.
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readlinkSync,
  read as readPiece,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Source } from '../../../model/facts';
import { type Message, message } from '../../../model/message';
import { MessageError } from '../../../model/message-error';

export interface SystemFiles {
  /** The whole text of a file whose path no ordinary user had a say in. Throws `Unreadable`. */
  read(path: string): string;
  /** The whole text, or null where the file does not exist. Throws `Unreadable` for any other reason. */
  readIfThere(path: string): string | null;
  /** A file whose path stands in a configuration, or that ordinary users put there. Null = it does not exist. Throws `Unreadable`. */
  readNamed(path: string, limits: NamedLimits): string | null;
  /** As `readIfThere`, in another thread: for the kernel's tables of connections only, which take it milliseconds. */
  readAside(path: string): Promise<string | null>;
  /** The whole of a large file, in another thread; null where it does not exist. Rejects with `Unreadable` for any other reason. */
  readBytesAside(path: string): Promise<Buffer | null>;
  /** Reads on, a line at a time, until the text holds this; false at its end, and for whatever reason it can't be read. */
  glimpse(path: string, wanted: RegExp): boolean;
  /** Up to 256 bytes from the start; null for whatever reason. Quicker than `read`, for many files of one line. */
  glance(path: string): string | null;
  /** Names in a folder, at most `most`. Throws `Unreadable`. */
  list(path: string, most?: number): Listed;
  /** Calls for each name in a folder in turn, until it is told to stop (false). Throws `Unreadable`. */
  each(path: string, visit: (name: string) => boolean): void;
  /** Where a link points to; null when that can't be told. */
  link(path: string): string | null;
  /** Follows links. */
  exists(path: string): boolean;
  /** Whether the name itself is there, even as a link to nothing. */
  isNamed(path: string): boolean;
  /** Who owns it (uid); null when that can't be told. */
  ownerOf(path: string): number | null;
  /** Another text for another file, links followed (device and inode); null when that can't be told. */
  identity(path: string): string | null;
  /**
   * Whether nobody but administrators could have made or changed what lies at this absolute path: each folder and link on the way, and
   * the file itself where it is there.
   */
  isAdministrators(path: string): boolean;
}

interface Listed {
  readonly names: readonly string[];
  /** false = there are more. */
  readonly whole: boolean;
}

interface NamedLimits {
  /** Bytes. */
  readonly most: number;
  /** false = a link is no answer. */
  readonly followLinks: boolean;
}

/** Bytes of a file of the system: a kernel with a million routes prints about twice as much as half of this. */
const mostText = 256 * 1024 * 1024;
/** Names in a folder of the system. */
const mostNames = 100_000;

/** Something that could not be read or understood. */
export class Unreadable extends MessageError {
  readonly source: Source;

  constructor(
    readonly path: string,
    readonly state: 'not-permitted' | 'failed',
    readonly absent: boolean,
    said: Message,
  ) {
    super(said);
    this.source = fileSource(path);
  }
}

/** A file that is there but does not read as it should. */
export function notUnderstood(path: string, line: number, text: string): Unreadable {
  const shown = JSON.stringify(text.slice(0, 60));
  return new Unreadable(path, 'failed', false, message('linux.file.line', { line, path, text: shown }));
}

export const notThere = (path: string): Unreadable =>
  new Unreadable(path, 'failed', true, message('linux.file.not-there', { path }));

const fileSource = (path: string): Source => ({ kind: 'file', name: path });

export function filesUnder(root: string): SystemFiles {
  const line = Buffer.allocUnsafe(256);
  // Paths here begin with a slash: put together by hand, hundreds of them cost nothing.
  const base = root.replace(/\/$/, '');
  const at = (path: string): string => base + path;
  const reading = <T>(path: string, read: (whole: string) => T): T => {
    try {
      return read(at(path));
    } catch (error) {
      throw unreadable(path, error);
    }
  };
  const orNull = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch {
      return null;
    }
  };
  const ifThere = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (error instanceof Unreadable && error.absent) return null;
      throw error;
    }
  };
  const read = (path: string): string =>
    reading(path, (whole) => withFile(openQuietly(whole), (file) => textOf(file, regular(file), mostText)));
  const aside = async (path: string, isTable: boolean): Promise<Buffer | null> => {
    let file: number | null = null;
    try {
      file = openQuietly(at(path));
      return await bytesAside(file, regular(file), isTable);
    } catch (error) {
      const problem = unreadable(path, error);
      if (problem.absent) return null;
      throw problem;
    } finally {
      if (file !== null) closeSync(file);
    }
  };
  const each = (path: string, visit: (name: string) => boolean): void =>
    reading(path, (whole) => {
      const folder = opendirSync(whole);
      try {
        for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) if (!visit(entry.name)) return;
      } finally {
        folder.closeSync();
      }
    });
  // A folder of files that stands for a PC belongs to whoever made it.
  const administrator = base === '' ? 0 : (orNull(() => lstatSync(base))?.uid ?? 0);
  return {
    read,
    readIfThere: (path) => ifThere(() => read(path)),
    readNamed: (path, limits) => ifThere(() => reading(path, (whole) => readNamed(whole, limits))),
    readAside: async (path) => (await aside(path, true))?.toString('utf8') ?? null,
    readBytesAside: (path) => aside(path, false),
    glimpse: (path, wanted) => orNull(() => readUntil(at(path), wanted)) ?? false,
    glance: (path) => orNull(() => beginning(at(path), line)),
    list(path, most = mostNames) {
      const names: string[] = [];
      let whole = true;
      each(path, (name) => {
        whole = names.length < most;
        if (whole) names.push(name);
        return whole;
      });
      return { names, whole };
    },
    each,
    link(path) {
      const target = orNull(() => readlinkSync(at(path)));
      return target?.startsWith(`${base}/`) ? target.slice(base.length) : target;
    },
    exists: (path) => existsSync(at(path)),
    isNamed: (path) => orNull(() => lstatSync(at(path))) !== null,
    ownerOf: (path) => orNull(() => lstatSync(at(path)))?.uid ?? null,
    identity(path) {
      const stats = orNull(() => statSync(at(path), { bigint: true }));
      return stats === null ? null : `${stats.dev} ${stats.ino}`;
    },
    isAdministrators(path) {
      const real = orNull(() => realpathSync(at(path)));
      return [at(path), ...(real === null ? [] : [real])].every((one) => isOnlyOf(one, base || '/', administrator));
    },
  };
}

/** Each part of a path from the top folder on; parts that are not there could only be made by whoever may write the folder above. */
function isOnlyOf(path: string, top: string, administrator: number): boolean {
  for (let item = path; ; item = dirname(item)) {
    let stats: Stats | null = null;
    try {
      stats = lstatSync(item);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
    }
    if (stats !== null) {
      // A link's own mode means nothing. In a sticky folder nobody replaces what is another's.
      const isOpen = !stats.isSymbolicLink() && (stats.mode & 0o022) !== 0 && (stats.mode & 0o1000) === 0;
      if (stats.uid !== administrator || isOpen) return false;
    } else if (isSticky(dirname(item))) return false;
    if (item === top || dirname(item) === item) return true;
  }
}

/** Whether everybody may make things in a folder. */
function isSticky(folder: string): boolean {
  try {
    return (lstatSync(folder).mode & 0o1000) !== 0;
  } catch {
    return false;
  }
}

/** A FIFO without a writer, a terminal or a device that is not ready does not keep whoever opens it. */
const openQuietly = (path: string, more = 0): number =>
  openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY | more);

function withFile<T>(file: number, use: (file: number) => T): T {
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** A file is refused for what it is. */
class Refused extends Error {
  constructor(readonly said: (path: string) => Message) {
    super();
  }
}

const irregular = (): Refused => new Refused((path) => message('linux.file.irregular', { path }));
const tooLarge = (most: number): Refused =>
  new Refused((path) => message('linux.file.too-large', { path, size: shownSize(most) }));

/** Its size: 0 for the kernel's own files, whatever they hold. Throws `Refused`. */
function regular(file: number): number {
  const stats = fstatSync(file);
  if (!stats.isFile()) throw irregular();
  if (stats.size > mostText) throw tooLarge(mostText);
  return stats.size;
}

const shownSize = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${Math.round(bytes / 1024 / 1024)} MB`;

/** open(2): names a file without opening it, so that no device is woken and no FIFO joined. Node has no name for it. */
const onlyPath = 0o10000000;

function readNamed(path: string, { most, followLinks }: NamedLimits): string {
  return withFile(openSync(path, onlyPath | (followLinks ? 0 : constants.O_NOFOLLOW)), (named) => {
    const stats = fstatSync(named);
    if (!stats.isFile()) throw irregular();
    if (stats.size > most) throw tooLarge(most);
    // Whoever may make links there chose this file: what not everybody may read is not theirs to have shown.
    const isOwnersOwn = !followLinks && stats.uid !== 0 && stats.nlink === 1;
    if (!isEverybodys(stats) && !isOwnersOwn && isSteered(path, realpathSync(`/proc/self/fd/${named}`)))
      throw new Refused((named) => message('linux.file.private', { path: named }));
    // The very file that was looked at, whatever lies at the path by now.
    return withFile(openQuietly(`/proc/self/fd/${named}`), (file) => textOf(file, stats.size, most));
  });
}

const isEverybodys = ({ mode }: Stats): boolean => (mode & 0o004) !== 0;

/** Whether an administrator's program would read here what an ordinary user chose. */
function isSteered(path: string, real: string): boolean {
  return process.geteuid?.() === 0 && !(isOnlyOf(path, '/', 0) && isOnlyOf(real, '/', 0));
}

/** Throws `Refused` where there is more than `most`. */
function textOf(file: number, size: number, most: number): string {
  const pieces: Buffer[] = [];
  let length = 0;
  for (;;) {
    const piece = Buffer.allocUnsafe(size > length ? size - length + 1 : pieceSize);
    const got = readSync(file, piece, 0, piece.length, null);
    if (got === 0)
      return pieces.length === 1 ? (pieces[0]?.toString('utf8') ?? '') : Buffer.concat(pieces).toString('utf8');
    length += got;
    if (length > most) throw tooLarge(most);
    pieces.push(piece.subarray(0, got));
  }
}

/** `isTable`: one of the kernel's, whose last piece is told by its shortness. */
async function bytesAside(file: number, size: number, isTable: boolean): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for (;;) {
    const piece = Buffer.allocUnsafe(size > length ? size - length + 1 : pieceSize);
    const got = await new Promise<number>((resolve, reject) =>
      readPiece(file, piece, 0, piece.length, null, (error, read) => (error ? reject(error) : resolve(read))),
    );
    length += got;
    if (length > mostText) throw tooLarge(mostText);
    if (got > 0) pieces.push(piece.subarray(0, got));
    if (got === 0 || (isTable && got <= halfPage)) return Buffer.concat(pieces);
  }
}

/** The kernel looks for no more lines than a read has room for, so reads of one line spare it the walk to the table's end. */
function readUntil(path: string, wanted: RegExp): boolean {
  return withFile(openQuietly(path), (file) => {
    const few = Buffer.allocUnsafe(lineSize);
    let text = '';
    for (let reads = 0; reads < mostGlimpses; reads++) {
      const length = readSync(file, few, 0, few.length, null);
      text = text.slice(-lineSize) + few.toString('latin1', 0, length);
      if (wanted.test(text)) return true;
      if (length === 0) return false;
    }
    return false;
  });
}

/** More sockets that wait than on any PC but one on which somebody makes them by the thousand. */
const mostGlimpses = 4000;
/** A line of /proc/net/tcp (net/ipv4/tcp_ipv4.c, TMPSZ). */
const lineSize = 150;
/** The kernel gives its tables in pieces of a page or less. */
const pieceSize = 64 * 1024;
/** It ends a piece where the next line has no room (seq_read, fs/seq_file.c); one with this much room left was the last. */
const halfPage = 2048;

function beginning(path: string, buffer: Buffer): string {
  return withFile(openQuietly(path), (file) => buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, 0)));
}

function unreadable(path: string, error: unknown): Unreadable {
  if (error instanceof Refused) return new Unreadable(path, 'failed', false, error.said(path));
  const { code, message: why } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return notThere(path);
  if (code === 'EACCES' || code === 'EPERM')
    return new Unreadable(path, 'not-permitted', false, message('linux.file.forbidden', { path }));
  return new Unreadable(path, 'failed', false, message('linux.file.failed', { path, why }));
}
