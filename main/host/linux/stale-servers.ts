// SMB servers that still run as they were before an update: their program on disk is another one by now.
import { readdir, readFile, readlink } from 'node:fs/promises';

const servers = ['smbd', 'nmbd', 'winbindd', 'samba', 'rpcd_', 'samba-dcerpcd', 'ksmbd.mountd'];

/**
 * For people: "smbd (process 812)", the first of each program; empty = none runs, or all run as installed. The kernel marks the
 * program of a process whose file was replaced (proc(5), /proc/pid/exe). Needs root: rejects where it may not look.
 */
export async function staleServers(proc = '/proc'): Promise<readonly string[]> {
  const stale = new Map<string, string>();
  for (const pid of (await readdir(proc)).filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const name = (await readFile(`${proc}/${pid}/comm`, 'utf8')).trim();
      if (
        stale.has(name) ||
        !servers.some((server) => name === server || (server.endsWith('_') && name.startsWith(server)))
      )
        continue;
      if ((await readlink(`${proc}/${pid}/exe`)).endsWith(' (deleted)')) stale.set(name, `${name} (process ${pid})`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Ended while we looked.
      if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    }
  }
  return [...stale.values()];
}
