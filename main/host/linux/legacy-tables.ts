// Tables of iptables-legacy that are active beside nftables, told without loading any.
import { readFileSync } from 'node:fs';

/**
 * Names as the kernel lists them ("filter"), of both families; null = may not be read (administrators only).
 * A kernel without the old code has no such file: then none is active. (iptables-legacy -L would create the tables it lists.)
 */
export function activeLegacyTables(): readonly string[] | null {
  const lists = ['/proc/net/ip_tables_names', '/proc/net/ip6_tables_names'].map(names);
  return lists.some((list) => list === null) ? null : [...new Set(lists.flatMap((list) => list ?? []))].sort();
}

function names(path: string): readonly string[] | null {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null;
  }
}
