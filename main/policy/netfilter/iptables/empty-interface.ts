// "! -i +" and "! -o +": conditions that hold for no packet, and that iptables-legacy-save leaves out of its lines.
import { readSavedText, wordsOf } from './save-text';

/**
 * One table's text of iptables-legacy-save with what it leaves out put back, from `iptables-legacy -t TABLE -v -n -L`; null where the two
 * do not tell of the same chains and rules, or one of them can't be read. (The kernel keeps the "+" as an empty name, turned round: the
 * save skips empty names, the listing shows them; seen with iptables 1.8.9.)
 */
export function withEmptyInterfaces(save: string, listing: string): string | null {
  const saved = readSavedText(save);
  const [table, ...others] = saved.kind === 'tables' ? saved.tables : [];
  if (!table || others.length > 0) return null;
  const listed = readListing(listing);
  if (listed.size !== table.chains.size) return null;
  const parts: string[] = [];
  let at = 0;
  for (const [name, { rules }] of table.chains) {
    const inChain = listed.get(name);
    if (inChain?.length !== rules.length) return null;
    for (const [index, { text, options }] of rules.entries()) {
      const begin = save.indexOf(text, at);
      if (begin < 0) return null;
      const end = begin + text.length;
      const added = (inChain[index] as readonly Option[]).filter((option) => !asks(options, option));
      const behindChain = options === '' ? end : end - options.length - 1;
      parts.push(save.slice(at, behindChain), ...added.map((option) => ` ! ${option} +`), save.slice(behindChain, end));
      at = end;
    }
  }
  return [...parts, save.slice(at)].join('');
}

type Option = '-i' | '-o';

/** Packets, bytes, target (may be missing), protocol, "opt" (older ip6tables have none), in, out, source, destination (iptables(8), -v). */
const rule =
  /^ *\d+[KMGTP]? +\d+[KMGTP]? +(?:\S+ +)?\S+ +(?:[!-][-f] +)?(\S+) +(\S+) +!?[\da-f.:]*[.:]\S* +!?[\da-f.:]*[.:]\S*/;

/** By chain and rule: the sides on which the listing shows a "!+". A comment's own lines make the numbers differ, no more. */
function readListing(listing: string): ReadonlyMap<string, readonly (readonly Option[])[]> {
  const chains = new Map<string, (readonly Option[])[]>();
  let rules: (readonly Option[])[] = [];
  for (const line of listing.split('\n')) {
    const [, chain] = /^Chain (\S+) \(/.exec(line) ?? [];
    if (chain !== undefined) {
      rules = [];
      chains.set(chain, rules);
      continue;
    }
    const [, from, to] = rule.exec(line) ?? [];
    if (from !== undefined)
      rules.push([...(from === '!+' ? (['-i'] as const) : []), ...(to === '!+' ? (['-o'] as const) : [])]);
  }
  return chains;
}

function asks(options: string, option: Option): boolean {
  const words = wordsOf(options);
  return words.some(
    ({ text, quoted }, at) => text === '+' && !quoted && words[at - 1]?.text === option && words[at - 2]?.text === '!',
  );
}
