// A file that one process keeps open for itself: what tells on Windows whether it still runs, where numbers of processes are soon used again.
import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';

/** UV_FS_O_EXLOCK (libuv, uv_fs_open): on Windows a share mode of 0, so that nobody else can open it until the handle is closed. */
const alone = 0x1000_0000;

export interface KeptOpen {
  /** Closes it and takes it away. */
  end(): Promise<void>;
}

/** Makes the file and keeps it open until `end`, or until this process ends in whatever way; null on other systems than Windows. */
export async function keepOpen(path: string): Promise<KeptOpen | null> {
  if (process.platform !== 'win32') return null;
  const handle = await open(path, constants.O_CREAT | constants.O_RDWR | alone);
  return {
    async end() {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}

/** Whether somebody keeps it open; null = not told: no such file, or another system. */
export async function isKeptOpen(path: string): Promise<boolean | null> {
  if (process.platform !== 'win32') return null;
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ERROR_SHARING_VIOLATION.
    return code === 'EBUSY' ? true : null;
  }
  await handle.close();
  return false;
}
