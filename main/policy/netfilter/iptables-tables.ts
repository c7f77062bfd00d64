// Which of nftables' tables are iptables' own and are better judged from what iptables-save says about them. Pure.
import type { Family } from '../../model/address';
import type { NftExpression, NftTable } from './nftables/ruleset';
import type { BaseChain } from './program';

/** What `iptables-nft` makes rules of; a table with anything else was (also) written by somebody else, and the saved text may say less than is there. */
const plainKinds = new Set([
  'match',
  'counter',
  'accept',
  'drop',
  'return',
  'jump',
  'goto',
  'xt',
  'log',
  'limit',
  'reject',
  'comment',
  'mangle',
]);

/**
 * The tables of this family that the saved text tells in full: the same base chains, the same rules by number, nothing in
 * them that iptables could not have written. `baseChains` and `text`: the same saved text, read and raw.
 */
export function toldBySave(
  tables: readonly NftTable[],
  family: Family,
  text: string,
  baseChains: readonly BaseChain[],
): ReadonlySet<string> {
  const counts = ruleCounts(text);
  const told = new Set<string>();
  for (const table of tables) {
    if (table.family !== (family === 'ipv4' ? 'ip' : 'ip6') || table.sets.size > 0) continue;
    const saved = counts.get(table.name);
    const bases = baseChains.filter(({ chain }) => chain.name.split(' ')[1] === table.name);
    if (saved && isSame(table, saved, bases)) told.add(table.name);
  }
  return told;
}

function isSame(table: NftTable, saved: ReadonlyMap<string, number>, bases: readonly BaseChain[]): boolean {
  let hooked = 0;
  for (const { name, base, rules } of table.chains.values()) {
    // A built-in chain without rules need not be there on both sides.
    if (rules.length !== (saved.get(name) ?? 0)) return false;
    if (!rules.every(({ expressions }) => expressions.every(isPlain))) return false;
    if (!base) continue;
    const same = bases.find(({ chain }) => chain.name.endsWith(` ${table.name} ${name}`));
    if (!same || same.hook !== base.hook || same.priority !== base.priority || same.policy !== base.policy)
      return false;
    hooked++;
  }
  const missing = bases.filter(({ chain }) => !table.chains.has(chain.name.split(' ').at(-1) ?? ''));
  return (
    hooked + missing.length === bases.length &&
    missing.every(({ chain, policy }) => chain.rules.length === 0 && policy === 'accept')
  );
}

function isPlain({ kind, body }: NftExpression): boolean {
  return plainKinds.has(kind) && (kind !== 'match' || !JSON.stringify(body).includes('"@'));
}

/** Rules of each chain of each table, counted line by line. */
function ruleCounts(text: string): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const tables = new Map<string, Map<string, number>>();
  let chains: Map<string, number> | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) {
      chains = new Map();
      tables.set(line.slice(1).trim(), chains);
    }
    const chain = /^(?:\[\d+:\d+\] )?-A (\S+)/.exec(line)?.[1];
    if (chain !== undefined) chains?.set(chain, (chains.get(chain) ?? 0) + 1);
  }
  return tables;
}
