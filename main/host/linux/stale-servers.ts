// SMB servers that do not run as what is installed: from before an update, from elsewhere, or in a container.
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { strangerText } from '../../model/stranger-text';
import type { StaleServers } from '../host';

const servers = ['smbd', 'nmbd', 'winbindd', 'samba', 'rpcd_', 'samba-dcerpcd', 'ksmbd.mountd'];
const isServer = (name: string): boolean =>
  servers.some((server) => name === server || (server.endsWith('_') && name.startsWith(server)));

/** Where packages put programs (Filesystem Hierarchy Standard 3.0, chapter 4); what is built here goes to /usr/local or /opt. */
const ofPackages = /^\/usr\/(?:s?bin|lib(?:64|exec)?)\//;

/** Of a program's path, which any user chooses: as much as a sentence can bear. */
const longestPath = 200;

/**
 * The first process of each program; both empty = none runs, or all run as installed. The kernel marks the program of a process whose
 * file was replaced (proc(5), /proc/pid/exe). Needs root: rejects where it may not look.
 */
export async function staleServers(proc = '/proc'): Promise<StaleServers> {
  const [replaced, elsewhere] = [new Map<string, string>(), new Map<string, string>()];
  for (const pid of (await readdir(proc)).filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const name = (await readFile(`${proc}/${pid}/comm`, 'utf8')).trim();
      if (!isServer(name)) continue;
      const program = await readlink(`${proc}/${pid}/exe`);
      if (program.endsWith(' (deleted)')) {
        if (!replaced.has(name)) replaced.set(name, `${strangerText(name, 20)} (process ${pid})`);
      } else if (
        !elsewhere.has(name) &&
        !(ofPackages.test(program) && (await isSameFile(program, `${proc}/${pid}/exe`)))
      )
        elsewhere.set(name, `${strangerText(name, 20)} (process ${pid}, ${strangerText(program, longestPath)})`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Ended while we looked.
      if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    }
  }
  return { replaced: [...replaced.values()], elsewhere: [...elsewhere.values()] };
}

/** A container has files of its own: the same path is another file there. */
async function isSameFile(path: string, running: string): Promise<boolean> {
  const theirs = await stat(running, { bigint: true });
  try {
    const ours = await stat(path, { bigint: true });
    return ours.dev === theirs.dev && ours.ino === theirs.ino;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
