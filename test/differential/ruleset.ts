// A ruleset as a tree that can be written down as nftables text, and taken apart again piece by piece. Pure.

/** Words of a rule; what stands in braces keeps its elements apart, so that single ones can be left out. */
export type Piece = string | { readonly before: string; readonly elements: readonly string[]; readonly after: string };

export interface Rule {
  readonly pieces: readonly Piece[];
}

export interface Chain {
  readonly name: string;
  /** "type filter hook input priority 0; policy drop;"; null for a chain that is only jumped to. */
  readonly base: string | null;
  readonly rules: readonly Rule[];
}

/** A named set, map, counter, limit or quota. */
export interface Holding {
  /** "set trusted" */
  readonly head: string;
  /** "type ipv4_addr; flags interval;" */
  readonly body: string;
  readonly elements: readonly string[];
}

export interface Table {
  readonly family: string;
  readonly name: string;
  readonly dormant: boolean;
  readonly holdings: readonly Holding[];
  readonly chains: readonly Chain[];
}

export interface Ruleset {
  readonly tables: readonly Table[];
}

/** Text for `nft -f`. */
export function writeRuleset({ tables }: Ruleset): string {
  return tables.map(writeTable).join('');
}

function writeTable({ family, name, dormant, holdings, chains }: Table): string {
  const flags = dormant ? '\tflags dormant;\n' : '';
  const parts = [...holdings.map(writeHolding), ...chains.map(writeChain)];
  return `table ${family} ${name} {\n${flags}${parts.join('')}}\n`;
}

function writeHolding({ head, body, elements }: Holding): string {
  const within = elements.length > 0 ? ` elements = { ${elements.join(', ')} };` : '';
  return `\t${head} { ${body}${within} }\n`;
}

function writeChain({ name, base, rules }: Chain): string {
  const lines = [...(base === null ? [] : [base]), ...rules.map(writeRule)];
  return `\tchain ${name} {\n${lines.map((line) => `\t\t${line}\n`).join('')}\t}\n`;
}

export function writeRule({ pieces }: Rule): string {
  return pieces.map(writePiece).join(' ');
}

function writePiece(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return `${piece.before} { ${piece.elements.join(', ')} }${piece.after}`;
}

/** Every ruleset that is this one with a part left out, the greatest parts first. */
export function* smaller(ruleset: Ruleset): Generator<Ruleset> {
  for (const tables of without(ruleset.tables, (table) => smallerTables(table))) yield { tables };
}

function* smallerTables(table: Table): Generator<Table> {
  for (const chains of without(table.chains, smallerChains)) yield { ...table, chains };
  for (const holdings of without(table.holdings, smallerHoldings)) yield { ...table, holdings };
  if (table.dormant) yield { ...table, dormant: false };
}

function* smallerHoldings(holding: Holding): Generator<Holding> {
  for (const elements of without(holding.elements)) yield { ...holding, elements };
}

function* smallerChains(chain: Chain): Generator<Chain> {
  for (const rules of without(chain.rules, smallerRules)) yield { ...chain, rules };
}

function* smallerRules(rule: Rule): Generator<Rule> {
  for (const pieces of without(rule.pieces, smallerPieces)) if (pieces.length > 0) yield { pieces };
}

function* smallerPieces(piece: Piece): Generator<Piece> {
  if (typeof piece === 'string') return;
  for (const elements of without(piece.elements)) if (elements.length > 0) yield { ...piece, elements };
}

/** Lists without a run of items (halves, quarters, ... single ones), then lists with one item made smaller. */
export function* without<T>(items: readonly T[], within?: (item: T) => Iterable<T>): Generator<readonly T[]> {
  for (let size = items.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < items.length; start += size) {
      yield [...items.slice(0, start), ...items.slice(start + size)];
    }
  }
  if (within === undefined) return;
  for (const [index, item] of items.entries()) {
    for (const less of within(item)) yield [...items.slice(0, index), less, ...items.slice(index + 1)];
  }
}
