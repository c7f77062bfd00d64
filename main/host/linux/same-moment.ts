// Whether several tools' listings of one ruleset can be of the same moment: the same tables, chains and numbers of rules. Pure.
import type { RulesBeside } from '../../model/facts';
import { readListing } from '../../policy/nftables/listing-text';

/** What differs, a line each; empty = nothing tells that the rules changed between two of the listings. */
export function differencesBetween(
  json: string,
  { rulesetText, iptablesSave, ip6tablesSave }: Pick<RulesBeside, 'rulesetText' | 'iptablesSave' | 'ip6tablesSave'>,
): readonly string[] {
  const others = [
    ...(rulesetText === null ? [] : [rulesInText(rulesetText)]),
    ...(iptablesSave === null ? [] : [rulesInSave(iptablesSave, 'ip')]),
    ...(ip6tablesSave === null ? [] : [rulesInSave(ip6tablesSave, 'ip6')]),
  ];
  if (others.length === 0) return [];
  const seen = rulesInJson(json);
  return others.flatMap(({ counts, covers }) => {
    const names = new Set([...counts.keys(), ...[...seen.keys()].filter(covers)]);
    // A chain of iptables that is built in and empty need not be there in both.
    return [...names].flatMap((name) => {
      const [before, after] = [seen.get(name) ?? 0, counts.get(name) ?? 0];
      return before === after ? [] : [`${name}: ${before}, ${after}`];
    });
  });
}

interface Listed {
  /** "family table" and "family table chain" to a number of chains and of rules. */
  readonly counts: ReadonlyMap<string, number>;
  /** Which of the JSON's names the listing tells about. */
  covers(name: string): boolean;
}

/** The keys stand in this order (libnftables-json(5)); inside strings their quotes would be escaped. */
const objects =
  /\{"(?:table|chain|rule)":\s*\{"family":\s*"(\w+)",\s*"(?:name|table)":\s*"([^"]*)"(?:,\s*"(name|chain)":\s*"([^"]*)")?/g;

function rulesInJson(json: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, family = '', table = '', key, chain = ''] of json.matchAll(objects)) {
    if (key === 'name') add(counts, `${family} ${table}`);
    if (key === 'chain') add(counts, `${family} ${table} ${chain}`);
  }
  return counts;
}

function rulesInText(text: string): Listed {
  const counts = new Map<string, number>();
  for (const [table, { chains }] of readListing(text)) {
    if (chains.size > 0) counts.set(table, chains.size);
    for (const [chain, { rules }] of chains) if (rules.length > 0) counts.set(`${table} ${chain}`, rules.length);
  }
  return { counts, covers: () => true };
}

/** Only the tables that stand in it: iptables-save leaves out what nft's own rules stand in. */
function rulesInSave(text: string, family: string): Listed {
  const counts = new Map<string, number>();
  const tables = new Set<string>();
  let table = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) {
      table = `${family} ${line.slice(1).trim()}`;
      tables.add(table);
    }
    const chain = /^(?:\[\d+:\d+\] )?-A (\S+)/.exec(line)?.[1];
    if (chain !== undefined) add(counts, `${table} ${chain}`);
  }
  const covers = (name: string): boolean => {
    const [of, called, chain] = name.split(' ');
    return chain !== undefined && tables.has(`${of} ${called}`);
  };
  return { counts, covers };
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
