// The frame of iptables-save's text: tables, their chains with policies, and the rule lines of each chain.
import { type Message, message } from '../../../model/message';

export interface SavedTable {
  readonly name: string;
  readonly chains: ReadonlyMap<string, SavedChain>;
}

interface SavedChain {
  /** null for a chain that someone made; built-in chains have one. */
  readonly policy: 'accept' | 'drop' | null;
  readonly rules: readonly SavedRule[];
}

export interface SavedRule {
  /** As written, without the counters in front. */
  readonly text: string;
  /** What stands behind "-A CHAIN". */
  readonly options: string;
}

/** One word of a line; a quoted one is never an option or a "!". */
export interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

export type SavedText =
  | {
      readonly kind: 'tables';
      readonly tables: readonly SavedTable[];
      /** Tables that iptables-save only names, since nft rules stand in them ("Table `x' is incompatible"). */
      readonly notShown: readonly string[];
    }
  | { readonly kind: 'bad'; readonly why: Message };

/**
 * Reads the frame of iptables-save's output (iptables-save(8), either back end); linear in the text.
 * Bad: anything that is not such a text as a whole, so that nothing of it can get lost: cut short, other lines, binary bytes.
 */
export function readSavedText(text: string): SavedText {
  if (text.includes('\0')) return bad(message('netfilter.iptables.binary'));
  const tables = new Map<string, OpenTable>();
  const notShown: string[] = [];
  let table: OpenTable | null = null;
  let at = 0;
  for (let number = 1; at < text.length; number++) {
    const end = endOfLine(text, at);
    if (end === null) return bad(message('netfilter.iptables.quotation', { line: number }));
    const line = text.slice(at, end).trimEnd();
    at = end + 1;
    if (line === '') continue;
    if (line.startsWith('#')) {
      const incompatible = /^# Table `([^']*)' is incompatible/.exec(line)?.[1];
      if (incompatible !== undefined) notShown.push(incompatible);
    } else if (line.startsWith('*')) {
      const name = line.slice(1);
      if (table)
        return badAt(number, message('netfilter.iptables.nested', { table: shown(name), before: shown(table.name) }));
      if (tables.has(name)) return badAt(number, message('netfilter.iptables.twice', { table: shown(name) }));
      table = { name, chains: new Map() };
      tables.set(name, table);
    } else if (line === 'COMMIT') {
      if (!table) return badAt(number, message('netfilter.iptables.commit'));
      table = null;
    } else {
      if (!table) return badAt(number, message('netfilter.iptables.outside', { text: shown(line) }));
      const why = line.startsWith(':') ? addChain(table, line) : addRule(table, line);
      if (why) return badAt(number, why);
    }
  }
  if (table) return bad(message('netfilter.iptables.cut-short', { table: shown(table.name) }));
  return { kind: 'tables', tables: [...tables.values()], notShown };
}

/** Splits a line the way iptables-restore does: spaces part words, "..." is one word, in it \ takes the next character as it is. */
export function wordsOf(line: string): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (isSpace(line.charCodeAt(at))) at++;
    else if (line[at] === '"') {
      const end = endOfQuotation(line, at);
      const inside = line.slice(at + 1, end ?? line.length);
      words.push({ text: inside.includes('\\') ? inside.replaceAll(/\\([\s\S])/g, '$1') : inside, quoted: true });
      at = (end ?? line.length) + 1;
    } else {
      const start = at;
      while (at < line.length && !isSpace(line.charCodeAt(at)) && line[at] !== '"') at++;
      words.push({ text: line.slice(start, at), quoted: false });
    }
  }
  return words;
}

interface OpenTable {
  readonly name: string;
  readonly chains: Map<string, { readonly policy: SavedChain['policy']; readonly rules: SavedRule[] }>;
}

const policies: ReadonlyMap<string, SavedChain['policy']> = new Map([
  ['ACCEPT', 'accept'],
  ['DROP', 'drop'],
  ['-', null],
]);

function addChain(table: OpenTable, line: string): Message | null {
  const [, name = '', word = ''] = /^:(\S+) (\S+)(?: \[\d+:\d+\])?$/.exec(line) ?? [];
  const policy = policies.get(word);
  if (name === '' || policy === undefined) return message('netfilter.iptables.bad-chain', { text: shown(line) });
  if (table.chains.has(name)) return message('netfilter.iptables.chain-twice', { name: shown(name) });
  table.chains.set(name, { policy, rules: [] });
  return null;
}

function addRule(table: OpenTable, line: string): Message | null {
  const text = line.startsWith('[') ? line.replace(/^\[\d+:\d+\] /, '') : line;
  const [, chain = '', options = ''] = /^(?:-A|--append) (\S+)(?: ([\s\S]*))?$/.exec(text) ?? [];
  if (chain === '') return message('netfilter.iptables.no-rule', { text: shown(line) });
  const rules = table.chains.get(chain)?.rules;
  if (!rules) return message('netfilter.iptables.rule-without-chain', { text: shown(line) });
  rules.push({ text, options });
  return null;
}

/** A comment may hold line ends: a rule's line ends where no quotation is open. null = the quotation never ends. */
function endOfLine(text: string, start: number): number | null {
  const next = text.indexOf('\n', start);
  const end = next < 0 ? text.length : next;
  if (text[start] !== '-' && text[start] !== '[') return end;
  let at = quoteBefore(text, start, end);
  let lineEnd = end;
  while (at >= 0 && at < lineEnd) {
    const close = endOfQuotation(text, at);
    if (close === null) return null;
    if (close > lineEnd) {
      const after = text.indexOf('\n', close);
      lineEnd = after < 0 ? text.length : after;
    }
    at = quoteBefore(text, close + 1, lineEnd);
  }
  return lineEnd;
}

/** Where the next quotation mark stands before `end`, or -1; never looks further than `end`. */
function quoteBefore(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (text[at] === '"') return at;
  return -1;
}

function endOfQuotation(text: string, open: number): number | null {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return null;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
const bad = (why: Message): SavedText => ({ kind: 'bad', why });
const badAt = (line: number, why: Message): SavedText => bad(message('netfilter.iptables.line', { why, line }));
