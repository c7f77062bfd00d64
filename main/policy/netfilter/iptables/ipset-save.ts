// The text of `ipset save`: sets with their types and, only where somebody asks for them, their entries.
import type { Family } from '../../../model/address';

export interface IpSets {
  readonly sets: ReadonlyMap<string, IpSet>;
  /** False when lines could not be assigned to a set: every set may have more entries than are here. */
  readonly complete: boolean;
}

export interface IpSet {
  readonly name: string;
  /** What each dimension holds: hash:ip,port = ip, port. */
  readonly dimensions: readonly Dimension[];
  readonly method: 'hash' | 'bitmap' | 'list';
  readonly family: Family;
  readonly options: ReadonlyMap<string, string>;
  /** The words behind "add NAME", one text an entry. */
  readonly lines: readonly string[];
  /** False when the text breaks off in this set. */
  readonly complete: boolean;
}

export type Dimension = 'ip' | 'net' | 'port' | 'iface' | 'mark' | 'mac' | 'set';

export interface SetEntry {
  readonly parts: readonly string[];
  readonly nomatch: boolean;
  readonly wildcard: boolean;
  /** It goes away by itself ("timeout 0" does not). */
  readonly temporary: boolean;
}

/** Reads the frame of `ipset save` (ipset(8)); linear, and no entry is looked at yet. */
export function readIpsetSave(text: string): IpSets {
  const sets = new Map<string, OpenSet>();
  const broken = new Set<string>();
  let complete = !text.includes('\0');
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const line = text.slice(at, end);
    at = end + 1;
    const [, verb = '', name = '', rest = ''] = /^(\S+) (\S+) ?(.*?)\s*$/.exec(line) ?? [];
    const set = sets.get(name);
    // ipset ends every line: a last one without its end may be half of a line.
    const cut = next < 0;
    if (verb === 'create') {
      const created = set ? null : newSet(name, rest);
      if (created) sets.set(name, created);
      if (!created || cut) broken.add(name);
    } else if (verb === 'add' && set && !cut) set.lines.push(rest);
    else if (verb === 'add') broken.add(name);
    else if (line.trim() !== '') complete = false;
  }
  const read = [...sets.values()].map((set) => ({ ...set, complete: !broken.has(set.name) }));
  return { sets: new Map(read.map((set) => [set.name, set])), complete };
}

/** One entry's parts and options; null when a word of it is not known. */
export function readEntry(line: string): SetEntry | null {
  const quote = line.indexOf(' comment "');
  const close = quote < 0 ? -1 : line.indexOf('"', quote + 10);
  if (quote >= 0 && close < 0) return null;
  const text = quote < 0 ? line : line.slice(0, quote) + line.slice(close + 1);
  const [element = '', ...words] = text.split(' ').filter((word) => word !== '');
  let [nomatch, wildcard, temporary] = [false, false, false];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'nomatch') nomatch = true;
    else if (word === 'wildcard') wildcard = true;
    else if (!valueOptions.has(word) || ++at >= words.length) return null;
    else if (word === 'timeout') temporary = words[at] !== '0';
  }
  return element === '' ? null : { parts: element.split(','), nomatch, wildcard, temporary };
}

interface OpenSet extends IpSet {
  readonly lines: string[];
}

const valueOptions: ReadonlySet<string> = new Set([
  'timeout',
  'packets',
  'bytes',
  'skbmark',
  'skbprio',
  'skbqueue',
  'before',
  'after',
]);
const dimensionNames: readonly string[] = ['ip', 'net', 'port', 'iface', 'mark', 'mac', 'set'] satisfies Dimension[];
const isDimension = (name: string): name is Dimension => dimensionNames.includes(name);

function newSet(name: string, rest: string): OpenSet | null {
  const [type = '', ...words] = rest.split(' ');
  const [, method, parts = ''] = /^(hash|bitmap|list):([a-z,]+)$/.exec(type) ?? [];
  const dimensions = parts.split(',').filter(isDimension);
  if ((method !== 'hash' && method !== 'bitmap' && method !== 'list') || dimensions.join() !== parts) return null;
  const options = new Map(words.map((word, at) => [word, words[at + 1] ?? '']));
  const family = options.get('family') === 'inet6' ? 'ipv6' : 'ipv4';
  return { name, dimensions, method, family, options, lines: [], complete: true };
}
