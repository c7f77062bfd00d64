// Which processes are SMB servers, by what nobody but an administrator can arrange: any program may call itself smbd.
import { basename } from 'node:path';
import { programOfTitle } from '../samba-titles';
import type { SystemFiles } from './files';
import { type Processes, userOf } from './processes';

export interface SmbProcess {
  readonly pid: number;
  /** Its program's own name: "smbd", "rpcd_lsad"; where its file may not be seen, the name that it has taken. */
  readonly program: string;
  /** The path of its program's file, as its own root folder has it; null = may not be seen. */
  readonly executable: string | null;
  /** Whether that file was replaced or deleted since it was started (proc(5), /proc/pid/exe); null = may not be seen. */
  readonly isReplaced: boolean | null;
  readonly standing: SmbStanding;
}

/**
 * this-pc = root runs it, and its file lies where only administrators may write, or a unit of the system's started it: what its command
 * line names may be believed. other-root = the same, but of another root folder, as in a container: its paths are not this PC's.
 * not-seen = root runs it, and more may not be seen. somebodys = an ordinary user runs or started it, or could have written it.
 */
type SmbStanding = 'this-pc' | 'other-root' | 'not-seen' | 'somebodys';

/** Names that the kernel keeps for them (15 characters): newer ones of Samba add to whom they talk, "smbd[10.77.1.20". */
const names = /^(?:smbd|nmbd|winbindd|wb[[-]|samba|rpcd_|ksmbd\.(?:mountd|tools))/;
const programs = /^(?:smbd|nmbd|winbindd|samba|samba-dcerpcd|rpcd_[a-z_]+|ksmbd\.(?:mountd|tools))$/;

/**
 * By process number. Reads /proc/PID/{status,exe,root,cgroup}, and no file that a process names. An ordinary user may not see the
 * program's file of another's process: then the unit decides, which systemd alone assigns (cgroups(7)).
 */
export function findSmbProcesses(files: SystemFiles, processes: Processes): readonly SmbProcess[] {
  return processes.list.flatMap(({ pid, name }) => {
    if (!names.test(name)) return [];
    const link = files.link(`/proc/${pid}/exe`);
    const user = userOf(files, pid);
    // null: it ended meanwhile.
    if (user === null || (link === null && hasEnded(files, pid))) return [];
    const executable = link?.replace(deleted, '') ?? null;
    // Root's own programs of other kinds, as a sudo that was started by another name.
    if (executable !== null && user === 0 && !programs.test(basename(executable))) return [];
    return [
      {
        pid,
        program: executable === null || user !== 0 ? programOfTitle(name) : basename(executable),
        executable,
        isReplaced: link === null ? null : deleted.test(link),
        standing: user === 0 ? standingOf(files, pid, executable) : 'somebodys',
      },
    ];
  });
}

/** Whether it serves nobody any more: a process that ends gives up its memory first, and its program with it (proc_pid_status(5), VmSize). */
const hasEnded = (files: SystemFiles, pid: number): boolean =>
  !/^VmSize:/m.test(files.glance(`/proc/${pid}/status`) ?? '');

const deleted = / \(deleted\)$/;

function standingOf(files: SystemFiles, pid: number, executable: string | null): SmbStanding {
  if (executable === null) return isOfUnit(files, pid) ? 'this-pc' : 'not-seen';
  const [theirs, ours] = [files.identity(`/proc/${pid}/root`), files.identity('/')];
  if (theirs !== null && theirs !== ours) return 'other-root';
  return files.isAdministrators(executable) ? 'this-pc' : 'somebodys';
}

/** Whether systemd started it as the service that distributions know it by. (Users' jobs run in services of other names, as cron's.) */
function isOfUnit(files: SystemFiles, pid: number): boolean {
  return servers.test(files.glance(`/proc/${pid}/cgroup`) ?? '');
}

const servers = /^0::\/system\.slice\/(?:smbd?|nmbd?|winbindd?|samba|samba-ad-dc|ksmbd)\.service$/m;
