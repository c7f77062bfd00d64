// Whether anything but our table looks at what comes in.

import { parseRuleset } from './ruleset';
import { shieldTable } from './shield';

const inbound = new Set(['ingress', 'prerouting', 'input']);

/**
 * none = no base chain but ours hooks inbound packets and no old-style table is active, so that nothing filters them and nothing
 * passes them on; unknown = there may be. `legacyTables` null = not known.
 */
export function otherInboundRules(json: string, legacyTables: readonly string[] | null): 'none' | 'unknown' {
  const parsed = parseRuleset(json);
  if (parsed.kind === 'bad' || legacyTables === null || legacyTables.length > 0) return 'unknown';
  const others = parsed.tables.filter(
    ({ family, name }) => !(family === shieldTable.family && name === shieldTable.name),
  );
  const hooked = others.some((table) =>
    [...table.chains.values()].some((chain) => chain.base !== null && inbound.has(chain.base.hook)),
  );
  return hooked ? 'unknown' : 'none';
}
