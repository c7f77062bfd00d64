// Chains without a name (`jump { ... }`, `goto { ... }`): nft's JSON names them by their text alone, so they are made chains here. Pure.
import { readBlock, type TextBlock } from './rule-text';
import { field, type NftChain, type NftExpression, type NftRule, type NftTable } from './ruleset';

/** The table with a chain of its own for each such block, and rules that lead there; the same table where there is none. */
export function withBlocks(table: NftTable): NftTable {
  const found = new Map<string, NftChain>();
  const chains = new Map<string, NftChain>();
  for (const [name, chain] of table.chains)
    chains.set(name, chain.rules.some(isBlocked) ? { ...chain, rules: led(name, chain.rules, found) } : chain);
  return found.size === 0 ? table : { ...table, chains: new Map([...chains, ...found]) };
}

const isBlocked = ({ expressions }: NftRule): boolean => expressions.some((expression) => blockOf(expression) !== null);

/** The rules with jumps by name; `found` takes the chains that these lead to. */
function led(chain: string, rules: readonly NftRule[], found: Map<string, NftChain>): readonly NftRule[] {
  return rules.map((rule, index) => {
    const expressions = rule.expressions.map((expression): NftExpression => {
      const block = blockOf(expression);
      if (block === null) return expression;
      // No chain can be called so (nft(8), LEXICAL CONVENTIONS).
      const target = `${chain}{${rule.handle ?? index + 1}}`;
      const inner = block.rules.map(({ text, expressions }) => ({ handle: null, text, expressions }));
      found.set(target, { name: target, base: null, rules: led(target, inner, found) });
      return { kind: block.verdict, body: { target } };
    });
    return { ...rule, expressions };
  });
}

function blockOf({ kind, body }: NftExpression): TextBlock | null {
  if (kind === 'unreadable' && typeof body === 'string') return readBlock(body);
  const rules = kind === 'block' ? field(body, 'rules') : undefined;
  return rules === undefined ? null : (body as TextBlock);
}
