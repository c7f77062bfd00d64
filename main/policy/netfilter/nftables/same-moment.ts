// Whether several tools' listings of one ruleset can be of the same moment. Pure.
import type { RulesBeside } from '../../../model/facts';
import { readListing } from './listing-text';

/**
 * What differs between the JSON and the plain listing with handles (`nft -a`), a line each; empty = in both are the same tables, chains and
 * rules with the same policies. The kernel gives no handle twice (nf_tables_alloc_handle), and what has one never changes but for
 * policies, flags, devices and members: whatever else was listed between the two is of these same rules.
 */
export function changesBetween(json: string, listing: string): readonly string[] {
  const [before, after] = [handlesInJson(json), handlesInText(listing)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return was === is ? [] : [`${name}: ${was ?? 'none'}, ${is ?? 'none'}`];
  });
}

/** Without `-a` nft prints the same, but for the handles. */
export const withoutHandles = (listing: string): string => listing.replace(/ # handle \d+$/gm, '');

/** Handles by "family table" and "family table chain", a chain's with its policy and its rules. */
type Handles = ReadonlyMap<string, string>;

/** The keys stand in this order (libnftables-json(5)); inside strings their quotes would be escaped. */
const jsonHandles =
  /\{"(table|chain|rule)":\s*\{"family":\s*"(\w+)",\s*"(?:name|table)":\s*"([^"]*)",\s*(?:"(?:name|chain)":\s*"([^"]*)",\s*)?"handle":\s*(\d+)(?:[^{}]*?"policy":\s*"(\w+)")?/g;

function handlesInJson(json: string): Handles {
  const handles = new Map<string, string>();
  for (const [, kind, family, table, chain, handle, policy = ''] of json.matchAll(jsonHandles)) {
    if (kind === 'table') handles.set(`${family} ${table}`, `${handle}`);
    else {
      const name = `${family} ${table} ${chain}`;
      handles.set(name, kind === 'chain' ? `${handle} ${policy}` : `${handles.get(name)} ${handle}`);
    }
  }
  return handles;
}

const textHandles =
  /^(?:table (\S+ \S+) \{ # handle (\d+)|\tchain (\S+) \{ # handle (\d+)|\t\ttype \S+ hook [^;]*;(?:.*;)? policy (\w+);|\t\t.* # handle (\d+))$/gm;

function handlesInText(listing: string): Handles {
  const handles = new Map<string, string>();
  let [table, chain] = ['', ''];
  for (const [, ofTable, tableHandle, ofChain, chainHandle, policy, rule] of listing.matchAll(textHandles))
    if (ofTable !== undefined) {
      table = ofTable;
      handles.set(table, `${tableHandle}`);
    } else if (ofChain !== undefined) {
      chain = `${table} ${ofChain}`;
      handles.set(chain, `${chainHandle} `);
    } else handles.set(chain, `${handles.get(chain)}${policy ?? ` ${rule}`}`);
  return handles;
}

/**
 * What differs in tables, chains, policies and numbers of rules, a line each; empty = nothing tells that the rules changed between two of
 * the listings.
 */
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
  return others.flatMap(({ counts, policies, covers }) => {
    const names = new Set([...counts.keys(), ...[...seen.counts.keys()].filter(covers)]);
    // A chain of iptables that is built in and empty need not be there in both.
    const numbers = [...names].flatMap((name) => {
      const [before, after] = [seen.counts.get(name) ?? 0, counts.get(name) ?? 0];
      return before === after ? [] : [`${name}: ${before}, ${after}`];
    });
    const turned = [...policies].flatMap(([name, policy]) => {
      const other = seen.policies.get(name);
      return other === undefined || other === policy ? [] : [`${name}: policy ${other}, ${policy}`];
    });
    return [...numbers, ...turned];
  });
}

interface Listed {
  /** "family table" and "family table chain" to a number of chains and of rules. */
  readonly counts: ReadonlyMap<string, number>;
  /** "family table chain" to the chain's policy, where it has one. */
  readonly policies: ReadonlyMap<string, string>;
  /** Which of the JSON's names the listing tells about. */
  covers(name: string): boolean;
}

const objects =
  /\{"(?:table|chain|rule)":\s*\{"family":\s*"(\w+)",\s*"(?:name|table)":\s*"([^"]*)"(?:,\s*"(name|chain)":\s*"([^"]*)")?(?:[^{}]*?"policy":\s*"(\w+)")?/g;

function rulesInJson(json: string): Omit<Listed, 'covers'> {
  const counts = new Map<string, number>();
  const policies = new Map<string, string>();
  for (const [, family = '', table = '', key, chain = '', policy] of json.matchAll(objects)) {
    if (key === 'name') add(counts, `${family} ${table}`);
    if (key === 'chain') add(counts, `${family} ${table} ${chain}`);
    if (policy !== undefined) policies.set(`${family} ${table} ${chain}`, policy);
  }
  return { counts, policies };
}

const textPolicies = /^(?:table (\S+ \S+) \{|\tchain (\S+) \{|\t\ttype \S+ hook [^;]*;(?:.*;)? policy (\w+);)/gm;

function rulesInText(text: string): Listed {
  const counts = new Map<string, number>();
  const policies = new Map<string, string>();
  let [inTable, inChain] = ['', ''];
  for (const [, ofTable, ofChain, policy] of text.matchAll(textPolicies)) {
    inTable = ofTable ?? inTable;
    inChain = ofChain ?? inChain;
    if (policy !== undefined) policies.set(`${inTable} ${inChain}`, policy);
  }
  for (const [table, { chains }] of readListing(text)) {
    if (chains.size > 0) counts.set(table, chains.size);
    for (const [chain, { rules }] of chains) if (rules.length > 0) counts.set(`${table} ${chain}`, rules.length);
  }
  return { counts, policies, covers: () => true };
}

/** Only the tables that stand in it: iptables-save leaves out what nft's own rules stand in. */
function rulesInSave(text: string, family: string): Listed {
  const counts = new Map<string, number>();
  const policies = new Map<string, string>();
  const tables = new Set<string>();
  let table = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) {
      table = `${family} ${line.slice(1).trim()}`;
      tables.add(table);
    }
    const [, name, policy] = /^:(\S+) (ACCEPT|DROP) /.exec(line) ?? [];
    if (policy !== undefined) policies.set(`${table} ${name}`, policy.toLowerCase());
    const chain = /^(?:\[\d+:\d+\] )?-A (\S+)/.exec(line)?.[1];
    if (chain !== undefined) add(counts, `${table} ${chain}`);
  }
  const covers = (name: string): boolean => {
    const [of, called, chain] = name.split(' ');
    return chain !== undefined && tables.has(`${of} ${called}`);
  };
  return { counts, policies, covers };
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
