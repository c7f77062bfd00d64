// Reads what `nft -j` prints (libnftables-json(5)) into tables, base chains, rules and sets; expressions stay as they came.
import { type Message, message } from '../../../model/message';

export interface NftTable {
  readonly family: string;
  readonly name: string;
  /** The table object had a "flags" key: dormant or owned; nft 1.0.6 prints garbage there, so no more can be said. */
  readonly flagged: boolean;
  readonly chains: ReadonlyMap<string, NftChain>;
  readonly sets: ReadonlyMap<string, NftSet>;
  readonly counters: ReadonlyMap<string, number>;
}

export interface NftChain {
  readonly name: string;
  /** null = not a base chain. */
  readonly base: {
    readonly type: string;
    readonly hook: string;
    readonly priority: number;
    readonly policy: string;
    /** Interfaces as newer nft prints them; null where the JSON does not tell. */
    readonly devices: readonly string[] | null;
  } | null;
  readonly rules: readonly NftRule[];
}

export interface NftRule {
  readonly handle: number | null;
  /** As it was printed, where it is known; absent = it came as JSON. */
  readonly text?: string;
  /** Each one an object with one key, as the kernel's tool wrote it. */
  readonly expressions: readonly NftExpression[];
}

export interface NftExpression {
  readonly kind: string;
  readonly body: unknown;
}

export interface NftSet {
  readonly name: string;
  readonly flags: readonly string[];
  /** As they came, of a map each with its data: there may be a million. null = not readable. Read one with `readElement`. */
  readonly elements: readonly unknown[] | null;
}

export interface NftElement {
  readonly value: unknown;
  /** Seconds; null = stays. */
  readonly timeout: number | null;
  readonly expires: number | null;
  readonly packets: number | null;
}

export type ParsedRuleset =
  | {
      readonly kind: 'ruleset';
      readonly tables: readonly NftTable[];
      /** Kinds of objects that this program does not know. */
      readonly strange: readonly string[];
    }
  | { readonly kind: 'bad'; readonly why: Message };

/** Any text in: a ruleset or a reason. Objects of kinds we do not know are named in `strange`; a rule that has no place is a reason. */
export function parseRuleset(json: string): ParsedRuleset {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return { kind: 'bad', why: message('netfilter.nft.no-json') };
  }
  const objects = field(document, 'nftables');
  if (!Array.isArray(objects)) return { kind: 'bad', why: message('netfilter.nft.no-list') };
  const version = field(field(objects[0], 'metainfo'), 'json_schema_version');
  if (version !== 1)
    return {
      kind: 'bad',
      why: message('netfilter.nft.schema', { schema: JSON.stringify(version ?? null) }),
    };

  const tables = new Map<string, Building>();
  const strange = new Set<string>();
  const tableOf = (body: unknown, nameField: string): Building | undefined =>
    tables.get(`${text(field(body, 'family'))} ${text(field(body, nameField))}`);
  for (const object of objects) {
    const { kind, body } = single(object);
    const name = text(field(body, 'name'));
    if (kind === 'table') {
      const family = text(field(body, 'family'));
      tables.set(`${family} ${name}`, {
        family,
        name,
        flagged: field(body, 'flags') !== undefined,
        chains: new Map(),
        sets: new Map(),
        counters: new Map(),
      });
    }
    if (!knownKinds.has(kind)) strange.add(kind);
    const table = tableOf(body, 'table');
    if ((kind === 'chain' || kind === 'rule') && !table)
      return { kind: 'bad', why: message('netfilter.nft.outside', { kind }) };
    if (kind === 'chain') table?.chains.set(name, readChain(name, body));
    if (kind === 'set' || kind === 'map') table?.sets.set(name, readSet(name, body));
    if (kind === 'counter') table?.counters.set(name, count(field(body, 'packets')) ?? 0);
    if (kind === 'rule') {
      const chain = table?.chains.get(text(field(body, 'chain')));
      if (!chain) return { kind: 'bad', why: message('netfilter.nft.no-chain') };
      chain.rules.push(readRule(body));
    }
  }
  return { kind: 'ruleset', tables: [...tables.values()], strange: [...strange] };
}

const knownKinds = new Set(
  'metainfo table chain rule set map element flowtable counter quota limit secmark synproxy'
    .split(' ')
    .concat(['ct helper', 'ct timeout', 'ct expectation', 'tunnel']),
);

interface BuildingChain extends NftChain {
  readonly rules: NftRule[];
}
interface Building extends NftTable {
  readonly chains: Map<string, BuildingChain>;
  readonly sets: Map<string, NftSet>;
  readonly counters: Map<string, number>;
}

function readChain(name: string, body: unknown): BuildingChain {
  const hook = field(body, 'hook');
  const priority = field(body, 'prio');
  const device = field(body, 'dev');
  const devices = Array.isArray(device) ? device.map(text) : typeof device === 'string' ? [device] : null;
  const base =
    typeof hook === 'string'
      ? {
          type: text(field(body, 'type')),
          hook,
          priority: typeof priority === 'number' ? priority : Number.NaN,
          policy: text(field(body, 'policy')) || 'accept',
          devices,
        }
      : null;
  return { name, base, rules: [] };
}

function readRule(body: unknown): NftRule {
  const expressions = field(body, 'expr');
  return {
    handle: count(field(body, 'handle')),
    expressions: Array.isArray(expressions) ? expressions.map(single) : [{ kind: 'unreadable', body: expressions }],
  };
}

function readSet(name: string, body: unknown): NftSet {
  const [flags, elements] = [field(body, 'flags'), field(body, 'elem')];
  return {
    name,
    flags: Array.isArray(flags) ? flags.map(text) : typeof flags === 'string' ? [flags] : [],
    elements: Array.isArray(elements) ? elements : elements === undefined ? [] : null,
  };
}

/** A set's element, bare or wrapped with time-out and counter; also for anonymous sets. */
export function readElement(element: unknown): NftElement {
  const wrapped = field(element, 'elem');
  if (wrapped === undefined) return { value: element, timeout: null, expires: null, packets: null };
  return {
    value: field(wrapped, 'val'),
    timeout: count(field(wrapped, 'timeout')),
    expires: count(field(wrapped, 'expires')),
    packets: count(field(field(wrapped, 'counter'), 'packets')),
  };
}

/** A named field of something that may not even be an object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** An object with one key as kind and body; anything else has the kind "unreadable". */
export function single(value: unknown): NftExpression {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const [first] = entries;
  return first && entries.length === 1 ? { kind: first[0], body: first[1] } : { kind: 'unreadable', body: value };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number | null => (typeof value === 'number' && value >= 0 ? value : null);
