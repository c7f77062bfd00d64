// What only the plain `nft list ruleset` tells: table flags, devices of ingress chains, dynamic sets, and rules as people write them.

export interface TextTable {
  /** "dormant", "owner" ... */
  readonly flags: readonly string[];
  readonly chains: ReadonlyMap<string, TextChain>;
  /** Flags of sets and maps: "dynamic", "timeout", "interval" ... */
  readonly setFlags: ReadonlyMap<string, readonly string[]>;
}

interface TextChain {
  /** null = the chain line names none. */
  readonly devices: readonly string[] | null;
  readonly rules: readonly string[];
}

/** Tables by "family name". Lines it does not know are passed by; text that is cut short gives what came before. */
export function readListing(text: string): ReadonlyMap<string, TextTable> {
  const tables = new Map<string, BuildingTable>();
  let table: BuildingTable | null = null;
  let chain: BuildingChain | null = null;
  let set: string | null = null;
  let open: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    if (line.startsWith('table ')) {
      const [, family = '', name = ''] = line.split(' ');
      table = { flags: [], chains: new Map(), setFlags: new Map() };
      tables.set(`${family} ${name}`, table);
      chain = null;
      set = null;
    } else if (!table) continue;
    else if (chain) {
      if (open.length > 0 || line.startsWith('\t\t')) {
        open.push(line.trim());
        const whole = open.join(' ');
        if (depthOf(whole) > 0) continue;
        open = [];
        if (whole.startsWith('type ') && whole.includes(' hook ')) chain.devices = devicesOf(whole);
        else if (!whole.startsWith('comment "') && !whole.startsWith('#') && !whole.startsWith('policy '))
          chain.rules.push(whole);
      } else if (line === '\t}') chain = null;
    } else if (set !== null) {
      if (line === '\t}') set = null;
      else if (line.startsWith('\t\tflags ')) table.setFlags.set(set, line.slice(8).split(','));
    } else if (line.startsWith('\tflags ')) table.flags.push(...line.slice(7).split(','));
    else {
      const [, kind, name = ''] = /^\t(\S+) (\S+) \{$/.exec(line) ?? [];
      if (kind === 'chain') {
        chain = { devices: null, rules: [] };
        table.chains.set(name, chain);
      } else if (kind === 'set' || kind === 'map') set = name;
    }
  }
  return tables;
}

interface BuildingTable extends TextTable {
  readonly flags: string[];
  readonly chains: Map<string, BuildingChain>;
  readonly setFlags: Map<string, readonly string[]>;
}
interface BuildingChain {
  devices: readonly string[] | null;
  readonly rules: string[];
}

/** Braces that are still open, quoted ones not counted. */
function depthOf(line: string): number {
  if (!line.includes('{')) return 0;
  let [depth, quoted] = [0, false];
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth++;
    else if (!quoted && character === '}') depth--;
  }
  return depth;
}

function devicesOf(line: string): readonly string[] | null {
  const one = / device "([^"]+)"/.exec(line)?.[1];
  if (one !== undefined) return [one];
  const several = / devices = \{([^}]*)\}/.exec(line)?.[1];
  return several === undefined ? null : several.split(',').map((name) => name.trim().replaceAll('"', ''));
}
