// Which addresses pass one expression of an nftables rule, for one kind of new packet: a set that may, a set that must.
import type { Family } from '../../model/address';
import {
  type AddressSet,
  complement,
  everything,
  nothing,
  parseNetwork,
  setOf,
  setOfRange,
  unionAll,
} from '../address-sets';
import { field, type NftExpression, type NftTable, readElement, single } from './ruleset';

/** A first packet of a connection, as far as a shield's rules look at it. */
export interface Packet {
  readonly protocol: 'tcp' | 'udp';
  /** Destination port. */
  readonly port: number;
  /** Never the loopback interface; its name is not decided here. */
  readonly interface: 'not-loopback';
  /** Destination is one of the PC's own addresses (false for what it sends itself). */
  readonly toThisPc: boolean;
  /** Which of its addresses is the question. */
  readonly side: 'source' | 'destination';
}

export interface Matched {
  readonly may: AddressSet;
  readonly must: AddressSet;
}

/** Statements that only note something and let the packet go on to the next (nft(8), STATEMENTS). */
const passing = new Set(['counter', 'log', 'comment']);
/** Statements after which the rule may go on or stop, but which give no verdict: a full set, a limit that is reached. */
const conditions = new Set(['match', 'set', 'limit', 'quota']);

/** Whether the expression can only let the packet go on in its rule or not; anything else may be a verdict. */
export const isCondition = ({ kind }: NftExpression): boolean => passing.has(kind) || conditions.has(kind);

export function evaluateMatch(table: NftTable, family: Family, packet: Packet, expression: NftExpression): Matched {
  const [all, none] = [everything(family), nothing(family)];
  const unsure: Matched = { may: all, must: none };
  const decided = (matches: boolean): Matched => (matches ? { may: all, must: all } : { may: none, must: none });
  if (passing.has(expression.kind)) return decided(true);
  if (expression.kind !== 'match') return unsure;

  const operator = field(expression.body, 'op');
  if (operator !== '==' && operator !== '!=' && operator !== 'in') return unsure;
  const negated = operator === '!=';
  const right = field(expression.body, 'right');
  const { kind, body } = single(field(expression.body, 'left'));
  const key = field(body, 'key');

  if (kind === 'meta' && (key === 'iif' || key === 'iifname' || key === 'oif' || key === 'oifname'))
    return right === 'lo' ? decided(negated) : unsure;
  if (kind === 'meta' && (key === 'l4proto' || key === 'nfproto')) {
    const words = wordsOf(right);
    const ours: string = key === 'nfproto' ? family : packet.protocol;
    return words ? decided(words.includes(ours) !== negated) : unsure;
  }
  if (kind === 'fib') {
    const flags = field(body, 'flags');
    const plain =
      field(body, 'result') === 'type' && Array.isArray(flags) && flags.length === 1 && flags[0] === 'daddr';
    return plain && right === 'local' ? decided(packet.toThisPc !== negated) : unsure;
  }
  if (kind !== 'payload') return unsure;

  const protocol = field(body, 'protocol');
  const what = field(body, 'field');
  if (what === 'dport' && (protocol === 'tcp' || protocol === 'udp' || protocol === 'th')) {
    if (protocol !== 'th' && protocol !== packet.protocol) return decided(false);
    const holds = portsHold(table, right, packet.port);
    return holds === null ? unsure : decided(holds !== negated);
  }
  if ((protocol === 'ip' || protocol === 'ip6') && (what === 'saddr' || what === 'daddr')) {
    if ((protocol === 'ip') !== (family === 'ipv4')) return decided(false);
    if ((what === 'saddr') !== (packet.side === 'source')) return unsure;
    const matched = addressesOf(table, family, right);
    return negated ? { may: complement(matched.must), must: complement(matched.may) } : matched;
  }
  return unsure;
}

/** Whether the port is among the right side's; null = can't be told. */
function portsHold(table: NftTable, right: unknown, port: number): boolean | null {
  const members = membersOf(table, right);
  if (!members) return null;
  let unsure = false;
  for (const member of members) {
    const range = field(member, 'range');
    if (typeof member === 'number') {
      if (member === port) return true;
    } else if (Array.isArray(range) && typeof range[0] === 'number' && typeof range[1] === 'number') {
      if (range[0] <= port && port <= range[1]) return true;
    } else unsure = true;
  }
  return unsure ? null : false;
}

function addressesOf(table: NftTable, family: Family, right: unknown): Matched {
  const members = membersOf(table, right);
  if (!members) return { may: everything(family), must: nothing(family) };
  const sets = members.map((member) => addressSetOf(family, member));
  const readable = sets.filter((set) => set !== null);
  const exact = unionAll(family, readable);
  return readable.length === sets.length ? { may: exact, must: exact } : { may: everything(family), must: exact };
}

function addressSetOf(family: Family, member: unknown): AddressSet | null {
  const prefix = field(member, 'prefix');
  const range = field(member, 'range');
  if (Array.isArray(range))
    return typeof range[0] === 'string' && typeof range[1] === 'string' ? setOfRange(range[0], range[1]) : null;
  const parsed = parseNetwork(
    prefix === undefined ? String(member) : `${String(field(prefix, 'addr'))}/${String(field(prefix, 'len'))}`,
  );
  return parsed.kind === 'network' && parsed.family === family ? setOf(family, [parsed.network]) : null;
}

/** The values of a literal, an anonymous set or a named set; null for a set that changes by itself or is not known. */
function membersOf(table: NftTable, right: unknown): readonly unknown[] | null {
  if (typeof right === 'string' && right.startsWith('@')) {
    const set = table.sets.get(right.slice(1));
    if (!set || set.flags.includes('dynamic')) return null;
    return set.elements.filter((element) => element.expires !== 0).map((element) => element.value);
  }
  const anonymous = field(right, 'set');
  if (anonymous === undefined) return [right];
  return Array.isArray(anonymous) ? anonymous.map((element) => readElement(element).value) : null;
}

function wordsOf(right: unknown): readonly string[] | null {
  const members = field(right, 'set') ?? [right];
  return Array.isArray(members) && members.every((member) => typeof member === 'string') ? members : null;
}
