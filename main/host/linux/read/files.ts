// Small files of the system, read below one root. Synchronous: they live in memory, where a read costs less than waiting for one.
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFile,
  readFileSync,
  readlinkSync,
  read as readPiece,
  readSync,
} from 'node:fs';
import type { Source } from '../../../model/facts';

export interface SystemFiles {
  /** The whole text. Throws `Unreadable`. */
  read(path: string): string;
  /** The whole text, or null where the file does not exist. Throws `Unreadable` for any other reason. */
  readIfThere(path: string): string | null;
  /** As `readIfThere`, in another thread: for the kernel's tables of connections only, which take it milliseconds. */
  readAside(path: string): Promise<string | null>;
  /** The whole of a large file, in another thread; null where it does not exist. Rejects with `Unreadable` for any other reason. */
  readBytesAside(path: string): Promise<Buffer | null>;
  /** Reads on, a line at a time, until the text holds this; false at its end, and for whatever reason it can't be read. */
  glimpse(path: string, wanted: RegExp): boolean;
  /** Up to 256 bytes from the start; null for whatever reason. Quicker than `read`, for many files of one line. */
  glance(path: string): string | null;
  /** Names in a folder. Throws `Unreadable`. */
  list(path: string): readonly string[];
  /** Where a link points to; null when that can't be told. */
  link(path: string): string | null;
  /** Follows links. */
  exists(path: string): boolean;
  /** Whether the name itself is there, even as a link to nothing. */
  isNamed(path: string): boolean;
  /** Who owns it (uid); null when that can't be told. */
  ownerOf(path: string): number | null;
}

/** Something that could not be read or understood; the message is for people. */
export class Unreadable extends Error {
  constructor(
    readonly source: Source,
    readonly state: 'not-permitted' | 'failed',
    readonly absent: boolean,
    message: string,
  ) {
    super(message);
  }
}

/** A file that is there but does not read as it should. */
export function notUnderstood(path: string, line: number, text: string): Unreadable {
  const shown = JSON.stringify(text.slice(0, 60));
  return new Unreadable(
    fileSource(path),
    'failed',
    false,
    `Line ${line} of ${path} could not be understood: ${shown}.`,
  );
}

export const fileSource = (path: string): Source => ({ kind: 'file', name: path });

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
  const read = (path: string): string => reading(path, (whole) => readFileSync(whole, 'utf8'));
  return {
    read,
    readIfThere(path) {
      try {
        return read(path);
      } catch (error) {
        if (error instanceof Unreadable && error.absent) return null;
        throw error;
      }
    },
    readAside: (path) =>
      new Promise((resolve, reject) => {
        let file: number;
        try {
          file = openSync(at(path), 'r');
        } catch (error) {
          const problem = unreadable(path, error);
          return problem.absent ? resolve(null) : reject(problem);
        }
        const pieces: Buffer[] = [];
        const next = (): void =>
          readPiece(file, Buffer.allocUnsafe(pieceSize), 0, pieceSize, null, (error, length, piece) => {
            if (!error && length > 0) pieces.push(piece.subarray(0, length));
            if (!error && length > halfPage) return next();
            closeSync(file);
            if (error) reject(unreadable(path, error));
            else resolve(Buffer.concat(pieces).toString('utf8'));
          });
        next();
      }),
    readBytesAside: (path) =>
      new Promise((resolve, reject) => {
        readFile(at(path), (error, bytes) => {
          if (!error) return resolve(bytes);
          const problem = unreadable(path, error);
          if (problem.absent) resolve(null);
          else reject(problem);
        });
      }),
    glimpse: (path, wanted) => orNull(() => readUntil(at(path), wanted)) ?? false,
    glance: (path) => orNull(() => beginning(at(path), line)),
    list: (path) => reading(path, (whole) => readdirSync(whole)),
    link: (path) => orNull(() => readlinkSync(at(path))),
    exists: (path) => existsSync(at(path)),
    isNamed: (path) => orNull(() => lstatSync(at(path))) !== null,
    ownerOf: (path) => orNull(() => lstatSync(at(path)))?.uid ?? null,
  };
}

/** The kernel looks for no more lines than a read has room for, so reads of one line spare it the walk to the table's end. */
function readUntil(path: string, wanted: RegExp): boolean {
  const file = openSync(path, 'r');
  try {
    const few = Buffer.allocUnsafe(lineSize);
    let text = '';
    for (;;) {
      const length = readSync(file, few, 0, few.length, null);
      text += few.toString('latin1', 0, length);
      if (wanted.test(text)) return true;
      if (length === 0) return false;
    }
  } finally {
    closeSync(file);
  }
}

/** A line of /proc/net/tcp (net/ipv4/tcp_ipv4.c, TMPSZ). */
const lineSize = 150;
/** The kernel gives its tables in pieces of a page or less. */
const pieceSize = 64 * 1024;
/** It ends a piece where the next line has no room (seq_read, fs/seq_file.c); one with this much room left was the last. */
const halfPage = 2048;

function beginning(path: string, buffer: Buffer): string {
  const file = openSync(path, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(file);
  }
}

function unreadable(path: string, error: unknown): Unreadable {
  const { code, message } = error as NodeJS.ErrnoException;
  const source = fileSource(path);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Unreadable(source, 'failed', true, `${path} does not exist.`);
  if (code === 'EACCES' || code === 'EPERM')
    return new Unreadable(source, 'not-permitted', false, `${path} may not be read by this user.`);
  return new Unreadable(source, 'failed', false, `${path} could not be read: ${message}`);
}
