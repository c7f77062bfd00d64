// Rules as `nft list ruleset` prints them, as the expressions that its JSON would have: for chains that the JSON does not show.
import type { NftExpression } from './ruleset';

/** One rule of a text. */
interface TextRule {
  /** As it was printed, in one line. */
  readonly text: string;
  /** What could not be read stands at the end as "unreadable": it may do anything. */
  readonly expressions: readonly NftExpression[];
}

/** The rules of `jump { ... }` or `goto { ... }`; inside another block it is the body of an expression of the kind "block". */
export interface TextBlock {
  readonly verdict: 'jump' | 'goto';
  readonly rules: readonly TextRule[];
}

/** "jump { ... }" or "goto { ... }" with a rule a line (nft(8), CHAINS); null = it is not such a block. Any text in, never a throw. */
export function readBlock(text: string): TextBlock | null {
  const reader = new Reader(tokensOf(text));
  const [verdict, open] = [reader.next(), reader.next()];
  if ((verdict !== 'jump' && verdict !== 'goto') || open !== '{') return null;
  const rules = reader.rules();
  return reader.peek() === '}' ? { verdict, rules } : null;
}

/** Words, quoted strings with their quotes, and the signs that stand alone; a line's end is a token, too. */
const tokensOf = (text: string): readonly string[] => text.match(/"[^"]*"|\n|[{}();,|&^]|[^\s{}();,|&^"]+/g) ?? [];

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead];
  }

  next(): string | undefined {
    return this.#tokens[this.#at++];
  }

  /** Up to the brace that closes the block, which stays. */
  rules(): readonly TextRule[] {
    const rules: TextRule[] = [];
    for (;;) {
      while (isEnd(this.peek())) this.#at++;
      const token = this.peek();
      if (token === undefined || token === '}') return rules;
      const start = this.#at;
      const expressions = this.#rule();
      const words = this.#tokens.slice(start, this.#at).filter((word) => word !== '\n');
      rules.push({ text: words.join(' ').replaceAll(' ,', ','), expressions });
    }
  }

  #rule(): readonly NftExpression[] {
    const expressions: NftExpression[] = [];
    while (!isEnd(this.peek()) && this.peek() !== '}' && this.peek() !== undefined) {
      const start = this.#at;
      const read = this.#statement();
      if (read === null) {
        this.#at = start;
        this.#skipRule();
        expressions.push({ kind: 'unreadable', body: null });
      } else expressions.push(...read);
    }
    return expressions;
  }

  /** To the end of the rule, past everything in braces. */
  #skipRule(): void {
    for (let depth = 0; ; this.#at++) {
      const token = this.peek();
      if (token === undefined || (depth === 0 && (isEnd(token) || token === '}'))) return;
      if (token === '{') depth++;
      if (token === '}') depth--;
    }
  }

  /** null = it can't be read. */
  #statement(): readonly NftExpression[] | null {
    const token = this.peek() ?? '';
    switch (token) {
      case 'accept':
      case 'drop':
      case 'return':
      case 'continue':
      case 'notrack':
        this.#at++;
        return [{ kind: token, body: null }];
      case 'jump':
      case 'goto':
        return this.#jump(token);
      case 'counter':
        this.#at++;
        this.#options(counterWords);
        return [{ kind: 'counter', body: null }];
      case 'log':
        this.#at++;
        this.#options(logWords);
        return [{ kind: 'log', body: null }];
      case 'limit':
        this.#at++;
        this.#options(limitWords);
        return [{ kind: 'limit', body: null }];
      case 'comment':
        this.#at++;
        return this.next()?.startsWith('"') ? [] : null;
      case 'reject':
        return this.#reject();
      default:
        return this.#match();
    }
  }

  /** Words that take so many others behind them. */
  #options(known: ReadonlyMap<string, number>): void {
    for (;;) {
      const words = known.get(this.peek() ?? '');
      if (words === undefined) return;
      this.#at += 1 + words;
    }
  }

  #jump(verdict: 'jump' | 'goto'): readonly NftExpression[] | null {
    this.#at++;
    if (this.peek() !== '{') {
      const target = this.next();
      return target === undefined || isEnd(target) ? null : [{ kind: verdict, body: { target } }];
    }
    this.#at++;
    const rules = this.rules();
    if (this.next() !== '}') return null;
    return [{ kind: 'block', body: { verdict, rules } satisfies TextBlock }];
  }

  #reject(): readonly NftExpression[] | null {
    this.#at++;
    if (this.peek() !== 'with') return [{ kind: 'reject', body: null }];
    this.#at++;
    const type = this.next();
    if (type === 'tcp') return this.next() === 'reset' ? [{ kind: 'reject', body: { type: 'tcp reset' } }] : null;
    if (type !== 'icmp' && type !== 'icmpv6' && type !== 'icmpx') return null;
    if (this.peek() === 'type') this.#at++;
    return this.next() === undefined ? null : [{ kind: 'reject', body: { type } }];
  }

  #match(): readonly NftExpression[] | null {
    const left = this.#left();
    if (left === null) return null;
    if (this.peek() === 'vmap') {
      this.#at++;
      const data = this.#verdictMap();
      return data === null ? null : [{ kind: 'vmap', body: { key: left, data } }];
    }
    if (this.peek() === 'set') return this.#mark(left);
    const op = operators.has(this.peek() ?? '') ? this.next() : undefined;
    const right = this.#right(left);
    if (right === null) return null;
    // "syn / syn,ack": of the flags behind the stroke just those before it are set.
    if (this.peek() === '/') {
      this.#at++;
      const mask = isFlags(left) ? this.#right(left) : null;
      return mask === null ? null : [{ kind: 'match', body: { op: op ?? '==', left: { '&': [left, mask] }, right } }];
    }
    const isBits = isSeveralBits(left) && !('set' in Object(right)) && !String(right).startsWith('@');
    return [{ kind: 'match', body: { op: op ?? (isBits ? 'in' : '=='), left, right } }];
  }

  /** What is compared: one field, or several joined with ".". */
  #left(): unknown {
    const fields: unknown[] = [];
    do {
      if (fields.length > 0) this.#at++;
      const one = this.#field();
      if (one === null) return null;
      fields.push(one);
    } while (this.peek() === '.');
    return fields.length === 1 ? fields[0] : { concat: fields };
  }

  #field(): unknown {
    const word = this.next() ?? '';
    if (unqualified.has(word)) return this.#masked({ meta: { key: word } });
    if (word === 'meta') return this.#masked({ meta: { key: this.next() } });
    if (protocols.has(word)) return this.#masked({ payload: { protocol: word, field: this.next() } });
    if (word === 'ct') return this.#connection();
    if (word === 'fib') {
      const flags = [this.next()];
      while (this.peek() === '.') {
        this.#at++;
        flags.push(this.next());
      }
      return { fib: { result: this.next(), flags } };
    }
    return null;
  }

  #connection(): unknown {
    const dir = this.peek() === 'original' || this.peek() === 'reply' ? this.next() : undefined;
    const word = this.next() ?? '';
    const key = word === 'ip' || word === 'ip6' ? `${word} ${this.next()}` : word;
    return this.#masked({ ct: dir === undefined ? { key } : { key, dir } });
  }

  /** "X & mask", and of tcp flags "(fin | syn)". */
  #masked(field: unknown): unknown {
    if (this.peek() !== '&') return field;
    this.#at++;
    const mask = this.#bits();
    return mask === null ? null : { '&': [field, mask] };
  }

  #bits(): unknown {
    if (this.peek() !== '(') return this.#value();
    this.#at++;
    const words: unknown[] = [];
    for (;;) {
      words.push(this.#value());
      const sign = this.next();
      if (sign === ')') return words;
      if (sign !== '|') return null;
    }
  }

  #right(left: unknown): unknown {
    if (this.peek() === '{') {
      const set = this.#list(() => this.#member());
      return set === null ? null : { set };
    }
    if (this.peek() === '(') return this.#bits();
    const first = this.#value();
    if (first === null) return null;
    if (this.peek() === '.') return this.#joined(first);
    if (this.peek() !== ',' && this.peek() !== '|') return first;
    if (!isSeveralBits(left)) return null;
    const words: unknown[] = [first];
    while (this.peek() === ',' || this.peek() === '|') {
      this.#at++;
      words.push(this.#value());
    }
    return words.includes(null) ? null : words;
  }

  /** A member of a set; several fields are joined with ".". */
  #member(): unknown {
    const first = this.#value();
    return first === null || this.peek() !== '.' ? first : this.#joined(first);
  }

  #joined(first: unknown): unknown {
    const parts = [first];
    while (this.peek() === '.') {
      this.#at++;
      parts.push(this.#value());
    }
    return parts.includes(null) ? null : { concat: parts };
  }

  #verdictMap(): unknown {
    if (this.peek()?.startsWith('@')) return this.next();
    const set = this.#list(() => {
      const key = this.#member();
      if (key === null || this.next() !== ':') return null;
      const verdict = this.next() ?? '';
      if (verdict === 'jump' || verdict === 'goto') {
        const target = this.next();
        return target === undefined || target === '{' ? null : [key, { [verdict]: { target } }];
      }
      return verdictWords.has(verdict) ? [key, { [verdict]: null }] : null;
    });
    return set === null ? null : { set };
  }

  /** What stands between braces, with commas; null = one of them can't be read. */
  #list(one: () => unknown): readonly unknown[] | null {
    if (this.next() !== '{') return null;
    const members: unknown[] = [];
    for (;;) {
      this.#skipLines();
      const member = one();
      if (member === null) return null;
      members.push(member);
      this.#skipLines();
      const sign = this.next();
      if (sign === '}') return members;
      if (sign !== ',') return null;
    }
  }

  #skipLines(): void {
    while (this.peek() === '\n') this.#at++;
  }

  #mark(left: unknown): readonly NftExpression[] | null {
    this.#at++;
    const value = this.#value();
    return typeof value === 'number' && isWritten(this.peek())
      ? [{ kind: 'mangle', body: { key: left, value } }]
      : null;
  }

  /** A number, an address, a network, a range of either, a name or a word; null = none of them. */
  #value(): unknown {
    const token = this.next() ?? '';
    if (token.startsWith('"')) return token.slice(1, -1);
    if (!/^@?[\w*][\w.:/*+-]*$|^::[\w.:/-]*$/.test(token)) return null;
    if (/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(token)) return Number(token);
    const range = /^([^-]+)-([^-]+)$/.exec(token);
    if (range !== null && isLowest(range[1]) && isLowest(range[2]))
      return { range: [numberOr(range[1]), numberOr(range[2])] };
    const prefix = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(token);
    if (prefix !== null) return { prefix: { addr: prefix[1], len: Number(prefix[2]) } };
    return token.includes('/') ? null : token;
  }
}

const isEnd = (token: string | undefined): boolean => token === '\n' || token === ';';
/** A value that was written is not worked on any further. */
const isWritten = (next: string | undefined): boolean => next !== '&' && next !== '|' && next !== '^';
const isLowest = (end = ''): boolean => /^(?:0x)?[\da-f.:]+$/i.test(end) && /[\d:]/.test(end);
const numberOr = (end = ''): unknown => (/^(?:0x[\da-f]+|\d+)$/i.test(end) ? Number(end) : end);

const isFlags = (left: unknown): boolean => Object(left).payload?.field === 'flags';

/** Fields whose values are bits, of which any one is enough. */
function isSeveralBits(left: unknown): boolean {
  const { ct, '&': masked } = Object(left);
  return ct?.key === 'state' || ct?.key === 'status' || isFlags(left) || isFlags(masked?.[0]);
}

const operators = new Set(['==', '!=', '<', '>', '<=', '>=']);
const verdictWords = new Set(['accept', 'drop', 'return', 'continue']);
const unqualified = new Set([
  'iif',
  'iifname',
  'oif',
  'oifname',
  'iiftype',
  'oiftype',
  'iifgroup',
  'oifgroup',
  'skuid',
  'skgid',
]);
const protocols = new Set(['ip', 'ip6', 'tcp', 'udp', 'th', 'sctp', 'dccp', 'udplite', 'icmp', 'icmpv6', 'ether']);
const counterWords: ReadonlyMap<string, number> = new Map([
  ['packets', 1],
  ['bytes', 1],
  ['name', 1],
]);
const logWords: ReadonlyMap<string, number> = new Map([
  ['prefix', 1],
  ['level', 1],
  ['group', 1],
  ['snaplen', 1],
  ['queue-threshold', 1],
  ['flags', 1],
]);
const limitWords: ReadonlyMap<string, number> = new Map([
  ['rate', 1],
  ['over', 1],
  ['burst', 2],
  ['name', 1],
]);
