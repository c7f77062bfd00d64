// Ends the permission questions that this process has open, which sudo-prompt itself can't.
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ends every pkexec below this process (proc(5), /proc/pid/stat). One that was answered already runs as administrator, may not be
 * ended by us, and finishes its work.
 */
export function endPermissionPrompts(): void {
  const parents = new Map<number, { readonly parent: number; readonly name: string }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      parents.set(Number(entry), { name, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) });
    } catch {
      // Ended while we looked.
    }
  }
  for (const [pid, { name }] of parents) {
    if (name !== 'pkexec') continue;
    let above = parents.get(pid)?.parent;
    while (above !== undefined && above > 1 && above !== process.pid) above = parents.get(above)?.parent;
    if (above !== process.pid) continue;
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // Answered in this moment: it is the administrator's now.
    }
  }
}
