// What a container or WSL means for what is said of "this PC". Pure.
import type { WithinPc } from '../model/facts';

/** Two sentences for people. */
export function withinWords({ kind, name }: WithinPc): string {
  if (kind === 'wsl')
    return 'This is a Linux inside Windows (WSL). The file sharing and the firewall of Windows itself are not seen from here: run Breakwater on Windows.';
  return `This is a container${name === '' ? '' : ` (${name})`}: its rules, addresses and ports are its own, and say nothing of the PC that it runs on. Run Breakwater there.`;
}
