// Tables of iptables-legacy that are active beside nftables, told without loading any.
import { readFileSync } from 'node:fs';
import type { Family } from '../../model/address';

/** Names as the kernel lists them ("filter"), by family; null = may not be read. */
export type LegacyTables = Readonly<Record<Family, readonly string[] | null>>;

/**
 * Only administrators may read them. A kernel without the old code has no such file: then none is active.
 * (iptables-legacy -L would create the tables it lists.)
 */
export function activeLegacyTables(): LegacyTables {
  return { ipv4: names('/proc/net/ip_tables_names'), ipv6: names('/proc/net/ip6_tables_names') };
}

/** Of both families together; null = not known. */
export function allLegacyTables({ ipv4, ipv6 }: LegacyTables): readonly string[] | null {
  return ipv4 === null || ipv6 === null ? null : [...new Set([...ipv4, ...ipv6])].sort();
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
