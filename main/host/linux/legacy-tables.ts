// Tables of iptables-legacy that are active beside nftables, told without loading any.
import { readFile } from 'node:fs/promises';

/**
 * Names as the kernel lists them ("filter"), of both families; null = may not be read (administrators only).
 * A kernel without the old code has no such file: then none is active. (iptables-legacy -L would create the tables it lists.)
 */
export async function activeLegacyTables(): Promise<readonly string[] | null> {
  const lists = await Promise.all(['/proc/net/ip_tables_names', '/proc/net/ip6_tables_names'].map(names));
  return lists.some((list) => list === null) ? null : [...new Set(lists.flatMap((list) => list ?? []))].sort();
}

function names(path: string): Promise<readonly string[] | null> {
  return readFile(path, 'utf8').then(
    (text) => text.split('\n').filter((line) => line !== ''),
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : null),
  );
}
