// Walks a base chain for one kind of new packet and tells from which addresses it is let through: never too few.
import type { Family } from '../../model/address';
import { type AddressSet, difference, everything, intersection, nothing, union } from '../address-sets';
import { evaluateMatch, isCondition, type Packet } from './match';
import { field, type NftChain, type NftExpression, type NftTable } from './ruleset';

/** The kernel's own limit (NFT_JUMP_STACK_SIZE). */
const deepest = 16;

/** What becomes of the addresses that enter a chain; an address may be in more than one where a rule can't be judged. */
interface Fate {
  readonly accepted: AddressSet;
  /** Came to the chain's end, or to a `return`. */
  readonly back: AddressSet;
}

/**
 * The addresses from which (for Packet.side "source"; else: to which) this packet is accepted by the base chain.
 * Counted in, not out, where a rule can't be judged exactly: a superset of what really passes (nft(8), VERDICT STATEMENTS).
 */
export function acceptedBy(table: NftTable, chain: NftChain, family: Family, packet: Packet): AddressSet {
  const fate = walk({ table, family, packet }, chain, everything(family), 0);
  return chain.base?.policy === 'drop' ? fate.accepted : union(fate.accepted, fate.back);
}

interface Walk {
  readonly table: NftTable;
  readonly family: Family;
  readonly packet: Packet;
}

function walk(on: Walk, chain: NftChain, entering: AddressSet, depth: number): Fate {
  let accepted = nothing(on.family);
  let back = nothing(on.family);
  let left = entering;
  for (const rule of chain.rules) {
    // `may` has every address that can reach this point of the rule, `must` those that do for certain.
    let may = left;
    let must = left;
    for (const expression of rule.expressions) {
      const end = endOf(expression);
      if (end === null && !isCondition(expression)) {
        // A verdict map, a queue, an extension, something newer than this program: it may accept, end the chain, or go on.
        accepted = union(accepted, may);
        back = union(back, may);
        must = nothing(on.family);
        continue;
      }
      if (end === null) {
        const matched = evaluateMatch(on.table, on.family, on.packet, expression);
        may = intersection(may, matched.may);
        must = intersection(must, matched.must);
        continue;
      }
      if (end.kind === 'accept') accepted = union(accepted, may);
      if (end.kind === 'return') back = union(back, may);
      left = difference(left, must);
      if (end.kind === 'jump' || end.kind === 'goto') {
        const target = on.table.chains.get(end.target);
        const fate: Fate = target && depth < deepest ? walk(on, target, may, depth + 1) : { accepted: may, back: may };
        accepted = union(accepted, fate.accepted);
        if (end.kind === 'jump') left = union(left, fate.back);
        else back = union(back, fate.back);
      }
      break;
    }
  }
  return { accepted, back: union(back, left) };
}

type End =
  | { readonly kind: 'accept' | 'drop' | 'return' }
  | { readonly kind: 'jump' | 'goto'; readonly target: string };

/** The verdict that ends a rule, or null where the expression is none. */
function endOf(expression: NftExpression): End | null {
  switch (expression.kind) {
    case 'accept':
    case 'drop':
    case 'return':
      return { kind: expression.kind };
    case 'reject':
      return { kind: 'drop' };
    case 'jump':
    case 'goto': {
      const target = field(expression.body, 'target');
      return { kind: expression.kind, target: typeof target === 'string' ? target : '' };
    }
    default:
      return null;
  }
}
