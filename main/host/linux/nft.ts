// Runs nft(8) and tells its failures apart: by how it ended and by what is there, never by its words.
import { readFileSync } from 'node:fs';
import type { Ran, RunOptions } from '../run-program';
import { runLinuxProgram } from './run-linux-program';

const nft = '/usr/sbin/nft';

export class NftFailed extends Error {
  constructor(
    /** not-started = not nft itself has failed: its loader, a signal, or the system that would not run it. */
    readonly reason: 'not-permitted' | 'missing-tool' | 'not-started' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

/** One table of nftables by its family and name. */
export interface TableName {
  readonly family: string;
  readonly name: string;
}

/**
 * Runs `nft ARGS`, `input` on its standard input, and gives its standard output. Rejects with `NftFailed`; that something is not there
 * is told by `nftIfTableThere`.
 */
export async function runNft(args: readonly string[], options: RunOptions = {}): Promise<string> {
  return readNft(await runLinuxProgram(nft, args, options), mayChangeNetwork, options.within);
}

/**
 * What one run of nft has printed. Throws `NftFailed`. `isAllowed`: whether this process may ask the kernel of the firewall at all.
 * nft(8): exit 0 on success, 1 on any error; 126 and 127 come from the loader and shells, before nft has begun (ld.so(8), sh(1)).
 */
export function readNft(ran: Ran, isAllowed: () => boolean, within = 30_000): string {
  if (ran.kind === 'not-there')
    throw new NftFailed('missing-tool', `${nft} is not installed. Install the package "nftables", then try again.`);
  if (ran.kind === 'not-run') throw notStarted(`could not be run (${ran.why})`);
  const { code, signal, stdout, complaint, tooMuch } = ran;
  if (code === 0) return stdout;
  if (tooMuch) throw new NftFailed('failed', 'The ruleset is larger than can be read.');
  const says = complaint.trim().split('\n').slice(0, 3).join(' ');
  if (signal)
    throw new NftFailed('not-started', `nft was ended by ${signal} (after ${within / 1000} seconds it is given up).`);
  if (code === 126 || code === 127) throw notStarted(`could not start (code ${code}${says ? `: ${says}` : ''})`);
  if (!isAllowed())
    throw new NftFailed('not-permitted', "Only an administrator may read or change the firewall's rules.");
  throw new NftFailed('failed', `nft ended with code ${code}: ${says || 'it said nothing'}`);
}

const notStarted = (how: string): NftFailed =>
  new NftFailed(
    'not-started',
    `${nft} ${how}. Mend it (reinstall the package "nftables" and what it needs), then try again.`,
  );

/**
 * As `runNft`, null where the table that it is about does not exist. A run that fails does not say so: the table is absent only where
 * all tables were listed and it is not among them.
 */
export async function nftIfTableThere(
  table: TableName,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string | null> {
  return unlessAbsent(
    table,
    () => runNft(args, options),
    (listing) => runNft(listing, options),
  );
}

/** `list` runs nft with these arguments. Rejects as the run did where the table is there, and as the listing did where that failed. */
export async function unlessAbsent<T>(
  table: TableName,
  run: () => Promise<T>,
  list: (args: readonly string[]) => Promise<string>,
): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NftFailed) || error.reason !== 'failed') throw error;
    if (!hasTable(await list(['-j', 'list', 'tables']), table)) return null;
  }
  // It came, or was changed, between the two: one more time, and that one counts.
  return run();
}

/** Whether a listing of all tables has this one (libnftables-json(5)). Throws `NftFailed` where it is no such listing. */
export function hasTable(listing: string, { family, name }: TableName): boolean {
  const tables = tablesIn(listing);
  if (tables === null) throw new NftFailed('failed', 'nft did not list its tables in a form that can be read.');
  return tables.some((table) => table.family === family && table.name === name);
}

/** null = it is not nft's JSON: its first entry always tells of nft itself. */
function tablesIn(listing: string): readonly Partial<TableName>[] | null {
  let data: unknown;
  try {
    data = JSON.parse(listing);
  } catch {
    return null;
  }
  if (typeof data !== 'object' || data === null || !('nftables' in data) || !Array.isArray(data.nftables)) return null;
  const items: readonly unknown[] = data.nftables;
  const part = (item: unknown, key: string): object | null => {
    if (typeof item !== 'object' || item === null || !(key in item)) return null;
    const value: unknown = (item as Record<string, unknown>)[key];
    return typeof value === 'object' ? value : null;
  };
  if (part(items[0], 'metainfo') === null) return null;
  return items.flatMap((item) => part(item, 'table') ?? []);
}

/** CAP_NET_ADMIN (capabilities(7)), which root in a container mostly lacks. True where it can't be told: then nft itself says. */
function mayChangeNetwork(): boolean {
  try {
    const [, mask] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return mask === undefined || (BigInt(`0x${mask}`) & (1n << 12n)) !== 0n;
  } catch {
    return true;
  }
}
