// Asks Windows which profile each connected interface is in: through PowerShell, as nothing quicker tells it in every language.
import type { Profile } from '../../../model/review';
import type { Ran } from '../../run-program';
import type { InterfaceProfile } from './network';
import type { ReadingTools } from './tools';

/**
 * Prints a line for each connected interface: its number, its category, and its name as the numbers of its characters, since PowerShell
 * prints in a code page that loses some. Cmdlets and conversions to numbers only: constrained language mode allows no more.
 */
export const profileScript =
  'Get-NetConnectionProfile | ForEach-Object { "$($_.InterfaceIndex) $([int]$_.NetworkCategory) $([int[]][char[]]$_.InterfaceAlias)" }';

const profileArguments: readonly string[] = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', profileScript];

/** MSFT_NetConnectionProfile, NetworkCategory. */
const categories: Readonly<Record<string, Profile>> = { '0': 'public', '1': 'private', '2': 'domain' };

/** Milliseconds. An interval that came due several times while the process was busy comes once. */
const tick = 100;

/**
 * null = it did not tell in time: PowerShell takes half a second to two, or for ever on a PC in trouble.
 * `milliseconds`, rounded up to hundreds: only those count in which this process could have heard the answer. Starting two dozen other
 * programs keeps it from that for seconds, on a PC where each start is slow.
 */
export async function readProfilesWithin(
  milliseconds: number,
  tools: Pick<ReadingTools, 'run'>,
  signal?: AbortSignal,
): Promise<readonly InterfaceProfile[] | null> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  signal?.addEventListener('abort', end, { once: true });
  let left = Math.ceil(milliseconds / tick);
  const clock = setInterval(() => {
    left -= 1;
    if (left === 0) end();
  }, tick);
  try {
    return readProfiles(await tools.run('powershell', profileArguments, stop.signal));
  } finally {
    clearInterval(clock);
    signal?.removeEventListener('abort', end);
  }
}

/** null = it did not tell; an answer without any line is none, as PowerShell's failures look like it. */
export function readProfiles(ran: Ran): readonly InterfaceProfile[] | null {
  if (ran.kind !== 'ended' || ran.code !== 0) return null;
  const lines = ran.stdout.split(/\r?\n/).filter((line) => line.trim() !== '');
  const profiles = lines.map(readLine);
  return lines.length === 0 || profiles.includes(null) ? null : profiles.flatMap((one) => one ?? []);
}

function readLine(line: string): InterfaceProfile | null {
  const [, index, category = '', codes = ''] = /^(\d{1,9}) (\d) ((?:\d{1,5} ?)+)$/.exec(line.trim()) ?? [];
  const profile = categories[category];
  if (profile === undefined) return null;
  return { index: Number(index), profile, name: String.fromCharCode(...codes.trim().split(' ').map(Number)) };
}
